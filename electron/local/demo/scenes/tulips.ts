import { chance, fbm2, fbm3, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, cylinder, span, sphere, stick, taper } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';

const TULIPS = ['#b3161f', '#e0a51a', '#d9577e', '#ece3da', '#6d2260', '#dd5a1c', '#c92c4a'];

const BED = 2.1;

/** Flowers: nearest blossom's height and colour over a place. */
function blossom(x: number, z: number): { top: number; bed: number; tint: number } {
  const bed = Math.floor(x / BED);
  const inBed = Math.abs(x / BED - bed - 0.5);
  const [cx, cz] = [x * 7, z * 6];
  const [ix, iz] = [Math.floor(cx), Math.floor(cz)];
  let [top, tint] = [0, 0.5];
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dz = -1; dz <= 1; dz += 1) {
      const [tx, tz] = [ix + dx, iz + dz];
      const off = span(cx - tx - 0.15 - 0.7 * chance(tx, tz, 1), cz - tz - 0.15 - 0.7 * chance(tx, tz, 2));
      const h = (0.8 + 0.28 * chance(tx, tz, 3)) * Math.sqrt(Math.max(0, 1 - (off / 0.56) ** 2));
      if (h > top) [top, tint] = [h, chance(tx, tz, 4)];
    }
  const within = smooth(0.46, 0.38, inBed);
  return { top: within * (0.28 + 0.2 * top), bed, tint: top > 0.35 ? tint : -1 };
}

const windmill = (x: number, y: number, z: number): number => {
  const [px, pz] = [x + 26, z - 105];
  if (span(px, y - 9, pz) > 22) return span(px, y - 9, pz) - 20;
  const body = Math.min(
    taper(px, y, pz, 3.6, 2.2, 12),
    Math.max(sphere(px, y - 12, pz, 2.4), 11.8 - y),
    cylinder(px, y - 4.4, pz, 4.6, 0.14),
  );
  const [c, s] = [Math.cos(0.5), Math.sin(0.5)];
  const [hx, hy, hz] = [px - 0.6, y - 12.6, pz + 3.1];
  const [ax, ay] = [hx * c + hy * s, hy * c - hx * s];
  const sails = Math.min(
    box(Math.abs(ax) - 4.6, ay + Math.sign(ax) * 0.6, hz, 4, 0.75, 0.07),
    box(ax - Math.sign(ay) * 0.6, Math.abs(ay) - 4.6, hz, 0.75, 4, 0.07),
    stick(ax, ay, hz, [-8.6, 0, 0], [8.6, 0, 0], 0.12),
    stick(ax, ay, hz, [0, -8.6, 0], [0, 8.6, 0], 0.12),
  );
  return Math.min(body, sails) * 0.85;
};

const hedge = (x: number, z: number): number =>
  smooth(150, 158, z) * (4 + 3.4 * noise2(x * 0.16, 2) + 2.6 * fbm2(x * 0.55, 9, 4));

const field = (x: number, z: number): number =>
  (z < 120 ? blossom(x, z).top * smooth(120, 70, z) + 0.36 * smooth(70, 120, z) : 0.3) + hedge(x, z);

export const tulips: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.5, 0.52, 0.42]);
    const world: World = {
      far: 400,
      ceiling: 24,
      steps: 240,
      distance: (x, y, z) =>
        Math.min(y > 0.55 && z < 140 ? (y - 0.5) * 0.9 : (y - field(x, z)) * 0.3, windmill(x, y, z)),
      relief: (x, y, z) =>
        Math.min(y - field(x, z) - (z > 140 ? fbm3(x * 0.8, y * 0.8, z, 4) * 1.6 : 0), windmill(x, y, z)),
      surface: ([x, y, z], normal, away) => {
        if (windmill(x, y, z) < 0.1)
          return {
            albedo:
              y > 11.8 || z < 102.2 ? colour('#5a4a3c') : y < 4.4 ? colour('#7a4a38') : colour('#4a3a30'),
          };
        if (z > 140) return { albedo: blend(colour('#22301a'), colour('#4e5a2a'), 0.5 + fbm2(x, y * 2, 4)) };
        const { bed, tint } = blossom(x, z);
        const petal = colour(TULIPS[((bed % 7) + 7) % 7]!);
        const flower =
          z > 55
            ? 0.5 + 0.5 * noise2(x * 9, z * 2) * smooth(80, 55, away) + 0.2
            : tint < 0
              ? 0
              : smooth(0.33, 0.38, y);
        const leaf = blend(colour('#1f3316'), colour('#5c7a34'), smooth(0.05, 0.36, y));
        const soil = blend(colour('#3b2c20'), leaf, smooth(0.02, 0.1, y));
        return {
          albedo: blend(soil, scale(petal, 0.75 + 0.4 * Math.max(0, tint)), Math.min(1, flower)),
          through: 0.25 * flower * smooth(0.2, 0.9, 1 - normal[1] * 0.3),
        };
      },
      sun: { towards: sun, light: [3.9, 3.4, 2.7], softness: 0.08 },
      ambient: [scale(colour('#93b6e6'), 0.75), scale(colour('#5d6a40'), 0.4)],
      sky: sky({
        zenith: scale(colour('#3f86cc'), 0.75),
        horizon: scale(colour('#d8e6f0'), 1.0),
        falls: 5,
        sun,
        sunLight: [1.6, 1.4, 1.1],
        glow: 0.25,
        clouds: {
          cover: 0.42,
          size: 0.7,
          bright: [1.5, 1.46, 1.4],
          dark: [0.6, 0.65, 0.74],
          seed: 41.9,
          stretch: 1.3,
        },
      }),
      mist: haze(scale(colour('#c8d8e6'), 0.9), [1.1, 1, 0.85], sun, 0.0022),
    };
    return photograph(
      world,
      { eye: [0.7, 1.55, 0], target: [-1.8, 1.9, 20], field: 0.8, lens: 0.02, focus: 9 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.82, contrast: 1.15, saturation: 1.08, bloom: 0.07 },
};
