// The crop dialog: drag and pinch, or buttons for the keyboard. Resolves with a 5:7 canvas, or null when cancelled. The
// <img> given must hold a blob: address, which is released at the end.
import Cropper from 'cropperjs';
import { dialogsWork, make } from './dom.js';
import { hasColour } from './photo_colour.js';

const RATIO = 5 / 7;
const WIDTH = 590;
const MIN_WIDTH = 295;
const STEP = 10;
const HINT = '请让头部居中，头顶留少许空白。';
const TOO_SMALL = `选中的部分不足 ${MIN_WIDTH} 像素宽，打印不清楚，不能使用。请把选框放大，或取消后换一张更大的原图。`;
const GREY = '照片没有颜色，像是黑白照片或复印件，不能使用。请取消后换一张彩色证件照。';

const TOOLS = [
  ['放大', (cropper) => cropper.zoom(0.1)],
  ['缩小', (cropper) => cropper.zoom(-0.1)],
  ['左转', (cropper) => cropper.rotate(-90)],
  ['右转', (cropper) => cropper.rotate(90)],
  ['左移', (cropper) => cropper.move(-STEP, 0)],
  ['右移', (cropper) => cropper.move(STEP, 0)],
  ['上移', (cropper) => cropper.move(0, -STEP)],
  ['下移', (cropper) => cropper.move(0, STEP)],
];

function croppedCanvas(cropper) {
  const width = Math.min(WIDTH, Math.max(MIN_WIDTH, Math.floor(cropper.getData(true).width)));
  return cropper.getCroppedCanvas({
    width,
    height: Math.round(width / RATIO),
    fillColor: '#fff',
    imageSmoothingQuality: 'high',
  });
}

function tooSmall(cropper) {
  return cropper.getData(true).width < MIN_WIDTH;
}

function buildDialog() {
  const stage = make('div', { class: 'crop-stage' });
  const tools = make('div', { class: 'crop-tools' });
  const note = make('p', { class: 'form-text', role: 'status' }, HINT);
  const ok = make('button', { class: 'btn btn-primary', type: 'button' }, '使用这张照片');
  ok.autofocus = true;
  const cancel = make('button', { class: 'btn btn-plain', type: 'button' }, '取消');
  const title = make('h2', { id: 'crop-title' }, '裁剪证件照');
  const body = make('div', { class: 'dialog-body' }, title, stage, tools, note);
  const dialog = make('dialog', { class: 'dialog', 'aria-labelledby': 'crop-title' }, body, make('div', { class: 'dialog-actions' }, cancel, ok));
  return { dialog, stage, tools, note, ok, cancel };
}

function show(dialog) {
  document.body.append(dialog);
  if (dialogsWork()) {
    dialog.showModal();
    return;
  }
  dialog.classList.add('dialog-inline');
  dialog.scrollIntoView();
}

function startCropper(parts, picture) {
  picture.alt = '所选照片';
  parts.stage.append(picture);
  const cropper = new Cropper(picture, {
    aspectRatio: RATIO,
    viewMode: 1,
    dragMode: 'move',
    autoCropArea: 0.9,
    background: false,
    // Both would fetch the picture again, which connect-src forbids; it is upright already.
    checkOrientation: false,
    checkCrossOrigin: false,
    cropend: () => warn(parts, cropper),
    zoom: () => warn(parts, cropper),
  });
  return cropper;
}

function say({ note }, text, refused) {
  note.textContent = text;
  note.classList.toggle('crop-refused', refused);
}

function warn(parts, cropper) {
  say(parts, tooSmall(cropper) ? TOO_SMALL : HINT, tooSmall(cropper));
}

// What the server would refuse whatever the person says; null, and said in the dialog.
function accepted(parts, cropper) {
  if (tooSmall(cropper)) {
    say(parts, TOO_SMALL, true);
    return null;
  }
  const canvas = croppedCanvas(cropper);
  if (!hasColour(canvas)) {
    say(parts, GREY, true);
    return null;
  }
  return canvas;
}

function addTools({ tools }, cropper) {
  TOOLS.forEach(([name, act]) => {
    const button = make('button', { class: 'btn btn-plain', type: 'button' }, name);
    button.addEventListener('click', () => act(cropper));
    tools.append(button);
  });
}

export function openCropDialog(picture) {
  const parts = buildDialog();
  show(parts.dialog);
  const cropper = startCropper(parts, picture);
  addTools(parts, cropper);
  return new Promise((resolve) => {
    const finish = (result) => {
      cropper.destroy();
      URL.revokeObjectURL(picture.src);
      parts.dialog.remove();
      resolve(result);
    };
    parts.ok.addEventListener('click', () => {
      const canvas = accepted(parts, cropper);
      if (canvas) {
        finish(canvas);
      }
    });
    parts.cancel.addEventListener('click', () => finish(null));
    parts.dialog.addEventListener('cancel', () => finish(null));
  });
}
