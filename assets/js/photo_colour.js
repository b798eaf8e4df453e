// Is there colour where the face is? The middle 60 % is looked at, as the server does.

const MIDDLE = 0.6;
const SPREAD = 20;
const ENOUGH_COLOUR = 0.03;

export function hasColour(canvas) {
  const left = Math.floor(canvas.width * (1 - MIDDLE) / 2);
  const top = Math.floor(canvas.height * (1 - MIDDLE) / 2);
  const { data } = canvas.getContext('2d').getImageData(left, top, canvas.width - 2 * left, canvas.height - 2 * top);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const most = Math.max(data[i], data[i + 1], data[i + 2]);
    coloured += most - Math.min(data[i], data[i + 1], data[i + 2]) > SPREAD ? 1 : 0;
  }
  return coloured >= ENOUGH_COLOUR * data.length / 4;
}
