// 忘记密码, as a visitor asks for it.
import { sendAnyway } from './tour.mjs';

export const CHOSEN = 'Xuanding-2026';
export const FORGOT = 'form[action="/forgot"]';

// The code that the visitor is given.
export async function askForPassword(page, { as = 'member', account, name, password = CHOSEN }) {
  await page.goto(`/forgot?as=${as}`);
  const values = { account, name, password, password_again: password };
  await sendAnyway(page, FORGOT, { values, button: '得到核对码' });
  return page.locator('main').getAttribute('data-code');
}

// As the top bar calls who is logged in.
export async function nameOf(page) {
  const text = await page.locator('.topbar-user').textContent();
  return /欢迎您，([^（]+)/.exec(text)[1].trim();
}
