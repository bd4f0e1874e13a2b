import { ground } from '../drawing/ground.ts';
import { chance, fbm2, fbm3, noise2, ridges, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { haze, sky } from '../drawing/sky.ts';
import { photograph } from '../drawing/trace.ts';
import type { World } from '../drawing/trace.ts';
import { blend, colour, scale, unit } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

function lakeHeight(x: number, z: number, octaves: number): number {
  const aside = Math.abs(x - 0.6 + fbm2(z * 0.25, 3, 2) * 2.2);
  const shore = smooth(1.2, 6.5, aside) * smooth(-1, 3, z) + smooth(8, 15, z);
  const rise = Math.min(1.25, shore);
  return (
    -0.12 +
    rise * (0.25 + 4.4 * ridges(x * 0.16 + 3.7, z * 0.16 + 1.9, octaves)) +
    fbm2(x * 0.9, z * 0.9, 3) * 0.1
  );
}

/** Tops of firs as fine relief on the lower slopes. */
function firs(x: number, y: number, z: number): number {
  const share = smooth(1.25, 0.75, y + noise2(x * 2, z * 2) * 0.3) * smooth(0.0, 0.05, y);
  if (share <= 0) return 0;
  const [cx, cz] = [x * 26, z * 26];
  const [ix, iz] = [Math.floor(cx), Math.floor(cz)];
  let top = 0;
  for (let dx = -1; dx <= 1; dx += 1)
    for (let dz = -1; dz <= 1; dz += 1) {
      const [tx, tz] = [ix + dx, iz + dz];
      const off = span(cx - tx - chance(tx, tz, 1), cz - tz - chance(tx, tz, 2));
      top = Math.max(top, (0.5 + 0.7 * chance(tx, tz, 3)) * Math.max(0, 1 - off * 1.25));
    }
  return top * 0.085 * share;
}

export const lake: Scene = {
  shoot: (width, height, samples, frame) => {
    const sun = unit([-0.82, 0.3, -0.32]);
    const air: Vec = scale(colour('#9db0d0'), 0.8);
    const low = ground((x, z) => lakeHeight(x, z, 8), [-14, -3, 16, 27], 1500);
    const world: World = {
      far: 40,
      ceiling: 5.2,
      steps: 240,
      distance: (x, y, z) => {
        const above = y - low(x, z);
        return (above > 0.16 ? above - 0.06 : above - firs(x, y, z)) * 0.45;
      },
      relief: (x, y, z) => y - lakeHeight(x, z, 10) - firs(x, y, z),
      surface: (at, normal) => {
        const [x, y, z] = at;
        const vary = fbm2(x * 6, z * 6, 4);
        const rock = blend(colour('#5b5450'), colour('#8d8278'), 0.5 + fbm3(x * 5, y * 16, z * 5, 4));
        const snow = smooth(1.5, 2.3, y + vary * 0.8) * smooth(0.48, 0.72, normal[1] + vary * 0.1);
        const forest = smooth(1.25, 0.8, y + noise2(x * 2, z * 2) * 0.3);
        const green = blend(
          colour('#1d2a1a'),
          colour('#3f4a26'),
          0.5 + vary + chance(Math.floor(x * 26), Math.floor(z * 26)) * 0.5 - 0.25,
        );
        const ground = blend(blend(rock, green, forest), colour('#7a7468'), smooth(0.05, 0.0, y));
        return { albedo: blend(ground, colour('#eef1f6'), snow) };
      },
      sun: { towards: sun, light: [4.6, 2.4, 1.2], softness: 0.06 },
      ambient: [scale(colour('#8fa6d8'), 0.75), scale(colour('#58606c'), 0.4)],
      sky: sky({
        zenith: scale(colour('#4f78b8'), 0.8),
        horizon: scale(colour('#f2cdb4'), 1.05),
        falls: 3.2,
        sun,
        sunLight: [1.6, 0.9, 0.5],
        glow: 0.2,
        clouds: {
          cover: 0.22,
          size: 0.9,
          bright: [1.25, 0.85, 0.72],
          dark: [0.4, 0.42, 0.55],
          seed: 4.4,
          stretch: 2.6,
        },
      }),
      mist: haze(air, [1, 0.8, 0.6], sun, 0.017, { low: 0.11, thins: 5.5 }),
      water: {
        level: 0,
        slope: (x, z, away) => {
          const calm = (0.014 + 0.05 * smooth(0.0, 0.5, fbm2(x * 0.5, z * 0.5 + 3, 3))) / (1 + away * 0.5);
          return [
            fbm2(x * 14 + frame * 3, z * 5, 3) * calm,
            fbm2(x * 14 + 40, z * 5 - frame * 3, 3) * calm * 1.8,
          ];
        },
        deep: scale(colour('#1c3a44'), 0.35),
      },
    };
    const eye: Vec = [0.35 + frame * 0.012, 0.34, -2.2];
    return photograph(
      world,
      { eye, target: [0.9 + frame * 0.05, 1.05, 5], field: 1.02 },
      width,
      height,
      samples,
    );
  },
  development: { exposure: 0.92, contrast: 1.25, saturation: 1.12, vignette: 0.3, bloom: 0.1 },
};
