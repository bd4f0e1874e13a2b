import { ground } from '../drawing/ground.ts';
import { fbm2, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

/** A dune's profile: a long windward slope and a short lee one. */
const slip = (t: number): number => {
  const f = t - Math.floor(t);
  return f < 0.72 ? smooth(0, 0.78, f) : 1 - (f - 0.72) / 0.28;
};

function duneHeight(x: number, z: number): number {
  const bend = fbm2(x * 0.035, z * 0.035, 3) * 26 + fbm2(x * 0.12 + 7, z * 0.1, 2) * 4;
  const across = (x * 0.8 + z * 0.45 + bend) / 30;
  const tall = 5.5 + 5 * fbm2(x * 0.018 + 3, z * 0.018 + 8, 2);
  const small = slip((x * 0.7 - z * 0.5 + bend * 0.6) / 12) * 0.6;
  return (
    Math.max(0.5, tall) * slip(across) +
    small * smooth(0.8, 0.1, slip(across)) * 0.7 +
    fbm2(x * 0.05, z * 0.05, 3) * 3
  );
}

const ripple = (x: number, z: number): number => {
  const bend = fbm2(x * 0.35, z * 0.35, 3) * 2.6;
  return Math.sin((x * 0.9 + z * 0.55) * 13 + bend * 6) * 0.5 + Math.sin((x + z * 0.4) * 19 + bend * 9) * 0.2;
};

/** Dunes; `frame` moves on along the same crest. */
export const dunes: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([0.86, 0.3, 0.34]);
    const low = ground(duneHeight, [-150, -20, 190, 320], 1700);
    const world: World = {
      far: 420,
      ceiling: 22,
      steps: 260,
      distance: (x, y, z) => (y - low(x, z)) * 0.55,
      relief: (x, y, z) => {
        const away = span(x, z);
        return (
          y - duneHeight(x, z) - ripple(x, z) * 0.012 * smooth(90, 10, away) - fbm2(x * 6, z * 6, 2) * 0.006
        );
      },
      surface: ([x, , z], normal) => ({
        albedo: scale(
          blend(
            colour('#c39468'),
            colour('#d9b48e'),
            0.5 + fbm2(x * 0.2, z * 0.2, 4) + noise2(x * 40, z * 40) * 0.06,
          ),
          0.9 + normal[1] * 0.1,
        ),
        shine: 0.05,
        gloss: 6,
      }),
      sun: { towards: sun, light: [4.4, 3.2, 2.15], softness: 0.03 },
      ambient: [scale(colour('#86a4d6'), 0.62), scale(colour('#a8683c'), 0.5)],
      sky: sky({
        zenith: scale(colour('#3c6fb4'), 0.75),
        horizon: scale(colour('#f0d8bc'), 0.95),
        falls: 5.5,
        sun,
        sunLight: [2, 1.4, 0.8],
        glow: 0.3,
        clouds: {
          cover: 0.02,
          size: 0.7,
          bright: [1.1, 1.0, 0.92],
          dark: [0.6, 0.62, 0.72],
          seed: 12.1,
          stretch: 3.5,
        },
      }),
      mist: haze(scale(colour('#d9c4b0'), 0.85), [1.3, 0.95, 0.6], sun, 0.0028),
    };
    const eye: Vec = [frame * 26, duneHeight(frame * 26, 0) + 3.6 + frame * 2, 0];
    return photograph(
      world,
      { eye, target: [-6 + frame * 40, eye[1] - 2.2, 40], field: 0.8 - frame * 0.2 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.72, contrast: 1.3, saturation: 1, bloom: 0.08 },
};
