// 续期: someone whose period is over, and someone in the last ninety days of it. TEST_WIDTH: pc or phone.
import assert from 'node:assert/strict';
import { logIn, logOut, takeProblems } from './lib/browser.mjs';
import { approve, button, decide, openTab } from './lib/lists.mjs';
import { COMPANY } from './lib/person.mjs';
import { onDemo, PASSWORD, TODAY } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const RENEW = /确定推荐选中的 1 名人员续期吗？/;

function dayAfter(day) {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

// The last day of five years from `first`, for first days that every year has.
function lastDay(first) {
  const end = new Date(`${Number(first.slice(0, 4)) + 5}${first.slice(4)}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() - 1);
  return end.toISOString().slice(0, 10);
}

async function find(page, status, idNumber) {
  await page.goto(`/company/members?status=${status}`);
  await page.fill('[name="q"]', idNumber);
  await button(page, '搜索').click();
  await page.waitForURL('**q=*');
  return page.getAttribute('tbody tr', 'data-id');
}

async function stateOf(page, id) {
  await page.goto(`/company/members/${id}`);
  return page.getAttribute('main', 'data-state');
}

async function isExpired(page, idNumber) {
  await step('the member is told that the period is over', async () => {
    await logIn(page, { as: 'member', account: idNumber, password: PASSWORD });
    assert.equal(await page.getAttribute('main', 'data-state'), 'expired');
    assert.match(await page.innerText('.person-card'), /已到期，待续期/);
    await logOut(page);
  });
}

async function isRecommended(page, idNumber) {
  let id;
  await step('the clerk recommends the renewal', async () => {
    await logIn(page, { as: 'company', account: COMPANY, password: PASSWORD });
    id = await find(page, 'expired', idNumber);
    await decide(page, id, '推荐续期', RENEW);
    assert.equal(await stateOf(page, id), 'recommended_renewal');
  });
  await step('takes it back', async () => {
    await find(page, 'recommended_renewal', idNumber);
    await decide(page, id, '回退（撤回推荐）', /确定撤回选中的 1 名人员的推荐吗？/);
    assert.equal(await stateOf(page, id), 'expired');
  });
  await step('and recommends again', async () => {
    await find(page, 'expired', idNumber);
    await decide(page, id, '推荐续期', RENEW);
    assert.equal(await stateOf(page, id), 'recommended_renewal');
  });
  return id;
}

async function soonIsRecommended(page) {
  const soon = {};
  await step('so is the one whose period ends first', async () => {
    await page.goto('/company/members?status=member');
    const row = page.locator('tbody tr').first();
    soon.id = await row.getAttribute('data-id');
    soon.end = await row.locator('[data-label="到期日期"]').textContent();
    await decide(page, soon.id, '推荐续期', RENEW);
    assert.equal(await stateOf(page, soon.id), 'recommended_renewal');
    await logOut(page);
  });
  return soon;
}

async function hasPeriod(page, id, first) {
  await page.goto(`/staff/members/${id}`);
  const periods = await page.locator('#periods tbody tr').allInnerTexts();
  assert.ok(periods.some((row) => row.includes(`${first} 至 ${lastDay(first)}`)), periods.join('\n'));
}

async function areApproved(page, id, soon) {
  await step('the association approves both', async () => {
    await logIn(page, { as: 'staff', account: 'huiyuan', password: PASSWORD });
    for (const one of [id, soon.id]) {
      await page.goto('/staff');
      await page.locator('.number-card', { hasText: '企业推荐（续期）' }).click();
      await openTab(page, 'recommended_renewal');
      await approve(page, one);
    }
  });
  await step('a lapsed period begins anew, on the day of the approval', async () => {
    await hasPeriod(page, id, TODAY);
  });
  await step('a running one continues the day after its end', async () => {
    await hasPeriod(page, soon.id, dayAfter(soon.end));
    await logOut(page);
  });
}

async function isMember(page, idNumber) {
  await step('the member has five more years', async () => {
    await logIn(page, { as: 'member', account: idNumber, password: PASSWORD });
    assert.equal(await page.getAttribute('main', 'data-state'), 'member');
    assert.ok((await page.innerText('.person-card')).includes(lastDay(TODAY)));
  });
}

await onDemo({ members: 200, companies: 2 }, async ({ server, browser }) => {
  const page = await browser.page(process.env.TEST_WIDTH);
  const idNumber = server.people.expired;
  await isExpired(page, idNumber);
  const id = await isRecommended(page, idNumber);
  await areApproved(page, id, await soonIsRecommended(page));
  await isMember(page, idNumber);
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
