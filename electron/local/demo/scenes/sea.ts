/** Water with swell, foam on the shore and on the crests. */
import { fbm2, smooth } from '../drawing/noise.ts';
import type { Water } from '../drawing/trace.ts';
import type { Vec } from '../drawing/vector.ts';

export function swell(low: (x: number, z: number) => number, moment: number, deep: Vec): Water {
  const height = (x: number, z: number): number =>
    fbm2(x * 0.1 + moment, z * 0.16 - moment * 1.4, 3) * 0.8 + fbm2(x * 0.5 - moment, z * 0.75, 3) * 0.16;
  return {
    level: 0,
    deep,
    slope: (x, z, away) => {
      const fade = 1 / (1 + away * 0.007);
      const e = 0.12;
      const here = height(x, z);
      return [((height(x + e, z) - here) / e) * fade, ((height(x, z + e) - here) / e) * fade];
    },
    foam: (x, z, away) => {
      const depth = -low(x, z);
      const ragged = fbm2(x * 0.35 + moment * 2, z * 0.35, 5);
      const lace = smooth(0.16, 0.02, Math.abs(fbm2(x * 0.8, z * 0.8 + moment * 3, 4) + ragged * 0.3));
      const surge = Math.sin(depth * 3.4 + ragged * 7 + moment * 5) * 0.5 + 0.5;
      const near = smooth(2.35, 0.3, depth + ragged * 0.9);
      const crest = smooth(0.42, 0.62, height(x, z) + 0.2 * ragged) * smooth(260, 40, away) * 0.7;
      return Math.min(
        1,
        Math.max(near * (0.28 + 0.72 * lace) * (0.35 + 0.65 * surge) + smooth(0.5, 0.1, depth) * 0.6, crest),
      );
    },
  };
}
