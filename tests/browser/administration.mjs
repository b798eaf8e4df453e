// The desks of who runs the system: an account made with a one-time password, 动态码, a setting and a new version of the
// rules in effect, a session ended from elsewhere, and the auditor who finds all of it. TEST_WIDTH: pc or phone.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { logIn, logOut, screenshot, takeProblems } from './lib/browser.mjs';
import { button } from './lib/lists.mjs';
import { onDemo, PASSWORD } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const OWN = 'Ludong_Qiao-88';
const NEW = 'xiaowang';

const asStaff = (page, account, password = PASSWORD) => logIn(page, { as: 'staff', account, password });

// RFC 6238 with what every authenticator does: SHA-1, 30 seconds, six digits.
function totp(secret, ms) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[^A-Z2-7]/g, '')].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function accountIsMade(page, other) {
  let secret;
  await step('the administrator makes an account; its password is shown once', async () => {
    await asStaff(page, 'admin');
    await page.goto('/staff/accounts?new=1');
    await page.fill('[name="name"]', NEW);
    await page.check('[name="role"][value="membership"]');
    await button(page, '保存并生成密码').click();
    secret = await page.innerText('[data-secret]');
  });
  await step('the first login chooses another one', async () => {
    await asStaff(other, NEW, secret);
    assert.equal(new URL(other.url()).pathname, '/password');
    await other.fill('[name="current"]', secret);
    await other.fill('[name="password"]', OWN);
    await other.fill('[name="password_again"]', OWN);
    await button(other, '保存新密码').click();
    await other.waitForURL((url) => url.pathname !== '/password');
  });
}

async function codeIsAsked(page) {
  let codes;
  await step('动态码 is turned on', async () => {
    await page.goto('/totp');
    const secret = await page.getAttribute('main', 'data-secret');
    // The server's day is a fixed one: its clock, not ours, says which step it is.
    const now = Date.parse((await page.request.get('/healthz')).headers().date);
    for (const at of [now, now + 30000, now - 30000]) {
      if (await page.locator('[data-recovery]').count()) break;
      await page.fill('[name="code"]', totp(secret, at));
      await button(page, '开启').click();
    }
    codes = await page.locator('[data-recovery]').allInnerTexts();
    assert.equal(codes.length, 10);
    await page.getByRole('link', { name: '我已记下' }).click();
    await logOut(page);
  });
  await step('and asked for at the next login', async () => {
    const enter = async () => {
      await page.goto('/login?as=staff');
      await page.fill('[name="account"]', NEW);
      await page.fill('[name="password"]', OWN);
      await page.click('form[action="/login"] button:not([type="button"])');
      await page.waitForURL('**/login/code*');
    };
    await enter();
    await page.fill('[name="code"]', '000000');
    await button(page, '登录').click();
    await page.locator('[data-error="code"]').waitFor();
    await screenshot(page, 'login-code-refused');
    await page.fill('[name="code"]', codes[0]);
    await button(page, '登录').click();
    await page.waitForURL('**/staff');
  });
}

async function settingCounts(page, visitor) {
  await step('a setting needs its reason, and counts at once', async () => {
    await page.goto('/staff/settings?name=association.phone');
    await page.fill('[name="value"]', '0931-7654321');
    await button(page.locator('.setting-form'), '保存').click();
    await page.locator('[data-error="reason"]').waitFor();
    await page.fill('[name="reason"]', '办公室搬迁');
    await button(page.locator('.setting-form'), '保存').click();
    await page.locator('.alert-success').waitFor();
    await visitor.goto('/login');
    await visitor.getByText('0931-7654321').first().waitFor();
  });
}

async function rulesAreNew(page, visitor, number) {
  await step('a new version of the rules is asked for at the next login', async () => {
    await page.goto('/staff/privacy');
    await page.fill('[name="text"]', '#一、我们收集哪些信息\n身份证号、姓名和手机号，用来办理会员事务。\n#二、您的权利\n查阅、更正和删除，请联系协会。');
    await page.fill('[name="reason"]', '按理事会意见简化文字');
    await button(page, '公布').click();
    await page.locator('.alert-success').waitFor();
    await logIn(visitor, { as: 'member', account: number, password: PASSWORD });
    await visitor.waitForURL('**/consent*');
    await visitor.check('[name="consent"]');
    await visitor.check('[name="consent_sensitive"]');
    await screenshot(visitor, 'consent-asked');
    await button(visitor, '同意并继续').click();
    await visitor.waitForURL('**/me');
  });
}

async function sessionIsEnded(visitor, elsewhere, number) {
  await step('a session is ended from another device', async () => {
    await logIn(elsewhere, { as: 'member', account: number, password: PASSWORD });
    await visitor.goto('/sessions');
    assert.equal(await visitor.locator('tbody tr').count(), 2);
    await button(visitor.locator('tbody tr:not([data-current])'), '退出').click();
    await visitor.getByText('已退出。').waitFor();
    await elsewhere.goto('/me');
    assert.equal(new URL(elsewhere.url()).pathname, '/login');
  });
}

async function auditorFindsIt(page) {
  await step('the auditor finds it, and takes it along', async () => {
    await asStaff(page, 'shenji');
    await page.goto('/staff/audit?account=admin');
    await page.getByText('办公室搬迁').first().waitFor();
    await screenshot(page, 'audit-of-admin');
    const csv = await page.evaluate(async (to) => (await fetch(to)).text(), await page.getByRole('link', { name: '导出这些记录' }).getAttribute('href'));
    assert.ok(csv.includes('办公室搬迁'));
  });
}

await onDemo({ members: 20, companies: 2 }, async ({ server, browser }) => {
  const width = process.env.TEST_WIDTH || 'pc';
  const [page, other, visitor] = [await browser.page(width), await browser.page(width), await browser.page(width)];
  const number = server.people.member;
  await accountIsMade(page, other);
  await codeIsAsked(other);
  await settingCounts(page, visitor);
  await rulesAreNew(page, visitor, number);
  await sessionIsEnded(visitor, other, number);
  await step('the administrator leaves', () => logOut(page));
  await auditorFindsIt(page);
  await check('no script error, no refusal of the policy, no 500', () => {
    for (const one of [page, other, visitor]) {
      assert.deepEqual(takeProblems(one), []);
    }
  });
});
finish();
