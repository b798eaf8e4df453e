// <details class="action-panel">: only one open at a time, closed by Escape or a click elsewhere.
import { each } from './dom.js';

function closeExcept(kept) {
  each('.action-panel[open]:not(.action-inline)', (panel) => {
    if (panel !== kept) {
      panel.open = false;
    }
  });
}

export function enhanceActionPanels() {
  document.addEventListener('click', (event) => {
    if (!event.target.closest('dialog')) {
      closeExcept(event.target.closest('.action-panel'));
    }
  });
  document.addEventListener('keydown', (event) => {
    const panel = event.key === 'Escape' && event.target.closest('.action-panel[open]');
    if (panel) {
      panel.open = false;
      panel.querySelector('summary').focus();
    }
  });
}
