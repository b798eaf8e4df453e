// What a person on a phone meets while registering: our own messages, large buttons, a photo that is refused at once.
import assert from 'node:assert/strict';
import { takeProblems } from './lib/browser.mjs';
import { fillAccount, fillDetails, chooseCompany, choosePhoto, COMPANY, newPerson, submit } from './lib/person.mjs';
import { drawPhoto } from './lib/photo.mjs';
import { onDemo } from './lib/server.mjs';
import { check, finish, step } from './lib/tap.mjs';

const WIDTH = process.env.TEST_WIDTH || 'phone';
const person = newPerson(501, '柳如烟');

const errors = (page) => page.locator('[data-error]').evaluateAll((all) => all.map((one) => one.dataset.error));

async function choose(page, buffer) {
  await page.setInputFiles('[name="photo"]', { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
  await page.locator('.cropper-crop-box').waitFor();
  await page.getByRole('button', { name: '使用这张照片' }).click();
}

await onDemo({ members: 10, companies: 2 }, async ({ browser }) => {
  const page = await browser.page(WIDTH);
  const photos = {
    good: await drawPhoto(browser, { width: 900, height: 1260 }),
    small: await drawPhoto(browser, { width: 200, height: 280 }),
    grey: await drawPhoto(browser, { width: 900, height: 1260, grey: true }),
  };
  await step('an empty form is answered by our own sentences, all at once', async () => {
    await page.goto('/register');
    await submit(page, '下一步');
    assert.deepEqual((await errors(page)).sort(), ['consent', 'consent_sensitive', 'id_number', 'password']);
  });
  await step('the rules open beside the form', async () => {
    const [rules] = await Promise.all([page.waitForEvent('popup', { timeout: 60000 }), page.locator('main a[href="/privacy"]').first().click()]);
    await rules.locator('main[data-version]').waitFor();
    await rules.close();
  });
  await step('so are the details', async () => {
    await page.goto('/register');
    await fillAccount(page, person);
    await submit(page, '下一步');
    await page.waitForURL('**/register/details');
    await submit(page, '下一步：核对');
    const told = await errors(page);
    for (const field of ['name', 'education', 'title_level', 'started_on', 'company', 'address', 'mobile', 'photo']) {
      assert.ok(told.includes(field), field);
    }
  });
  await step('the photo has a button that a thumb finds', async () => {
    const box = await page.getByText('拍照 / 选择照片').boundingBox();
    assert.ok(box.height >= 48, `${box.height}`);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('拍照 / 选择照片').click()]);
    assert.ok(chooser);
  });
  await step('too small a photo is refused in the dialog', async () => {
    await choose(page, photos.small);
    await page.getByText('不足 295 像素').waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    assert.equal(await page.evaluate(() => document.querySelector('[name="photo"]').files.length), 0);
  });
  await step('and one without colour', async () => {
    await choose(page, photos.grey);
    await page.getByText('照片没有颜色').waitFor();
    await page.getByRole('button', { name: '取消' }).click();
  });
  await step('what is shown before submitting is what will be stored', async () => {
    await fillDetails(page, { fields: { ...person.fields, name: ' 买买提•艾力 ', mobile: '+86 138-0000-0501' } });
    await chooseCompany(page, COMPANY);
    await choosePhoto(page, photos.good);
    await submit(page, '下一步：核对');
    await page.waitForURL('**/register/confirm');
    const facts = await page.innerText('.facts');
    for (const word of ['买买提·艾力', '13800000501', '2013 年 7 月起']) {
      assert.ok(facts.includes(word), word);
    }
  });
  await step('after submitting nothing of it is left in the browser', async () => {
    await submit(page, '确认提交');
    await page.getByText('提交成功').first().waitFor();
    await page.goto('/register/details');
    assert.equal(new URL(page.url()).pathname, '/register/done');
  });
  await check('no script error, no refusal of the policy, no 500', () => assert.deepEqual(takeProblems(page), []));
});
finish();
