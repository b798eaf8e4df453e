// What a batch would do, asked of the server before the question is put: the page that browsers without scripts get, of
// which the facts are taken. A form that sends <input data-ask name="ask"> is one that can be asked.
import { each } from './dom.js';

export function enhanceForeseeing() {
  // Without scripts the form asks by itself; from here on the dialog does.
  each('input[data-ask]', (ask) => {
    ask.form.dataset.canBeAsked = '';
    ask.remove();
  });
}

function fieldsOf(button) {
  const fields = new FormData(button.form);
  // A list adds who is ticked on its other pages.
  button.form.dispatchEvent(new CustomEvent('collect', { detail: fields }));
  if (button.name) {
    fields.append(button.name, button.value);
  }
  fields.append('ask', '1');
  return new URLSearchParams(fields);
}

// The facts as elements, or none: the question then stands alone. Null when what was typed would be refused.
export async function foreseen(button) {
  if (!('canBeAsked' in button.form.dataset) || typeof fetch !== 'function') {
    return [];
  }
  try {
    const answer = await fetch(button.formAction, { method: 'POST', credentials: 'same-origin', body: fieldsOf(button) });
    if (answer.status !== 200) {
      return answer.status === 422 ? null : [];
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return [...page.querySelectorAll('[data-foreseen] > .facts, [data-foreseen] > .table-wrap')].map((part) => document.importNode(part, true));
  } catch (error) {
    return [];
  }
}
