// The journey of journey.mjs with scripts off: plain forms, the employer by 查找, a photo that is right as it is.
import assert from 'node:assert/strict';
import { logIn, logOut, takeProblems } from './lib/browser.mjs';
import { button, openTab, tick } from './lib/lists.mjs';
import { COMPANY, fillAccount, fillDetails, newPerson, submit } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const person = newPerson(201, '贺知秋');

async function registers(page, photo) {
  await step('the account', async () => {
    await page.goto('/register');
    await fillAccount(page, person);
    await submit(page, '下一步');
    await page.waitForURL('**/register/details');
  });
  await step('查找 shows employers to choose from and loses nothing', async () => {
    await page.setInputFiles('[name="photo"]', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo });
    await fillDetails(page, person);
    await page.fill('[name="company_q"]', COMPANY.slice(-6));
    await button(page, '查找').click();
    await page.getByRole('radio', { name: COMPANY }).check();
    for (const [name, value] of Object.entries(person.fields)) {
      assert.equal(await page.inputValue(`[name="${name}"]`), value, name);
    }
    await page.getByAltText('已保存的证件照').waitFor();
  });
  await step('an empty address is filled in from the chosen employer', async () => {
    await page.fill('[name="address"]', '');
    await button(page, '查找').click();
    assert.match(await page.inputValue('[name="address"]'), /省.+号$/);
    assert.match(await page.innerText('#address-hint'), /取自所选单位/);
    assert.ok(await page.getByRole('radio', { name: COMPANY }).isChecked());
    await page.fill('[name="address"]', person.fields.address);
  });
  await step('read again and submitted', async () => {
    await submit(page, '下一步：核对');
    assert.ok((await page.innerText('.facts')).includes(COMPANY));
    await submit(page, '确认提交');
    assert.match(await page.innerText('h1'), /提交成功/);
  });
}

async function isRecommended(page) {
  let id;
  await step('the clerk recommends; what will happen is a page first', async () => {
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    await openTab(page, 'submitted');
    await page.fill('[name="q"]', person.fields.name);
    await button(page, '搜索').click();
    id = await page.getAttribute('tbody tr', 'data-id');
    await tick(page, id);
    await button(page, '批量推荐').click();
    assert.match(await page.innerText('h1'), /确定推荐选中的 1 名人员为新会员吗/);
    await button(page, '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
  });
  await step('without a reason a return is asked again', async () => {
    await page.goto('/company/members?status=submitted');
    await page.locator('tbody input[name="id"]').first().check();
    await page.locator('summary', { hasText: '退回本人…' }).click();
    await button(page, '确定退回本人').click();
    await page.locator('[data-error="reason"]').waitFor();
    await page.fill('[name="reason"]', '照片不合格');
    await button(page, '确定退回本人').click();
    await button(page, '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
    await logOut(page);
  });
  return id;
}

async function isApproved(page, id) {
  await step('the association approves', async () => {
    await logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });
    await page.locator('.number-card', { hasText: '企业推荐（新会员）' }).click();
    await tick(page, id);
    await page.locator('summary', { hasText: '批准…' }).click();
    await button(page, '确定批准').click();
    await button(page, '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
    await logOut(page);
  });
}

async function isMember(page) {
  await step('the member sees the state', async () => {
    await logIn(page, { as: 'member', account: person.idNumber, password: person.password });
    assert.equal(await page.getAttribute('main', 'data-state'), 'member');
  });
  await step('the full ID number comes as it can without scripts', async () => {
    await page.locator('form[data-reveal] button').click();
    assert.match(await page.innerText('body'), new RegExp(person.idNumber));
  });
}

await onDemo({}, async ({ browser }) => {
  const page = await browser.page('pc', { scripts: false });
  await registers(page, await drawPhoto(browser, { width: 295, height: 413 }));
  await isApproved(page, await isRecommended(page));
  await isMember(page);
  await check('no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
