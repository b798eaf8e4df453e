// <div data-photo-field data-max-bytes="153600">: any picture from a phone becomes a one-inch photo that the server takes.
// Loaded only on pages that have the field. Where something is missing in the browser the chosen file goes as it is.
import { each } from './dom.js';
import { openCropDialog } from './photo_crop.js';
import { readPicture } from './photo_read.js';
import { encodeWithin } from './photo_encode.js';
import { backgroundAdvice } from './photo_background.js';

// A file input can only be filled through DataTransfer (Chrome 60, Safari 14.1).
function canFillInput() {
  try {
    new DataTransfer().items.add(new File(['x'], 'x.jpg', { type: 'image/jpeg' }));
    return true;
  } catch (error) {
    return false;
  }
}

function fillInput(input, blob) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
  input.files = transfer.files;
}

function showPreview(part, blob) {
  const frame = part.querySelector('[data-photo-frame]');
  const picture = document.createElement('img');
  picture.alt = '已选照片预览';
  picture.src = URL.createObjectURL(blob);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  frame.textContent = '';
  frame.append(picture);
}

// What the server said was about the photo before.
function forgetRefusal(part, input) {
  each('[data-error]', (message) => message.remove(), part);
  input.removeAttribute('aria-invalid');
}

async function process(part, input, file) {
  const picture = await readPicture(file);
  const canvas = await openCropDialog(picture);
  if (!canvas) {
    return '';
  }
  const blob = await encodeWithin(canvas, Number(part.dataset.maxBytes));
  fillInput(input, blob);
  showPreview(part, blob);
  forgetRefusal(part, input);
  const size = `已裁剪为 ${canvas.width} × ${canvas.height}，${Math.ceil(blob.size / 1024)} KB，提交时上传。`;
  return `${size}${backgroundAdvice(canvas)}`;
}

function enhance(part) {
  const input = part.querySelector('input[type="file"]');
  const status = part.querySelector('[data-photo-status]');
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (!file) {
      return;
    }
    // Emptied first: a cancelled crop must not send the huge original unnoticed.
    input.value = '';
    status.textContent = '正在读取照片…';
    try {
      status.textContent = await process(part, input, file);
    } catch (error) {
      status.textContent = error.message;
    }
  });
}

if (canFillInput()) {
  each('[data-photo-field]', enhance);
}
