import { ground } from '../drawing/ground.ts';
import { chance, fbm2, ridges, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, joined, span, sphere, stick, taper } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const SILKS: readonly (readonly string[])[] = [
  ['#c8322b', '#f2c230', '#f0ece0'],
  ['#23518f', '#e9e4d4', '#d8762b'],
  ['#6c2d7a', '#e8a13c', '#d84a52'],
  ['#1f7f78', '#f0d25a', '#e9e4d4'],
  ['#d9542e', '#f3d9a2', '#7a2a2a'],
];

interface Balloon {
  readonly at: Vec;
  readonly size: number;
}

const hillHeight = (x: number, z: number, octaves: number): number =>
  -34 +
  fbm2(x * 0.006, z * 0.006, octaves) * 26 +
  ridges(x * 0.0022 + 5, z * 0.0022 + 2, octaves) * 90 * smooth(150, 700, z);

export const balloons: Scene = {
  shoot: (width, height, samples, frame) => {
    const fleet: readonly Balloon[] = [
      { at: [-9, 13, 62], size: 8.5 },
      { at: [16, 4, 88], size: 8.5 },
      { at: [30, 27, 135], size: 9 },
      { at: [-44, 30, 150], size: 9 },
      { at: [-30, 0, 165], size: 9 },
      { at: [4, 38, 230], size: 9 },
      { at: [62, 8, 260], size: 9 },
      { at: [-95, 22, 300], size: 9 },
      { at: [18, 3, 330], size: 9 },
      { at: [110, 52, 380], size: 9 },
    ].map(({ at: [x, y, z], size }, n): Balloon => ({
      at: [x! + frame * (chance(n, 1) - 0.3), y! + frame * (0.4 + chance(n, 2)), z!],
      size,
    }));
    const skin = (
      { at, size }: Balloon,
      x: number,
      y: number,
      z: number,
    ): { cloth: number; basket: number } => {
      const [px, py, pz] = [(x - at[0]) / size, (y - at[1]) / size, (z - at[2]) / size];
      const around = Math.atan2(pz, px);
      const puff = 0.016 * Math.abs(Math.cos(around * 12)) * smooth(1, 0.2, Math.abs(py));
      const round = sphere(px, py, pz, 1 - 0.016 + puff);
      const neck = taper(px, py + 1.42, pz, 0.2, 0.93, 1.12);
      const cloth = Math.max(joined(round, neck, 0.16), -1.4 - py);
      const basket = box(px, py + 1.86, pz, 0.13, 0.1, 0.13, 0.02);
      const ropes =
        Math.abs(px) < 0.3 && py < -1.3 && py > -1.9
          ? Math.min(
              stick(Math.abs(px), py, Math.abs(pz), [0.12, -1.78, 0.12], [0.17, -1.38, 0.12], 0.008),
              1,
            )
          : 1;
      return { cloth: cloth * size * 0.8, basket: Math.min(basket, ropes) * size };
    };
    const nearest = (x: number, y: number, z: number): { gap: number; cloth: number; which: number } => {
      let [gap, cloth, which] = [Infinity, 0, 0];
      for (const [n, one] of fleet.entries()) {
        const bound = span(x - one.at[0], y - one.at[1] + one.size * 0.5, z - one.at[2]) - one.size * 1.75;
        if (bound > gap) continue;
        if (bound > 6) {
          gap = bound;
          continue;
        }
        const both = skin(one, x, y, z);
        const near = Math.min(both.cloth, both.basket);
        if (near < gap) [gap, cloth, which] = [near, both.cloth, n];
      }
      return { gap, cloth, which };
    };
    const sun = unit([-0.66, 0.24, 0.12]);
    const low = ground((x, z) => hillHeight(x, z, 7), [-900, -20, 900, 1780], 1000);
    const world: World = {
      far: 2600,
      ceiling: 110,
      distance: (x, y, z) => Math.min((y - low(x, z)) * 0.5, nearest(x, y, z).gap),
      relief: (x, y, z) =>
        Math.min(y - hillHeight(x, z, 9) - fbm2(x * 0.08, z * 0.08, 5) * 3, nearest(x, y, z).gap),
      surface: ([x, y, z]) => {
        const { gap, cloth, which } = nearest(x, y, z);
        if (gap < 0.5) {
          const { at, size } = fleet[which]!;
          if (cloth > 0.3) return { albedo: colour('#6b4526') };
          const [px, py, pz] = [x - at[0], (y - at[1]) / size, z - at[2]];
          const around = (Math.atan2(pz, px) / Math.PI + 1) * 12;
          const silk = SILKS[which % SILKS.length]!;
          const zig = Math.abs((around % 2) - 1) * 0.22;
          const pick =
            which % 3 === 0
              ? Math.floor(around / 2) % 3
              : which % 3 === 1
                ? Math.floor((py + zig + 2) * 3.2) % 3
                : py > 0.55 || py < -0.55
                  ? 1
                  : Math.floor(around / 3) % 2 === 0
                    ? 0
                    : 2;
          const seam = 0.82 + 0.18 * smooth(0, 0.08, Math.abs(around - Math.round(around)));
          return { albedo: scale(colour(silk[pick]!), seam), through: 0.28, shine: 0.05, gloss: 10 };
        }
        const wood = smooth(-0.1, 0.15, fbm2(x * 0.02, z * 0.02, 5));
        const field = chance(Math.floor(x / 70 + fbm2(x * 0.01, z * 0.01, 2)), Math.floor(z / 60));
        const crop = blend(colour('#8c8a45'), colour('#b89c5c'), field);
        return { albedo: blend(crop, colour('#2e3d22'), wood) };
      },
      sun: { towards: sun, light: [4, 2.7, 1.6], softness: 0.05 },
      ambient: [scale(colour('#96aedb'), 0.75), scale(colour('#8c7c70'), 0.45)],
      sky: sky({
        zenith: scale(colour('#4a86c8'), 0.75),
        horizon: scale(colour('#f8d9b4'), 1.0),
        falls: 3.6,
        sun,
        sunLight: [2, 1.3, 0.7],
        glow: 0.3,
        clouds: {
          cover: 0.16,
          size: 0.8,
          bright: [1.4, 1.1, 0.9],
          dark: [0.62, 0.6, 0.7],
          seed: 17.2,
          stretch: 2,
        },
      }),
      mist: haze(scale(colour('#d6cbc8'), 0.85), [1.35, 1, 0.65], sun, 0.0011, { low: 0.0007, thins: 0.035 }),
    };
    return photograph(world, { eye: [0, 2, 0], target: [1, 13, 62], field: 0.92 }, width, height, samples);
  },
  development: { exposure: 0.8, contrast: 1.2, saturation: 1.08, bloom: 0.08 },
};
