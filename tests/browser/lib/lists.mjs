// The lists of company and association: one person found, ticked and decided on, by what the pages offer.
import assert from 'node:assert/strict';

export async function openTab(page, status) {
  await page.locator(`.status-tabs [data-status="${status}"]`).click();
  await page.locator(`.status-tabs [data-status="${status}"][aria-current]`).waitFor();
}

export async function tick(page, id) {
  await page.check(`tr[data-id="${id}"] input[name="id"]`);
}

export function button(page, name) {
  return page.getByRole('button', { name, exact: true });
}

// Presses what asks first, and waits for the question.
export async function asks(page, name) {
  await button(page, name).click();
  await page.getByRole('dialog').waitFor();
}

// Answers 确定 to the question; the result page must say that the one person was taken.
export async function agree(page, question) {
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), question);
  await button(dialog, '确定').click();
  await page.waitForURL('**/results/*');
  const main = page.locator('main');
  assert.equal(await main.getAttribute('data-done'), '1');
  assert.equal(await main.getAttribute('data-skipped'), '0');
}

export async function decide(page, id, action, question) {
  await tick(page, id);
  await button(page, action).click();
  await agree(page, question);
}

export async function approve(page, id) {
  await tick(page, id);
  await page.locator('summary', { hasText: '批准…' }).click();
  await button(page, '确定批准').click();
  await agree(page, /确定批准/);
}
