// <input data-id-number="MESSAGE_ID">: while typing, says what is wrong or which sex and birth date the number holds.
// The server decides; this only spares a round trip.
import { each } from './dom.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

// Full-width digits and letters become narrow ones, as the server does.
function normalise(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim()
    .toUpperCase();
}

function birthDate(number) {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && date.getTime() <= Date.now() ? { year, month, day } : null;
}

function checkCharacter(number) {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return CHECK[sum % 11];
}

// Returns { good, text }: good is true when complete and right, false when wrong, null while unfinished.
export function describeIdNumber(typed) {
  const number = normalise(typed);
  if (number === '') {
    return { good: null, text: '' };
  }
  if (!/^\d{0,17}[\dX]?$/.test(number)) {
    return { good: false, text: '只能是数字，末位可以是 X' };
  }
  if (number.length >= 14 && !birthDate(number)) {
    return { good: false, text: '第 7 至 14 位不是真实的出生日期，请核对' };
  }
  if (number.length < 18) {
    return { good: null, text: `已输入 ${number.length} 位，共 18 位` };
  }
  if (checkCharacter(number) !== number[17]) {
    return { good: false, text: '末位校验码不对，请逐位核对' };
  }
  const { year, month, day } = birthDate(number);
  const sex = Number(number[16]) % 2 === 1 ? '男' : '女';
  return { good: true, text: `${sex}，${year} 年 ${month} 月 ${day} 日出生` };
}

export function enhanceIdNumbers() {
  each('[data-id-number]', (input) => {
    const message = document.getElementById(input.dataset.idNumber);
    const update = () => {
      const { good, text } = describeIdNumber(input.value);
      message.textContent = text;
      message.classList.toggle('is-good', good === true);
      message.classList.toggle('is-bad', good === false);
    };
    input.addEventListener('input', update);
    // What the server said about this very number stands already.
    if (input.getAttribute('aria-invalid') !== 'true') {
      update();
    }
  });
}
