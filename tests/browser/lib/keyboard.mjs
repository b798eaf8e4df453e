// A person without a mouse. Every stop of Tab must be seen: a ring or a shadow around it, inside of the window.
import assert from 'node:assert/strict';

const MOST_STOPS = 120;

// Runs in the page, for the element that has the focus.
function looks(element, selector) {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  // The button inside a month field is the browser's own part, and so is its ring.
  const inside = !element.matches(':focus');
  return {
    wanted: element.matches(selector),
    what: `${element.tagName} ${element.name || element.textContent.trim().slice(0, 20)}`,
    seen: box.width > 0 && box.height > 0 && (ring || inside || style.boxShadow !== 'none'),
    inWindow: box.bottom > 0 && box.top < window.innerHeight,
  };
}

async function focused(page, selector) {
  const element = await page.evaluateHandle(() => document.activeElement);
  return element.evaluate(looks, selector);
}

// Tab (or Shift+Tab) until the focus is on what `selector` names.
export async function reach(page, selector, key = 'Tab') {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press(key);
    const look = await focused(page, selector);
    if (look.what.startsWith('BODY')) {
      continue;
    }
    assert.ok(look.seen, `the focus can't be seen on ${look.what}`);
    assert.ok(look.inWindow, `the focus is outside of the window on ${look.what}`);
    if (look.wanted) {
      return;
    }
  }
  assert.fail(`${key} does not reach ${selector}`);
}

export async function type(page, selector, text) {
  await reach(page, selector);
  await page.keyboard.type(text);
}

export async function press(page, selector, key = 'Enter') {
  await reach(page, selector);
  await page.keyboard.press(key);
}

// Press that leads to another page.
export async function follow(page, selector, address) {
  await reach(page, selector);
  await Promise.all([page.waitForURL(address), page.keyboard.press('Enter')]);
}
