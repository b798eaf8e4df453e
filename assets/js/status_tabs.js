// On a phone a row of tabs scrolls sideways: the current one is brought into sight. Only the row moves, not the page.
import { each } from './dom.js';

export function showCurrentTabs() {
  each('.status-tabs [aria-current]', (tab) => {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });
}
