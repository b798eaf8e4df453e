// <div data-picker data-search="/companies/search">: the employer, found while typing (ARIA combobox). Without scripts
// the same part is a text field, a 查找 button and radio buttons; here they give way to a list and a hidden field.
import { each, make, replaceChildren } from './dom.js';

const WAIT_MS = 180;

class CompanyPicker {
  constructor(part) {
    this.part = part;
    this.input = part.querySelector('[name="company_q"]');
    this.list = make('ul', { class: 'picker-list', role: 'listbox', id: `${this.input.id}-list`, 'aria-label': '工作单位' });
    this.list.hidden = true;
    this.live = make('p', { class: 'form-text', role: 'status' });
    this.chosen = make('input', { type: 'hidden', name: 'company' });
    this.direct = part.querySelector('[data-choose-direct]');
    this.reason = part.parentElement.querySelector('[data-direct-reason]');
    this.unlisted = part.querySelector('[data-unlisted]');
    this.found = [];
    this.active = -1;
    this.asked = 0;
  }

  takeOver() {
    const radio = this.part.querySelector('input[type="radio"]:checked');
    if (radio) {
      this.chosen.value = radio.value;
      this.input.value = radio.closest('label').textContent.trim();
    }
    each('.no-script-only', (old) => old.remove(), this.part);
    this.input.after(this.list, this.chosen);
    this.part.append(this.live);
    const roles = { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id };
    Object.keys(roles).forEach((name) => this.input.setAttribute(name, roles[name]));
    this.listen();
    this.askWhy();
  }

  // Why somebody has no employer is asked only of those.
  askWhy() {
    if (this.reason) {
      this.reason.hidden = this.chosen.value !== this.reason.dataset.directReason;
    }
  }

  listen() {
    this.input.addEventListener('input', () => this.changed());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.close());
    // mousedown comes before blur: a choice must not be lost to it.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = event.target.closest('li');
      if (option) {
        this.choose(this.found[Number(option.dataset.index)]);
      }
    });
    each('[data-choose]', (button) => button.addEventListener('click', () => this.choose({ id: button.dataset.choose, name: button.dataset.name, address: button.dataset.address })), this.part);
    if (this.unlisted) {
      this.unlisted.querySelector('input').addEventListener('input', () => this.nameUnlisted());
    }
    if (this.direct) {
      this.direct.addEventListener('click', () => this.choose({ id: this.direct.dataset.chooseDirect, name: '协会直管', address: '' }));
    }
  }

  // What is not in the list and what is chosen from it shut each other out.
  nameUnlisted() {
    this.chosen.value = '';
    this.input.value = '';
    this.askWhy();
  }

  changed() {
    this.chosen.value = '';
    this.askWhy();
    this.asked += 1;
    clearTimeout(this.timer);
    if (this.input.value.trim() === '') {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.search(this.asked), WAIT_MS);
  }

  async search(asked) {
    try {
      const answer = await fetch(`${this.part.dataset.search}?q=${encodeURIComponent(this.input.value.trim())}`);
      const found = answer.ok ? await answer.json() : [];
      // Answers may overtake each other; only the newest question counts.
      if (asked === this.asked) {
        this.show(found);
      }
    } catch (error) {
      this.live.textContent = '网络不通，暂时查不到单位，请稍后再试。';
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    replaceChildren(
      this.list,
      ...found.map((company, index) =>
        make('li', { role: 'option', id: `${this.list.id}-${index}`, 'data-index': index, 'aria-selected': 'false' }, company.name),
      ),
    );
    this.live.textContent = found.length ? `找到 ${found.length} 家，请从列表中选择。` : '没有找到。请换名称中的几个字，或与本单位核对在协会登记的名称。确实没有的，点“单位不在列表中？”。';
    this.open(found.length > 0);
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute('aria-expanded', String(shown));
    if (!shown) {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  close() {
    this.open(false);
  }

  key(event) {
    if (this.list.hidden) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.move(step);
    } else if (event.key === 'Enter' && this.active >= 0) {
      this.choose(this.found[this.active]);
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  move(step) {
    const options = this.list.children;
    if (this.active >= 0) {
      options[this.active].setAttribute('aria-selected', 'false');
    }
    this.active = (Math.max(this.active, step > 0 ? -1 : 0) + step + options.length) % options.length;
    const option = options[this.active];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  choose(company) {
    this.input.value = company.name;
    this.chosen.value = String(company.id);
    this.askWhy();
    if (this.unlisted) {
      this.unlisted.querySelector('input').value = '';
      this.unlisted.open = false;
    }
    this.live.textContent = `已选：${company.name}`;
    // Of a form that was refused without one.
    each('.invalid-feedback', (message) => message.remove(), this.part);
    this.input.removeAttribute('aria-invalid');
    const described = this.input.getAttribute('aria-describedby') || '';
    this.input.setAttribute('aria-describedby', described.replace('company-error ', ''));
    this.part.dispatchEvent(new CustomEvent('companychosen', { detail: company }));
    this.close();
  }
}

export function enhanceCompanyPickers() {
  if (typeof fetch === 'function') {
    each('[data-picker]', (part) => new CompanyPicker(part).takeOver());
  }
}
