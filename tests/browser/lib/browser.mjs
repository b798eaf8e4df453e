// The browser of the tests: Debian's Chromium driven by playwright-core.
//
//   const browser = await openBrowser('http://127.0.0.1:8080');
//   const page = await browser.page('pc');        // 'laptop': 1366 × 768; 'phone': 390 × 844, touch; { scripts: false } for scripts off
//   await logIn(page, { as: 'company', account: '演示监理公司0001', password: 'Demo-2026' });
//   await page.goto('/company/members');
//   await screenshot(page, 'company-members');    // tests/browser/shots/company-members-pc.png
//   takeProblems(page);                           // what the page did wrong since the last call, as lines
//   await browser.close();
//
// Each page has a context of its own: no cookie of another one. Problems are script errors, refusals of the content
// security policy, and answers of 500 and more; a journey asserts that there are none.
import { chromium } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const shots = path.join(path.dirname(fileURLToPath(import.meta.url)), '../shots');

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const WIDTHS = {
  pc: { viewport: { width: 1440, height: 900 } },
  laptop: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

const problemsOf = new WeakMap();
const kindOf = new WeakMap();

function watch(page) {
  const problems = [];
  problemsOf.set(page, problems);
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // A refused form (422) is reported as a failed load; that is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(`console: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) {
      problems.push(`${response.status()} ${response.url()}`);
    }
  });
}

export async function openBrowser(baseURL) {
  const asRoot = process.getuid() === 0;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    // Chromium refuses to run as root inside its sandbox.
    args: asRoot ? [...FLAGS, '--no-sandbox'] : FLAGS,
  });
  return {
    async page(kind = 'pc', { scripts = true } = {}) {
      const context = await browser.newContext({
        ...WIDTHS[kind],
        baseURL,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        javaScriptEnabled: scripts,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10000);
      page.setDefaultNavigationTimeout(60000); // the first page of a browser on a busy machine
      watch(page);
      kindOf.set(page, kind);
      return page;
    },
    close: () => browser.close(),
  };
}

export function takeProblems(page) {
  return problemsOf.get(page).splice(0);
}

// The server must run with --captcha off. Fails when the login is refused.
export async function logIn(page, { as, account, password }) {
  await page.goto(`/login?as=${as}`);
  await page.fill('input[name="account"]', account);
  await page.fill('input[name="password"]', password);
  // With the captcha off the field need not be there; where it is, anything will do.
  const captcha = page.locator('input[name="captcha"]');
  if (await captcha.count()) {
    await captcha.fill('0000');
  }
  await page.click('form[action="/login"] button:not([type="button"])');
  if (new URL(page.url()).pathname.startsWith('/login')) {
    throw new Error(`login of ${account} was refused`);
  }
}

export async function logOut(page) {
  await page.click('.topbar form[action="/logout"] button');
}

// The whole page, or only the window: a dialog covers no more than that.
export async function screenshot(page, name, { whole = true } = {}) {
  await mkdir(shots, { recursive: true });
  const file = path.join(shots, `${name}-${kindOf.get(page)}.png`);
  if (whole) {
    // Scrolled down, the top bar would stand in the middle of the picture.
    await page.evaluate(() => window.scrollTo(0, 0));
  }
  await page.screenshot({ path: file, fullPage: whole });
  return file;
}
