// Someone who registers: an ID number that checks, and what is typed into the form. Different sequences, different people.

export const COMPANY = '演示监理公司0001';
export const OTHER_COMPANY = '演示监理公司0002';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// An odd sequence is a man's. demo takes 900 to 999.
function idNumber(sequence) {
  const first = `62011219880808${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first[i]), 0);
  return first + '10X98765432'[sum % 11];
}

export function newPerson(sequence, name) {
  return {
    idNumber: idNumber(sequence),
    password: 'Chunfeng-2026',
    fields: {
      name,
      education: '21',
      school: '兰州理工大学',
      major: '土木工程',
      title_level: '3',
      title_specialty: '建筑工程',
      post: '专监',
      started_on: '2013-07',
      address: '甘肃省兰州市城关区示例路 1 号',
      mobile: `1380000${String(sequence).padStart(4, '0')}`,
      qq: '100200300',
      email: 'someone.of.the.site@example.com',
    },
  };
}

export async function fillAccount(page, person) {
  await page.fill('[name="id_number"]', person.idNumber);
  await page.fill('[name="password"]', person.password);
  await page.fill('[name="password_again"]', person.password);
  await page.check('[name="consent"]');
  await page.check('[name="consent_sensitive"]');
}

// Everything but employer and photo: with and without scripts these are chosen in different ways.
export async function fillDetails(page, person) {
  for (const [name, value] of Object.entries(person.fields)) {
    if (name === 'started_on') {
      await chooseMonth(page, name, value);
      continue;
    }
    const field = page.locator(`[name="${name}"]`);
    const isChoice = await field.evaluate((element) => element.tagName === 'SELECT');
    await (isChoice ? field.selectOption(value) : field.fill(value));
  }
}

export async function chooseMonth(page, name, value) {
  const [year, month] = value.split('-');
  await page.selectOption(`[name="${name}_year"]`, year);
  await page.selectOption(`[name="${name}_month"]`, month);
}

export async function chooseCompany(page, name) {
  await page.fill('[name="company_q"]', '');
  await page.locator('[name="company_q"]').pressSequentially(name.slice(-6));
  await page.getByRole('option', { name, exact: true }).click();
}

export async function choosePhoto(page, file) {
  await page.setInputFiles('[name="photo"]', { name: 'IMG_2031.jpg', mimeType: 'image/jpeg', buffer: file });
  await page.getByRole('button', { name: '使用这张照片' }).click();
  await page.getByText(/已裁剪为/).waitFor();
}

export async function submit(page, label) {
  await page.getByRole('button', { name: label, exact: true }).click();
}
