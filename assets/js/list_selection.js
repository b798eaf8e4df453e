// <form data-list data-total="N">: the check boxes of a list. Keeps 已选 n 项, the box of the whole page, 选择全部 N 项,
// and the buttons that need a selection (data-needs-selection="any" or "one") in step.
import { each } from './dom.js';

const NOT_A_ROW_CLICK = 'a, button, input, label, select, textarea, summary';

function update(form) {
  const boxes = form.querySelectorAll('input[name="id"]');
  const page = form.querySelector('[data-select-page]');
  const all = form.querySelector('input[name="all"]');
  const expect = form.querySelector('input[name="expect"]');
  const everything = Boolean(all && all.checked);
  let ticked = 0;
  each('input[name="id"]', (box) => {
    ticked += box.checked ? 1 : 0;
    box.closest('tr').classList.toggle('is-selected', box.checked || everything);
  }, form);
  const count = everything ? Number(form.dataset.total) : ticked;

  form.dataset.selected = count;
  page.checked = boxes.length > 0 && ticked === boxes.length;
  page.indeterminate = ticked > 0 && ticked < boxes.length;
  if (expect) {
    // The server refuses the whole batch if the list has changed since it was shown.
    expect.disabled = !everything;
  }
  each('[data-selected-count]', (place) => { place.textContent = count; }, form);
  each('[data-needs-selection]', (button) => {
    button.disabled = button.dataset.needsSelection === 'one' ? count !== 1 : count === 0;
  }, form);
}

function tickPage(form, ticked) {
  each('input[name="id"]', (box) => { box.checked = ticked; }, form);
}

function toggleRow(event) {
  const row = event.target.closest('tbody tr');
  const box = row && row.querySelector('input[name="id"]');
  if (!box || event.target.closest(NOT_A_ROW_CLICK) || String(window.getSelection())) {
    return false;
  }
  box.checked = !box.checked;
  return true;
}

function enhance(form) {
  form.addEventListener('change', (event) => {
    if (event.target.matches('[data-select-page]')) {
      tickPage(form, event.target.checked);
    }
    update(form);
  });
  form.addEventListener('click', (event) => {
    if (event.target.closest('[data-clear]')) {
      tickPage(form, false);
      each('input[name="all"]', (all) => { all.checked = false; }, form);
    } else if (!toggleRow(event)) {
      return;
    }
    update(form);
  });
  // Browsers restore ticked boxes when one comes back to the page.
  window.addEventListener('pageshow', () => update(form));
  update(form);
}

export function enhanceLists() {
  each('form[data-list]', enhance);
}
