import { fbm2, fbm3, ridges, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, span } from '../drawing/shapes.ts';
import { sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';

const turned = (x: number, z: number): readonly [number, number] => [
  (x + 22) * 0.5 + (z - 70) * 0.866,
  (z - 70) * 0.5 - (x + 22) * 0.866,
];

const hills = (x: number, z: number): number =>
  -6 +
  smooth(260, 620, z + x * 0.15) * (20 + 130 * ridges(x * 0.0028 + 4, z * 0.0028 + 1, 6)) +
  smooth(-60, -190, x) * 40 * ridges(x * 0.008, z * 0.008, 6);

export const bridge: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([0.5, 0.32, 0.8]);
    const half = 160;
    const body = (wx: number, y: number, wz: number): number => {
      const [x, z] = turned(wx, wz);
      const side = Math.abs(z) - 6.5;
      const deck = Math.min(
        box(0, y - 21, z, 1, 0.9, 7.2),
        box(0, y - 23, side, 1, 0.08, 0.06),
        Math.max(
          box(0, y - 19.2, side, 1, 1.2, 0.25),
          0.3 - Math.abs(((((x + 400) % 6) + 6) % 6) - 3) * 0.22,
        ),
      );
      const near = ((((x + half) % (2 * half)) + 2 * half) % (2 * half)) - half;
      const tx = near > 0 ? near - half : near + half;
      const leg = box(tx, y - 34, side, 1.5 - y * 0.006, 36, 1.5 - y * 0.006, 0.2);
      const ties = [12, 32, 48, 66].reduce(
        (gap, at) => Math.min(gap, box(tx, y - at, z, 1, 1.3, 6)),
        Infinity,
      );
      const sag = 25 + 43 * (near / half) ** 2;
      const cable = (span(y - sag, side) - 0.34) / Math.sqrt(1 + ((86 * near) / half ** 2) ** 2);
      const hang = ((((x + 400) % 8) + 8) % 8) - 4;
      const hanger = Math.max(span(hang, side) - 0.09, y - sag, 21 - y);
      return Math.min(deck, leg, ties, cable, Math.max(hanger, 0.05 - 0.06));
    };
    const world: World = {
      far: 1300,
      ceiling: 150,
      steps: 260,
      distance: (x, y, z) => Math.min(body(x, y, z) * 0.8, (y - hills(x, z)) * 0.5),
      relief: (x, y, z) => Math.min(body(x, y, z), y - hills(x, z) - fbm2(x * 0.2, z * 0.2, 4) * 2.5),
      surface: ([x, y, z]) =>
        body(x, y, z) < 0.4
          ? {
              albedo: scale(colour('#a63e2c'), 0.85 + 0.3 * fbm3(x * 0.5, y * 0.2, z * 0.5, 4)),
              shine: 0.08,
              gloss: 10,
            }
          : { albedo: blend(colour('#34402a'), colour('#5f6440'), 0.5 + fbm2(x * 0.05, z * 0.05, 5)) },
      sun: { towards: sun, light: [2.6, 2.0, 1.4], softness: 0.08 },
      ambient: [
        [0.6, 0.66, 0.76],
        [0.3, 0.32, 0.34],
      ],
      sky: sky({
        zenith: scale(colour('#7d9cc4'), 0.8),
        horizon: scale(colour('#f0dccb'), 0.95),
        falls: 3,
        sun,
        sunLight: [1.6, 1.1, 0.7],
        glow: 0.6,
        clouds: {
          cover: 0.2,
          size: 0.8,
          bright: [1.15, 1.02, 0.95],
          dark: [0.66, 0.68, 0.74],
          seed: 8.8,
          stretch: 2.5,
        },
      }),
      mist: (light, from, towards, away) => {
        // A bank of fog on the water, up to the deck, torn at its top.
        const far = Math.min(away, 700);
        const air = blend(
          [0.72, 0.74, 0.78],
          [1.25, 1.02, 0.78],
          Math.max(0, towards[0] * sun[0] + towards[1] * sun[1] + towards[2] * sun[2]) ** 5,
        );
        let depth = 0.0012 * away;
        for (let step = 0; step < 10; step += 1) {
          const t = ((step + 0.5) / 10) * far;
          const [x, y, z] = [from[0] + towards[0] * t, from[1] + towards[1] * t, from[2] + towards[2] * t];
          const top = 14 + 16 * fbm2(x * 0.011 + 2, z * 0.011, 4) + 12 * smooth(60, 320, t);
          depth += smooth(top + 7, top - 9, y) * 0.0125 * (far / 10) * smooth(10, 90, t);
        }
        return blend(air, light, Math.exp(-depth));
      },
      water: {
        level: 0,
        deep: [0.05, 0.085, 0.1],
        slope: (x, z, away) => [
          (fbm2(x * 0.5, z * 0.5, 3) * 0.1) / (1 + away * 0.01),
          (fbm2(x * 0.5 + 9, z * 0.8, 4) * 0.22) / (1 + away * 0.01),
        ],
      },
    };
    return photograph(
      world,
      { eye: [26, 15, -62], target: [2, 31, 80], field: 0.74 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.85, contrast: 1.3, saturation: 0.95, bloom: 0.12 },
};
