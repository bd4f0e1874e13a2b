/** Boards for tables. */
import { chance, fbm2, smooth } from '../drawing/noise.ts';
import { blend, scale } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';

/** Boards with grain along x. */
export function wood(x: number, z: number, dark: Vec, light: Vec, board: number): Vec {
  const plank = Math.floor(z / board);
  const [px, pz] = [x + chance(plank, 3) * 40, z / board - plank];
  const ring = fbm2(px * 0.5, z * 6 + plank * 7, 4) + fbm2(px * 1.5, z * 45, 3) * 0.45;
  const grain = 0.5 + 0.45 * Math.sin(ring * 9 + chance(plank, 1) * 6) * 0.5 + ring * 0.35;
  const seam = smooth(0.0, 0.022, Math.min(pz, 1 - pz));
  return scale(
    blend(dark, light, Math.max(0, Math.min(1, grain + (chance(plank, 2) - 0.5) * 0.3))),
    0.25 + 0.75 * seam,
  );
}
