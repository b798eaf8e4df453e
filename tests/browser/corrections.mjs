// A wrong fact is put right: an ID number that another account looks at, the date of an approval, an act taken back, a
// company renamed or merged. The person sees before and after. TEST_WIDTH: pc or phone.
import assert from 'node:assert/strict';
import { logIn, logOut, screenshot, takeProblems } from './lib/browser.mjs';
import { approve, button } from './lib/lists.mjs';
import { COMPANY, newPerson, OTHER_COMPANY } from './lib/person.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const RIGHT = newPerson(301, '').idNumber;
const RENAMED = '陇上监理有限公司';
const OWN = 'Ludong_Qiao-88';

const asStaff = (page, account = 'huiyuan', password = PASSWORD) => logIn(page, { as: 'staff', account, password });

async function idOf(page, number) {
  await page.goto(`/staff/members?q=${number}`);
  return page.locator('tbody tr').first().getAttribute('data-id');
}

// Of the panel that holds the reason, by the button in it.
async function withReason(page, name, reason) {
  await page.locator('summary:has(+ .action-body #reason)').click();
  await page.fill('#reason', reason);
  await button(page, name).click();
}

async function sure(page) {
  await button(page.getByRole('dialog'), '确定').click();
}

// Another account of the association's, for what one's own may not be looked at by.
async function secondAccount(page) {
  let secret;
  await step('the administrator makes a second account', async () => {
    await asStaff(page, 'admin');
    await page.goto('/staff/accounts?new=1');
    await page.fill('[name="name"]', 'erhao');
    await page.check('[name="role"][value="membership"]');
    await button(page, '保存并生成密码').click();
    secret = await page.innerText('[data-secret]');
    await page.getByRole('link', { name: '我已记下' }).click();
    await logOut(page);
    await asStaff(page, 'erhao', secret);
    await page.fill('[name="current"]', secret);
    await page.fill('[name="password"]', OWN);
    await page.fill('[name="password_again"]', OWN);
    await button(page, '保存新密码').click();
    await page.waitForURL((url) => url.pathname !== '/password');
    await logOut(page);
  });
}

async function numberIsCorrected(page, person) {
  await step('an ID number is corrected with a reason', async () => {
    await asStaff(page);
    person.id = await idOf(page, person.number);
    await page.goto(`/staff/members/${person.id}`);
    await page.getByRole('link', { name: '修改资料' }).click();
    await page.fill('[name="id_number"]', RIGHT);
    await button(page, '保存修改').click();
    await page.locator('[data-error="reason"]').waitFor();
    await page.fill('[name="reason"]', '本人来函，附身份证复印件');
    await button(page, '保存修改').click();
    await page.getByText('修改已保存').waitFor();
  });
  await step('a note stays with the association', async () => {
    await page.fill('#note-text', '身份证复印件在 3 号柜');
    await button(page, '记下备注').click();
    await page.locator('#records', { hasText: '身份证复印件在 3 号柜' }).waitFor();
    await screenshot(page, 'corrected-number');
    await logOut(page);
  });
  await step('待办 leads another account to it', async () => {
    await asStaff(page, 'erhao', OWN);
    await page.goto('/staff/todo');
    await page.locator('a[href="/staff/looks"]').last().click();
    await page.locator('[data-what="id_number"]').waitFor();
    await screenshot(page, 'looks');
    await button(page, '核对无误').first().click();
    await page.getByText('已复核。').waitFor();
    await logOut(page);
  });
  await step('the person logs in with the right one, and sees before and after', async () => {
    await assert.rejects(logIn(page, { as: 'member', account: person.number, password: PASSWORD }), /refused/);
    await logIn(page, { as: 'member', account: RIGHT, password: PASSWORD });
    await page.goto('/me/history');
    await page.locator('.timeline', { hasText: '本人来函，附身份证复印件' }).waitFor();
    assert.ok(!(await page.innerText('.timeline')).includes('3 号柜'));
    await screenshot(page, 'corrected-history');
    await logOut(page);
  });
}

