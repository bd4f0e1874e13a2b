import { chance, fbm2, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { ellipsoid, joined, span, stick, torus } from '../drawing/shapes.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, blend, colour, dot, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';
import { wood } from './wood.ts';

const saucer = (x: number, y: number, z: number): number => {
  const r = span(x, z);
  const dish = Math.abs(y - 0.06 - 0.16 * smooth(0.6, 1.75, r) ** 2) - 0.035;
  return Math.max(dish * 0.8, r - 1.72);
};

const cup = (x: number, y: number, z: number): number => {
  const r = span(x, z);
  const wall = Math.abs(r - (0.62 + 0.4 * smooth(0, 1.3, y))) - 0.035;
  const body = Math.max(wall * 0.85, y - 1.12, 0.1 - y);
  const lip = torus(x, y - 1.12, z, 1.0, 0.037);
  const ear = span(span(x - 1.12, (y - 0.72) * 0.9) - 0.3, z) - 0.06;
  return joined(Math.min(body, lip), Math.max(ear, 0.97 - r), 0.04);
};

const drink = (x: number, y: number, z: number): number => Math.max(y - 0.93, span(x, z) - 0.97);

const spoon = (x: number, y: number, z: number): number => {
  const [px, pz] = [x * 0.82 + z * 0.57, z * 0.82 - x * 0.57];
  const bowl = Math.max(
    ellipsoid(px + 0.55, y - 0.28, pz + 1.34, 0.3, 0.09, 0.19),
    -ellipsoid(px + 0.55, y - 0.33, pz + 1.34, 0.27, 0.09, 0.16),
  );
  return joined(bowl, stick(px, y, pz, [-0.28, 0.3, -1.34], [1.15, 0.36, -1.34], 0.035), 0.06);
};

const leaf = (x: number, z: number): number => {
  const [px, pz] = [x * 0.94 - z * 0.34, z * 0.94 + x * 0.34];
  const wob = fbm2(px * 3, pz * 3, 3) * 0.08;
  const shape = smooth(0.05, -0.05, span(px * 1.15, pz * 0.85 + 0.05) - 0.62 + wob);
  const layers = Math.sin((pz + Math.abs(px) * 0.85 + wob) * 22);
  const stem = smooth(0.035, 0.015, Math.abs(px + wob * 0.3)) * smooth(0.66, 0.6, Math.abs(pz));
  return Math.max(shape * smooth(-0.2, 0.35, layers), stem * shape * 0.9);
};

const china = (x: number, y: number, z: number): number => Math.min(saucer(x, y, z), cup(x, y, z));

export const coffee: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.72, 0.55, 0.5]);
    const beans = Array.from({ length: 15 }, (_, n): Vec => [
      -2.5 + chance(n, 1) * 1.5,
      0.09,
      0.75 + chance(n, 2) * 1.3,
    ]);
    const bean = (x: number, y: number, z: number): number => {
      if (y > 0.5) return y - 0.3;
      return beans.reduce((near, [bx, by, bz], n) => {
        const [c, s] = [Math.cos(n * 2.4), Math.sin(n * 2.4)];
        const [px, pz] = [(x - bx) * c + (z - bz) * s, (z - bz) * c - (x - bx) * s];
        const groove = span(pz - 0.015 * Math.sin(px * 22), y - by - 0.085) - 0.018;
        return Math.min(near, Math.max(ellipsoid(px, y - by, pz, 0.145, 0.085, 0.1), -groove));
      }, Infinity);
    };
    const world: World = {
      far: 30,
      distance: (x, y, z) => Math.min(y, china(x, y, z), drink(x, y, z), spoon(x, y, z), bean(x, y, z)) * 0.9,
      relief: (x, y, z) =>
        Math.min(
          y + 0.006 * fbm2(x * 3, z * 40, 3),
          china(x, y, z),
          drink(x, y, z),
          spoon(x, y, z),
          bean(x, y, z),
        ),
      surface: ([x, y, z]) => {
        if (drink(x, y, z) < 0.012) {
          const edge = smooth(0.72, 0.97, span(x, z));
          const bubbles = smooth(0.55, 0.75, noise2(x * 42, z * 42)) * 0.12;
          const crema = blend(colour('#a5692f'), colour('#5d3212'), edge * 0.8 + fbm2(x * 4, z * 4, 4) * 0.5);
          return {
            albedo: add(blend(crema, colour('#ecd9b8'), leaf(x, z)), [bubbles, bubbles * 0.7, bubbles * 0.4]),
            shine: 0.1,
            gloss: 40,
          };
        }
        if (china(x, y, z) < 0.012) return { albedo: scale(colour('#e9e6df'), 0.92), shine: 0.35, gloss: 70 };
        if (spoon(x, y, z) < 0.012) return { albedo: colour('#8c8a86'), shine: 1, gloss: 60 };
        if (bean(x, y, z) < 0.012) return { albedo: colour('#3a1f10'), shine: 0.25, gloss: 16 };
        return {
          albedo: wood(x + 2, z + 0.2, colour('#4a2f1c'), colour('#a87445'), 1.35),
          shine: 0.14,
          gloss: 14,
        };
      },
      sun: { towards: sun, light: [3.4, 3.0, 2.5], softness: 0.16 },
      ambient: [
        [0.36, 0.38, 0.42],
        [0.14, 0.11, 0.085],
      ],
      nook: 0.3,
      sky: (towards) =>
        scale([2.6, 2.6, 2.7], smooth(0.8, 0.9, dot(towards, sun)) + 0.06 + 0.1 * Math.max(0, towards[0])),
    };
    const camera = {
      eye: [0.1, 7.6, -1.7] as Vec,
      target: [-0.15, 0.4, 0.08] as Vec,
      field: 0.62,
      lens: 0.06,
      focus: 6.9,
      roll: 0.35,
    };
    return photograph(world, camera, width, height, samples);
  },
  development: { exposure: 0.82, contrast: 1.2, saturation: 1, vignette: 0.35, bloom: 0.06 },
};
