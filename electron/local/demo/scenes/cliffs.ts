import { ground } from '../drawing/ground.ts';
import { fbm2, fbm3, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';
import { swell } from './sea.ts';

/** Land above 0: bays and headlands to the left, rubble at its foot. */
function cliffHeight(x: number, z: number): number {
  const coast = x + 10 + 15 * fbm2(z * 0.022 + 1.7, 4.2, 3) * 2 - z * 0.16 + fbm2(x * 0.06, z * 0.06, 3) * 5;
  const top = 19 + 9 * fbm2(x * 0.012, z * 0.02, 3) - 0.05 * Math.min(60, x + 60);
  const wall = smooth(4, -7, coast);
  const rubble = smooth(8, 3, coast) * smooth(-2, 2.5, coast) * (1.6 + fbm2(x * 0.3, z * 0.3, 3) * 1.6);
  return -3 + wall * (top + 3) + Math.max(0, rubble) + smooth(40, 6, coast) * 1.2;
}

/** The cliffs; frames differ by the waves and a step to the side. */
export const cliffs: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([0.75, 0.5, -0.25]);
    const low = ground(cliffHeight, [-160, -30, 200, 330], 1400);
    const world: World = {
      far: 900,
      bias: 1.6,
      ceiling: 40,
      steps: 260,
      distance: (x, y, z) => (y - low(x, z)) * 0.34,
      relief: (x, y, z) =>
        y -
        cliffHeight(x, z) -
        (fbm3(x * 0.35, y * 1.1, z * 0.35, 5) * 0.8 + Math.abs(fbm2(x * 0.3, z * 0.3, 3)) * 1.2) *
          smooth(20, 12, y) -
        fbm2(x * 3, z * 3, 3) * 0.1,
      surface: ([x, y, z], normal) => {
        const strata =
          0.5 +
          0.45 * Math.sin(y * 1.9 + fbm2(x * 0.06, z * 0.06, 3) * 7) +
          fbm3(x * 0.6, y * 2.4, z * 0.6, 4) * 0.8;
        const rock = blend(
          colour('#6d6558'),
          colour('#b5ac9a'),
          Math.max(0, Math.min(1, 0.25 + strata * 0.5)),
        );
        const grass = blend(colour('#303b1c'), colour('#62683a'), 0.5 + fbm2(x * 0.3, z * 0.3, 5));
        const green =
          Math.max(
            smooth(0.6, 0.85, normal[1] + fbm2(x * 0.2, z * 0.2, 3) * 0.2),
            smooth(14.5, 17, y + fbm2(x * 0.3, z * 0.3, 4) * 4),
          ) * smooth(5, 10, y);
        const wet = smooth(1.6, 0.2, y + noise2(x, z) * 0.6);
        return { albedo: scale(blend(rock, grass, green), 1 - wet * 0.6), shine: wet * 0.35, gloss: 20 };
      },
      sun: { towards: sun, light: [3.9, 3.1, 2.2], softness: 0.12 },
      ambient: [scale(colour('#8fb0d8'), 0.8), scale(colour('#5a6a6c'), 0.45)],
      sky: sky({
        zenith: scale(colour('#3b76b6'), 0.75),
        horizon: scale(colour('#dfe4e4'), 0.98),
        falls: 5,
        sun,
        sunLight: [1.7, 1.4, 1],
        glow: 0.35,
        clouds: {
          cover: 0.34,
          size: 0.6,
          bright: [1.35, 1.3, 1.25],
          dark: [0.55, 0.6, 0.68],
          seed: 7.7,
          stretch: 1.8,
        },
      }),
      mist: haze(scale(colour('#c6d6e2'), 0.85), [1.2, 1.05, 0.85], sun, 0.0021),
      water: swell(low, 3.1 + frame * 0.17, scale(colour('#0c4650'), 0.55)),
    };
    const eye: Vec = [17 + frame * 0.4, 13.5, -4];
    return photograph(
      world,
      { eye, target: [7 + frame * 0.5, 7.5, 40], field: 0.86 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.66, contrast: 1.25, saturation: 1.1, bloom: 0.08 },
};
