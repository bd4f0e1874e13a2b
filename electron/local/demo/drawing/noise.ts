/** Repeatable randomness for the drawn photos: hashes, gradient noise, and sums of it. */

const DIRECTIONS = Float64Array.from({ length: 512 }, (_, at) =>
  at % 2 === 0 ? Math.cos((at / 512) * Math.PI * 2) : Math.sin(((at - 1) / 512) * Math.PI * 2),
);

/** A hash of a lattice point, 0 ≤ n < 2^32. */
export function hash(x: number, y: number, z = 0): number {
  let mixed = (Math.imul(x, 374_761_393) + Math.imul(y, 668_265_263) + Math.imul(z, 2_147_001_325)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1_274_126_177);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The same as a number 0 ≤ n < 1. */
export function chance(x: number, y: number, z = 0): number {
  return hash(x, y, z) / 4_294_967_296;
}

const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

function slope(ix: number, iy: number, fx: number, fy: number): number {
  const at = (hash(ix, iy) & 255) << 1;
  return DIRECTIONS[at]! * fx + DIRECTIONS[at + 1]! * fy;
}

/** Gradient noise on a plane, about -1 to 1. */
export function noise2(x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const u = ease(fx);
  const a = slope(ix, iy, fx, fy);
  const b = slope(ix + 1, iy, fx - 1, fy);
  const c = slope(ix, iy + 1, fx, fy - 1);
  const d = slope(ix + 1, iy + 1, fx - 1, fy - 1);
  return (a + (b - a) * u + (c - a + (a - b - c + d) * u) * ease(fy)) * 1.5;
}

/** Value noise in space, -1 to 1. */
export function noise3(x: number, y: number, z: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const u = ease(x - ix);
  const v = ease(y - iy);
  const w = ease(z - iz);
  const row = (dy: number, dz: number): number => {
    const a = chance(ix, iy + dy, iz + dz);
    return a + (chance(ix + 1, iy + dy, iz + dz) - a) * u;
  };
  const near = row(0, 0) + (row(1, 0) - row(0, 0)) * v;
  const far = row(0, 1) + (row(1, 1) - row(0, 1)) * v;
  return (near + (far - near) * w) * 2 - 1;
}

/** Octaves of {@link noise2}, each turned, twice as fine and half as high; about -1 to 1. */
export function fbm2(x: number, y: number, octaves: number): number {
  let sum = 0;
  let height = 0.5;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += height * noise2(x, y);
    const turned = 1.6 * x + 1.2 * y;
    y = 1.6 * y - 1.2 * x + 17.3;
    x = turned + 5.1;
    height *= 0.5;
  }
  return sum;
}

/** Octaves of {@link noise3}. */
export function fbm3(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let height = 0.5;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += height * noise3(x, y, z);
    const turned = 1.6 * x + 1.2 * z;
    z = 1.6 * z - 1.2 * x + 7.7;
    x = turned + 3.3;
    y = y * 2.01 + 11.9;
    height *= 0.5;
  }
  return sum;
}

/** Ridges: sharp crests, wide valleys; 0 to 1. Crests carry more detail than valleys, as eroded mountains do. */
export function ridges(x: number, y: number, octaves: number): number {
  let sum = 0;
  let height = 0.5;
  let before = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.min(1, Math.abs(noise2(x, y) * 1.15));
    const sharp = crest * crest * before;
    sum += sharp * height;
    before = Math.min(1, sharp * 1.6 + 0.15);
    const turned = 1.6 * x + 1.2 * y;
    y = 1.6 * y - 1.2 * x + 31.7;
    x = turned + 11.1;
    height *= 0.47;
  }
  return sum;
}

/** 0 below `from`, 1 above `to`, eased between. `from` may be the greater. */
export function smooth(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
