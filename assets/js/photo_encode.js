// JPEG of at most so many bytes: first less quality, then fewer pixels.

const QUALITIES = [0.92, 0.85, 0.78, 0.7, 0.6];
const WIDTHS = [590, 442, 295];
const RATIO = 7 / 5;

function resized(canvas, width) {
  const smaller = document.createElement('canvas');
  smaller.width = width;
  smaller.height = Math.round(width * RATIO);
  smaller.getContext('2d').drawImage(canvas, 0, 0, smaller.width, smaller.height);
  return smaller;
}

function toJpeg(canvas, quality) {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

export async function encodeWithin(canvas, maxBytes) {
  const widths = WIDTHS.filter((width) => width < canvas.width);
  const sizes = [canvas, ...widths.map((width) => resized(canvas, width))];
  for (const size of sizes) {
    for (const quality of QUALITIES) {
      const blob = await toJpeg(size, quality);
      if (blob && blob.size <= maxBytes) {
        return blob;
      }
    }
  }
  throw new Error('这张照片压缩后仍然太大，请换一张。');
}
