// <form data-unsaved data-version="3">: what is typed but not sent yet. Leaving the page asks; whoever leaves all the same
// finds it again, as long as nobody changed the person meanwhile (data-version) and it is the same user.
import { each, make } from './dom.js';

const NOT_TYPED = ['csrf', 'once', 'version'];

function user() {
  const place = document.querySelector('.topbar-user');
  return place ? place.textContent : '';
}

function typed(form) {
  return [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.name)
    && !['file', 'submit', 'button', 'hidden', 'password'].includes(field.type) && !field.closest('[data-not-kept]'));
}

function read(form) {
  return JSON.stringify(typed(form).map((field) => [
    field.name, field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value]));
}

function write(form, text) {
  const fields = typed(form);
  JSON.parse(text).forEach(([name, value], i) => {
    if (!fields[i] || fields[i].name !== name) {
      return;
    }
    if (typeof value === 'boolean') {
      fields[i].checked = value;
    } else {
      fields[i].value = value;
    }
  });
}

function storage(action) {
  try {
    return action(sessionStorage);
  } catch (error) {
    return null; // switched off, or full
  }
}

function forgetAll() {
  storage((kept) => Object.keys(kept).filter((key) => key.startsWith('draft:')).forEach((key) => kept.removeItem(key)));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `draft:${location.pathname}`;
    this.first = read(form);
    this.isDirty = form.dataset.unsaved === 'sent';
    this.hasFile = false;
    this.leaves = false;
  }

  changed() {
    const now = read(this.form);
    this.isDirty = this.hasFile || now !== this.first || this.form.dataset.unsaved === 'sent';
    const draft = JSON.stringify({ version: this.form.dataset.version, user: user(), now });
    storage((kept) => (this.isDirty ? kept.setItem(this.key, draft) : kept.removeItem(this.key)));
  }

  restore() {
    const draft = JSON.parse(storage((kept) => kept.getItem(this.key)) || 'null');
    if (!draft || this.form.dataset.unsaved === 'sent') {
      return;
    }
    if (draft.version !== this.form.dataset.version || draft.user !== user()) {
      this.forget();
    } else if (draft.now !== this.first) {
      write(this.form, draft.now);
      this.isDirty = true;
      this.offerToDrop();
    }
  }

  offerToDrop() {
    const drop = make('button', { class: 'btn-text', type: 'button' }, '放弃这些改动');
    const note = make('div', { class: 'alert alert-info', role: 'status' },
      make('div', {}, '已填回您上次没有保存的改动。', drop));
    drop.addEventListener('click', () => {
      write(this.form, this.first);
      this.forget();
      note.remove();
    });
    this.form.prepend(note);
  }

  forget() {
    this.isDirty = false;
    storage((kept) => kept.removeItem(this.key));
  }
}

function enhance(form) {
  const draft = new Draft(form);
  draft.restore();
  form.addEventListener('input', () => draft.changed());
  form.addEventListener('change', (event) => {
    draft.hasFile = draft.hasFile || event.target.type === 'file';
    draft.changed();
  });
  document.addEventListener('submit', (event) => {
    // A new version makes the draft old; a refusal brings back what was typed.
    draft.leaves = draft.leaves || !event.defaultPrevented;
  });
  window.addEventListener('pageshow', () => { draft.leaves = false; });
  window.addEventListener('beforeunload', (event) => {
    if (draft.isDirty && !draft.leaves) {
      event.preventDefault();
      event.returnValue = '';
    }
  });
}

export function enhanceUnsaved() {
  each('form[action="/logout"]', (form) => form.addEventListener('submit', forgetAll));
  each('form[data-unsaved]', enhance);
}
