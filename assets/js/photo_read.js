// A chosen file as an <img> with a blob: address, upright, no larger than the crop tool needs. (The tool would turn a
// canvas into a data: address, which the pages' policy forbids.)

const MAX_SIDE = 2400;

function loadImage(address) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('这张图片浏览器打不开（可能是 HEIC 格式）。请在手机相册中另存为 JPG，或截屏后再选。'));
    image.src = address;
  });
}

// Browsers turn an <img> upright by its EXIF (Chrome 81, Safari 13.1); older ones have the turn buttons of the dialog.
function drawSmaller(image) {
  const scale = Math.min(1, MAX_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const pen = canvas.getContext('2d');
  // JPEG has no transparency: what is clear in a PNG would turn black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
}

export async function readPicture(file) {
  const address = URL.createObjectURL(file);
  try {
    const smaller = await drawSmaller(await loadImage(address));
    return await loadImage(URL.createObjectURL(smaller));
  } finally {
    URL.revokeObjectURL(address);
  }
}
