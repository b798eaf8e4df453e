// Every page of the association: home of each kind of role, lists, one person in each state, companies, batches.
import { askForPassword } from './lib/forgot.mjs';
import { agree, asks, button, tick } from './lib/lists.mjs';
import { OF_SYSTEM, sendAnyway, tour } from './lib/tour.mjs';

const STATES = ['submitted', 'recommended_new', 'recommended_renewal', 'member', 'expired', 'returned', 'closed'];

async function home(page, look, kind) {
  await look(page, 'staff-home', { go: '/staff' });
  await look(page, 'staff-todo', { go: '/staff/todo' });
  if (kind === 'phone') {
    await look(page, 'staff-menu', { act: () => page.check('#menu-toggle') });
  }
}

async function lists(page, look) {
  await look(page, 'staff-members', { go: '/staff/members' });
  for (const state of STATES) {
    await look(page, `staff-members-${state}`, { go: `/staff/members?status=${state}` });
  }
  await look(page, 'staff-members-conditions', { go: '/staff/members?company=2&expires_from=2027-01-01' });
  await look(page, 'staff-members-none', { go: '/staff/members?q=没有此人' });
}

async function firstOf(page, status) {
  await page.goto(`/staff/members?status=${status}`);
  return page.locator('tbody tr').first().getAttribute('data-id');
}

async function people(page, look) {
  for (const state of STATES) {
    const id = await firstOf(page, state);
    await look(page, `staff-member-${state}`, { go: `/staff/members/${id}` });
  }
}

async function looks(page, look) {
  await look(page, 'staff-proposed', { go: '/staff/companies/proposed' });
  await look(page, 'staff-exceptions', { go: '/staff/exceptions' });
  await look(page, 'staff-exceptions-wrong', {
    act: async () => {
      await page.fill('[name="id_number"]', '123');
      await page.click('button:has-text("登记例外")');
      await page.waitForSelector('[data-error="id_number"]');
    },
    status: 422,
  });
  await look(page, 'staff-looks', { go: '/staff/looks' });
  await look(page, 'staff-merge', { go: '/staff/companies/merge?from=3&q=%E6%BC%94%E7%A4%BA' });
}

async function edit(page, look) {
  await look(page, 'staff-member-edit', { go: `/staff/members/${await firstOf(page, 'member')}?edit=1` });
  const save = (fields) => async () => {
    for (const [name, value] of Object.entries(fields)) {
      await page.fill(`[name="${name}"]`, value);
    }
    await page.getByRole('button', { name: '保存修改' }).click();
  };
  await look(page, 'staff-member-edit-refused', { act: save({ mobile: '123' }), status: 422 });
  await look(page, 'staff-member-edited', { act: save({ mobile: '13800001234', reason: '本人来函更正手机号码' }) });
}

async function decisions(page, look) {
  await tick(page, await firstOf(page, 'recommended_new'));
  await look(page, 'staff-approve', { act: () => page.locator('summary', { hasText: '批准…' }).click() });
  await look(page, 'staff-approve-asked', { act: () => asks(page, '确定批准') });
  await look(page, 'staff-result', { act: () => agree(page, /确定批准/) });
  const close = async () => {
    await page.check('[name="all"]');
    await page.locator('[data-list] summary.btn-plain').click();
    await page.fill('[name="reason"]', '本人申请退会');
    await asks(page, '注销');
  };
  await look(page, 'staff-close-asked', { go: '/staff/members?status=member', act: close });
}

async function companies(page, look) {
  await look(page, 'staff-companies', { go: '/staff/companies' });
  await look(page, 'staff-companies-none', { go: '/staff/companies?q=没有这家' });
  await look(page, 'staff-company', { go: '/staff/companies/2' });
  const change = (values) => () => sendAnyway(page, 'main form:has([name="version"])', { values, button: '保存' });
  const wrong = { name: '', credit_code: '91620000000000000X' };
  await look(page, 'staff-company-refused', { act: change(wrong), status: 422 });
  await look(page, 'staff-company-renamed', { go: '/staff/companies/2', act: change({ name: '演示工程咨询公司' }) });
  await look(page, 'staff-company-new', { go: '/staff/companies?new=1' });
  const create = (name) => () =>
    sendAnyway(page, 'form[action="/staff/companies"].panel', { values: { name }, button: '保存并生成密码' });
  await look(page, 'staff-company-new-refused', { act: create(''), status: 422 });
  await look(page, 'staff-one-time', { act: create('陇原工程咨询有限公司') });
  await look(page, 'staff-company-404', { go: '/staff/companies/999999', status: 404 });
}

// A main clerk has lost the password.
async function resets(page, look, visitor) {
  await look(page, 'staff-resets-none', { go: '/staff/resets' });
  await page.goto('/staff/companies/3');
  const [account, name] = [await page.inputValue('[name="name"]'), await page.inputValue('[name="contact"]')];
  await askForPassword(visitor, { as: 'company', account, name });
  await look(page, 'staff-resets', { go: '/staff/resets' });
  await look(page, 'staff-resets-paper', { act: () => page.locator('tbody summary').click() });
  await page.fill('tbody details [name="code"]', '1');
  await look(page, 'staff-resets-refused', { act: () => button(page, '凭表启用新密码').click(), status: 422 });
}

async function batches(page, look) {
  await look(page, 'staff-batches', { go: '/staff/batches' });
  const address = await page.locator('tbody tr th a').first().getAttribute('href');
  await look(page, 'staff-batch', { go: address });
}

// A row that can come in and waits to be looked at, and one that cannot.
const SHEET = `姓名,身份证号,单位
李春风,620000199001015009,甘肃迁入监理有限公司
王无号,,甘肃迁入监理有限公司
`;

async function imports(page, look) {
  await look(page, 'staff-import', { go: '/staff/import' });
  await look(page, 'staff-import-refused', { act: () => button(page, '上传并核对').click(), status: 422 });
  const upload = async () => {
    await page.setInputFiles('[name="file"]', { name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) });
    await button(page, '上传并核对').click();
    await page.waitForSelector('main[data-state="checked"]', { timeout: 60000 });
  };
  await look(page, 'staff-import-job', { act: upload });
  await look(page, 'staff-import-open', { go: `${new URL(page.url()).pathname}/open` });
}

await tour('WHO_STAFF', async ({ kind, enter, look }) => {
  const page = await enter({ as: 'staff', account: 'huiyuan' });
  await home(page, look, kind);
  await lists(page, look);
  await people(page, look);
  await edit(page, look);
  await looks(page, look);
  await decisions(page, look);
  await companies(page, look);
  await imports(page, look);
  await batches(page, look);
  await resets(page, look, await enter());
  const reader = await enter({ as: 'staff', account: 'chakan' });
  await look(reader, 'staff-members-viewer', { go: '/staff/members' });
  await look(reader, 'staff-member-viewer', { go: `/staff/members/${await firstOf(page, 'member')}` });
  await look(reader, 'staff-company-viewer', { go: '/staff/companies/3' });
}, { of: (path) => !OF_SYSTEM.test(path) });
