// <button type="button" data-fill="TEXT" data-fill-into="ID">: a common reason, written into the field by a click.
import { each } from './dom.js';

export function enhanceChips() {
  each('[data-fill]', (button) => {
    button.addEventListener('click', () => {
      const field = document.getElementById(button.dataset.fillInto);
      field.value = button.dataset.fill;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus();
    });
  });
}
