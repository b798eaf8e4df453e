// A tour of all pages of one side, at both widths, each time on a fresh demo. Every look checks the status, that no
// script failed and nothing was refused by the policy, accessibility, and that the page does not scroll sideways; it
// leaves tests/browser/shots/NAME-WIDTH.png, but not in the CI, where nobody looks at them. SHOTS=docs keeps those marked
// `docs` for the documentation as well.
//
//   await tour('member', async ({ enter, look, server }) => {
//     const page = await enter({ as: 'member', account: server.people.member });   // or enter() for nobody
//     await look(page, 'me', { go: '/me' });
//     await look(page, 'me-menu', { act: () => page.check('#menu-toggle'), status: 200 });
//   });
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accessibilityFaults, overflowsSideways } from './axe.mjs';
import { logIn, screenshot, takeProblems } from './browser.mjs';
import { onDemo, PASSWORD } from './server.mjs';
import { check, finish } from './tap.mjs';

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const WEB = fileURLToPath(new URL('../../../src/web/', import.meta.url));

// Files, redirects and answers for scripts.
const NO_PAGE = /\.(pdf|xlsx|csv|png)$|^\/(healthz(\/read)?|assets\/.*|companies\/search|b\/.*|photo\/.*|register\/photo)?$/;

function routeTables() {
  const files = readdirSync(WEB, { recursive: true }).filter((name) => name.endsWith('routes.c'));
  return files.map((name) => readFileSync(`${WEB}${name}`, 'utf8')).join('\n');
}

// The pages of the routes' tables that `who` may see, as patterns of their addresses.
function pagesOf(who) {
  const routes = [...routeTables().matchAll(/\bGET\("([^"]+)", ([\w| ]+),/g)];
  const pages = routes.filter(([, path, mays]) => mays.includes(who) && !NO_PAGE.test(path));
  assert.ok(pages.length > 0, `no page for ${who}`);
  return pages.map(([, path]) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/.]+')}$`) }));
}

// What the last page came with, and the addresses of all.
function watch(page, seen, scripts) {
  const last = { status: 0, scripts };
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && ![302, 303].includes(response.status())) {
      last.status = response.status();
      seen.add(new URL(response.url()).pathname);
    }
  });
  return last;
}

async function tourAt(kind, seen, body) {
  await onDemo({ members: 120, companies: 3 }, async ({ server, browser }) => {
    const watched = new Map();
    const enter = async (login, { scripts = true } = {}) => {
      const page = await browser.page(kind, { scripts });
      watched.set(page, watch(page, seen, scripts));
      await (login && logIn(page, { password: PASSWORD, ...login }));
      return page;
    };
    const look = (page, name, { go, act, status = 200, docs = false }) => check(`${name}, ${kind}`, async () => {
      await (go && page.goto(go));
      await (act && act());
      const last = watched.get(page);
      assert.equal(last.status, status);
      assert.deepEqual(takeProblems(page), []);
      // The judge of accessibility is a script itself.
      assert.deepEqual(last.scripts ? await accessibilityFaults(page) : [], []);
      assert.ok(!(await overflowsSideways(page)), 'scrolls sideways');
      if (!process.env.CI) {
        await screenshot(page, name, { whole: !(await page.locator('dialog[open]').count()) });
      }
      if (docs && kind === 'pc' && process.env.SHOTS === 'docs') {
        await page.screenshot({ path: `${IMAGES}${name}.png` });
      }
    });
    await body({ server, browser, kind, enter, look });
  });
}

// Two tours share the association's pages: these are for the administrator's and the auditor's.
export const OF_SYSTEM = /^\/(totp|staff\/(accounts|audit|privacy|settings|setup|system)(\/.*)?)$/;

// of: which of the side's pages this tour is for; the others are another's.
export async function tour(who, body, { of = () => true } = {}) {
  const seen = new Set();
  for (const kind of process.env.TEST_WIDTH ? [process.env.TEST_WIDTH] : ['pc', 'phone']) {
    await tourAt(kind, seen, body);
  }
  for (const { path, pattern } of pagesOf(who).filter((page) => of(page.path))) {
    await check(`${path} was looked at`, () => assert.ok([...seen].some((address) => pattern.test(address))));
  }
  finish();
}

// Sends the form although the browser would stop it: what the server refuses is looked at.
export async function sendAnyway(page, form, { values = {}, button }) {
  await page.locator(form).evaluate((element) => { element.noValidate = true; });
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`${form} [name="${name}"]`);
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT');
    await (isChoice ? field.selectOption(value) : field.fill(value));
  }
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: button, exact: true }).click()]);
}