async function actsAreTakenBack(page) {
  let id;
  await step('an approval is undone on its result page', async () => {
    await asStaff(page);
    await page.goto('/staff/members?status=recommended_new');
    id = await page.locator('tbody tr').first().getAttribute('data-id');
    await approve(page, id);
    await button(page, '撤销本次操作').click();
    await sure(page);
    await page.locator('main[data-done="1"]').waitFor();
    await page.getByText('已恢复').or(page.getByText('撤销')).first().waitFor();
    await screenshot(page, 'undone');
  });
  await step('approved again, the date of the batch is corrected', async () => {
    await page.goto('/staff/members?status=recommended_new');
    await approve(page, id);
    await page.goto(`/staff/members/${id}`);
    await page.locator('summary:has(+ .action-body #reason)').click();
    await page.fill('#reason', '理事会日期录错');
    await page.fill('#period-day', '2026-11-22');
    await button(page, '更正批准日期').click();
    await screenshot(page, 'period-asked');
    await sure(page);
    await page.waitForURL('**/results/*');
    await screenshot(page, 'period-result');
  });
  await step('it is closed, and comes back', async () => {
    await page.goto(`/staff/members/${id}`);
    await withReason(page, '注销', '本人申请退会');
    await sure(page);
    await page.locator('main[data-done="1"]').waitFor();
    await page.goto(`/staff/members/${id}`);
    assert.equal(await page.getAttribute('main', 'data-state'), 'closed');
    await withReason(page, '恢复', '注销有误');
    await sure(page);
    await page.locator('main[data-done="1"]').waitFor();
  });
  await step('and the approval is taken back with a reason', async () => {
    await page.goto(`/staff/members/${id}`);
    await withReason(page, '撤销批准', '批准有误');
    await sure(page);
    await page.waitForURL('**/results/*');
    await screenshot(page, 'unapproved');
    await page.goto(`/staff/members/${id}`);
    await screenshot(page, 'unapproved-person');
  });
}

async function companyIsRenamed(page) {
  await step('a company is renamed, and its former name logs in', async () => {
    await page.goto(`/staff/companies?q=${COMPANY}`);
    await page.getByRole('link', { name: COMPANY }).click();
    await page.fill('[name="name"]', RENAMED);
    await button(page, '保存').click();
    await page.locator('.alert-success').waitFor();
    await screenshot(page, 'renamed');
    await logOut(page);
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    assert.ok((await page.locator('.topbar').textContent()).includes(RENAMED));
    await logOut(page);
  });
}

async function companiesMerge(page) {
  let people;
  await step('two companies become one, as the preview says', async () => {
    await asStaff(page);
    await page.goto(`/staff/companies?q=${OTHER_COMPANY}`);
    await page.getByRole('link', { name: OTHER_COMPANY }).click();
    await page.getByRole('link', { name: '并入另一个单位' }).click();
    await page.fill('#q', RENAMED);
    await button(page, '查找').click();
    await page.check('[name="into"]');
    await page.fill('[name="effective_on"]', '2026-11-20');
    await button(page, '下一步，核对').click();
    people = await page.getAttribute('main', 'data-people');
    assert.ok(Number(people) > 0);
    await screenshot(page, 'merge-preview');
    await button(page, '确定合并').click();
    await page.locator(`main[data-done="${people}"]`).waitFor();
    await screenshot(page, 'merged');
  });
  await step('and two again', async () => {
    await button(page, '撤销本次操作').click();
    await sure(page);
    await page.locator(`main[data-done="${people}"]`).waitFor();
    await screenshot(page, 'unmerged');
    await logOut(page);
    await logIn(page, { as: 'company', account: OTHER_COMPANY, password: PASSWORD });
  });
}

await onDemo({ members: 60, companies: 2 }, async ({ server, browser }) => {
  const page = await browser.page(process.env.TEST_WIDTH || 'pc');
  await secondAccount(page);
  await numberIsCorrected(page, { number: server.people.member });
  await actsAreTakenBack(page);
  await companyIsRenamed(page);
  await companiesMerge(page);
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
