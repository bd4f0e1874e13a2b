import { chance, fbm2, fbm3, mix, noise2, noise3, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';

const trunk = (x: number, y: number, z: number): number => {
  const row = Math.round((z - 2) / 7);
  const cz = row * 7 + 2 + (chance(row, 3) - 0.5);
  const side = x > 0 ? 1 : -1;
  const cx = side * (4.6 + chance(row, side, 4) * 0.5);
  const bend = (fbm2(y * 0.2, row * 9 + side, 2) - 0.1) * 0.6;
  const [px, pz] = [x - cx - bend * side, z - cz];
  const thick = 0.34 - y * 0.016 + 0.25 * Math.exp(-y * 2.4);
  const fork = side * (y - 3.4) * 0.5;
  const bough =
    y > 3.2
      ? Math.min(
          span(px + fork, pz) - 0.13,
          span(px - fork * 0.4, pz - (y - 3.6) * 0.5) - 0.11,
          span(px - fork * 0.3, pz + (y - 3.8) * 0.55) - 0.1,
        )
      : Infinity;
  return Math.min(span(px, pz) - Math.max(0.08, thick), bough);
};

const crown = (x: number, y: number, z: number): number => {
  const arch = 5.7 + 0.55 * Math.sin(z * 0.9) - 0.075 * x * x + fbm3(x * 0.35, 3, z * 0.35, 2) * 1.7;
  const shell = Math.max(arch - y, span(x * 0.72, y - 4.5) - 8.4);
  const clumps =
    fbm3(x * 0.75, y * 0.75, z * 0.75, 3) * 1.9 +
    noise3(x * 3.4, y * 3.4, z * 3.4) * 0.42 +
    noise3(x * 9, y * 9, z * 9) * 0.22;
  return shell + clumps + 0.2;
};

const lane = (x: number, z: number): number =>
  -0.05 + 0.12 * smooth(2.2, 3.4, Math.abs(x)) + fbm2(x * 0.6, z * 0.6, 3) * 0.08;

const litter = (x: number, z: number): number => fbm2(x * 7, z * 7, 3) * 0.035;

export const avenue: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([0.42, 0.42, 0.8]);
    const world: World = {
      far: 130,
      ceiling: 13,
      steps: 200,
      distance: (x, y, z) =>
        Math.min(
          (y - lane(x, z)) * 0.8,
          trunk(x, y, z) * 0.7,
          y < 2.6 ? 2.6 - y + 0.3 : Math.max(crown(x, y, z) * 0.42, 0.01 - y),
        ),
      relief: (x, y, z) =>
        Math.min(
          y - lane(x, z) - litter(x, z),
          trunk(x, y, z) + fbm3(x * 7, y * 1.5, z * 7, 4) * 0.05,
          y < 2.6 ? 1 : crown(x, y, z) + noise3(x * 17, y * 17, z * 17) * 0.16,
        ),
      surface: ([x, y, z], _normal, away) => {
        const cell = chance(Math.floor(x * 11), Math.floor(z * 11), Math.floor(y * 11));
        if (y < 0.5 && y - lane(x, z) < 0.12) {
          const path = smooth(2.4, 1.2, Math.abs(x) + noise2(x, z) * 0.9);
          const leaves = smooth(
            0.15,
            -0.25,
            path -
              chance(Math.floor(x * 13), Math.floor(z * 13)) * 0.95 -
              fbm2(x * 0.7, z * 0.7, 3) * 0.6 +
              0.05,
          );
          const leaf = blend(colour('#8a3d12'), colour('#dba02c'), mix(cell, 0.5, smooth(5, 40, away)));
          return {
            albedo: blend(scale(colour('#8f8373'), 0.8 + 0.3 * noise2(x * 12, z * 12)), leaf, leaves),
          };
        }
        if (trunk(x, y, z) < 0.07 && !(y > 4 && crown(x, y, z) < 0.05))
          return {
            albedo: scale(colour('#4a3b30'), 0.7 + 0.8 * Math.max(0, 0.4 + fbm3(x * 8, y * 2, z * 8, 4))),
          };
        const hue = 0.5 + fbm2(z * 0.18 + (x > 0 ? 50 : 0), 3.3, 2) * 1.4 + (cell - 0.5) * 0.5;
        return {
          albedo: blend(colour('#a8381a'), colour('#e8ad2a'), Math.max(0, Math.min(1, hue))),
          through: 0.6,
        };
      },
      sun: { towards: sun, light: [4.4, 3.2, 1.8], softness: 0.14 },
      ambient: [
        [0.75, 0.66, 0.52],
        [0.42, 0.26, 0.12],
      ],
      nook: 0.7,
      sky: sky({
        zenith: [0.8, 0.95, 1.1],
        horizon: [1.5, 1.3, 1],
        falls: 3,
        sun,
        sunLight: [2.4, 1.7, 0.9],
        glow: 0.9,
      }),
      mist: haze([0.95, 0.8, 0.58], [1.9, 1.35, 0.75], sun, 0.0115),
    };
    return photograph(
      world,
      { eye: [-0.5 + frame * 0.3, 1.5, -1], target: [0.25, 2.6, 20], field: 1.0 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.82, contrast: 1.2, saturation: 1.0, bloom: 0.17, vignette: 0.35 },
};
