// A second click on a slow line must not send a form twice. The server is idempotent all the same.
import { each } from './dom.js';

const SUBMITTERS = 'button:not([type="button"]), input[type="submit"]';

function lock(form) {
  form.dataset.sent = '';
  each(SUBMITTERS, (button) => {
    if (!button.disabled) {
      button.disabled = true;
      button.classList.add('is-busy');
    }
  }, form);
}

function unlock(form) {
  delete form.dataset.sent;
  each('.is-busy', (button) => {
    button.disabled = false;
    button.classList.remove('is-busy');
  }, form);
}

export function enhanceSubmitGuard() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || 'noGuard' in form.dataset) {
      return;
    }
    if ('sent' in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '';
    // Later: a button that is disabled now would not send its name and address.
    setTimeout(() => lock(form), 0);
  });
  window.addEventListener('pageshow', () => each('form[data-sent]', unlock));
}
