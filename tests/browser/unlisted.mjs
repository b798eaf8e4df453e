// 协会直管 and 单位不在列表中: who has no employer gives a reason and the association stands in for one; who names an
// employer that nobody knows waits until it is opened, or is told why not. 待办 leads to each list. TEST_WIDTH: pc or phone.
import assert from 'node:assert/strict';
import { logIn, logOut, screenshot, takeProblems } from './lib/browser.mjs';
import { approve, button, decide } from './lib/lists.mjs';
import { choosePhoto, fillAccount, fillDetails, newPerson, submit } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

let portrait;
const UNIT = '甘肃新安工程监理有限公司';
const retired = newPerson(101, '王退休');
const first = newPerson(103, '李新安');
const second = newPerson(105, '张新安');

const asStaff = (page) => logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });
const asMember = (page, person) => logIn(page, { as: 'member', account: person.idNumber, password: person.password });

async function begin(page, person) {
  await page.goto('/register');
  await fillAccount(page, person);
  await submit(page, '下一步');
  await page.waitForURL('**/register/details');
  await fillDetails(page, person);
}

async function end(page) {
  await choosePhoto(page, portrait);
  await submit(page, '下一步：核对');
  await page.waitForURL('**/register/confirm');
  await submit(page, '确认提交');
  await page.waitForURL('**/register/done');
}

// The row of 待办, followed.
async function follow(page, kind) {
  await page.goto('/staff/todo');
  await page.locator(`[data-kind="${kind}"] a`).first().click();
}

async function nameUnit(page, name) {
  if (!(await page.locator('[name="company_new"]').isVisible())) {
    await page.getByText('单位不在列表中？', { exact: true }).click();
  }
  await page.fill('[name="company_new"]', name);
}

async function hasNoEmployer(page) {
  let id;
  await step('who has no employer says why', async () => {
    await begin(page, retired);
    await page.getByRole('button', { name: '没有工作单位？归入协会直管' }).click();
    await page.fill('[name="direct_reason"]', '已退休');
    await end(page);
  });
  await step('the association recommends in the place of a company', async () => {
    await asStaff(page);
    await follow(page, 'direct_submitted');
    id = await page.locator('tbody tr', { hasText: retired.fields.name }).getAttribute('data-id');
    await decide(page, id, '推荐', /推荐选中的 1 名人员/);
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
  });
  await step('and approves', async () => {
    await page.goto('/staff/members?status=recommended_new');
    await approve(page, id);
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
    await logOut(page);
  });
}

async function namesUnit(page) {
  await step('one that is in the list is offered instead', async () => {
    await begin(page, first);
    await nameUnit(page, '演示监理公司 0001');
    await choosePhoto(page, portrait);
    await submit(page, '下一步：核对');
    await page.locator('[data-error="company_new"]').waitFor();
    await screenshot(page, 'unlisted-offered');
    await page.getByRole('button', { name: '就是它，选这一家' }).click();
    assert.equal(await page.inputValue('[name="company_q"]'), '演示监理公司0001');
    assert.equal(await page.inputValue('[name="company_new"]'), '');
  });
  await step('one that is not waits for the association', async () => {
    await nameUnit(page, UNIT);
    assert.equal(await page.inputValue('[name="company_q"]'), '');
    await submit(page, '下一步：核对');
    await page.waitForURL('**/register/confirm');
    await page.getByText(`${UNIT}（不在列表中）`).waitFor();
    await submit(page, '确认提交');
    await page.getByText('等待协会核实单位').first().waitFor();
    await screenshot(page, 'unlisted-done');
    await asMember(page, first);
    await page.getByText(`等待协会核实单位“${UNIT}”`).waitFor();
    await screenshot(page, 'unlisted-progress');
    await logOut(page);
  });
}

async function isRefused(page) {
  await step('a refusal needs its reason', async () => {
    await asStaff(page);
    await follow(page, 'proposed');
    await page.locator('tbody tr', { hasText: UNIT }).getByRole('link', { name: '核实' }).click();
    await screenshot(page, 'proposed-open');
    await button(page, '退回本人修改').click();
    await page.locator('[data-error="reason"]').waitFor();
    await screenshot(page, 'proposed-refused');
    await page.fill('[name="reason"]', '没有查到这家单位，请按营业执照填写');
    await button(page, '退回本人修改').click();
    await page.getByText('已退回本人，1 份申请。').waitFor();
    await logOut(page);
  });
  await step('the person reads it, and names it anew', async () => {
    await asMember(page, first);
    await page.getByText('没有查到这家单位，请按营业执照填写').first().waitFor();
    await page.goto('/me/resubmit');
    assert.equal(await page.inputValue('[name="company_new"]'), UNIT);
    await page.fill('[name="company_new"]', `${UNIT}（兰州）`);
    await submit(page, '重新提交');
    await page.getByText(`等待协会核实单位“${UNIT}（兰州）”`).waitFor();
    await logOut(page);
  });
}

async function isOpened(page) {
  await step('another one names it, too', async () => {
    await begin(page, second);
    await nameUnit(page, `${UNIT}(兰州)`);
    await end(page);
  });
  await step('opened, it has both applications', async () => {
    await asStaff(page);
    await follow(page, 'proposed');
    const row = page.locator('tbody tr', { hasText: UNIT });
    assert.equal(await row.getAttribute('data-count'), '2');
    await row.getByRole('link', { name: '核实' }).click();
    await button(page, '确定，转给单位审核').click();
    await page.getByText('单位已建立，2 份申请转给单位审核。').waitFor();
    await screenshot(page, 'proposed-done');
    await page.getByRole('link', { name: `${UNIT}（兰州）` }).click();
    await page.waitForURL(/\/staff\/companies\/\d+$/);
    await logOut(page);
    await asMember(page, first);
    await page.getByText(`等待${UNIT}（兰州）推荐`).waitFor();
    await screenshot(page, 'unlisted-opened');
  });
}

await onDemo({ members: 10, companies: 2 }, async ({ browser }) => {
  const page = await browser.page(process.env.TEST_WIDTH || 'pc');
  portrait = await drawPhoto(browser, { width: 900, height: 1260 });
  await hasNoEmployer(page);
  await namesUnit(page);
  await isRefused(page);
  await isOpened(page);
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
