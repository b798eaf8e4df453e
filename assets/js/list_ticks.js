// The ticks of a list over its pages, by person and not by place: kept for this tab of the browser under the list's
// address until the action or 清空. What cannot be kept is simply gone with the page.
const WHERE_IT_STOOD = ['after', 'before', 'size', 'sort'];

function keyOf(address) {
  const query = new URLSearchParams(address.search);
  WHERE_IT_STOOD.forEach((name) => query.delete(name));
  query.sort();
  return `ticks:${address.pathname}?${query}`;
}

function pageOf(address) {
  const query = new URLSearchParams(address.search);
  return query.get('after') || query.get('before') || '';
}

export class Ticks {
  constructor(address = location) {
    this.key = keyOf(address);
    this.page = pageOf(address);
    this.pages = new Map(); // id → the page that it was ticked on
    try {
      this.pages = new Map(JSON.parse(sessionStorage.getItem(this.key) || '[]'));
    } catch (error) {
      // Storage is switched off, or holds something else.
    }
  }

  set(id, ticked) {
    if (!ticked) {
      this.pages.delete(id);
    } else if (!this.pages.has(id)) {
      this.pages.set(id, this.page);
    }
  }

  has(id) {
    return this.pages.has(id);
  }

  ids() {
    return [...this.pages.keys()];
  }

  // How many, and on how many pages.
  count() {
    return [this.pages.size, new Set(this.pages.values()).size];
  }

  clear() {
    this.pages.clear();
  }

  keep() {
    try {
      if (this.pages.size) {
        sessionStorage.setItem(this.key, JSON.stringify([...this.pages]));
      } else {
        sessionStorage.removeItem(this.key);
      }
    } catch (error) {
      // As above.
    }
  }
}
