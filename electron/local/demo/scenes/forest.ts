import { ground } from '../drawing/ground.ts';
import { chance, fbm2, fbm3, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { add, blend, colour, dot, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

const floor = (x: number, z: number): number => fbm2(x * 0.1, z * 0.1, 4) * 1.5 + 0.02 * z;

const place = (ix: number, iz: number): readonly [number, number, number] => [
  (ix + 0.15 + 0.7 * chance(ix, iz, 1)) * 2.9,
  (iz + 0.15 + 0.7 * chance(ix, iz, 2)) * 2.9,
  chance(ix, iz, 3) < 0.22 || (iz < 2 && Math.abs(ix) < 1) ? 0 : 0.13 + 0.25 * chance(ix, iz, 4) ** 2,
];

const fern = (x: number, z: number): number => {
  const clump = smooth(-0.25, 0.35, fbm2(x * 0.4 + 4, z * 0.4, 3));
  return clump * (0.22 + 0.42 * Math.abs(fbm2(x * 3.6, z * 3.6, 4)) * 1.6);
};

export const forest: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([0.22, 0.3, 0.93]);
    const low = ground(floor, [-40, -2, 40, 78], 500);
    const trunk = (x: number, y: number, z: number): number => {
      const [cx, cz] = [Math.floor(x / 2.9), Math.floor(z / 2.9)];
      let near = 1.1;
      for (let dx = -1; dx <= 1; dx += 1)
        for (let dz = -1; dz <= 1; dz += 1) {
          const [tx, tz, thick] = place(cx + dx, cz + dz);
          if (thick === 0) continue;
          const lean = (chance(cx + dx, cz + dz, 5) - 0.5) * 0.08;
          const flare = 0.2 * Math.exp(-Math.max(0, y - floor(tx, tz)) * 3);
          near = Math.min(
            near,
            span(x - tx - lean * y, z - tz - lean * 0.5 * y) - thick * (1 - y * 0.018) - flare * thick * 2,
          );
          // Dead lower branches.
          const level = Math.floor(y / 0.9);
          const turn = chance(cx + dx, level, cz + dz) * 6.28;
          if (y > 2.4 && chance(level, cx + dx, cz + dz) > 0.25) {
            const [bx, bz] = [x - tx - lean * y, z - tz - lean * 0.5 * y];
            const along = bx * Math.cos(turn) + bz * Math.sin(turn);
            const off = bz * Math.cos(turn) - bx * Math.sin(turn);
            const drop = y - (level + 0.5) * 0.9 + along * 0.28 + 0.05 * Math.sin(along * 9);
            if (along > 0)
              near = Math.min(
                near,
                Math.max(span(drop, off + 0.06 * Math.sin(along * 6)) - 0.03 + along * 0.012, along - 1.6),
              );
          }
        }
      return near;
    };
    const world: World = {
      far: 75,
      ceiling: 26,
      steps: 220,
      distance: (x, y, z) => {
        const above = y - low(x, z);
        return Math.min((above > 1 ? above - 0.6 : above - fern(x, z)) * 0.45, trunk(x, y, z) * 0.75);
      },
      relief: (x, y, z) =>
        Math.min(
          y - floor(x, z) - fern(x, z) - fbm2(x * 9, z * 9, 3) * 0.06,
          trunk(x, y, z) + fbm3(x * 9, y * 2.2, z * 9, 4) * 0.05,
        ),
      surface: ([x, y, z], normal) => {
        if (trunk(x, y, z) < 0.06) {
          const moss = smooth(
            0.15,
            0.6,
            fbm3(x * 2, y * 0.8, z * 2, 3) + smooth(2.4, 0, y - floor(x, z)) * 0.5 - normal[2] * 0.2,
          );
          const bark = blend(colour('#2a221d'), colour('#6a5a4e'), 0.5 + fbm3(x * 9, y * 2.2, z * 9, 4));
          return { albedo: blend(bark, colour('#4a5a24'), moss * 0.75) };
        }
        const green = blend(colour('#27341a'), colour('#76853a'), 0.5 + fbm2(x * 3.6, z * 3.6, 4));
        return { albedo: blend(colour('#5e3f26'), green, smooth(0.08, 0.24, fern(x, z))), through: 0.2 };
      },
      sun: { towards: sun, light: [2.2, 1.85, 1.35], softness: 0.1 },
      ambient: [
        [0.5, 0.56, 0.58],
        [0.16, 0.18, 0.14],
      ],
      nook: 0.5,
      sky: (towards) => {
        const near = Math.max(0, dot(towards, sun));
        const leaves = smooth(0.1, 0.55, fbm2(towards[0] * 26, towards[1] * 26, 5) + towards[1] * 0.9 - 0.2);
        const open: Vec = add([0.72, 0.79, 0.8], scale([0.9, 0.7, 0.42], near ** 8));
        return blend(open, scale(open, 0.62), leaves * smooth(0.2, 0.5, towards[1]));
      },
      mist: (light, _from, towards, away) => {
        const near = Math.max(0, dot(towards, sun));
        const air: Vec = add([0.62, 0.7, 0.72], scale([1.0, 0.78, 0.46], near ** 7));
        // Shafts: bright lanes that point at the sun.
        const [x, y] = [towards[0] / towards[2] - sun[0] / sun[2], towards[1] / towards[2] - sun[1] / sun[2]];
        const shaft =
          smooth(-0.1, 0.5, fbm2(Math.atan2(y, x) * 4.5, 2.2, 3)) * near ** 5 * smooth(4, 30, away);
        return add(blend(air, light, Math.exp(-0.041 * away)), scale([0.62, 0.5, 0.32], shaft * 0.75));
      },
    };
    return photograph(
      world,
      { eye: [0.4, floor(0.4, 0) + 1.5, 0], target: [0.9, 3.5, 14], field: 1.25 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.9, contrast: 1.25, saturation: 0.95, bloom: 0.16, vignette: 0.3 },
};
