// Every page of a member, in every state, and the password page.
import { askForPassword, nameOf } from './lib/forgot.mjs';
import { button } from './lib/lists.mjs';
import { sendAnyway, tour } from './lib/tour.mjs';

const BEFORE = ['submitted', 'returned', 'closed']; // of these only the progress page is open

async function information(page, look, state) {
  await look(page, `me-${state}`, { go: '/me' });
  await look(page, `me-progress-${state}`, { go: '/me/progress' });
}

async function otherPages(page, look, kind) {
  await look(page, 'learning', { go: '/me/learning' });
  await look(page, 'history', { go: '/me/history' });
  await look(page, 'history-approval', { go: '/me/history?kind=approval' });
  await look(page, 'history-account', { go: '/me/history?kind=account&size=10' });
  const reveal = async () => {
    await page.click('form[data-reveal] button');
    await button(page, '隐藏完整身份证号').waitFor();
  };
  await look(page, 'me-revealed', { go: '/me', act: reveal });
  if (kind === 'phone') {
    await look(page, 'me-menu', { act: () => page.check('#menu-toggle') });
  }
  await look(page, 'member-forbidden', { go: '/company/members', status: 403 });
}

async function password(page, look) {
  await look(page, 'password', { go: '/password' });
  const values = { current: 'wrong', password: 'short', password_again: 'other' };
  const refused = () => sendAnyway(page, 'form.panel', { values, button: '保存新密码' });
  await look(page, 'password-refused', { act: refused, status: 422 });
  await look(page, 'sessions', { go: '/sessions' });
  await look(page, 'again', { go: '/again?next=/me' });
  const again = () => sendAnyway(page, 'form.panel', { values: { password: 'wrong' }, button: '继续' });
  await look(page, 'again-refused', { act: again, status: 422 });
}

async function submitted(page, look) {
  await look(page, 'withdraw-asked', { go: '/me/progress', act: () => button(page, '撤回修改').click() });
  const agree = () => button(page.getByRole('dialog'), '确定').click();
  await look(page, 'withdrawn', { act: () => agree().then(() => page.locator('[data-state="returned"]').waitFor()) });
}

async function returned(page, look) {
  await look(page, 'resubmit', { go: '/me/resubmit' });
  const values = { name: '', mobile: '1' };
  const refused = () => sendAnyway(page, 'form[action="/me/resubmit"]', { values, button: '重新提交' });
  await look(page, 'resubmit-refused', { act: refused, status: 422 });
}

await tour('WHO_MEMBER', async ({ server, kind, enter, look }) => {
  const visitor = (state) => enter({ as: 'member', account: server.people[state] });
  for (const state of ['recommended_new', 'recommended_renewal', 'member', 'expired']) {
    const page = await visitor(state);
    await information(page, look, state);
    if (state === 'member') {
      await otherPages(page, look, kind);
      await password(page, look);
      const asked = { account: server.people.member, name: await nameOf(page) };
      await askForPassword(await enter(), asked);
      await look(page, 'me-reset-asked', { go: '/me' });
      await look(page, 'me-reset-cancelled', { act: () => button(page, '不是我，取消').click() });
      await look(page, 'member-consent', { go: '/consent' });
    }
  }
  const pages = {};
  for (const state of BEFORE) {
    pages[state] = await visitor(state);
    await look(pages[state], `progress-${state}`, { go: '/me/progress' });
  }
  await submitted(pages.submitted, look);
  await returned(pages.returned, look);
});
