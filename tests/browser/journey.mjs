// From a new engineer's registration to the first day as a member, through all three sides. TEST_WIDTH: pc or phone.
import assert from 'node:assert/strict';
import { logIn, logOut, takeProblems } from './lib/browser.mjs';
import { textOfPdf, textOfXlsx } from './lib/files.mjs';
import { agree, approve, button, openTab, tick } from './lib/lists.mjs';
import { choosePhoto, chooseCompany, COMPANY, fillAccount, fillDetails, newPerson, OTHER_COMPANY, submit } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const width = process.env.TEST_WIDTH;
const person = newPerson(101, '陈思远');

function linesOf(locator) {
  return locator.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects().length;
  });
}

async function registers(page, photo) {
  await step('step 1: the account', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: '个人会员注册（入会申请）' }).click();
    await fillAccount(page, person);
    assert.equal(await page.textContent('#id-number-live'), '男，1988 年 8 月 8 日出生');
    await submit(page, '下一步');
    await page.waitForURL('**/register/details');
  });
  await step('step 2: the address is offered from the employer, until one is typed', async () => {
    const address = page.getByLabel('通讯地址');
    const hint = page.locator('#address-hint');
    await chooseCompany(page, OTHER_COMPANY);
    const others = await address.inputValue();
    assert.match(others, /省.+号$/);
    assert.match(await hint.innerText(), /取自所选单位/);
    await chooseCompany(page, COMPANY);
    assert.notEqual(await address.inputValue(), others);
    await address.fill(person.fields.address);
    assert.doesNotMatch(await hint.innerText(), /取自所选单位/);
    await chooseCompany(page, OTHER_COMPANY);
    assert.equal(await address.inputValue(), person.fields.address);
  });
  await step('details, employer, a large picture cropped in the browser', async () => {
    assert.ok(photo.length > 4 * 153600, `${photo.length} bytes`);
    await fillDetails(page, person);
    await chooseCompany(page, COMPANY);
    await choosePhoto(page, photo);
    await submit(page, '下一步：核对');
    await page.waitForURL('**/register/confirm');
  });
  await step('step 3: read again and submitted', async () => {
    const facts = await page.innerText('.facts');
    const typed = [person.idNumber, person.fields.name, COMPANY, '2013 年 7 月起'];
    typed.forEach((fact) => assert.ok(facts.includes(fact), fact));
    assert.equal(await linesOf(page.getByText(person.fields.email)), 1);
    const size = await page.locator('.person-photo').evaluate((photo) => [photo.naturalWidth, photo.naturalHeight]);
    assert.deepEqual(size, [295, 413]);
    await submit(page, '确认提交');
    assert.match(await page.innerText('h1'), /提交成功/);
  });
  await step('the applicant sees who is waited for', async () => {
    await logIn(page, { as: 'member', account: person.idNumber, password: person.password });
    assert.equal(new URL(page.url()).pathname, '/me/progress');
    assert.equal(await page.getAttribute('main', 'data-state'), 'submitted');
    await logOut(page);
  });
}

async function isRecommended(page) {
  let id;
  await step('the clerk finds the person under 个人提交', async () => {
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    await openTab(page, 'submitted');
    await page.fill('[name="q"]', person.fields.name);
    await button(page, '搜索').click();
    await page.getByRole('link', { name: person.fields.name, exact: true }).click();
    assert.equal(await page.getAttribute('main', 'data-state'), 'submitted');
    id = new URL(page.url()).pathname.split('/').pop();
  });
  await step('and corrects the school', async () => {
    await page.fill('[name="school"]', '兰州交通大学');
    await button(page, '保存更正').click();
    await page.getByText('更正已保存').waitFor();
    assert.match(await page.innerText('.timeline'), /毕业院校：由“兰州理工大学”改为“兰州交通大学”/);
  });
  await step('批量推荐 asks, then tells the result', async () => {
    await page.getByRole('link', { name: '会员列表' }).last().click();
    await openTab(page, 'submitted');
    assert.ok(await button(page, '批量推荐').isDisabled());
    await tick(page, id);
    await button(page, '批量推荐').click();
    await agree(page, /确定推荐选中的 1 名人员为新会员吗？/);
    await page.getByRole('link', { name: '查看企业推荐（新会员）' }).click();
    await page.locator(`tr[data-id="${id}"]`).waitFor();
  });
  await step('导出全部 is a workbook with the person in it', async () => {
    const link = page.getByRole('link', { name: /^导出全部/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.match(download.suggestedFilename(), /^演示监理公司0001_企业推荐（新会员）_20261123\.xlsx$/);
    const text = textOfXlsx(await download.path());
    [person.idNumber, person.fields.name, '兰州交通大学'].forEach((cell) => assert.ok(text.includes(cell), cell));
  });
  await step('打印汇总表: the preview, and the PDF in a new tab', async () => {
    await page.getByRole('link', { name: '打印汇总表', exact: true }).last().click();
    assert.ok((await page.innerText('.sheet')).includes(person.idNumber));
    const print = page.getByRole('button', { name: '打印（A4纸横向）' });
    const [tab] = await Promise.all([page.waitForEvent('popup', { timeout: 60000 }), print.click()]);
    await tab.waitForURL('**/company/summary.pdf?*', { waitUntil: 'commit' });
    const pdf = await page.request.get(tab.url());
    await tab.close();
    const text = textOfPdf(await pdf.body());
    assert.match(text, /核验码/);
    assert.ok(text.includes(person.idNumber));
    await logOut(page);
  });
  return id;
}

async function isApproved(page, id) {
  await step('the association goes from the number to the list and approves', async () => {
    await logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });
    const card = page.locator('.number-card', { hasText: '企业推荐（新会员）' });
    const waiting = Number(await card.locator('strong').innerText());
    await card.click();
    assert.equal(Number(await page.getAttribute('[data-status="recommended_new"]', 'data-count')), waiting);
    await approve(page, id);
    await page.goto('/staff');
    assert.equal(Number(await card.locator('strong').innerText()), waiting - 1);
    await logOut(page);
  });
}

async function isMember(page) {
  await step('the member sees state, number and the end of the period', async () => {
    await logIn(page, { as: 'member', account: person.idNumber, password: person.password });
    assert.equal(new URL(page.url()).pathname, '/me');
    assert.equal(await page.getAttribute('main', 'data-state'), 'member');
    const card = await page.innerText('.person-card');
    assert.match(card, /正式会员/);
    assert.match(card, /2026\d{6}/);
    assert.match(card, /2031-11-22/);
  });
  await step('and that the clerk corrected something', async () => {
    await page.goto('/me/history');
    assert.match(await page.innerText('.timeline'), /由“兰州理工大学”改为“兰州交通大学”/);
  });
}

await onDemo({}, async ({ browser }) => {
  const page = await browser.page(width);
  await registers(page, await drawPhoto(browser, { width: 3000, height: 4000, grain: true }));
  await isApproved(page, await isRecommended(page));
  await isMember(page);
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
