import { ground } from '../drawing/ground.ts';
import { fbm2, fbm3, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, cylinder, span, taper } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import { swell } from './sea.ts';

/** The tower's parts; y from its foot. */
function tower(x: number, y: number, z: number): number {
  const shaft = taper(x, y, z, 2.1, 1.35, 15);
  const gallery = Math.min(
    cylinder(x, y - 15.1, z, 1.9, 0.18),
    Math.max(
      Math.abs(cylinder(x, y - 15.8, z, 1.85, 0.5)) - 0.03,
      0.06 - Math.abs(((Math.atan2(z, x) * 8) % 1) - 0.5) * 0.3,
    ),
  );
  const lamp = cylinder(x, y - 16.3, z, 0.95, 1.1);
  const cap = taper(x, y - 17.4, z, 1.25, 0.1, 1.3);
  return Math.min(shaft, gallery, lamp, cap);
}

const land = (x: number, z: number): number => {
  const off = span(x - 4, (z - 46) * 0.75);
  return (
    -2.5 + smooth(21, 2, off + fbm2(x * 0.09, z * 0.09, 4) * 14) * 8.5 + fbm2(x * 0.25, z * 0.25, 4) * 2.2
  );
};

export const lighthouse: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([0.55, 0.09, 0.62]);
    const low = ground(land, [-60, 0, 80, 140], 1000);
    const foot = land(4, 46) - 0.6;
    const hutAt = (x: number, y: number, z: number): number => {
      const [px, py, pz] = [x + 3.4, y - foot - 0.4, z - 47];
      return Math.min(
        box(px, py - 1, pz, 2.3, 1.7, 1.7),
        Math.max(box(px, py - 2.9, pz, 2.5, 1.6, 1.9), (py - 4.1 + Math.abs(pz) * 0.75) * 0.8),
      );
    };
    const world: World = {
      far: 1200,
      bias: 0.2,
      ceiling: 34,
      distance: (x, y, z) =>
        Math.min((y - low(x, z)) * 0.45, tower(x - 4, y - foot, z - 46) * 0.8, hutAt(x, y, z) * 0.9),
      relief: (x, y, z) =>
        Math.min(
          y - land(x, z) - fbm3(x * 0.7, y * 1.2, z * 0.7, 5) * 0.8,
          tower(x - 4, y - foot, z - 46),
          hutAt(x, y, z),
        ),
      surface: ([x, y, z], normal) => {
        const h = y - foot;
        if (tower(x - 4, h, z - 46) < 0.05) {
          if (h > 15.35 && h < 17.3 && span(x - 4, z - 46) < 1.1)
            return { albedo: [0.1, 0.1, 0.1], glow: [9, 6.2, 2.8] };
          const red = (h > 5 && h < 9) || h > 14.9;
          const window =
            Math.abs(x - 3.7) < 0.22 && z < 46 && (Math.abs(h - 4) < 0.4 || Math.abs(h - 11) < 0.4);
          if (window) return { albedo: [0.02, 0.02, 0.03], glow: [0.9, 0.5, 0.18] };
          return {
            albedo: scale(
              red ? colour('#a8322a') : colour('#ece8e0'),
              0.88 + 0.2 * fbm2(x * 2 + z, y * 0.6, 4),
            ),
          };
        }
        if (hutAt(x, y, z) < 0.05) {
          const lit =
            Math.abs(h - 1.9) < 0.42 && (Math.abs(x + 4.4) < 0.3 || Math.abs(x + 2.6) < 0.3) && z < 46;
          if (lit) return { albedo: [0, 0, 0], glow: [2.4, 1.3, 0.45] };
          return { albedo: h > 3 ? colour('#54342c') : colour('#d8d2c6') };
        }
        const grass = smooth(0.5, 0.8, normal[1]) * smooth(2, 4.5, y);
        return {
          albedo: blend(
            blend(colour('#3c3632'), colour('#857a70'), 0.5 + fbm3(x, y * 2, z, 4)),
            colour('#4b5028'),
            grass,
          ),
        };
      },
      sun: { towards: sun, light: [2.2, 1.05, 0.5], softness: 0.06 },
      ambient: [
        [0.42, 0.38, 0.52],
        [0.2, 0.17, 0.2],
      ],
      nook: 1.2,
      sky: sky({
        zenith: scale(colour('#3a5590'), 0.55),
        horizon: scale(colour('#f6b184'), 1.05),
        falls: 3.4,
        sun,
        sunLight: [2.4, 1.1, 0.45],
        glow: 0.7,
        clouds: {
          cover: 0.3,
          size: 0.7,
          bright: [1.5, 0.72, 0.5],
          dark: [0.3, 0.27, 0.42],
          seed: 21.3,
          stretch: 2.4,
        },
      }),
      mist: haze([0.62, 0.5, 0.52], [1.5, 0.75, 0.4], sun, 0.0022),
      water: swell(low, 1.4, [0.012, 0.03, 0.05]),
      lamps: [{ at: [4, foot + 18.6, 44], light: [9, 6, 2.6] }],
    };
    return photograph(
      world,
      { eye: [14, 3.0, 1], target: [3.2, 9.6, 46], field: 0.84 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 1.0, contrast: 1.2, saturation: 1.05, vignette: 0.35, bloom: 0.16 },
};
