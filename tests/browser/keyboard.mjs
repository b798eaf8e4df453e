// The journey by keyboard alone: Tab, Space, Enter, arrows and typing.
import assert from 'node:assert/strict';
import { takeProblems } from './lib/browser.mjs';
import { follow, press, reach, type } from './lib/keyboard.mjs';
import { COMPANY, newPerson } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const person = newPerson(301, '段怀瑾');

async function logsIn(page, as, account, password) {
  await page.goto(`/login?as=${as}`);
  await type(page, '[name="account"]', account);
  await type(page, '[name="password"]', password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/login'), page.keyboard.press('Enter')]);
}

async function logsOut(page) {
  await follow(page, '.topbar form[action="/logout"] button', '**/login**');
}

// A choice opens no list on arrows while it is closed: each arrow takes the next option.
async function choose(page, name, value) {
  await reach(page, `[name="${name}"]`);
  const options = await page.$$eval(`[name="${name}"] option`, (all) => all.map((option) => option.value));
  for (let i = options.indexOf(value); i > 0; i -= 1) {
    await page.keyboard.press('ArrowDown');
  }
  assert.equal(await page.inputValue(`[name="${name}"]`), value);
}

async function fillsAccount(page) {
  await page.goto('/');
  await follow(page, 'a[href="/register"]', '**/register');
  await type(page, '[name="id_number"]', person.idNumber);
  await type(page, '[name="password"]', person.password);
  await type(page, '[name="password_again"]', person.password);
  await press(page, '[name="consent"]', 'Space');
  await press(page, '[name="consent_sensitive"]', 'Space');
  await follow(page, 'form[action="/register"] .btn-primary', '**/register/details');
}

async function choosesCompany(page) {
  await type(page, '[name="company_q"]', COMPANY.slice(-6));
  await page.getByRole('option', { name: COMPANY }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await page.inputValue('[name="company_q"]'), COMPANY);
}

// Keys can overtake the wish to see choosers on their way to the page: it is said before the way to the field.
async function cropsPhoto(page, photo) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, '[name="photo"]')]);
  await chooser.setFiles({ name: 'IMG_2031.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.locator('dialog .crop-tools button').first().waitFor();
  await press(page, '.crop-tools button:nth-of-type(8)');
  await press(page, 'dialog .btn-primary');
  await page.getByText(/已裁剪为/).waitFor();
}

async function fillsDetails(page, photo) {
  const { fields } = person;
  await type(page, '[name="name"]', fields.name);
  await choose(page, 'education', fields.education);
  await type(page, '[name="school"]', fields.school);
  await choosesCompany(page);
  await choose(page, 'title_level', fields.title_level);
  await choose(page, 'post', fields.post);
  await choose(page, 'started_on_year', fields.started_on.slice(0, 4));
  await choose(page, 'started_on_month', fields.started_on.slice(5));
  await type(page, '[name="mobile"]', fields.mobile);
  await type(page, '[name="address"]', fields.address);
  await cropsPhoto(page, photo);
  await follow(page, 'form[action="/register/details"] .btn-primary', '**/register/confirm');
}

async function recommends(page) {
  await follow(page, '[data-status="submitted"]', '**status=submitted*');
  await type(page, '[name="q"]', person.fields.name);
  await Promise.all([page.waitForURL('**q=*'), page.keyboard.press('Enter')]);
  await press(page, 'tbody input[name="id"]', 'Space');
  await reach(page, 'button[formaction$="/recommend"]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await page.evaluate(() => document.activeElement.matches('button[formaction$="/recommend"]')));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await follow(page, 'dialog .btn-primary', '**/results/*');
  assert.equal(await page.getAttribute('main', 'data-done'), '1');
}

async function approves(page) {
  await follow(page, '.number-card[href*="recommended_new"]', '**status=recommended_new*');
  await type(page, '[name="q"]', person.fields.name);
  await Promise.all([page.waitForURL('**q=*'), page.keyboard.press('Enter')]);
  await press(page, 'tbody input[name="id"]', 'Space');
  await reach(page, '.action-panel summary.btn-primary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await press(page, 'button[formaction$="/approve"]');
  await page.getByRole('dialog').waitFor();
  await follow(page, 'dialog .btn-primary', '**/results/*');
  assert.equal(await page.getAttribute('main', 'data-done'), '1');
}

await onDemo({}, async ({ browser }) => {
  const page = await browser.page('pc');
  const photo = await drawPhoto(browser, { width: 1200, height: 1600 });
  await step('the first stop of Tab leads past the frame', async () => {
    await page.goto('/guide');
    await press(page, '.skip-link');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  });
  await step('registers: the account', () => fillsAccount(page));
  await step('registers: details, employer, photo', () => fillsDetails(page, photo));
  await step('registers: submits', () => follow(page, 'form[action="/register/confirm"] .btn-primary', '**/register/done'));
  await step('the clerk recommends', async () => {
    await logsIn(page, 'company', COMPANY, PASSWORD);
    await recommends(page);
    await logsOut(page);
  });
  await step('the association approves', async () => {
    await logsIn(page, 'staff', 'huiyuan', PASSWORD);
    await approves(page);
    await logsOut(page);
  });
  await step('the member sees the state', async () => {
    await logsIn(page, 'member', person.idNumber, person.password);
    assert.equal(await page.getAttribute('main', 'data-state'), 'member');
  });
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
