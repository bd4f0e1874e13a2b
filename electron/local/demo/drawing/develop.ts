/** From light to a finished picture: glow of bright places, exposure, film curve, colour, vignette, grain. */
import { hash, mix, smooth } from './noise.ts';
import type { Negative } from './trace.ts';

export interface Development {
  /** Factor on the light. Default 1. */
  readonly exposure?: number;
  /** 0 to 1: how much bright places bleed. Default 0.12. */
  readonly bloom?: number;
  /** Default 1. */
  readonly saturation?: number;
  /** Default 1; more is harder. */
  readonly contrast?: number;
  /** Above 0 is warmer, below is cooler. Default 0. */
  readonly warmth?: number;
  /** Darkening of the corners, 0 to 1. Default 0.25. */
  readonly vignette?: number;
  /** Strength of the grain in 1/255. Default 2. */
  readonly grain?: number;
  /** Lift of the blacks in 1/255, as a matte print has it. Default 4. */
  readonly lift?: number;
}

/** A blur of three box passes, which is a Gaussian to the eye. */
export function blurred(light: Float32Array, width: number, height: number, radius: number): Float32Array {
  let from = Float32Array.from(light);
  let to = new Float32Array(light.length);
  const reach = Math.max(1, Math.round(radius));
  const line = (start: number, step: number, count: number): void => {
    let sum = 0;
    const clamp = (n: number): number => start + Math.max(0, Math.min(count - 1, n)) * step;
    for (let n = -reach; n <= reach; n += 1) sum += from[clamp(n)]!;
    for (let n = 0; n < count; n += 1) {
      to[start + n * step] = sum / (2 * reach + 1);
      sum += from[clamp(n + reach + 1)]! - from[clamp(n - reach)]!;
    }
  };
  for (let pass = 0; pass < 3; pass += 1) {
    for (let row = 0; row < height; row += 1)
      for (let c = 0; c < 3; c += 1) line(row * width * 3 + c, 3, width);
    [from, to] = [to, from];
    for (let column = 0; column < width * 3; column += 1) line(column, width * 3, height);
    [from, to] = [to, from];
  }
  return from;
}

/** The film's curve (Narkowicz's fit of ACES), then sRGB. */
function film(light: number): number {
  const toned = Math.min(1, (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14));
  return toned <= 0.003_130_8 ? toned * 12.92 : 1.055 * toned ** (1 / 2.4) - 0.055;
}

function grainAt(x: number, y: number, seed: number): number {
  const bell = (salt: number): number => {
    const bits = hash(x, y, seed * 4 + salt);
    return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)) / 510 - 1;
  };
  return bell(1);
}

/** RGB bytes of a developed picture. */
export function develop(negative: Negative, seed: number, options: Development = {}): Buffer {
  const { width, height, light } = negative;
  const { exposure = 1, bloom = 0.12, saturation = 1, contrast = 1, warmth = 0 } = options;
  const { vignette = 0.25, grain = 2, lift = 4 } = options;
  const halo = blurred(
    light.map((value) => Math.min(12, value)),
    width,
    height,
    height * 0.022,
  );
  const made = Buffer.alloc(light.length);
  const balance = [1 + warmth * 0.25, 1 + warmth * 0.02, 1 - warmth * 0.25];
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 3;
      const fromCentre = ((2 * column - width) ** 2 + (2 * row - height) ** 2) / (width ** 2 + height ** 2);
      const corner = 1 - vignette * smooth(0.15, 1.15, fromCentre);
      const toned = [0, 1, 2].map((c) =>
        film(mix(light[at + c]!, halo[at + c]!, bloom) * exposure * corner * balance[c]!),
      );
      const grey = 0.3 * toned[0]! + 0.59 * toned[1]! + 0.11 * toned[2]!;
      const speck = grainAt(column, row, seed) * grain * (0.35 + 1.3 * grey * (1 - grey) * 2);
      for (let c = 0; c < 3; c += 1) {
        let value = mix(grey, toned[c]!, saturation);
        value = mix(value, value * value * (3 - 2 * value), contrast - 1);
        made[at + c] = Math.max(0, Math.min(255, Math.round(value * (255 - lift) + lift + speck)));
      }
    }
  return made;
}
