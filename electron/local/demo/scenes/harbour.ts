import { chance, fbm2, fbm3, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, ellipsoid, span, stick } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { Surface, World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const HOUSES = ['#c9543f', '#e3b15b', '#d8d0bd', '#6f93a8', '#b7694a', '#e0c9a0', '#8aa07e', '#c98a6c'];

const row = (x: number, y: number, z: number): number => {
  const n = Math.floor(x / 7);
  const tall = 8 + chance(n, 1) * 4;
  const px = x - (n + 0.5) * 7;
  const front = Math.max(
    Math.abs(px) - 3.49,
    62 + chance(n, 2) * 0.4 - z,
    z - 74,
    Math.max(y - tall - 3.2 + Math.abs(z - 67) * 0.62, y - tall - 3) * 0.85,
  );
  return Math.min(front, Math.max(55 - z, y - 1.5, z - 80));
};

const hill = (x: number, z: number): number =>
  -8 + smooth(74, 210, z) * (26 + 34 * fbm2(x * 0.012 + 2, z * 0.012, 5));

const boats = [
  [-7, 21, 0.5, 1],
  [3.5, 17, -0.35, 0.85],
  [11, 28, 0.2, 1.2],
  [-17, 33, -0.15, 1.15],
  [-1, 36, 0.25, 1.1],
  [21, 38, -0.3, 1.2],
  [-27, 42, 0.3, 1],
] as const;

/** The quay and the houses on it. */
function front([x, y, z]: Vec, normal: Vec): Surface {
  if (y < 1.55)
    return {
      albedo: scale(colour('#8a8278'), 0.75 + 0.35 * noise2(x * 1.4, y * 5) - 0.35 * smooth(0.7, 0, y)),
    };
  const n = Math.floor(x / 7);
  if (normal[1] > 0.35)
    return { albedo: scale(colour('#94492f'), 0.7 + 0.2 * Math.sin(x * 9) + 0.25 * noise2(x, z)) };
  const px = x - (n + 0.5) * 7;
  const [wx, wy] = [Math.abs(Math.abs(px) - 1.65), y < 4.4 ? y - 3 : ((y - 4.4) % 2.9) - 1.5];
  const pane = wx < 0.52 && Math.abs(wy) < 0.85 && y < 11.2 && z < 64;
  const rim = wx < 0.68 && Math.abs(wy) < 1.0 && y < 11.2 && z < 64;
  const shutter = !rim && wx < 1.12 && Math.abs(wy) < 0.9 && y > 4.6 && y < 11.2 && n % 3 !== 0;
  const bars = Math.abs(wx) < 0.05 || Math.abs(wy) < 0.05;
  if (pane && !bars) return { albedo: [0.04, 0.05, 0.065], shine: 0.9, gloss: 80 };
  if (rim) return { albedo: colour('#e8e2d6') };
  const wall = colour(HOUSES[((n % 8) + 8) % 8]!);
  return {
    albedo: shutter
      ? scale(colour('#3f6355'), 0.8 + 0.25 * Math.sin(y * 22))
      : scale(wall, 0.82 + 0.3 * fbm2(x * 0.6, y * 0.6, 5) - 0.2 * smooth(3, 1.5, y)),
  };
}

export const harbour: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([-0.6, 0.36, -0.5]);
    const boat = (x: number, y: number, z: number): { gap: number; which: number; part: number } => {
      let [gap, which, part] = [Infinity, 0, 0];
      for (const [n, [bx, bz, turn, size]] of boats.entries()) {
        const bound = span(x - bx, (y - 2) * 0.7, z - bz) - 5 * size;
        if (bound > gap || bound > 3) {
          if (bound < gap) [gap, which, part] = [bound, n, 0];
          continue;
        }
        const [c, s] = [Math.cos(turn + frame * 0.05), Math.sin(turn + frame * 0.05)];
        const [px, py, pz] = [
          ((x - bx) * c + (z - bz) * s) / size,
          y / size,
          ((z - bz) * c - (x - bx) * s) / size,
        ];
        const sheer = 0.85 + 0.022 * px * px + (px > 0 ? 0.03 * px : 0);
        const shell = Math.max(ellipsoid(px - 0.1, py - 0.95, pz, 3.5, 1.35, 1.2), py - sheer);
        const hull = Math.max(
          shell,
          -Math.max(ellipsoid(px - 0.1, py - 0.95, pz, 3.25, 1.1, 1.02), -py + 0.55),
        );
        const cabin = Math.min(
          box(px + 0.6, py - 1.35, pz, 0.85, 0.75, 0.62, 0.08),
          box(px + 0.6, py - 2.13, pz, 1.0, 0.06, 0.75, 0.04),
        );
        const mast = Math.min(
          stick(px, py, pz, [0.7, 0.6, 0], [0.7, 4.6, 0], 0.055),
          stick(px, py, pz, [0.7, 4.2, 0], [3.3, 1.25, 0], 0.018),
          stick(px, py, pz, [0.7, 4.2, 0], [-3, 1.1, 0], 0.018),
        );
        const near = Math.min(hull * 0.8, cabin, mast) * size;
        if (near < gap)
          [gap, which, part] = [near, n, hull * 0.8 * size <= near ? 1 : cabin * size <= near ? 2 : 3];
      }
      return { gap, which, part };
    };
    const world: World = {
      far: 520,
      ceiling: 62,
      steps: 220,
      distance: (x, y, z) =>
        Math.min(
          boat(x, y, z).gap * 0.9,
          z < 50 ? 54 - z : row(x, y, z) * 0.85,
          z < 72 ? 30 : (y - hill(x, z)) * 0.5,
        ),
      relief: (x, y, z) =>
        Math.min(boat(x, y, z).gap, row(x, y, z), y - hill(x, z) - fbm3(x * 0.25, y * 0.25, z * 0.25, 4) * 3),
      surface: ([x, y, z], normal) => {
        const { gap, which, part } = boat(x, y, z);
        if (gap < 0.06) {
          const paint = ['#2f5f8a', '#b23a30', '#e6e0d2', '#2f6b52', '#d8a03a', '#e9e4da', '#7a2f35'][which]!;
          if (part === 2)
            return {
              albedo:
                y > 2 * 0.85 && Math.abs(normal[1]) < 0.4 && y < 2.05
                  ? [0.03, 0.04, 0.05]
                  : colour('#e8e2d4'),
              shine: 0.12,
            };
          if (part === 3) return { albedo: colour('#8a6a44') };
          const band = y < 0.22 ? '#5a2a22' : y > 0.82 ? '#efe9dc' : paint;
          return {
            albedo: scale(colour(normal[1] > 0.6 ? '#9a7448' : band), 0.85 + 0.25 * noise2(x * 2, y * 6)),
            shine: 0.2,
            gloss: 30,
          };
        }
        if (row(x, y, z) < 0.08) {
          return front([x, y, z], normal);
        }
        return { albedo: blend(colour('#2f3d20'), colour('#7b7a46'), 0.5 + fbm2(x * 0.12, z * 0.12, 5)) };
      },
      sun: { towards: sun, light: [3.9, 3.1, 2.2], softness: 0.06 },
      ambient: [scale(colour('#94b4e0'), 0.75), scale(colour('#6d6f6c'), 0.45)],
      nook: 0.9,
      sky: sky({
        zenith: scale(colour('#3f7fc4'), 0.75),
        horizon: scale(colour('#d5e2ea'), 0.98),
        falls: 4,
        sun,
        sunLight: [1.5, 1.3, 1],
        glow: 0.2,
        clouds: {
          cover: 0.3,
          size: 0.7,
          bright: [1.45, 1.36, 1.25],
          dark: [0.62, 0.66, 0.74],
          seed: 27.5,
          stretch: 1.6,
        },
      }),
      mist: haze(scale(colour('#c4d4e2'), 0.85), [1.2, 1.05, 0.85], sun, 0.0016),
      water: {
        level: 0,
        deep: scale(colour('#0f3c42'), 0.4),
        slope: (x, z, away) => [
          (fbm2(x * 1.1 + frame, z * 0.8, 3) * 0.07) / (1 + away * 0.02),
          (fbm2(x * 0.9 + 17, z * 1.6 + frame, 4) * 0.13) / (1 + away * 0.02),
        ],
      },
    };
    return photograph(
      world,
      { eye: [0, 4.6, 0], target: [0.5, 5.2, 40], field: 0.72 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.8, contrast: 1.2, saturation: 1.08, bloom: 0.07 },
};
