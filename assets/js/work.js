// A worker that finds the numbers of a proof of work: src/crypto/work.h says what they are.
//
//   worker.postMessage({ challenge: 'TOKEN', bits: 16 });   // answers with '12-40961-…'
//
// SHA-256 by hand: the browser's own is asynchronous, and slower than this for forty bytes at a time.
const K = new Int32Array(64);
const FIRST = new Int32Array(8);
const W = new Int32Array(64);

// The fractional parts of the roots of the first primes (FIPS 180-4).
function prepare() {
  const bitsOf = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  for (let n = 2, i = 0; i < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) {
      prime = prime && n % d !== 0;
    }
    if (prime) {
      if (i < 8) {
        FIRST[i] = bitsOf(Math.sqrt(n));
      }
      K[i] = bitsOf(Math.cbrt(n));
      i += 1;
    }
  }
}

// The block in W[0 … 15] goes into the state.
function compress(state) {
  for (let t = 16; t < 64; t += 1) {
    const x = W[t - 15];
    const y = W[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function hashOfText(text) {
  const state = Int32Array.from(FIRST);
  const blocks = Math.floor((text.length + 8) / 64) + 1;
  const byteAt = (i) => (i < text.length ? text.charCodeAt(i) : i === text.length ? 0x80 : 0);
  for (let block = 0; block < blocks; block += 1) {
    for (let i = 0; i < 16; i += 1) {
      const at = block * 64 + i * 4;
      W[i] = (byteAt(at) << 24) | (byteAt(at + 1) << 16) | (byteAt(at + 2) << 8) | byteAt(at + 3);
    }
    if (block === blocks - 1) {
      W[14] = 0;
      W[15] = text.length * 8;
    }
    compress(state);
  }
  return state;
}

function findPiece(seed, piece, bits) {
  const state = new Int32Array(8);
  for (let n = 0; ; n += 1) {
    W.fill(0, 0, 16);
    W.set(seed);
    W[8] = piece;
    W[9] = n;
    W[10] = 0x80000000 | 0;
    W[15] = 320;
    state.set(FIRST);
    compress(state);
    if (bits === 0 || state[0] >>> (32 - bits) === 0) {
      return n;
    }
  }
}

prepare();
self.onmessage = (event) => {
  const { challenge, bits } = event.data;
  const seed = hashOfText(challenge);
  const numbers = [];
  for (let piece = 0; piece < 8; piece += 1) {
    numbers.push(findPiece(seed, piece, bits));
  }
  self.postMessage(numbers.join('-'));
};
