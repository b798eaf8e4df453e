// The work that a script does instead of reading the captcha: it lets in, does not stop the page, and stands aside where
// scripts are off.
import assert from 'node:assert/strict';
import { takeProblems } from './lib/browser.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const COMPANY = '演示监理公司0001';

async function typeIn(page, password) {
  await page.fill('[name="account"]', COMPANY);
  await page.fill('[name="password"]', password);
}

async function worksInstead(page) {
  await step('the picture is not asked for, and the work is done beside the typing', async () => {
    await page.goto('/login?as=company');
    assert.equal(await page.locator('[data-captcha-box]').isVisible(), false);
    await page.getByText('安全验证已完成').waitFor({ timeout: 60000 });
    assert.match(await page.inputValue('[name="work"]'), /^[\w-]+\.(\d+-){7}\d+$/);
  });
  await step('a wrong password asks for new work', async () => {
    await typeIn(page, 'wrong');
    await page.click('.login-form form button.btn-primary');
    await page.locator('[data-error="password"]').waitFor({ timeout: 60000 });
    assert.equal(await page.locator('[data-error="captcha"]').count(), 0);
  });
  await step('a form that is sent at once waits for it and then goes by itself', async () => {
    await page.goto('/login?as=company');
    await typeIn(page, PASSWORD);
    await page.click('.login-form form button.btn-primary');
    await page.waitForURL('**/company/members', { timeout: 60000 });
  });
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
}

async function readsThePicture(page) {
  await step('with scripts off the picture is there, and its size is reserved', async () => {
    await page.goto('/login?as=company');
    assert.equal(await page.locator('[data-captcha-box]').isVisible(), true);
    assert.equal(await page.locator('[data-work-state]').isVisible(), false);
    await typeIn(page, PASSWORD);
    await page.fill('[name="captcha"]', '0000');
    await page.click('.login-form form button.btn-primary');
    await page.locator('[data-error="captcha"]').waitFor();
  });
}

await onDemo({ members: 20, companies: 2, captcha: 'image' }, async ({ browser }) => {
  await worksInstead(await browser.page('phone'));
  await readsThePicture(await browser.page('pc', { scripts: false }));
});
finish();
