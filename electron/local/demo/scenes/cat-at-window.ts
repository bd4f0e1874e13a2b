import { blurred } from '../drawing/develop.ts';
import { chance, fbm2, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { expose } from '../drawing/trace.ts';
import type { Negative } from '../drawing/trace.ts';
import { add, blend, colour, scale } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';
import { addSpots, at } from './spots.ts';
import type { Spot } from './spots.ts';

const round = (a: number, b: number, k: number): number => {
  const h = Math.max(0, Math.min(1, 0.5 + (0.5 * (b - a)) / k));
  return b + (a - b) * h - k * h * (1 - h);
};

/** A sitting cat from behind: less than 0 inside; it sits at 0, 0 and is about 1 tall. */
function cat(x: number, y: number): number {
  const egg = (cx: number, cy: number, w: number, h: number): number =>
    (span((x - cx) / w, (y - cy) / h) - 1) * Math.min(w, h);
  const haunch = egg(0, 0.23, 0.285, 0.25);
  const back = egg(0.01, 0.46, 0.215, 0.3);
  const neck = egg(-0.005, 0.68, 0.15, 0.15);
  const head = egg(-0.03, 0.83, 0.195, 0.15);
  const ear = (side: number): number => {
    const [px, py] = [(x + 0.03) * side - 0.096 - (y - 0.9) * 0.18, y - 0.9];
    return Math.max((Math.abs(px) - (0.155 - py) * 0.52) * 0.89, -py - 0.06);
  };
  const body = round(round(round(haunch, back, 0.12), neck, 0.1), head, 0.045);
  const t = Math.max(0, Math.min(1, (x - 0.12) / 0.62));
  const tail =
    span(Math.max(0, x - 0.74, 0.12 - x), y - 0.035 + 0.075 * Math.sin(t * 3.4) * t - 0.02 * t) -
    0.042 * (1 - 0.35 * t);
  return (
    Math.min(round(body, tail, 0.035), round(body, Math.min(ear(1), ear(-1)), 0.014)) +
    0.0025 * noise2(x * 70, y * 70)
  );
}

export const catAtWindow: Scene = {
  shoot: (width, height, samples) => {
    const wide = width / height;
    const garden = expose(width, height, 1, (x, y) => {
      const far = fbm2(x * 1.6 + 2, y * 1.6, 4);
      const sunny = Math.exp(-((x - 0.32) ** 2 + (y - 0.55) ** 2) * 2.2);
      const green = blend(colour('#3c4a22'), colour('#a8a552'), 0.5 + far);
      const high = blend(green, [1.05, 0.92, 0.66], smooth(0.1, 0.85, y + far * 0.7));
      return add(high, scale([1.7, 1.1, 0.5], sunny));
    });
    const spots = Array.from({ length: 130 }, (_, n): Spot => {
      const warm = chance(n, 4);
      return {
        x: (chance(n, 1) - 0.5) * 2 * wide,
        y: -0.45 + chance(n, 2) * 1.4,
        size: 0.035 + 0.1 * chance(n, 3),
        light: scale(warm > 0.45 ? [1.25, 0.8, 0.3] : [0.55, 0.75, 0.25], 0.07 + 0.3 * chance(n, 5) ** 2),
      };
    });
    addSpots(garden, spots);
    const soft: Negative = { width, height, light: blurred(garden.light, width, height, height * 0.012) };
    const sill = -0.62;
    return expose(width, height, samples, (x, y) => {
      const bar = Math.min(Math.abs(x + 0.06) - 0.026, Math.abs(y - 0.42) - 0.022);
      const frame = Math.min(0.58 * (wide / 0.667) - Math.abs(x + 0.04), 0.93 - y);
      const curtain = smooth(
        -0.012,
        0.012,
        x - 0.43 - 0.035 * Math.sin(y * 2.4) - 0.11 * smooth(-0.1, 0.9, y),
      );
      const outside = at(soft, x, y);
      const [cx, cy] = [(x + 0.16) / 0.78, (y - sill - 0.012) / 0.78];
      const gap = cat(cx, cy);
      const inside = smooth(0.004, -0.004, gap);
      let seen: Vec = outside;
      if (bar < 0 || frame < 0.035) {
        const lit = smooth(-0.026, -0.004, Math.max(bar, -frame + 0.0));
        seen = add([0.055, 0.045, 0.038], scale([0.7, 0.5, 0.28], 0.35 * lit + 0.04 * noise2(x * 9, y * 60)));
      }
      if (frame < 0) seen = scale([0.06, 0.052, 0.05], 1 + 0.2 * noise2(x * 5, y * 5));
      if (y < sill) {
        // The sill takes the light of the garden, and the cat's shadow.
        const near = smooth(sill, -1, y);
        const shadow = smooth(0.07, -0.05, cat(cx * 0.9 + near * 0.35, -cy * 0.55)) * (1 - near * 0.3);
        const grain = 0.85 + 0.25 * fbm2(x * 2, y * 40, 4);
        const mirror = at(soft, x, 2 * sill - y + 0.25);
        seen = add(
          scale([0.34, 0.22, 0.13], grain * (1 - 0.75 * shadow) * (1 - 0.6 * near)),
          scale(mirror, 0.12 * (1 - shadow) * (1 - near)),
        );
      }
      if (curtain > 0) {
        const fold = 0.5 + 0.5 * Math.sin((x - 0.02 * Math.sin(y * 3)) * 55 + fbm2(x * 5, y * 0.7, 3) * 5);
        const cloth = add(scale(outside, 0.22), scale([0.5, 0.38, 0.27], 0.25 + 0.75 * fold));
        seen = blend(seen, scale(cloth, 0.4 + 0.6 * smooth(-0.7, 0.2, y)), curtain * 0.96);
      }
      const fur = smooth(-0.022, 0.0, gap) * (0.7 + 0.3 * noise2(cx * 190, cy * 120));
      const rim = fur * smooth(-0.1, 0.45, cx * 0.8 + cy * 0.55);
      const coat: Vec = add([0.016, 0.013, 0.012], scale([1.1, 0.7, 0.32], rim * 0.5));
      return blend(
        seen,
        add(
          coat,
          scale([0.05, 0.036, 0.024], smooth(-0.13, 0, gap) * (0.8 + 0.3 * noise2(cx * 60, cy * 28))),
        ),
        inside,
      );
    });
  },
  development: { exposure: 0.5, contrast: 1.15, saturation: 1, bloom: 0.18, vignette: 0.4 },
};
