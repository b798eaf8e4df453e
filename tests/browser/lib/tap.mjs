// Test output in TAP, one line a check; the process exits 1 if one failed.
//
//   await check('a clerk recommends two people', async () => { assert.equal(…); });
//   finish();                                          // prints the plan
//
// A failed check does not stop the ones after it: a journey tells all that is wrong at once.

let count = 0;
let failed = 0;

function comment(text) {
  return String(text).split('\n').map((line) => `#   ${line}`).join('\n');
}

export async function check(name, body) {
  count += 1;
  try {
    await body();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${count} - ${name}\n${comment(error.stack)}`);
  }
}

export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
