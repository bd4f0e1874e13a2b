import { chance, fbm2, hash, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, stick } from '../drawing/shapes.ts';
import { sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, blend, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const BLOCK = 26;

interface House {
  readonly x: number;
  readonly z: number;
  readonly w: number;
  readonly d: number;
  readonly tall: number;
}

function house(ix: number, iz: number): House {
  const [x, z] = [(ix + 0.5) * BLOCK, (iz + 0.5) * BLOCK];
  const centre = Math.exp(-(((x - 40) / 190) ** 2)) + 0.7 * Math.exp(-(((x + 330) / 110) ** 2));
  const tall = z < 300 ? 0 : 14 + chance(ix, iz, 1) ** 2 * 60 + centre * chance(ix, iz, 2) ** 2.2 * 210;
  return { x, z, tall, w: 7.5 + chance(ix, iz, 3) * 4, d: 7.5 + chance(ix, iz, 4) * 4 };
}

function houseGap(one: House, x: number, y: number, z: number): number {
  if (one.tall === 0) return Infinity;
  const [px, pz] = [x - one.x, z - one.z];
  const main = box(px, y - one.tall / 2, pz, one.w, one.tall / 2, one.d);
  const top = box(px, y - one.tall - 4, pz, one.w * 0.55, 5, one.d * 0.55);
  return one.tall > 120
    ? Math.min(main, top, stick(px, y, pz, [0, one.tall, 0], [0, one.tall + 30, 0], 0.4))
    : main;
}

const nearby = (x: number, y: number, z: number): { gap: number; ix: number; iz: number } => {
  const [cx, cz] = [Math.floor(x / BLOCK), Math.floor(z / BLOCK)];
  let [gap, ix, iz] = [BLOCK * 0.8, cx, cz];
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dz = -1; dz <= 1; dz += 1) {
      const one = houseGap(house(cx + dx, cz + dz), x, y, z);
      if (one < gap) [gap, ix, iz] = [one, cx + dx, cz + dz];
    }
  return { gap, ix, iz };
};

const quay = (y: number, z: number): number => Math.max(290 - z, y - 2.4);

export const cityAtNight: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([-0.8, 0.02, 0.5]);
    const world: World = {
      far: 900,
      ceiling: 265,
      steps: 120,
      distance: (x, y, z) => Math.min(z < 270 ? 282 - z : nearby(x, y, z).gap, quay(y, z)),
      relief: (x, y, z) => Math.min(nearby(x, y, z).gap, quay(y, z)),
      surface: ([x, y, z], normal) => {
        if (quay(y, z) < 0.3) {
          const lamp = Math.exp(-(((((x % 16) + 16) % 16) - 8) ** 2) * 0.5) * smooth(0, 2.4, y);
          return { albedo: [0.1, 0.09, 0.08], glow: scale([1.6, 0.95, 0.42], lamp * 0.9) };
        }
        const { ix, iz } = nearby(x, y, z);
        const one = house(ix, iz);
        const id = hash(ix, iz, 8);
        const along = Math.abs(normal[0]) > Math.abs(normal[2]) ? z - one.z : x - one.x;
        if (normal[1] > 0.5)
          return { albedo: [0.05, 0.05, 0.06], glow: one.tall > 110 ? [0.5, 0.05, 0.04] : [0, 0, 0] };
        const pitch = 1.6 + (id % 3) * 0.5;
        const [column, floor] = [Math.floor(along / pitch), Math.floor(y / 3.2)];
        const [fx, fy] = [along / pitch - column, y / 3.2 - floor];
        const pane =
          smooth(0.1, 0.16, fx) * smooth(0.92, 0.86, fx) * smooth(0.2, 0.26, fy) * smooth(0.86, 0.8, fy);
        const whole = chance(floor, id & 1023, 2) > 0.86 ? 0.45 : 0;
        const on = chance(column + id, floor, 3) < 0.22 + ((id >>> 5) % 5) * 0.06 + whole;
        const tone = chance(column + id, floor, 4);
        const lit: Vec = tone < 0.7 ? [1.5, 0.95, 0.45] : tone < 0.92 ? [1.15, 1.1, 1.0] : [0.6, 0.85, 1.3];
        const foot = Math.exp(-y * 0.12) * 0.35;
        const crown = one.tall > 100 && y > one.tall - 7 ? 0.28 : 0;
        const hueful: Vec =
          id % 4 === 0 ? [0.25, 0.5, 1.3] : id % 4 === 1 ? [1.4, 0.6, 0.9] : [1.3, 1.0, 0.6];
        const light = scale(lit, on ? pane * (0.35 + chance(column, floor, id & 255)) : 0);
        return {
          albedo: [0.06, 0.065, 0.08],
          glow: add(add(light, scale([1.3, 0.75, 0.35], foot)), scale(hueful, crown)),
          shine: 0.25,
          gloss: 40,
        };
      },
      sun: { towards: sun, light: [0.12, 0.09, 0.1], softness: 0.1 },
      ambient: [
        [0.2, 0.24, 0.42],
        [0.16, 0.11, 0.08],
      ],
      sky: sky({
        zenith: [0.025, 0.05, 0.16],
        horizon: [0.52, 0.3, 0.32],
        falls: 4.6,
        sun,
        sunLight: [1.2, 0.5, 0.25],
        glow: 0.5,
        clouds: {
          cover: 0.24,
          size: 0.8,
          bright: [0.34, 0.2, 0.24],
          dark: [0.07, 0.08, 0.17],
          seed: 3.3 + frame,
          stretch: 2.6,
        },
      }),
      mist: (light, _from, _towards, away) => blend([0.3, 0.2, 0.24], light, Math.exp(-away * 0.0006)),
      water: {
        level: 0,
        deep: [0.008, 0.014, 0.03],
        slope: (x, z, away) => {
          const fade = 1 / (1 + away * 0.012);
          return [
            fbm2(x * 0.7, z * 0.7, 3) * 0.13 * fade,
            fbm2(x * 0.6 + 31, z * 0.9 + frame, 4) * 0.34 * fade,
          ];
        },
      },
    };
    return photograph(
      world,
      { eye: [-30, 9, 0], target: [-4, 66, 340], field: 0.86 - frame * 0.3 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 1.15, contrast: 1.1, saturation: 1.1, bloom: 0.2, vignette: 0.3, grain: 3 },
};
