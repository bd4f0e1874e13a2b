import { chance, fbm2, fbm3, noise2, noise3, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { ellipsoid, joined, span, sphere, stick } from '../drawing/shapes.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, blend, colour, dot, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';
import { wood } from './wood.ts';

interface Fruit {
  readonly at: Vec;
  readonly size: number;
  readonly kind: 'apple' | 'orange' | 'lemon' | 'grape' | 'pear';
  readonly turn: number;
}

const GRAPES: readonly Fruit[] = Array.from({ length: 34 }, (_, n) => {
  const layer = n < 17 ? 0 : n < 28 ? 1 : 2;
  const spread = 0.5 - layer * 0.13;
  const at: Vec = [
    1.05 + (chance(n, 1) - 0.5) * 2 * spread * 1.5,
    0.15 + layer * 0.21 + chance(n, 2) * 0.05,
    -0.62 + (chance(n, 3) - 0.5) * 2 * spread,
  ];
  return { at, size: 0.135 + chance(n, 4) * 0.03, kind: 'grape', turn: 0 };
});

const FRUIT: readonly Fruit[] = [
  { at: [-0.95, 0.5, 0.1], size: 0.5, kind: 'apple', turn: 0.4 },
  { at: [0.1, 0.46, 0.35], size: 0.46, kind: 'orange', turn: 1 },
  { at: [-0.35, 0.33, -0.62], size: 0.33, kind: 'lemon', turn: 0.5 },
  { at: [0.98, 0.5, 0.5], size: 0.48, kind: 'apple', turn: 2 },
  { at: [-0.45, 0.5, 0.95], size: 0.5, kind: 'pear', turn: 0 },
  ...GRAPES,
];

function fruitAt(fruit: Fruit, x: number, y: number, z: number): number {
  const [px, py, pz] = [x - fruit.at[0], y - fruit.at[1], z - fruit.at[2]];
  const r = fruit.size;
  if (fruit.kind === 'apple') {
    const around = span(px, pz);
    const dent = 0.16 * r * Math.exp(-((around / (0.33 * r)) ** 2)) * Math.sign(py);
    const body = sphere(px, (py + dent) * 1.06, pz, r * (0.97 + 0.05 * (py / r)));
    const stem = stick(px, py, pz, [0, r * 0.7, 0], [0.05, r * 1.15, 0.03], 0.018);
    return Math.min(body * 0.8, stem);
  }
  if (fruit.kind === 'lemon') {
    const [c, s] = [Math.cos(fruit.turn), Math.sin(fruit.turn)];
    const [lx, lz] = [px * c + pz * s, pz * c - px * s];
    return joined(ellipsoid(lx, py, lz, r * 1.22, r, r), sphere(lx - r * 1.22, py, lz, r * 0.16), 0.12);
  }
  if (fruit.kind === 'pear') {
    const body = joined(sphere(px, py, pz, r), sphere(px - 0.06, py - r * 1.15, pz, r * 0.5), 0.42);
    return Math.min(body, stick(px, py, pz, [0.06, r * 1.5, 0], [0.16, r * 2.0, 0.02], 0.022));
  }
  return sphere(px, py, pz, r);
}

function nearest(x: number, y: number, z: number): { gap: number; fruit: Fruit } {
  let [gap, found] = [Infinity, FRUIT[0]!];
  for (const fruit of FRUIT) {
    if (sphere(x - fruit.at[0], y - fruit.at[1], z - fruit.at[2], fruit.size * 2.1) > gap) continue;
    const one = fruitAt(fruit, x, y, z);
    if (one < gap) [gap, found] = [one, fruit];
  }
  return { gap, fruit: found };
}

function peel(fruit: Fruit, [x, y, z]: Vec): { albedo: Vec; shine: number; gloss: number; through?: number } {
  const [px, py, pz] = [x - fruit.at[0], y - fruit.at[1], z - fruit.at[2]];
  const mottle = fbm3(px * 5 + fruit.turn * 9, py * 5, pz * 5, 4);
  if (fruit.kind === 'apple') {
    if (py > fruit.size * 0.86 && span(px, pz) < 0.07)
      return { albedo: colour('#4a3520'), shine: 0.05, gloss: 10 };
    const around = Math.atan2(pz, px) + fruit.turn;
    const streak = noise2(around * 9, py * 1.5) * 0.3 + noise2(around * 26, py * 2) * 0.18;
    const blush = smooth(-0.35, 0.55, Math.sin(around) * 0.55 + streak + mottle * 0.4 + 0.2);
    const fleck = smooth(0.62, 0.8, noise3(px * 34, py * 34, pz * 34));
    return {
      albedo: add(blend(colour('#b9a637'), colour('#8e1a1c'), blush), scale([0.25, 0.2, 0.1], fleck * 0.5)),
      shine: 0.45,
      gloss: 50,
    };
  }
  if (fruit.kind === 'orange')
    return { albedo: blend(colour('#d8720e'), colour('#ee9420'), 0.5 + mottle), shine: 0.25, gloss: 22 };
  if (fruit.kind === 'lemon')
    return { albedo: blend(colour('#d9b41c'), colour('#eed24a'), 0.5 + mottle), shine: 0.3, gloss: 26 };
  if (fruit.kind === 'pear') {
    if (py > fruit.size * 1.58) return { albedo: colour('#4a3520'), shine: 0.05, gloss: 10 };
    const rust = smooth(0.1, 0.6, mottle + 0.3 * py);
    return { albedo: blend(colour('#a9a83f'), colour('#9a6b2c'), rust), shine: 0.22, gloss: 20 };
  }
  const bloom = smooth(0.0, 0.8, py / fruit.size + mottle);
  return {
    albedo: blend(colour('#2a0f26'), colour('#5d4a68'), bloom * 0.6),
    shine: 0.4,
    gloss: 60,
    through: 0.12,
  };
}

const pores = (x: number, y: number, z: number): number => 0.006 * noise3(x * 38, y * 38, z * 38);

export const fruit: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.82, 0.5, -0.12]);
    const world: World = {
      far: 30,
      distance: (x, y, z) => Math.min(y, 3.2 - z + 0.4 * x, nearest(x, y, z).gap * 0.9),
      relief: (x, y, z) => {
        const { gap, fruit } = nearest(x, y, z);
        const rough = fruit.kind === 'orange' || fruit.kind === 'lemon' ? pores(x, y, z) : 0;
        return Math.min(
          y + 0.004 * fbm2(x * 3, z * 40, 3),
          3.2 - z + 0.4 * x + 0.06 * fbm2(x * 0.7, y * 0.7, 5),
          gap + rough,
        );
      },
      surface: (at) => {
        const { gap, fruit } = nearest(...at);
        if (gap < 0.02 && at[1] > 0.006) return peel(fruit, at);
        if (at[1] < 0.02)
          return {
            albedo: wood(at[0], at[2], colour('#2f1c10'), colour('#8a5a32'), 0.9),
            shine: 0.16,
            gloss: 14,
          };
        const plaster = 0.5 + fbm2(at[0] * 0.9, at[1] * 0.9, 6);
        return { albedo: blend(colour('#2b2c28'), colour('#4e4c42'), plaster) };
      },
      sun: { towards: sun, light: [3.3, 2.95, 2.45], softness: 0.26 },
      ambient: [
        [0.2, 0.21, 0.24],
        [0.09, 0.065, 0.045],
      ],
      nook: 0.35,
      sky: (towards) => scale([2.2, 2.3, 2.5], smooth(0.86, 0.93, dot(towards, sun)) + 0.02),
    };
    const eye: Vec = [0.25, 1.75, -5.4];
    const camera = { eye, target: [0.05, 0.52, 0] as Vec, field: 0.46, lens: 0.05, focus: 5.35 };
    return photograph(world, camera, width, height, samples);
  },
  development: {
    exposure: 0.95,
    contrast: 1.15,
    saturation: 0.95,
    vignette: 0.45,
    bloom: 0.06,
    warmth: 0.05,
  },
};
