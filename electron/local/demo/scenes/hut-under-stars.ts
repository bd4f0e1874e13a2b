import { ground } from '../drawing/ground.ts';
import { fbm2, fbm3, noise2, ridges, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, span, taper } from '../drawing/shapes.ts';
import { stars } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, blend, colour, dot, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const snowHeight = (x: number, z: number, octaves: number): number =>
  fbm2(x * 0.12, z * 0.12, Math.min(octaves, 4)) * 1.1 +
  smooth(26, 90, z) * (2 + 34 * ridges(x * 0.011 + 2.2, z * 0.011 + 0.4, octaves)) -
  1.1 * smooth(6, 1, span(x - 1.5, z - 11)) * 0.2;

function hut(x: number, y: number, z: number): { walls: number; roof: number } {
  const [px, py, pz] = [x - 2.2, y - 0.5, z - 12];
  const [rx, rz] = [px * 0.94 + pz * 0.34, pz * 0.94 - px * 0.34];
  const slant = (py - 2.1 + Math.abs(rx) * 0.75) * 0.8;
  const walls = Math.max(box(rx, py - 0.2, rz, 1.5, 2.2, 1.9), slant + 0.1);
  const snow = Math.max(Math.abs(slant - 0.16) - 0.17, Math.abs(rx) - 1.95, Math.abs(rz) - 2.25);
  const chimney = box(rx - 0.7, py - 2.2, rz + 0.6, 0.2, 0.62, 0.2);
  return { walls: Math.min(walls, chimney), roof: snow };
}

const TREES = (
  [
    [-4.6, 15, 4.6],
    [-6.4, 17, 6],
    [-8.2, 14, 5.2],
    [7.4, 17, 5.8],
    [9, 14.5, 4.4],
    [-3.2, 21, 5],
    [6, 23, 6.4],
    [11.5, 20, 7],
    [-11, 20, 7],
    [-13, 24, 6],
    [14, 26, 7],
    [3, 27, 6],
    [-7, 27, 7],
    [-16, 28, 8],
    [0, 30, 6.4],
    [9, 31, 7],
  ] as const
).map(([x, z, tall]) => [x, z, tall, snowHeight(x, z, 3)] as const);

function fir(x: number, y: number, z: number): number {
  let near = Infinity;
  for (const [tx, tz, tall, base] of TREES) {
    const [px, pz] = [x - tx, z - tz];
    if (span(px, pz) - 3 > near) continue;
    const py = y - base + 0.2;
    const layer = (py / tall) * 9;
    const skirt = (layer - Math.floor(layer)) * 0.32;
    near = Math.min(near, taper(px, py, pz, tall * 0.25 + 0.3 - skirt, 0.02, tall) - skirt * 0.3);
  }
  return near;
}

export const hutUnderStars: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.5, 0.55, -0.4]);
    const low = ground((x, z) => snowHeight(x, z, 8), [-110, -4, 110, 216], 1500);
    const world: World = {
      far: 300,
      ceiling: 42,
      steps: 200,
      distance: (x, y, z) => {
        const house = hut(x, y, z);
        return Math.min((y - low(x, z)) * 0.5, house.walls * 0.9, house.roof * 0.85, fir(x, y, z) * 0.6);
      },
      relief: (x, y, z) => {
        const house = hut(x, y, z);
        const ground = y - snowHeight(x, z, 10) - fbm2(x * 3, z * 3, 4) * 0.03;
        return Math.min(
          ground,
          house.walls + 0.012 * Math.abs(Math.sin(y * 12)),
          house.roof,
          fir(x, y, z) + fbm3(x * 5, y * 5, z * 5, 3) * 0.16,
        );
      },
      surface: ([x, y, z], normal) => {
        const house = hut(x, y, z);
        if (house.walls < 0.03) {
          const [px, pz] = [x - 2.2, z - 12];
          const [rx, rz] = [px * 0.94 + pz * 0.34, pz * 0.94 - px * 0.34];
          const front = rz < -1.85 && Math.abs(Math.abs(rx) - 0.72) < 0.33 && Math.abs(y - 1.25) < 0.36;
          const side = rx < -1.45 && Math.abs(Math.abs(rz) - 0.8) < 0.32 && Math.abs(y - 1.25) < 0.36;
          const along = front ? Math.abs(rx) - 0.72 : Math.abs(rz) - 0.8;
          const bars = Math.abs(along) < 0.025 || Math.abs(y - 1.25) < 0.02;
          if ((front || side) && !bars)
            return { albedo: [0, 0, 0], glow: [2.6, 1.25 + (y - 1.25) * 0.6, 0.35] };
          return { albedo: scale(colour('#5a3d28'), 0.6 + 0.35 * noise2(x * 2, y * 20)) };
        }
        if (house.roof > 0.05 && fir(x, y, z) < 0.25)
          return {
            albedo: blend(
              colour('#141d18'),
              colour('#d4dced'),
              smooth(0.25, 0.75, normal[1] + fbm3(x * 4, y * 4, z * 4, 3) * 0.7),
            ),
          };
        const rock = z > 45 ? smooth(0.66, 0.5, normal[1] + fbm2(x * 0.2, z * 0.2, 4) * 0.15) : 0;
        return { albedo: blend(colour('#e6ebf5'), colour('#2c2f38'), rock), shine: 0.05, gloss: 8 };
      },
      sun: { towards: sun, light: [0.11, 0.15, 0.25], softness: 0.05 },
      ambient: [
        [0.032, 0.046, 0.085],
        [0.016, 0.022, 0.036],
      ],
      nook: 0.8,
      sky: (towards) => {
        const up = Math.max(0, towards[1]);
        const base = blend([0.012, 0.022, 0.055], [0.075, 0.11, 0.15], Math.exp(-up * 4.5));
        const across = dot(towards, unit([0.62, -0.42, 0.42]));
        const cloud = 0.6 + fbm3(towards[0] * 6, towards[1] * 6, towards[2] * 6, 6) * 0.7;
        const lane = smooth(
          0.05,
          0.75,
          fbm3(towards[0] * 7 + 9, towards[1] * 7, towards[2] * 7, 6) + 0.62 - Math.abs(across) * 3.2,
        );
        const milky = Math.exp(-across * across * 22) * cloud;
        const river: Vec = scale([0.15, 0.14, 0.19], Math.max(0, milky) * (1 - lane * 0.72));
        const points =
          stars(towards, 62) * (0.7 + milky) +
          stars([towards[0], -towards[1], towards[2]], 170) * (0.15 + milky * 0.55);
        return add(add(base, river), scale([0.85, 0.93, 1.1], points * smooth(0, 0.15, up)));
      },
      mist: (light, _from, _towards, away) =>
        away > 299 ? light : blend([0.05, 0.075, 0.11], light, Math.exp(-away * 0.004)),
      lamps: [
        { at: [0.4, 0.95, 9.3], light: [0.85, 0.4, 0.1] },
        { at: [2.3, 0.95, 9], light: [0.85, 0.4, 0.1] },
      ],
    };
    return photograph(
      world,
      { eye: [-1.5, 1.7, 0], target: [-0.4, 5.0, 12], field: 1.12 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 2.0, contrast: 1.15, saturation: 1.05, vignette: 0.35, bloom: 0.14, grain: 3.4 },
};
