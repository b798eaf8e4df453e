// A head and shoulders, drawn and made a JPEG by a browser.
//
//   await drawPhoto(browser, { width: 3000, height: 4000, grain: true })   // as from a phone: much too large
//   await drawPhoto(browser, { width: 295, height: 413 })                   // right as it is

// Runs in the page.
async function draw({ width, height, ground, grain, grey }) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d');
  pen.filter = grey ? 'grayscale(1)' : 'none';
  const part = (colour, x, y, rx, ry) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(width * x, height * y, width * rx, height * ry, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  part('#27405e', 0.5, 1.02, 0.4, 0.3);
  part('#2b1d16', 0.5, 0.36, 0.2, 0.19);
  part('#e2b394', 0.5, 0.44, 0.165, 0.19);
  [0.43, 0.57].forEach((x) => part('#2b1d16', x, 0.42, 0.018, 0.012));
  part('#b0555a', 0.5, 0.54, 0.05, 0.012);
  // The grain of a jacket is what makes a camera's picture large.
  for (let y = height * 0.8; grain && y < height; y += 4) {
    for (let x = width * 0.2; x < width * 0.8; x += 4) {
      pen.fillStyle = `rgba(${(x * 7 + y * 13) % 256}, ${(x * 11 + y * 3) % 256}, 120, .3)`;
      pen.fillRect(x, y, 4, 4);
    }
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}

export async function drawPhoto(browser, { width, height, ground = '#fff', grain = false, grey = false }) {
  const page = await browser.page('pc');
  try {
    return Buffer.from(await page.evaluate(draw, { width, height, ground, grain, grey }));
  } finally {
    await page.context().close();
  }
}
