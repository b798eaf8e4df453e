// Every page of a company's clerk: the list and its tabs, one person in each state, decisions, batches, prints.
import { askForPassword, nameOf } from './lib/forgot.mjs';
import { agree, asks, button, tick } from './lib/lists.mjs';
import { COMPANY } from './lib/person.mjs';
import { sendAnyway, tour } from './lib/tour.mjs';

const STATES = ['submitted', 'recommended_new', 'recommended_renewal', 'member', 'expired', 'returned', 'closed'];

async function firstOf(page, status) {
  await page.goto(`/company/members?status=${status}`);
  return page.locator('tbody tr').first().getAttribute('data-id');
}

async function lists(page, look, kind) {
  await look(page, 'company-todo', { go: '/company/todo' });
  await look(page, 'company-members', { go: '/company/members', docs: true });
  for (const state of STATES) {
    await look(page, `company-members-${state}`, { go: `/company/members?status=${state}` });
  }
  await look(page, 'company-members-none', { go: '/company/members?q=没有此人' });
  await look(page, 'company-members-next', { go: '/company/members?size=10', act: () => page.click('[rel="next"]') });
  await look(page, 'company-members-refused', { go: '/company/members?status=nothing', status: 422 });
  if (kind === 'phone') {
    await look(page, 'company-menu', { go: '/company/members', act: () => page.check('#menu-toggle') });
  }
}

async function people(page, look) {
  for (const state of STATES) {
    const id = await firstOf(page, state);
    await look(page, `company-member-${state}`, { go: `/company/members/${id}` });
  }
  const id = await firstOf(page, 'submitted');
  const form = 'form[enctype="multipart/form-data"]';
  const refused = () => sendAnyway(page, form, { values: { name: '', mobile: '123' }, button: '保存更正' });
  await look(page, 'company-member-refused', { go: `/company/members/${id}`, act: refused, status: 422 });
  const saved = async () => {
    await button(page, '放弃这些改动').click(); // of the refused form: they were kept
    await sendAnyway(page, form, { values: { school: '兰州交通大学' }, button: '保存更正' });
  };
  await look(page, 'company-member-saved', { go: `/company/members/${id}`, act: saved });
  await look(page, 'company-member-404', { go: '/company/members/999999', status: 404 });
  await look(page, 'company-forbidden', { go: '/staff', status: 403 });
}

async function decisions(page, look) {
  const selected = async () => {
    await page.locator('[data-select-page]').first().evaluate((box) => box.click());
    await button(page, '批量推荐').waitFor();
  };
  await look(page, 'company-selected', { go: '/company/members?status=submitted&size=10', act: selected });
  await look(page, 'company-confirm', { act: () => asks(page, '批量推荐') });
  const panel = () => page.locator('summary', { hasText: '退回本人…' }).click();
  await look(page, 'company-return', { go: '/company/members?status=submitted', act: panel });
  await tick(page, await page.locator('tbody tr').first().getAttribute('data-id'));
  // Without a script the browser sends an empty reason; here it has to be told to.
  const empty = () => page.locator('form[data-list]').evaluate((form) => {
    form.action = '/company/members/return';
    form.submit();
  }).then(() => page.locator('[data-error="reason"]').waitFor());
  await look(page, 'company-reason-asked', { act: empty, status: 422 });
  const skipped = async () => {
    await page.check('[name="all"]');
    await button(page, '推荐续期').click();
    await button(page.getByRole('dialog'), '确定').click();
    await page.waitForURL('**/results/*');
  };
  await look(page, 'company-result-skipped', { go: '/company/members?status=member', act: skipped });
}

// Ticks survive from page to page: what an earlier look left goes first.
async function recommend(page) {
  const id = await firstOf(page, 'submitted');
  await tick(page, id);
  await button(page, '清空').click();
  await tick(page, id);
  await button(page, '批量推荐').click();
  await agree(page, /确定推荐/);
}

async function batches(page, look) {
  await look(page, 'company-result', { act: () => recommend(page) });
  await look(page, 'company-summary', { go: '/company/summary?status=recommended_new' });
  await look(page, 'company-summary-member', { go: '/company/summary?status=member' });
  await look(page, 'company-summary-none', { go: '/company/summary?status=returned' });
  await look(page, 'company-batches', { go: '/company/batches' });
  const open = page.locator('tbody tr', { hasText: '新会员' }).first().locator('a');
  const address = await open.getAttribute('href');
  await look(page, 'company-batch', { go: address });
  const paper = page.waitForEvent('popup');
  await button(page, '打印汇总表').click();
  await (await paper).close();
  await look(page, 'company-batch-printed', { go: address });
  await recommend(page);
  await look(page, 'company-batch-changed', { go: address });
  await look(page, 'company-batch-close-asked', { act: () => button(page, '封存批次').click() });
  await button(page.getByRole('dialog'), '确定').click();
  await look(page, 'company-batch-closed', { act: () => button(page, '封存批次').waitFor({ state: 'detached' }) });
}

// A person of the company has lost the password, and so has somebody else in the name of the clerk.
async function resets(page, look, visitor, person) {
  await look(page, 'company-resets-none', { go: '/company/resets' });
  await askForPassword(visitor, person);
  await look(page, 'company-resets', { go: '/company/resets' });
  const type = (code) => () => sendAnyway(page, 'tbody form', { values: { code }, button: '核对' });
  await look(page, 'company-resets-refused', { act: type('x'), status: 422 });
}

async function clerks(page, look) {
  await look(page, 'company-unit', { go: '/company/unit' });
  await look(page, 'company-clerks', { go: '/company/clerks' });
  const add = (name, mobile) => () =>
    sendAnyway(page, 'form[action="/company/clerks"]', { values: { name, mobile }, button: '保存并生成密码' });
  await look(page, 'company-clerk-refused', { act: add('', '123'), status: 422 });
  await look(page, 'company-clerk-one-time', { act: add('赵经办', '13893112345') });
  await look(page, 'company-clerk', { act: () => page.getByRole('link', { name: '我已记下' }).click() });
}

// A new version begins while the clerk works.
async function consent(page, system, look) {
  await look(page, 'company-consent-agreed', { go: '/consent' });
  await system.goto('/staff/privacy');
  await sendAnyway(system, 'form[action="/staff/privacy"]', { values: { reason: '试' }, button: '公布' });
  await look(page, 'company-consent', { go: '/company/batches' });
  await page.check('[name="consent"]');
  await look(page, 'company-consent-refused', { act: () => button(page, '同意并继续').click(), status: 422 });
  await page.check('[name="consent_sensitive"]');
  await button(page, '同意并继续').click();
  await page.waitForURL('**/company/batches');
}

await tour('WHO_COMPANY', async ({ server, kind, enter, look }) => {
  const page = await enter({ as: 'company', account: COMPANY });
  await lists(page, look, kind);
  await people(page, look);
  await decisions(page, look);
  await batches(page, look);
  const member = await enter({ as: 'member', account: server.people.member });
  const person = { account: server.people.member, name: await nameOf(member) };
  await resets(page, look, await enter(), person);
  await clerks(page, look);
  await consent(page, await enter({ as: 'staff', account: 'admin' }), look);
});
