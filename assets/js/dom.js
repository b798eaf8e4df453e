// Building and finding elements. Text is always set as text, never as HTML.

export function each(selector, visit, within = document) {
  Array.prototype.forEach.call(within.querySelectorAll(selector), visit);
}

export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => element.setAttribute(name, attributes[name]));
  children.forEach((child) => element.append(child));
  return element;
}

export function replaceChildren(element, ...children) {
  while (element.firstChild) {
    element.removeChild(element.firstChild);
  }
  children.forEach((child) => element.append(child));
}

export function dialogsWork() {
  return typeof HTMLDialogElement === 'function' && 'showModal' in HTMLDialogElement.prototype;
}
