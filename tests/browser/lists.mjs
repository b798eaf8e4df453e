// Lists as they are worked with: ten rows on a small screen, ticks that are the person's own, going back, searching.
import assert from 'node:assert/strict';
import { overflowsSideways } from './lib/axe.mjs';
import { logIn, screenshot, takeProblems } from './lib/browser.mjs';
import { button, tick } from './lib/lists.mjs';
import { COMPANY } from './lib/person.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

function rowsInSight(page) {
  return page.locator('tbody tr').evaluateAll((rows) => rows.filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
  }).length);
}

function heights(page) {
  return page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
}

function ticked(page) {
  return page.locator('input[name="id"]:checked').evaluateAll((boxes) => boxes.map((box) => box.value));
}

function ids(page) {
  return page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.id));
}

const selected = (page) => page.innerText('.selection-bar [role="status"]');

async function isDense(page, addresses) {
  for (const address of addresses) {
    await check(`ten rows of ${address}`, async () => {
      await page.goto(address);
      await screenshot(page, `dense${address.replace(/\W+/g, '-')}`, { whole: false });
      assert.ok(await rowsInSight(page) >= 10, `${await rowsInSight(page)} rows in sight`);
      const tall = (await heights(page)).filter((height) => height < 40 || height > 44.5);
      assert.deepEqual(tall, []);
    });
  }
}

async function ticksAreByPerson(page) {
  await step('two ticks, a person looked at, back: the same two', async () => {
    await page.goto('/company/members?status=submitted&size=10');
    const [first, , third] = await ids(page);
    await tick(page, first);
    await tick(page, third);
    await page.locator('tbody th a').nth(1).click();
    await page.waitForURL('**/company/members/*');
    await page.goBack();
    assert.deepEqual(await ticked(page), [first, third]);
    assert.match(await selected(page), /已选 2 项$/);
  });
  await step('下一页 keeps them, and says of how many pages', async () => {
    await page.click('[rel="next"]');
    assert.deepEqual(await ticked(page), []);
    await tick(page, (await ids(page))[0]);
    assert.match(await selected(page), /已选 3 项（共 2 页）/);
    await page.click('[rel="prev"]');
    assert.equal((await ticked(page)).length, 2);
  });
  await step('清空 clears all pages', async () => {
    await button(page, '清空').click();
    await page.click('[rel="next"]');
    assert.deepEqual(await ticked(page), []);
  });
  await step('shift takes everyone between', async () => {
    await page.goto('/company/members?status=submitted&size=10');
    const boxes = page.locator('input[name="id"]');
    await boxes.nth(1).click();
    await boxes.nth(4).click({ modifiers: ['Shift'] });
    assert.deepEqual(await ticked(page), (await ids(page)).slice(1, 5));
    await button(page, '清空').click();
  });
  await step('those of other pages are recommended too, and back from the result nobody is ticked', async () => {
    await page.goto('/company/members?status=submitted&size=10');
    const [first] = await ids(page);
    await tick(page, first);
    await page.click('[rel="next"]');
    await tick(page, (await ids(page))[0]);
    await button(page, '批量推荐').click();
    await button(page.getByRole('dialog'), '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-done'), '2');
    await page.goBack();
    assert.ok(await page.locator('tbody tr').count());
    assert.deepEqual(await ticked(page), []);
    await page.goBack();
    assert.deepEqual(await ticked(page), []);
    assert.match(await selected(page), /已选 0 项/);
  });
}

async function backLandsOnAPage(page) {
  await step('back after a mended reason', async () => {
    await page.goto('/company/members?status=submitted');
    await tick(page, (await ids(page))[0]);
    await page.locator('form[data-list]').evaluate((form) => {
      form.action = '/company/members/return';
      form.submit();
    });
    await page.locator('[data-error="reason"]').waitFor();
    await page.fill('[name="reason"]', '照片不合格');
    await button(page, '确定退回本人').click();
    await page.waitForURL('**/results/*');
    await page.goBack();
    await page.locator('h1', { hasText: '会员列表' }).waitFor();
  });
  await step('back after a mended correction', async () => {
    await page.goto('/company/members?status=submitted');
    const [id] = await ids(page);
    await page.goto(`/company/members/${id}`);
    const form = page.locator('form[enctype="multipart/form-data"]');
    await form.evaluate((element) => { element.noValidate = true; });
    await page.fill('[name="mobile"]', '123');
    await button(page, '保存更正').click();
    await page.locator('[data-error="mobile"]').waitFor();
    await page.fill('[name="mobile"]', '13800001234');
    await button(page, '保存更正').click();
    const saved = await page.locator('.alert', { hasText: '更正已保存' }).boundingBox();
    const beside = await page.locator('.beside').boundingBox();
    assert.ok(beside.y + beside.height <= saved.y, '上一人, 下一人 are not covered by the message');
    await page.goBack();
    assert.equal(await page.getAttribute('main', 'data-state'), 'submitted');
    assert.equal(await page.inputValue('[name="mobile"]'), '13800001234');
  });
}

async function saysWhatIsMissing(page) {
  await step('a missing reason is told under the field, in our words, until something is typed', async () => {
    await page.goto('/company/members?status=submitted');
    await tick(page, (await ids(page))[0]);
    await page.locator('summary', { hasText: '退回本人…' }).click();
    await button(page, '确定退回本人').click();
    assert.equal(await page.innerText('#return-reason-error'), '请填写原因');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'return-reason');
    await page.fill('#return-reason', '照片不合格');
    assert.equal(await page.locator('#return-reason-error').count(), 0);
    await button(page, '清空').click();
  });
  await step('a search with a state that is none opens no conditions', async () => {
    await page.goto('/company/members?status=nothing');
    assert.equal(await page.getAttribute('.query-more', 'open'), null);
    await page.goto('/company/members?approved_from=x');
    assert.equal(await page.getAttribute('.query-more', 'open'), '');
  });
}

