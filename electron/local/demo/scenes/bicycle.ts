import { chance, fbm2, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { box, ellipsoid, span, stick } from '../drawing/shapes.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';

const basket = (x: number, y: number, z: number): number => {
  const [px, py, pz] = [x - 0.92, y - 1.36, z + 0.32 - (y - 0.6) * 0.12];
  const weave = 0.012 * Math.sin(py * 70) * Math.sin((px + pz) * 48);
  return (
    Math.max(
      Math.abs(box(px, py, pz, 0.2 + py * 0.15, 0.15, 0.17 + py * 0.1, 0.05) - weave) - 0.012,
      py - 0.14,
    ) * 0.7
  );
};

const flowers = (x: number, y: number, z: number): number => {
  let near = span(x - 0.92, y - 1.5, z + 0.2) - 0.22;
  if (near > 0.25) return near;
  near = Infinity;
  for (let n = 0; n < 15; n += 1)
    near = Math.min(
      near,
      span(x - 0.78 - 0.28 * chance(n, 1), y - 1.52 - 0.13 * chance(n, 2), z + 0.11 + 0.25 * chance(n, 3)) -
        0.052,
    );
  return near * 0.8;
};

const wall = (x: number, y: number): number =>
  0.05 * fbm2(x * 0.7, y * 0.7, 5) + 0.012 * fbm2(x * 7, y * 7, 4);

const bricks = (x: number, y: number): { depth: number; id: number } => {
  const course = Math.floor(y / 0.105);
  const px = x / 0.32 + (course % 2) * 0.5;
  const [fx, fy] = [px - Math.floor(px), y / 0.105 - course];
  return {
    depth: smooth(0, 0.05, Math.min(fx, 1 - fx)) * smooth(0, 0.13, Math.min(fy, 1 - fy)),
    id: chance(Math.floor(px), course),
  };
};

const bare = (x: number, y: number): number =>
  smooth(0.16, 0.22, fbm2(x * 0.55 + 3.3, y * 0.7 + 1.2, 5) + smooth(0.7, 0, y) * 0.16);

const relief = (x: number, y: number): number => {
  const open = bare(x, y);
  return (
    wall(x, y) * (1 - open) - open * (0.045 - 0.025 * bricks(x, y).depth - 0.012 * fbm2(x * 12, y * 12, 3))
  );
};

const wheels = [
  [-0.98, 0.62],
  [0.98, 0.62],
] as const;

const parts = (x: number, y: number, zWorld: number): readonly [number, number, number, number] => {
  const z = zWorld + 0.32 - (y - 0.6) * 0.12;
  let [tyre, steel] = [Infinity, Infinity];
  for (const [wx, wy] of wheels) {
    const [px, py] = [x - wx, y - wy];
    const r = span(px, py);
    tyre = Math.min(tyre, span(r - 0.585, z) - 0.033);
    steel = Math.min(steel, span(r - 0.54, z) - 0.014, Math.max(r - 0.045, Math.abs(z) - 0.06));
    const turn = Math.atan2(py, px) / (Math.PI / 14);
    const off = (turn - Math.round(turn)) * (Math.PI / 14) * r;
    steel = Math.min(
      steel,
      Math.max(
        span(off, z - 0.04 * (1 - r / 0.55) * (Math.round(turn) % 2 === 0 ? 1 : -1)) - 0.004,
        r - 0.54,
      ),
    );
    steel = Math.min(
      steel,
      Math.max(Math.abs(r - 0.65) - 0.006, Math.abs(z) - 0.045, -0.12 - py + Math.abs(px) * 0.2),
    );
  }
  const tube = (ax: number, ay: number, bx: number, by: number, thick: number, dz = 0): number =>
    stick(x, y, z, [ax, ay, dz], [bx, by, dz], thick);
  const frame = Math.min(
    tube(-0.12, 0.6, -0.34, 1.34, 0.026),
    tube(-0.32, 1.26, 0.62, 1.3, 0.026),
    tube(-0.12, 0.6, 0.64, 1.22, 0.028),
    tube(0.6, 1.4, 0.67, 1.12, 0.03),
    tube(-0.98, 0.62, -0.32, 1.26, 0.014, 0.05),
    tube(-0.98, 0.62, -0.12, 0.6, 0.016, 0.05),
    tube(0.67, 1.12, 0.8, 0.85, 0.022),
    tube(0.8, 0.85, 0.98, 0.62, 0.018),
  );
  steel = Math.min(
    steel,
    tube(0.6, 1.4, 0.57, 1.56, 0.016),
    stick(x, y, z, [0.57, 1.56, -0.3], [0.57, 1.56, 0.24], 0.014),
    stick(x, y, z, [0.57, 1.56, -0.3], [0.3, 1.52, -0.32], 0.014),
    tube(-0.34, 1.34, -0.37, 1.46, 0.014),
    Math.max(Math.abs(span(x + 0.12, y - 0.6) - 0.13) - 0.012, Math.abs(z + 0.07) - 0.006),
    tube(-0.12, 0.6, 0.06, 0.42, 0.014, -0.1),
    tube(-0.12, 0.73, -0.98, 0.67, 0.006, -0.07),
    tube(-0.12, 0.47, -0.98, 0.57, 0.006, -0.07),
  );
  const leather = Math.min(
    ellipsoid(x + 0.4, y - 1.49, z, 0.22, 0.05, 0.1 - 0.05 * smooth(-0.4, -0.2, x)),
    stick(x, y, z, [0.38, 1.53, -0.315], [0.28, 1.518, -0.325], 0.024),
    box(x - 0.06, y - 0.42, z + 0.13, 0.07, 0.015, 0.05),
  );
  return [tyre, steel, frame, leather];
};

export const bicycle: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.62, 0.72, -0.62]);
    const world: World = {
      far: 20,
      bias: 0.006,
      distance: (x, y, z) =>
        Math.min(
          y * 0.9,
          -z + 0.0 - 0.06,
          Math.min(...parts(x, y, z)) * 0.85,
          basket(x, y, z),
          flowers(x, y, z),
        ),
      relief: (x, y, z) =>
        Math.min(
          y - 0.02 * fbm2(x * 5, z * 5, 4) + 0.012 * smooth(0.1, 0, Math.abs(((x * 1.6) % 1) - 0.5)),
          -z - 0.06 - relief(x, y),
          ...parts(x, y, z),
          basket(x, y, z),
          flowers(x, y, z),
        ),
      surface: ([x, y, z]) => {
        const [tyre, steel, frame, leather] = parts(x, y, z);
        const least = Math.min(tyre, steel, frame, leather);
        const bloom = flowers(x, y, z);
        if (bloom < 0.01)
          return {
            albedo:
              chance(Math.floor(x * 13), Math.floor(y * 13), Math.floor(z * 13)) > 0.35
                ? colour('#e9dfd8')
                : colour('#c4586a'),
            through: 0.2,
          };
        if (basket(x, y, z) < 0.01) return { albedo: colour('#8f6a3d') };
        if (least < 0.008) {
          if (least === tyre) return { albedo: [0.035, 0.033, 0.03], shine: 0.08, gloss: 12 };
          if (least === frame) return { albedo: colour('#2f6f73'), shine: 0.5, gloss: 70 };
          if (least === leather) return { albedo: colour('#6b3e22'), shine: 0.2, gloss: 22 };
          return { albedo: colour('#8f8f8f'), shine: 0.8, gloss: 60 };
        }
        if (y < 0.03)
          return {
            albedo: scale(
              colour('#8b8478'),
              0.7 + 0.35 * fbm2(x * 4, z * 4, 5) + 0.25 * noise2(x * 40, z * 40),
            ),
          };
        const stain = fbm2(x * 0.9, y * 0.35, 5);
        const lime = blend(colour('#cfae84'), colour('#b58a66'), 0.5 + stain + 0.3 * fbm2(x * 5, y * 5, 3));
        const damp = smooth(0.9, 0, y + stain * 0.7) * 0.35;
        const { depth, id } = bricks(x, y);
        const brick = blend(colour('#b0a090'), blend(colour('#8a4430'), colour('#b4694a'), id), depth);
        return { albedo: scale(blend(lime, brick, bare(x, y)), 1 - damp) };
      },
      sun: { towards: sun, light: [3.6, 2.9, 2.1], softness: 0.03 },
      ambient: [scale(colour('#93a9d0'), 0.65), scale(colour('#b08a66'), 0.4)],
      nook: 0.15,
      sky: (towards) => blend([0.5, 0.45, 0.4], [0.75, 0.85, 1.1], smooth(-0.2, 0.6, towards[1])),
    };
    return photograph(
      world,
      { eye: [0.25, 1.25, -5.2], target: [0.08, 1.02, 0], field: 0.53 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.72, contrast: 1.15, saturation: 1, bloom: 0.05, vignette: 0.35 },
};
