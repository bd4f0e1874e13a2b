/** Skies and mist for the drawn photos. */
import { chance, fbm2, smooth } from './noise.ts';
import { add, blend, dot, scale } from './vector.ts';
import type { Vec } from './vector.ts';

export interface SkyOptions {
  readonly zenith: Vec;
  readonly horizon: Vec;
  /** How quickly the horizon's colour gives way. Default 4. */
  readonly falls?: number;
  readonly sun: Vec;
  readonly sunLight: Vec;
  /** Glow about the sun, and the disc itself (0 hides it). */
  readonly glow?: number;
  readonly disc?: number;
  /** Clouds: share of sky (0–1), size, light and shade. */
  readonly clouds?: {
    readonly cover: number;
    readonly size: number;
    readonly bright: Vec;
    readonly dark: Vec;
    readonly seed: number;
    /** Stretch across the view; more than 1 makes streaks. */
    readonly stretch?: number;
  };
}

/** A sky of gradients, a sun and one sheet of clouds. */
export function sky(options: SkyOptions): (towards: Vec) => Vec {
  const { zenith, horizon, falls = 4, sun, sunLight, glow = 0.5, disc = 0, clouds } = options;
  return (towards) => {
    const height = Math.max(0, towards[1]);
    let light = blend(zenith, horizon, Math.exp(-height * falls));
    const near = Math.max(0, dot(towards, sun));
    light = add(light, scale(sunLight, glow * (0.12 * near ** 6 + 0.25 * near ** 40 + 0.5 * near ** 300)));
    if (disc > 0) light = add(light, scale(sunLight, disc * smooth(0.99993, 0.99997, near)));
    if (!clouds || towards[1] < 0.005) return light;
    const { cover, size, bright, dark, seed, stretch = 1 } = clouds;
    const reach = size / (height + 0.06);
    const [x, z] = [towards[0] * reach * (1 / stretch) + seed, towards[2] * reach + seed * 3.1];
    const thick = fbm2(x, z, 7) + fbm2(x * 0.35 + 9, z * 0.35, 3) * 0.7;
    const there = smooth(0.45 - cover, 0.95 - cover, thick + 0.25);
    const towardsSun = fbm2(x + sun[0] * 0.35, z + sun[2] * 0.35, 5) + 0.1;
    const sunny = smooth(-0.35, 0.45, thick - towardsSun) * 0.7 + 0.3 * near ** 3;
    const cloud = add(
      blend(dark, bright, sunny),
      scale(sunLight, glow * 0.3 * near ** 20 * (1 - there * 0.6)),
    );
    return blend(light, cloud, there * smooth(0.0, 0.09, towards[1]) * 0.95);
  };
}

/** Mist that hides what is far, in the colour of the air and, towards the sun, of its light. */
export function haze(
  air: Vec,
  sunny: Vec,
  sun: Vec,
  density: number,
  options: { readonly low?: number; readonly thins?: number } = {},
): (light: Vec, from: Vec, towards: Vec, away: number) => Vec {
  const { low = 0, thins = 0 } = options;
  return (light, from, towards, away) => {
    const near = Math.max(0, dot(towards, sun)) ** 6;
    let depth = density * away;
    if (low > 0) {
      const k = thins * towards[1];
      const start = Math.exp(-thins * Math.max(0, from[1]));
      depth += low * start * (Math.abs(k) < 1e-6 ? away : (1 - Math.exp(-Math.min(60, k * away))) / k);
    }
    return blend(blend(air, sunny, near), light, Math.exp(-depth));
  };
}

/** Stars, 0 or more, for a direction. */
export function stars(towards: Vec, fine: number): number {
  const across = Math.atan2(towards[0], towards[2]) * fine;
  const up = Math.asin(Math.max(-1, Math.min(1, towards[1]))) * fine;
  const [ix, iy] = [Math.floor(across), Math.floor(up)];
  let light = 0;
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dy = -1; dy <= 1; dy += 1) {
      const [x, y] = [ix + dx, iy + dy];
      if (chance(x, y, 5) > 0.34) continue;
      const bright = chance(x, y, 1) ** 9 * 9 + 0.12 * chance(x, y, 4);
      const [px, py] = [across - x - chance(x, y, 2), up - y - chance(x, y, 3)];
      light += bright * Math.exp(-(px * px + py * py) * (420 - bright * 30));
    }
  return light;
}
