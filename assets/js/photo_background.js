// Is the background white? The strip along the top and the upper sides is looked at, as the server does; only advice.

const STRIP = 0.04;
const SIDES_DOWN_TO = 0.55;
const ENOUGH_WHITE = 0.9;

function isWhite(red, green, blue) {
  const least = Math.min(red, green, blue);
  return least >= 215 && Math.max(red, green, blue) - least <= 25;
}

function whiteShare(canvas) {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const strip = Math.max(2, Math.round(width * STRIP));
  let looked = 0;
  let white = 0;
  for (let y = 0; y < height * SIDES_DOWN_TO; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (y < strip || x < strip || x >= width - strip) {
        const i = (y * width + x) * 4;
        looked += 1;
        white += isWhite(data[i], data[i + 1], data[i + 2]) ? 1 : 0;
      }
    }
  }
  return white / looked;
}

export function backgroundAdvice(canvas) {
  return whiteShare(canvas) >= ENOUGH_WHITE ? '' : '背景看起来不是白色：请用白底证件照，否则可能需要单位核对。';
}
