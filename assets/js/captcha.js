// <button type="button" data-captcha><img src="/captcha.png" …></button>: a click brings another picture.
//
// <form data-work="CHALLENGE.bits" data-work-script="/assets/work.….js">: a proof of work is found in a worker while the
// person types, and stands for the picture, which is hidden then. data-work-both: the picture is asked for as well.
import { each } from './dom.js';

const TOO_SLOW_MS = 15000;

export function enhanceCaptcha() {
  each('[data-captcha]', (button) => {
    const picture = button.querySelector('img');
    const address = picture.getAttribute('src').split('?')[0];
    let turn = 0;
    button.addEventListener('click', () => {
      turn += 1;
      picture.src = `${address}?turn=${Date.now()}-${turn}`;
      const input = document.getElementById(button.getAttribute('aria-controls'));
      input.value = '';
      input.focus();
    });
  });
  each('form[data-work]', enhanceWork);
}

function send(form) {
  if (form.requestSubmit) {
    form.requestSubmit();
  } else {
    form.submit();
  }
}

function enhanceWork(form) {
  const box = form.querySelector('[data-captcha-box]');
  const say = form.querySelector('[data-work-state]');
  const work = form.elements.namedItem('work');
  const typed = form.elements.namedItem('captcha');
  const both = 'workBoth' in form.dataset;
  let waits = false;

  const showPicture = (shown) => {
    box.hidden = !shown;
    typed.required = shown;
  };
  const giveUp = () => {
    if (!work.value) {
      waits = false;
      showPicture(true);
      say.textContent = '安全验证没有完成，请填写图片中的四个字符。';
    }
  };
  const done = (challenge, numbers) => {
    work.value = `${challenge}.${numbers}`;
    say.textContent = '安全验证已完成';
    if (waits) {
      send(form);
    }
  };

  showPicture(both || box.querySelector('[data-error]') !== null);
  say.textContent = '正在进行安全验证…';
  const [challenge, bits] = form.dataset.work.split('.');
  try {
    const worker = new Worker(form.dataset.workScript);
    worker.onmessage = (event) => done(challenge, event.data);
    worker.onerror = giveUp;
    worker.postMessage({ challenge, bits: Number(bits) });
  } catch (error) {
    giveUp();
  }
  setTimeout(giveUp, TOO_SLOW_MS);
  form.addEventListener('submit', (event) => {
    if (work.value || (!both && typed.value)) {
      return;
    }
    if (box.hidden || both) {
      event.preventDefault();
      waits = true;
      say.textContent = '正在进行安全验证，完成后自动提交…';
    }
  });
}
