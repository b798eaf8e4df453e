// <button data-confirm="确定推荐选中的 {n} 名人员为新会员吗？">: asks before the form is sent; {n} is the number selected.
// 确定 stands last. After a red button it is red, and Enter alone does not press it.
// data-confirm-count asks to type that number and sends it as `expect`. data-needs-field="ID" refuses an empty field
// (a `required` there would block the other buttons of the same form). What will happen stands below the question
// (foresee.js).
import { dialogsWork, make } from './dom.js';
import { foreseen } from './foresee.js';

// The message stands under the field until something is typed.
function refuse(field, text) {
  const id = `${field.id}-error`;
  if (!document.getElementById(id)) {
    const message = make('p', { class: 'invalid-feedback d-block', role: 'alert', id }, text);
    field.after(message);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', id);
    field.addEventListener('input', () => {
      message.remove();
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    }, { once: true });
  }
  field.focus();
}

function selectedCount(button) {
  return button.form.dataset.selected || '1';
}

function ask(question, count, isDangerous, facts) {
  const cancel = make('button', { class: 'btn btn-plain', type: 'button' }, '取消');
  const ok = make('button', { class: `btn ${isDangerous ? 'btn-danger' : 'btn-primary'}`, value: 'ok' }, '确定');
  ok.autofocus = !isDangerous && !count;
  const body = make('div', { class: 'dialog-body' }, make('p', { id: 'ask-text' }, question), ...facts);
  if (count) {
    const typed = make('input', { class: 'form-control', id: 'ask-count', inputmode: 'numeric', autocomplete: 'off' });
    body.append(make('label', { class: 'form-label', for: 'ask-count' }, `请输入人数 ${count} 以确认`), typed);
    ok.addEventListener('click', (event) => {
      if (typed.value.trim() !== count) {
        event.preventDefault();
        refuse(typed, `请输入人数 ${count}`);
      }
    });
  }
  const form = make('form', { method: 'dialog', 'data-no-guard': '' }, body, make('div', { class: 'dialog-actions' }, cancel, ok));
  const dialog = make('dialog', { class: 'dialog', 'aria-labelledby': 'ask-text' }, form);
  document.body.append(dialog);
  cancel.addEventListener('click', () => dialog.close());
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'ok');
    });
    dialog.showModal();
  });
}

function askPlainly(question, count) {
  const agreed = count ? window.prompt(`${question} 请输入人数 ${count} 以确认`) === count : window.confirm(question);
  return Promise.resolve(agreed);
}

function sendExpected(form, count) {
  const expect = form.querySelector('input[name="expect"]') || form.appendChild(make('input', { type: 'hidden', name: 'expect' }));
  expect.value = count;
  expect.disabled = false;
}

function missingField(button) {
  const field = document.getElementById(button.dataset.needsField || '');
  return field && field.value.trim() === '' ? field : null;
}

async function confirmThenSend(button) {
  if ('asking' in button.dataset) {
    return; // a second click while the server is asked
  }
  button.dataset.asking = '';
  const count = selectedCount(button);
  const typed = 'confirmCount' in button.dataset && count !== '1' ? count : null;
  const question = button.dataset.confirm.replace('{n}', count);
  const isDangerous = button.classList.contains('btn-danger');
  const facts = dialogsWork() ? await foreseen(button) : [];
  // What would be refused is sent at once: the answer has the messages.
  const yes = facts === null || await (dialogsWork() ? ask(question, typed, isDangerous, facts) : askPlainly(question, typed));
  delete button.dataset.asking;
  if (!yes) {
    button.focus();
    return;
  }
  if (typed) {
    sendExpected(button.form, typed);
  }
  button.dataset.confirmed = '';
  button.click();
}

export function enhanceConfirmations() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-confirm]');
    if (!button) {
      return;
    }
    if ('confirmed' in button.dataset) {
      delete button.dataset.confirmed;
      return;
    }
    event.preventDefault();
    const missing = missingField(button);
    if (missing) {
      refuse(missing, '请填写原因');
    } else {
      confirmThenSend(button);
    }
  });
}
