// A lost password comes back without SMS: at the own company's desk, at the association's with a stamped form, at the
// counter with a letter, on paper with an 激活条; and a stranger's request is cancelled by whom it concerns. TEST_WIDTH.
import assert from 'node:assert/strict';
import { logIn, logOut, screenshot, takeProblems } from './lib/browser.mjs';
import { textOfPdf } from './lib/files.mjs';
import { askForPassword, CHOSEN, nameOf } from './lib/forgot.mjs';
import { button, tick } from './lib/lists.mjs';
import { COMPANY, OTHER_COMPANY } from './lib/person.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const OWN = 'Ludong_Qiao-88';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const asMember = (page, account, password = PASSWORD) => logIn(page, { as: 'member', account, password });
const asStaff = (page) => logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });

async function typeCode(page, code) {
  await page.locator('tbody [name="code"]').first().fill(code);
  await page.getByRole('button', { name: '核对', exact: true }).first().click();
}

// What a form that opens a PDF in a new tab would get; the page stays.
async function pdfOf(page, selector, address) {
  const bytes = await page.evaluate(async ([form, to]) => {
    const body = new URLSearchParams(new FormData(document.querySelector(form)));
    const answer = await fetch(to, { method: 'POST', body });
    return answer.ok ? Array.from(new Uint8Array(await answer.arrayBuffer())) : [answer.status];
  }, [selector, address]);
  return textOfPdf(Buffer.from(bytes));
}

async function strangerIsStopped(page, visitor, person) {
  await step('a stranger asks, and the person cancels it', async () => {
    await asMember(page, person.account);
    person.name = await nameOf(page);
    await logOut(page);
    const code = await askForPassword(visitor, person);
    assert.match(code, /^\d{6}$/);
    await asMember(page, person.account);
    await page.locator('[data-reset]').waitFor();
    await screenshot(page, 'lost-own');
    await button(page, '不是我，取消').click();
    assert.equal(await page.locator('[data-reset]').count(), 0);
    await logOut(page);
  });
  await step('nobody waits at the desk then', async () => {
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    await page.goto('/company/resets');
    await page.getByText('现在没有人等着核对').waitFor();
    await logOut(page);
  });
}

async function companyTellsCode(page, visitor, person) {
  let code;
  await step('待办 leads to the desk; a wrong code says how many tries are left', async () => {
    code = await askForPassword(visitor, person);
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    await page.goto('/company/todo');
    await page.locator('[data-kind="lost_passwords"] a').first().click();
    await typeCode(page, code === '000000' ? '000001' : '000000');
    assert.equal(await page.getAttribute('[data-error="code"]', 'data-left'), '4');
    await screenshot(page, 'lost-wrong');
  });
  await step('the right one lets the new password in', async () => {
    await typeCode(page, code);
    await page.getByText('已启用本人选的新密码').waitFor();
    await screenshot(page, 'lost-done');
    await logOut(page);
    await assert.rejects(asMember(page, person.account), /refused/);
    await asMember(page, person.account, CHOSEN);
    await page.goto('/me/history?kind=account');
    await page.getByText('核对码').first().waitFor();
    await screenshot(page, 'lost-history');
    await logOut(page);
  });
}

async function mainClerkByForm(page, visitor) {
  await step('a main clerk who is lost comes with a stamped form', async () => {
    await asStaff(page);
    await page.goto('/staff/companies');
    await page.getByRole('link', { name: OTHER_COMPANY }).click();
    await page.waitForURL(/companies\/\d+$/);
    const name = await page.inputValue('[name="contact"]');
    const code = await askForPassword(visitor, { as: 'company', account: OTHER_COMPANY, name, password: OWN });
    await page.goto('/staff/todo');
    await page.locator('[data-kind="lost_passwords"] a').first().click();
    await page.locator('tbody summary').click();
    await page.fill('tbody details [name="code"]', code);
    await button(page, '凭表启用新密码').click();
    await page.locator('[data-error="file"]').waitFor();
    await page.fill('tbody details [name="code"]', code);
    await page.setInputFiles('tbody details [name="file"]', { name: '申请表.pdf', mimeType: 'application/pdf', buffer: PDF });
    await button(page, '凭表启用新密码').click();
    await page.getByText('已启用本人选的新密码').waitFor();
    await logOut(page);
    await logIn(page, { as: 'company', account: OTHER_COMPANY, password: OWN });
    await logOut(page);
  });
}

