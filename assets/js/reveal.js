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
      button.textContent = shown ? '隐藏' : '显示';
    } catch (error) {
      button.textContent = '没有取到，请刷新页面再试';
    }
  });
}

export function enhanceReveal() {
  if (typeof fetch === 'function') {
    each('form[data-reveal]', enhance);
  }
}
