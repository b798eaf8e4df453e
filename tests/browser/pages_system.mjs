// The desks of the association's system administrator and auditor: accounts, settings, rules, the machine, the trail.
import { OF_SYSTEM, sendAnyway, tour } from './lib/tour.mjs';

async function machine(page, look) {
  await look(page, 'staff-system', { go: '/staff/system' });
  await look(page, 'staff-setup', { go: '/staff/setup' });
  await look(page, 'staff-setup-fields', { go: '/staff/setup?step=fields' });
}

async function settings(page, look) {
  await look(page, 'staff-settings', { go: '/staff/settings' });
  await look(page, 'staff-settings-open', { act: () => page.locator('.setting summary').first().click() });
  const change = (value, reason) => async () => {
    await page.fill('[name="value"]', value);
    await page.fill('[name="reason"]', reason);
    await page.locator('.setting-form button').click();
  };
  await look(page, 'staff-setting', { go: '/staff/settings?name=period.years' });
  await look(page, 'staff-setting-refused', { act: change('0', ''), status: 422 });
  await look(page, 'staff-setting-changed', { act: change('4', '理事会 2026 年第 3 次会议决定') });
  await look(page, 'staff-setting-fields', { go: '/staff/settings?name=register.required' });
}

async function totp(page, look) {
  await look(page, 'totp', { go: '/totp' });
  const wrong = () => sendAnyway(page, 'form.panel', { values: { code: '000000' }, button: '开启' });
  await look(page, 'totp-refused', { act: wrong, status: 422 });
}

async function privacy(page, look) {
  const send = (values) => () => sendAnyway(page, 'form[action="/staff/privacy"]', { values, button: '公布' });
  await look(page, 'staff-privacy', { go: '/staff/privacy' });
  await look(page, 'staff-privacy-refused', { act: send({ text: '', in_force_from: '2020-01-01' }), status: 422 });
  const text = '#一、我们收集哪些信息\n身份证号、姓名和手机号，用来办理会员事务。\n#二、您的权利\n查阅、更正和删除，请联系协会。';
  await page.goto('/staff/privacy');
  await look(page, 'staff-privacy-published', { act: send({ text, reason: '按理事会意见简化文字' }) });
  await look(page, 'privacy-published', { go: '/privacy' });
}

async function accounts(page, look) {
  await look(page, 'staff-accounts', { go: '/staff/accounts' });
  await look(page, 'staff-accounts-none', { go: '/staff/accounts?status=stale' });
  await look(page, 'staff-account', { go: await page.goto('/staff/accounts').then(() => page.locator('tbody th a').first().getAttribute('href')) });
  const send = (form, values, button) => () => sendAnyway(page, form, { values, button });
  await look(page, 'staff-account-new', { go: '/staff/accounts?new=1' });
  const create = (name) => send('form[action="/staff/accounts"].panel', { name }, '保存并生成密码');
  await look(page, 'staff-account-new-refused', { act: create(''), status: 422 });
  await page.check('[name="role"][value="finance"]');
  await look(page, 'staff-account-one-time', { act: create('李会计') });
}

async function audit(page, look) {
  await look(page, 'staff-audit', { go: '/staff/audit' });
  await look(page, 'staff-audit-conditions', { go: '/staff/audit?event=account.login&from=2026-01-01&size=10' });
  await look(page, 'staff-audit-none', { go: '/staff/audit?account=nobody' });
  await look(page, 'staff-audit-refused', { go: '/staff/audit?from=2026-02-30&event=no.such', status: 422 });
}

await tour('WHO_STAFF', async ({ enter, look }) => {
  const system = await enter({ as: 'staff', account: 'admin' });
  await look(system, 'staff-home-system', { go: '/staff' });
  await settings(system, look);
  await machine(system, look);
  await accounts(system, look);
  await totp(system, look);
  await privacy(system, look);
  await audit(await enter({ as: 'staff', account: 'shenji' }), look);
}, { of: (path) => OF_SYSTEM.test(path) });
