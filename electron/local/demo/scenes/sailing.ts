import { fbm2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { ellipsoid, span, stick } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { Water, World } from '../drawing/trace.ts';
import { colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const openSea = (deep: Vec, rough: number, moment: number): Water => ({
  level: 0,
  deep,
  slope: (x, z, away) => {
    const fade = rough / (1 + away * 0.004);
    return [
      (fbm2(x * 0.9, z * 0.9 + moment, 4) * 0.32 + fbm2(x * 0.12, z * 0.2, 3) * 0.2) * fade,
      (fbm2(x * 0.9 + 50, z * 0.9 - moment, 4) * 0.42 + fbm2(x * 0.12 + 9, z * 0.2, 3) * 0.3) * fade,
    ];
  },
});

function yacht(x: number, y: number, z: number): { hull: number; sail: number } {
  const lean = 0.12;
  const [px, py] = [x + y * lean, y];
  const hull = Math.max(ellipsoid(px, py - 0.75, z, 4.2, 1.25, 1.0), py - 0.9 - 0.012 * px * px);
  const mast = stick(px, py, z, [0.4, 0.6, 0], [0.4, 11.5, 0], 0.06);
  const boom = stick(px, py, z, [0.4, 1.7, 0], [-3.8, 1.6, 0.5], 0.05);
  const t = Math.max(0, Math.min(1, (py - 1.8) / 9.4));
  const belly = Math.sin(t * 3.1) * 0.5;
  const leech = -4.0 * (1 - t) ** 0.82 + 0.3;
  const main = Math.max(
    Math.abs(z - belly * (0.4 - px) * 0.35) - 0.02,
    px - 0.35,
    leech - px,
    1.75 - py,
    py - 11.2,
  );
  const s = Math.max(0, Math.min(1, (py - 1.3) / 8.4));
  const jib = Math.max(
    Math.abs(z - 0.25 * Math.sin(s * 3.1)) - 0.02,
    px - (4.0 - 3.5 * s),
    0.6 + 0.15 * Math.sin(s * 3.1) - px,
    1.3 - py,
    py - 9.7,
  );
  return { hull: Math.min(hull, mast, boom), sail: Math.min(main, jib) };
}

const coast = (x: number): number => 14 + 26 * fbm2(x * 0.004 + 3, 1, 5) + smooth(-100, -900, x) * 36;

export const sailing: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([-0.06, 0.062, 1]);
    const yachts: readonly (readonly [number, number, number])[] = [
      [7, 62, 1],
      [-36, 190, 1],
      [52, 330, -1],
    ];
    const every = (x: number, y: number, z: number): { hull: number; sail: number } => {
      let [hull, sail] = [Infinity, Infinity];
      for (const [bx, bz, side] of yachts) {
        if (span(x - bx, z - bz) - 8 > Math.min(hull, sail)) continue;
        const one = yacht((x - bx) * side, y, z - bz);
        [hull, sail] = [Math.min(hull, one.hull), Math.min(sail, one.sail)];
      }
      return { hull, sail };
    };
    const world: World = {
      far: 3000,
      ceiling: 120,
      distance: (x, y, z) => {
        const { hull, sail } = every(x, y, z);
        const far = z > 1500 ? (y - coast(x) * smooth(1600, 1900, z)) * 0.4 : Math.max(4, (1500 - z) * 0.7);
        return Math.min(hull * 0.8, Math.max(sail * 0.6, 0.004), far);
      },
      relief: (x, y, z) => {
        const { hull, sail } = every(x, y, z);
        return z > 1400 ? y - coast(x) : Math.min(hull, sail);
      },
      surface: ([x, y, z]) => {
        const { hull, sail } = every(x, y, z);
        if (z > 1400) return { albedo: [0.05, 0.05, 0.05] };
        if (sail < hull) return { albedo: colour('#b9a898'), through: 0.3 };
        return { albedo: scale(colour('#7a5648'), 0.6), shine: 0.2 };
      },
      sun: { towards: sun, light: [3.4, 1.5, 0.5], softness: 0.05 },
      ambient: [
        [0.24, 0.2, 0.27],
        [0.12, 0.09, 0.1],
      ],
      sky: sky({
        zenith: scale(colour('#47609a'), 0.5),
        horizon: scale(colour('#f08a4a'), 0.95),
        falls: 6.5,
        sun,
        sunLight: [3.4, 1.6, 0.6],
        glow: 0.8,
        disc: 9,
        clouds: {
          cover: 0.24,
          size: 0.7,
          bright: [1.5, 0.62, 0.4],
          dark: [0.26, 0.22, 0.36],
          seed: 2.6 + frame * 9,
          stretch: 3,
        },
      }),
      mist: haze([0.75, 0.48, 0.4], [1.5, 0.8, 0.42], sun, 0.0006),
      water: openSea([0.01, 0.018, 0.03], 0.75, frame),
    };
    return photograph(
      world,
      { eye: [0, 3.2, 0], target: [0.5, 7.4 - frame, 60], field: 0.46 + frame * 0.2 },
      width,
      height,
      samples,
    );
  },
  development: {
    exposure: 0.82,
    contrast: 1.2,
    saturation: 1.05,
    warmth: -0.15,
    bloom: 0.16,
    vignette: 0.35,
  },
};
