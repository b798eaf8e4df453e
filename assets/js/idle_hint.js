// <body data-idle-seconds="1800">: two minutes before the session ends for idleness, says so and offers to go on.
import { make, replaceChildren } from './dom.js';

const AHEAD_MS = 120000;
const LOOK_EVERY_MS = 10000;

function warning(goOn) {
  const button = make('button', { class: 'btn btn-primary', type: 'button' }, '继续使用');
  button.addEventListener('click', goOn);
  const text = make('div', {}, make('p', {}, '您已较长时间没有操作，两分钟内将自动退出。'), button);
  return make('div', { class: 'alert alert-warning idle-hint', role: 'alert' }, text);
}

// HEAD of this very page counts as use; a redirect means that the session has ended.
function stillLoggedIn() {
  return fetch(location.href, { method: 'HEAD', credentials: 'same-origin' }).then(
    (answer) => answer.ok && !answer.redirected,
    () => false,
  );
}

export function enhanceIdleHint() {
  const idleMs = Number(document.body.dataset.idleSeconds) * 1000;
  if (!idleMs) {
    return;
  }
  let end = Date.now() + idleMs;
  let hint = null;

  const goOn = async () => {
    if (await stillLoggedIn()) {
      end = Date.now() + idleMs;
      hint.remove();
      hint = null;
    } else {
      end = 0;
      look();
    }
  };
  // The clock is read, not counted: a laptop that slept must still tell the truth.
  const look = () => {
    if (!hint && Date.now() > end - AHEAD_MS) {
      hint = warning(goOn);
      document.body.append(hint);
    }
    if (hint && Date.now() > end) {
      replaceChildren(hint, '登录已超时，请重新登录后再继续。');
    }
  };
  setInterval(look, LOOK_EVERY_MS);
}