async function findPerson(page, number) {
  await page.goto(`/staff/members?q=${number}`);
  return page.locator('tbody tr').first().getAttribute('data-id');
}

async function counterGivesOne(page, number) {
  let secret;
  await step('at the counter a password is given once, with its letter', async () => {
    await asStaff(page);
    await page.goto(`/staff/members/${await findPerson(page, number)}`);
    await button(page, '重置密码').click();
    await button(page.getByRole('dialog'), '确定').click();
    secret = await page.innerText('[data-secret]');
    await screenshot(page, 'counter-secret');
    const letter = await pdfOf(page, 'form[action$="/letter.pdf"]', await page.getAttribute('form[action$="/letter.pdf"]', 'action'));
    assert.ok(letter.replace(/\s/g, '').includes(secret));
    await logOut(page);
  });
  await step('it must be changed at once', async () => {
    await asMember(page, number, secret);
    assert.equal(new URL(page.url()).pathname, '/password');
    await page.fill('[name="current"]', secret);
    await page.fill('[name="password"]', CHOSEN);
    await page.fill('[name="password_again"]', CHOSEN);
    await button(page, '保存新密码').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/password'));
    await assert.rejects(asMember(page, number, secret), /refused/);
  });
}

async function slipIsActivated(page, number) {
  let code;
  await step('an 激活条 is printed for whom the counter gave one that is not used', async () => {
    await asStaff(page);
    const id = await findPerson(page, number);
    await page.goto(`/staff/members/${id}`);
    await button(page, '重置密码').click();
    await button(page.getByRole('dialog'), '确定').click();
    await page.locator('[data-secret]').waitFor();
    await page.goto(`/staff/members?status=submitted&q=${number}`);
    await tick(page, id);
    const text = await pdfOf(page, `form:has(tr[data-id="${id}"])`, '/staff/members/activation.pdf');
    code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2,}/.exec(text)[0];
    await logOut(page);
  });
  await step('the person activates, agreeing to the rules', async () => {
    const activate = async () => {
      await page.fill('[name="code"]', code.toLowerCase().replaceAll('-', ' '));
      await page.fill('[name="id_number"]', number);
      await page.fill('[name="password"]', OWN);
      await page.fill('[name="password_again"]', OWN);
    };
    await page.goto('/activate');
    await activate();
    await button(page, '激活').click();
    await page.locator('[data-error="consent"]').waitFor();
    await screenshot(page, 'activate-refused');
    await activate();
    await page.check('[name="consent"]');
    await page.check('[name="consent_sensitive"]');
    await button(page, '激活').click();
    await page.waitForURL((url) => url.pathname !== '/activate');
    await screenshot(page, 'activate-done');
    await asMember(page, number, OWN);
  });
}

await onDemo({ members: 60, companies: 2 }, async ({ server, browser }) => {
  const page = await browser.page(process.env.TEST_WIDTH || 'pc');
  const visitor = await browser.page(process.env.TEST_WIDTH || 'pc');
  const person = { account: server.people.member };
  await strangerIsStopped(page, visitor, person);
  await companyTellsCode(page, visitor, person);
  await mainClerkByForm(page, visitor);
  await counterGivesOne(page, server.people.expired);
  await slipIsActivated(page, server.people.submitted);
  await check('no script error, no refusal of the policy, no 500', () => {
    assert.deepEqual(takeProblems(page), []);
    assert.deepEqual(takeProblems(visitor), []);
  });
});
finish();
