// Test output in TAP, one line a check; the process exits 1 if one failed.
//
//   await check('a clerk recommends two people', async () => { assert.equal(…); });
//   await step('…', async () => { … });                // of a journey: skipped once a step before it failed
//   finish();                                          // prints the plan
//
// A failed check does not stop the ones after it: a tour tells all that is wrong at once.

let count = 0;
let failed = 0;
let stuck = false;

function comment(text) {
  return String(text).split('\n').map((line) => `#   ${line}`).join('\n');
}

export async function check(name, body) {
  count += 1;
  try {
    await body();
    console.log(`ok ${count} - ${name}`);
    return true;
  } catch (error) {
    failed += 1;
    console.log(`not ok ${count} - ${name}\n${comment(error.stack)}`);
    return false;
  }
}

export async function step(name, body) {
  if (stuck) {
    count += 1;
    console.log(`ok ${count} - ${name} # SKIP a step before it failed`);
  } else {
    stuck = !(await check(name, body));
  }
}

export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
