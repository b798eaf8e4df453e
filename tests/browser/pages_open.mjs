// Every page that is open to all: login, registration with its refusals, texts, errors.
import assert from 'node:assert/strict';
import { askForPassword, FORGOT } from './lib/forgot.mjs';
import { button } from './lib/lists.mjs';
import { chooseCompany, choosePhoto, COMPANY, fillAccount, fillDetails, newPerson, submit } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { sendAnyway, tour } from './lib/tour.mjs';

const ACCOUNT = 'form[action="/register"]';
const DETAILS = 'form[action="/register/details"]';

async function logins(page, look) {
  for (const side of ['member', 'company', 'staff']) {
    await look(page, `login-${side}`, { go: `/login?as=${side}` });
  }
  const values = { account: COMPANY, password: 'wrong' };
  const refused = () => sendAnyway(page, 'form[action="/login"]', { values, button: '登录' });
  await look(page, 'login-refused', { go: '/login?as=company', act: refused, status: 422 });
  await look(page, 'login-first', { go: '/me' });
  await page.context().addCookies([{ name: 'hy_half', value: 'x', url: page.url() }]); // a password was typed
  await look(page, 'login-code', { go: '/login/code' });
}

async function forgotten(page, look, person) {
  await look(page, 'forgot', { go: '/forgot?as=member' });
  const values = { account: '123', password: 'short', password_again: 'other' };
  const refused = () => sendAnyway(page, FORGOT, { values, button: '得到核对码' });
  await look(page, 'forgot-refused', { act: refused, status: 422 });
  await look(page, 'forgot-done', { act: () => askForPassword(page, { account: person.idNumber, name: person.fields.name }) });
  await look(page, 'activate', { go: '/activate' });
  const empty = () => sendAnyway(page, 'form[action="/activate"]', { values: { code: 'x' }, button: '激活' });
  await look(page, 'activate-refused', { act: empty, status: 422 });
  await look(page, 'forgot-company', { go: '/forgot?as=company' });
  await look(page, 'forgot-company-done', { act: () => askForPassword(page, { as: 'company', account: COMPANY, name: '谁' }) });
}

async function texts(page, look) {
  await look(page, 'guide', { go: '/guide' });
  await look(page, 'help', { go: '/help' });
  await look(page, 'help-company', { go: '/help?as=company' });
  await look(page, 'privacy', { go: '/privacy' });
  await look(page, 'error-404', { go: '/nowhere', status: 404 });
}

async function account(page, look, person) {
  await look(page, 'register', { go: '/register' });
  const values = { id_number: `${person.idNumber.slice(0, 17)}?`, password: 'short', password_again: 'other' };
  const refused = () => sendAnyway(page, ACCOUNT, { values, button: '下一步' });
  await look(page, 'register-refused', { act: refused, status: 422 });
  await page.goto('/register');
  await fillAccount(page, person);
  await submit(page, '下一步');
}

async function details(page, look, person, photos) {
  await look(page, 'details', { go: '/register/details' });
  const values = { name: '王', started_on_year: '2026', started_on_month: '11', mobile: '123', email: 'x@', company_q: '没有这家' };
  const refused = () => sendAnyway(page, DETAILS, { values, button: '下一步：核对' });
  await look(page, 'details-refused', { act: refused, status: 422 });
  const find = async () => {
    await page.fill('[name="company_q"]', '演示');
    await page.locator('.picker-list [role="option"]').first().waitFor();
  };
  await look(page, 'details-company', { act: find, status: 422 });
  assert.equal(await page.locator('[name="direct_reason"]').isVisible(), false);
  const alone = async () => {
    await page.keyboard.press('Escape');
    await button(page, '没有工作单位？归入协会直管').click();
    await page.fill('[name="direct_reason"]', '已退休');
  };
  await look(page, 'details-direct', { act: alone, status: 422 });
  await fillDetails(page, person);
  await chooseCompany(page, COMPANY);
  const file = { name: 'IMG_2031.jpg', mimeType: 'image/jpeg', buffer: photos.large };
  const crop = () => page.setInputFiles('[name="photo"]', file).then(() => page.locator('.cropper-crop-box').waitFor());
  await look(page, 'details-crop', { act: crop, status: 422 });
  await button(page, '取消').click();
  await choosePhoto(page, photos.blue);
  await look(page, 'details-photo-refused', { act: () => submit(page, '下一步：核对'), status: 422 });
  await choosePhoto(page, photos.large);
  await look(page, 'details-filled', { act: () => page.getByText('已裁剪为').scrollIntoViewIfNeeded(), status: 422 });
  await submit(page, '下一步：核对');
}

async function confirm(page, look) {
  await look(page, 'confirm', { go: '/register/confirm' });
  await look(page, 'register-unfinished', { go: '/register' });
  await look(page, 'details-kept', { go: '/register/details' });
  await page.goto('/register/confirm');
  await look(page, 'done', { act: () => submit(page, '确认提交') });
}

async function withoutScripts(page, look, person) {
  await page.goto('/register');
  await fillAccount(page, person);
  await submit(page, '下一步');
  const find = async () => {
    await page.fill('[name="company_q"]', '监理');
    await button(page, '查找').click();
  };
  await look(page, 'details-noscript', { act: find });
}

await tour('WHO_ALL', async ({ browser, enter, look }) => {
  const photos = {
    large: await drawPhoto(browser, { width: 1500, height: 2000, grain: true }),
    blue: await drawPhoto(browser, { width: 900, height: 1260, ground: '#3c78dc' }),
  };
  const page = await enter();
  await logins(page, look);
  await texts(page, look);
  const person = newPerson(401, '冯望舒');
  await forgotten(page, look, person);
  await account(page, look, person);
  await details(page, look, person, photos);
  await confirm(page, look);
  await withoutScripts(await enter(null, { scripts: false }), look, newPerson(403, '冯望舒'));
});
