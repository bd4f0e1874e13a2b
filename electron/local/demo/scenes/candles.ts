import { chance, fbm2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { cylinder, ellipsoid, span, sphere, stick } from '../drawing/shapes.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

/** Soft discs of fairy lights behind, by direction. */
function fairyLights(towards: Vec): Vec {
  let light: Vec = scale([0.05, 0.028, 0.016], 1 + towards[1]);
  for (let n = 0; n < 70; n += 1) {
    const x = (chance(n, 1) - 0.5) * 1.9;
    const y = 0.06 + 0.4 * chance(n, 2) ** 1.3 - 0.1 * x * x;
    const size = 0.022 + 0.03 * chance(n, 3);
    const off = span(towards[0] / towards[2] - x, towards[1] / towards[2] - y);
    const disc = smooth(size, size * 0.9, off) * (0.6 + 0.4 * smooth(0.3, 1, off / size));
    light = add(light, scale([1.5, 0.72, 0.24], disc * (0.25 + 0.75 * chance(n, 4))));
  }
  return light;
}

export const candles: Scene = {
  shoot: (width, height, samples) => {
    const sticks: readonly (readonly [number, number, number])[] = [
      [-0.75, 0.2, 1.25],
      [-0.1, -0.25, 0.85],
      [0.62, 0.35, 1.55],
      [1.5, 1.8, 1.2],
      [-1.9, 2.1, 1.4],
      [0.2, 3, 1.0],
    ];
    const wax = (x: number, y: number, z: number): number =>
      sticks.reduce((near, [cx, cz, tall]) => {
        const body = cylinder(x - cx, y - tall / 2, z - cz, 0.2, tall / 2, 0.04);
        const pool = sphere(x - cx, y - tall - 0.22, z - cz, 0.26);
        return Math.min(
          near,
          Math.max(body, -pool),
          stick(x, y, z, [cx, tall - 0.05, cz], [cx + 0.01, tall + 0.07, cz], 0.012),
        );
      }, Infinity);
    const flame = (x: number, y: number, z: number): number =>
      sticks.reduce((near, [cx, cz, tall]) => {
        const h = y - tall - 0.19;
        return Math.min(
          near,
          ellipsoid(x - cx, h, z - cz, 0.052 * (1 - 0.6 * Math.min(1, Math.max(0, h / 0.2))), 0.16, 0.052),
        );
      }, Infinity);
    const plates: readonly (readonly [number, number])[] = [
      [-1.75, -0.9],
      [1.45, -0.75],
    ];
    const plate = (x: number, y: number, z: number): number =>
      plates.reduce((near, [cx, cz]) => {
        const r = span(x - cx, z - cz);
        return Math.min(near, Math.max(Math.abs(y - 0.04 - 0.09 * smooth(0.5, 0.85, r)) - 0.02, r - 0.86));
      }, Infinity);
    const world: World = {
      far: 40,
      distance: (x, y, z) =>
        Math.min(Math.max(y, z - 5), wax(x, y, z), flame(x, y, z) * 0.8, plate(x, y, z)) * 0.9,
      relief: (x, y, z) =>
        Math.min(y + 0.01 * fbm2(x * 1.6, z * 2.2, 5), wax(x, y, z), flame(x, y, z), plate(x, y, z)),
      surface: ([x, y, z]) => {
        if (flame(x, y, z) < 0.01) return { albedo: [0, 0, 0], glow: [13, 7.4, 2.3] };
        if (wax(x, y, z) < 0.01) {
          const lit = sticks.reduce(
            (sum, [cx, cz, tall]) =>
              sum + Math.exp(-Math.abs(tall - y) * 2.6) * smooth(0.5, 0.1, span(x - cx, z - cz)),
            0,
          );
          return { albedo: colour('#e6d9bd'), shine: 0.12, gloss: 20, glow: scale([1.05, 0.55, 0.2], lit) };
        }
        if (plate(x, y, z) < 0.01) return { albedo: colour('#dedad2'), shine: 0.35, gloss: 50 };
        const weave = 0.9 + 0.05 * Math.sin(x * 210) + 0.05 * Math.sin(z * 210);
        return { albedo: scale(colour('#cfc6b8'), weave) };
      },
      sun: { towards: unit([0.3, 0.9, -0.4]), light: [0.1, 0.1, 0.13], softness: 0.5 },
      ambient: [
        [0.055, 0.045, 0.045],
        [0.03, 0.02, 0.013],
      ],
      nook: 0.3,
      sky: fairyLights,
      lamps: sticks.map(([cx, cz, tall]) => ({
        at: [cx, tall + 0.22, cz] as Vec,
        light: [0.75, 0.38, 0.13] as Vec,
      })),
    };
    const camera = {
      eye: [0.15, 1.55, -4.9] as Vec,
      target: [0, 0.82, 0] as Vec,
      field: 0.58,
      lens: 0.075,
      focus: 4.9,
    };
    return photograph(world, camera, width, height, samples);
  },
  development: { exposure: 1.05, contrast: 1.1, saturation: 0.95, vignette: 0.4, bloom: 0.2, grain: 3.2 },
};
