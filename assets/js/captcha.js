// <button type="button" data-captcha><img src="/captcha.png" …></button>: a click brings another picture.
import { each } from './dom.js';

export function enhanceCaptcha() {
  each('[data-captcha]', (button) => {
    const picture = button.querySelector('img');
    const address = picture.getAttribute('src').split('?')[0];
    let turn = 0;
    button.addEventListener('click', () => {
      turn += 1;
      picture.src = `${address}?turn=${Date.now()}-${turn}`;
      const input = document.getElementById(button.getAttribute('aria-controls'));
      input.value = '';
      input.focus();
    });
  });
}
