// <form data-list data-total="N">: the check boxes of a list. Keeps 已选 n 项, the boxes of the whole page, 选择全部 N 项,
// and the buttons that need a selection (data-needs-selection="any" or "one") in step. Ticks survive 下一页 (list_ticks.js)
// and are sent from there; a click with shift ticks everyone between two.
import { each, make } from './dom.js';
import { Ticks } from './list_ticks.js';

const PAGE_BOXES = '[data-select-page], [data-select-page-too]'; // in the table's head; on a phone above the cards
const NOT_A_ROW_CLICK = 'a, button, input, label, select, textarea, summary';

class List {
  constructor(form) {
    this.form = form;
    this.boxes = [...form.querySelectorAll('input[name="id"]')];
    this.all = form.querySelector('input[name="all"]');
    this.expect = form.querySelector('input[name="expect"]');
    this.last = null; // the box clicked last
  }

  // A browser that comes back restores boxes by position, which may be other people: only what was ticked counts.
  restore() {
    this.ticks = new Ticks();
    this.boxes.forEach((box) => { box.checked = this.ticks.has(box.value); });
    each('[data-kept-tick]', (input) => input.remove(), this.form);
    if (this.all) {
      this.all.checked = false;
    }
    this.update();
  }

  update() {
    const everything = Boolean(this.all && this.all.checked);
    const here = this.boxes.filter((box) => box.checked).length;
    const [ticked, pages] = this.ticks.count();
    const count = everything ? Number(this.form.dataset.total) : ticked;
    this.boxes.forEach((box) => box.closest('tr').classList.toggle('is-selected', box.checked || everything));
    this.form.dataset.selected = count;
    if (this.expect) {
      // The server refuses the whole batch if the list has changed since it was shown.
      this.expect.disabled = !everything;
    }
    each(PAGE_BOXES, (box) => {
      box.checked = here > 0 && here === this.boxes.length;
      box.indeterminate = here > 0 && here < this.boxes.length;
    }, this.form);
    each('[data-selected-count]', (place) => { place.textContent = count; }, this.form);
    each('[data-selected-pages]', (place) => {
      place.textContent = !everything && pages > 1 ? `（共 ${pages} 页）` : '';
    }, this.form);
    each('[data-needs-selection]', (button) => {
      button.disabled = button.dataset.needsSelection === 'one' ? count !== 1 : count === 0;
    }, this.form);
  }

  tick(boxes, ticked) {
    boxes.forEach((box) => {
      box.checked = ticked;
      this.ticks.set(box.value, ticked);
    });
    this.ticks.keep();
    this.update();
  }

  // With shift: from the box clicked last to this one.
  clicked(box, shift) {
    const [from, to] = [this.boxes.indexOf(this.last), this.boxes.indexOf(box)].sort((a, b) => a - b);
    this.tick(shift && from >= 0 ? this.boxes.slice(from, to + 1) : [box], box.checked);
    this.last = box;
  }

  clear() {
    this.ticks.clear();
    if (this.all) {
      this.all.checked = false;
    }
    this.tick(this.boxes, false);
  }

  idsOfOtherPages() {
    const here = new Set(this.boxes.map((box) => box.value));
    return this.ticks.ids().filter((id) => !here.has(id));
  }

  // Those of other pages go with the form.
  send() {
    this.idsOfOtherPages().forEach((id) => {
      this.form.append(make('input', { type: 'hidden', name: 'id', value: id, 'data-kept-tick': '' }));
    });
    this.ticks.clear();
    this.ticks.keep();
  }
}

function boxOfRow(event) {
  const row = event.target.closest('tbody tr');
  const text = event.shiftKey ? '' : String(window.getSelection());
  return event.target.closest(NOT_A_ROW_CLICK) || text ? null : row && row.querySelector('input[name="id"]');
}

function enhance(form) {
  const list = new List(form);
  form.addEventListener('click', (event) => {
    const box = boxOfRow(event);
    if (event.target.matches('input[name="id"]')) {
      list.clicked(event.target, event.shiftKey);
    } else if (event.target.closest('[data-clear]')) {
      list.clear();
    } else if (box) {
      box.checked = !box.checked;
      list.clicked(box, event.shiftKey);
    }
  });
  form.addEventListener('change', (event) => {
    if (event.target.matches(PAGE_BOXES)) {
      list.tick(list.boxes, event.target.checked);
    } else if (event.target === list.all) {
      list.update();
    }
  });
  form.addEventListener('mousedown', (event) => {
    // Shift would mark the text between instead.
    if (event.shiftKey && event.target.closest('tbody tr')) {
      event.preventDefault();
    }
  });
  form.addEventListener('collect', (event) => list.idsOfOtherPages().forEach((id) => event.detail.append('id', id)));
  document.addEventListener('submit', (event) => {
    if (event.target === form && !event.defaultPrevented) {
      list.send();
    }
  });
  window.addEventListener('pageshow', () => list.restore());
  list.restore();
}

export function enhanceLists() {
  each('form[data-list]', enhance);
}
