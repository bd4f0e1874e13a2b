import { ground } from '../drawing/ground.ts';
import { chance, fbm2, fbm3, noise2, ridges, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';

function desertHeight(x: number, z: number, octaves: number): number {
  const flat = fbm2(x * 0.05, z * 0.05, 3) * 0.9 * smooth(4, 30, Math.abs(x));
  const shape = fbm2(x * 0.0058 + 1.3, z * 0.0058 + 5.2, 5);
  const there = smooth(120, 260, z) * smooth(18, 90, Math.abs(x + (z - 200) * 0.06));
  const steps =
    smooth(0.04, 0.1, shape) * 26 + smooth(0.13, 0.16, shape) * 30 + smooth(-0.1, 0.06, shape) * 7;
  const far = smooth(420, 700, z) * (30 + 90 * ridges(x * 0.003 + 8, z * 0.003, octaves));
  return (
    flat +
    there * steps * (0.9 + 0.2 * fbm2(x * 0.03, z * 0.03, 3)) +
    far * 0.8 -
    6 * smooth(40, 140, z) +
    6 * smooth(150, 420, z)
  );
}

/** Tufts of dry bushes. */
function bushes(x: number, z: number): number {
  if (Math.abs(x) < 5.4) return 0;
  const [cx, cz] = [x * 0.55, z * 0.55];
  const [ix, iz] = [Math.floor(cx), Math.floor(cz)];
  let top = 0;
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dz = -1; dz <= 1; dz += 1) {
      const [tx, tz] = [ix + dx, iz + dz];
      if (chance(tx, tz, 9) > 0.45) continue;
      const off = span(cx - tx - chance(tx, tz, 1), cz - tz - chance(tx, tz, 2));
      const size = 0.16 + 0.28 * chance(tx, tz, 3);
      if (off < size) top = Math.max(top, Math.sqrt(1 - (off / size) ** 2) * size * 1.6);
    }
  return top;
}

const tuft = (x: number, y: number, z: number): number =>
  y > 2.5 || z > 260 ? 0 : bushes(x, z) * (0.8 + 0.5 * fbm3(x * 6, y * 6, z * 6, 2));

export const desertRoad: Scene = {
  shoot: (width, height, samples) => {
    const sun = unit([-0.75, 0.42, 0.1]);
    const low = ground((x, z) => desertHeight(x, z, 7), [-450, -10, 450, 890], 1500);
    const world: World = {
      far: 1400,
      ceiling: 125,
      steps: 260,
      distance: (x, y, z) => {
        const above = y - low(x, z);
        return above > 1.4 ? (above - 0.7) * 0.5 : (above - tuft(x, y, z)) * 0.4;
      },
      relief: (x, y, z) =>
        y -
        desertHeight(x, z, 9) -
        tuft(x, y, z) -
        fbm2(x * 3, z * 3, 3) * 0.05 * smooth(4.2, 6, Math.abs(x)),
      surface: ([x, y, z], normal) => {
        const grit = 0.5 + fbm2(x * 1.5, z * 1.5, 5);
        if (z < 420 && Math.abs(x) < 4.6 && normal[1] > 0.8) {
          const worn = 0.75 + 0.35 * fbm2(x * 3, z * 0.2, 3) + 0.25 * noise2(x * 60, z * 60);
          const edge = Math.abs(Math.abs(x) - 3.9) < 0.09;
          const dash = Math.abs(x) < 0.1 && z % 9 < 4.6;
          const paint = (edge || dash ? 1 : 0) * smooth(-0.5, 0.1, fbm2(x * 9, z * 3, 3) + 0.25);
          const tar = blend(
            scale(colour('#5b585a'), worn),
            dash ? colour('#d9a441') : colour('#d8d4c8'),
            paint * 0.85,
          );
          return {
            albedo: blend(tar, colour('#a87a50'), smooth(4.1, 4.6, Math.abs(x) + noise2(x * 3, z * 2) * 0.2)),
            shine: 0.12,
            gloss: 12,
          };
        }
        if (z < 260 && tuft(x, y, z) > 0.08)
          return { albedo: blend(colour('#4c4f38'), colour('#857c58'), grit * 0.8), through: 0.2 };
        const bands =
          0.5 + 0.5 * Math.sin(y * 0.9 + fbm2(x * 0.02, z * 0.02, 3) * 6) + 0.5 * noise2(y * 1.7, 3);
        const rock = blend(colour('#8a432a'), colour('#c98058'), bands * 0.7);
        const sand = blend(colour('#a98566'), colour('#c4a283'), grit);
        return { albedo: blend(rock, sand, smooth(0.62, 0.9, normal[1]) * (y > 12 ? 0.5 : 1)) };
      },
      sun: { towards: sun, light: [4.2, 3.3, 2.35], softness: 0.04 },
      ambient: [scale(colour('#86aee0'), 0.75), scale(colour('#9a6a48'), 0.42)],
      sky: sky({
        zenith: scale(colour('#2f6cb8'), 0.72),
        horizon: scale(colour('#cfdcea'), 0.95),
        falls: 5,
        sun,
        sunLight: [1.5, 1.2, 0.9],
        glow: 0.3,
        clouds: {
          cover: 0.36,
          size: 0.75,
          bright: [1.5, 1.42, 1.35],
          dark: [0.52, 0.56, 0.66],
          seed: 31.4,
          stretch: 1.4,
        },
      }),
      mist: haze(scale(colour('#c5cedd'), 0.85), [1.1, 0.95, 0.8], sun, 0.00085),
    };
    return photograph(
      world,
      { eye: [0.75, 1.65, 0], target: [-0.5, 2.5, 40], field: 0.8 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.78, contrast: 1.25, saturation: 1.1, vignette: 0.35, bloom: 0.07 },
};