async function saysWhatWillHappen(page) {
  await step('the question says how many will be skipped and why; the result groups them and is not green', async () => {
    await page.goto('/company/members?status=member&size=20&sort=expiry');
    await page.locator('[data-select-page]').click();
    await button(page, '推荐续期').click();
    const dialog = page.getByRole('dialog');
    const text = await dialog.innerText();
    assert.match(text, /确定推荐选中的 20 名人员续期吗/);
    const [, skipped] = text.match(/会跳过\s*(\d+) 人/);
    assert.match(text, new RegExp(`还不到推荐续期的时间：${skipped} 人`));
    await button(dialog, '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-skipped'), skipped);
    assert.equal(await page.getAttribute('tbody[data-reason="not_due"]', 'data-count'), skipped);
    assert.equal(await page.locator('tr[data-reason="not_due"]').count(), Math.min(10, Number(skipped)));
    assert.ok(await page.locator('.outcome-mark.is-warn').count());
  });
}

async function onePersonIsADesk(page) {
  let first;
  let second;
  await step('下一人 walks the list one came from', async () => {
    await page.goto('/company/members?status=submitted&sort=name');
    [first, second] = await ids(page);
    await page.locator('tbody th a').first().click();
    await page.getByRole('link', { name: '下一人' }).click();
    await page.waitForURL(`**/company/members/${second}?*`);
    await page.getByRole('link', { name: '上一人' }).click();
    await page.waitForURL(`**/company/members/${first}?*`);
  });
  await step('leaving with something typed asks, and it is still there afterwards', async () => {
    await page.fill('[name="school"]', '兰州交通大学');
    const asked = new Promise((resolve) => { page.once('dialog', async (dialog) => { await dialog.accept(); resolve(dialog.type()); }); });
    await page.getByRole('link', { name: '下一人' }).click();
    assert.equal(await asked, 'beforeunload');
    await page.waitForURL(`**/company/members/${second}?*`);
    await page.getByRole('link', { name: '上一人' }).click();
    await page.getByText('已填回您上次没有保存的改动').waitFor();
    assert.equal(await page.inputValue('[name="school"]'), '兰州交通大学');
  });
  await step('保存并推荐 does both, and leads to the print and to the next person', async () => {
    await button(page, '保存并推荐').click();
    await button(page.getByRole('dialog'), '确定').click();
    await page.waitForURL('**/results/*');
    assert.equal(await page.getAttribute('main', 'data-done'), '1');
    assert.match(await page.getByRole('link', { name: '打印汇总表', exact: true }).getAttribute('href'), /summary\?status=recommended_new/);
    await page.getByRole('link', { name: '下一人' }).click();
    await page.waitForURL(`**/company/members/${second}?*`);
    await page.goto(`/company/members/${first}`);
    assert.equal(await page.getAttribute('main', 'data-state'), 'recommended_new');
    assert.ok((await page.innerText('main')).includes('兰州交通大学'));
  });
}

async function searchLooksEverywhere(page) {
  await step('an empty tab says where to look', async () => {
    await page.goto('/company/members?status=member');
    const name = await page.locator('tbody th').first().innerText();
    await page.goto(`/company/members?status=closed&q=${encodeURIComponent(name)}`);
    const link = page.locator('[data-elsewhere]');
    const count = Number(await link.getAttribute('data-elsewhere'));
    assert.match(await page.innerText('.list-empty'), new RegExp(`在其他状态找到 ${count} 人`));
    await link.click();
    assert.equal(await page.locator('tbody tr').count(), Math.min(count, 20));
    assert.equal(Number(await page.getAttribute('[data-status=""]', 'data-count')), count);
  });
}

async function onThePhone(page) {
  await step('选择本页 on a phone', async () => {
    await page.goto('/company/members?status=submitted&size=10');
    await page.getByLabel('选择本页', { exact: true }).check();
    assert.equal((await ticked(page)).length, (await ids(page)).length);
  });
}

async function everyTabFits(page, list) {
  for (const status of ['', 'submitted', 'recommended_new', 'recommended_renewal', 'member', 'expired', 'returned', 'closed']) {
    await check(`${list}?status=${status} fits the window`, async () => {
      await page.goto(`${list}?status=${status}`);
      assert.ok(await page.locator('tbody tr').count());
      assert.ok(!(await overflowsSideways(page)));
    });
  }
}

await onDemo({ members: 300, companies: 2 }, async ({ browser }) => {
  const clerk = await browser.page('laptop');
  await logIn(clerk, { as: 'company', account: COMPANY, password: PASSWORD });
  await isDense(clerk, ['/company/members', '/company/members?status=submitted', '/company/members?status=member']);
  await ticksAreByPerson(clerk);
  await backLandsOnAPage(clerk);
  await saysWhatIsMissing(clerk);
  await saysWhatWillHappen(clerk);
  await onePersonIsADesk(clerk);
  await searchLooksEverywhere(clerk);
  const phone = await browser.page('phone');
  await logIn(phone, { as: 'company', account: COMPANY, password: PASSWORD });
  await onThePhone(phone);
  const staff = await browser.page('laptop');
  await logIn(staff, { as: 'staff', account: 'huiyuan', password: PASSWORD });
  await isDense(staff, ['/staff/members', '/staff/members?status=member', '/staff/members?status=submitted']);
  await everyTabFits(clerk, '/company/members');
  await everyTabFits(staff, '/staff/members');
  for (const page of [clerk, phone, staff]) {
    await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
  }
});
finish();
