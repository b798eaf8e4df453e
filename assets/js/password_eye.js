// <button type="button" data-password-eye aria-pressed="false" aria-controls="INPUT_ID">: shows or hides the password.
import { each } from './dom.js';

export function enhancePasswordEyes() {
  each('[data-password-eye]', (button) => {
    const input = document.getElementById(button.getAttribute('aria-controls'));
    const show = (shown) => {
      input.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
    };
    button.addEventListener('click', () => show(input.type === 'password'));
    // A shown password must not be offered by the browser's form history.
    input.form.addEventListener('submit', () => show(false));
  });
}
