// <form data-reveal="PLACE_ID" action="/reveal/12">: shows the full ID number in its place; each showing is logged by
// the server. A second click hides it again.
import { each } from './dom.js';

async function fetchNumber(form) {
  const answer = await fetch(form.action, {
    method: 'POST',
    credentials: 'same-origin',
    body: new URLSearchParams({ csrf: form.elements.csrf.value }),
  });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  return (await answer.json()).id_number;
}

// What is read aloud holds what is seen.
function say(button, text, rest = '') {
  button.textContent = text;
  button.setAttribute('aria-label', `${text}${rest}`);
}

function enhance(form) {
  const place = document.getElementById(form.dataset.reveal);
  const button = form.querySelector('button');
  const masked = place.textContent;
  let shown = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      place.textContent = shown ? masked : await fetchNumber(form);
      shown = !shown;
      say(button, shown ? '隐藏' : '显示', '完整身份证号');
    } catch (error) {
      say(button, '没有取到，请刷新页面再试');
    }
  });
}

export function enhanceReveal() {
  if (typeof fetch === 'function') {
    each('form[data-reveal]', enhance);
  }
}
