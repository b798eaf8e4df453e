// A new company: the association makes its account, the clerk changes the one-time password before anything else.
import assert from 'node:assert/strict';
import { logIn, logOut, takeProblems } from './lib/browser.mjs';
import { button } from './lib/lists.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const COMPANY = '陇原工程咨询有限公司';
const OWN = 'Ludong_Qiao-88';

async function createsCompany(page) {
  let secret;
  await step('the association makes an account and sees the one-time password', async () => {
    await logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });
    await page.goto('/staff/companies');
    await page.getByRole('link', { name: '新增企业' }).click();
    await page.fill('[name="name"]', COMPANY);
    await page.fill('[name="contact"]', '马小军');
    await page.fill('[name="phone"]', '0931-8000000');
    await button(page, '保存并生成密码').click();
    secret = await page.innerText('[data-secret]');
    assert.match(secret, /^\S{8,}$/);
  });
  await step('its letter is a PDF in a new tab', async () => {
    const [tab] = await Promise.all([page.waitForEvent('popup', { timeout: 60000 }), button(page, '打印账号通知').click()]);
    await tab.waitForURL(/\/staff\/companies\/\d+\/letter\.pdf$/, { waitUntil: 'commit' });
    await tab.close();
  });
  await step('which is not shown again', async () => {
    await page.getByRole('link', { name: '我已记下' }).click();
    assert.ok(!(await page.content()).includes(secret));
    await logOut(page);
  });
  return secret;
}

async function changesPassword(page, secret) {
  await step('the clerk is led to the new password from everywhere', async () => {
    await logIn(page, { as: 'company', account: COMPANY, password: secret });
    for (const address of ['/company/members', '/company/batches', '/']) {
      await page.goto(address);
      assert.equal(new URL(page.url()).pathname, '/password', address);
    }
    await page.getByText('首次登录须先修改密码').waitFor();
  });
  await step('a weak one is refused beside its field', async () => {
    await fill(page, secret, '12345678');
    await page.locator('[data-error="password"]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
  });
  await step('a good one leads to the rules, and these to the list', async () => {
    await fill(page, secret, OWN);
    await page.waitForURL('**/consent*');
    await page.check('[name="consent"]');
    await page.check('[name="consent_sensitive"]');
    await button(page, '同意并继续').click();
    await page.waitForURL('**/company/members');
    await page.getByText('暂无数据').waitFor();
    await logOut(page);
  });
}

async function fill(page, current, password) {
  await page.fill('[name="current"]', current);
  await page.fill('[name="password"]', password);
  await page.fill('[name="password_again"]', password);
  await button(page, '保存新密码').click();
}

await onDemo({ members: 10, companies: 2 }, async ({ browser }) => {
  const page = await browser.page('pc');
  const secret = await createsCompany(page);
  await changesPassword(page, secret);
  await step('from then on only the new one opens', async () => {
    await assert.rejects(logIn(page, { as: 'company', account: COMPANY, password: secret }), /refused/);
    await logIn(page, { as: 'company', account: COMPANY, password: OWN });
  });
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
