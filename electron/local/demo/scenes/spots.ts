/** Lights out of focus. */
import { noise2, smooth } from '../drawing/noise.ts';
import { span } from '../drawing/shapes.ts';
import type { Negative } from '../drawing/trace.ts';
import type { Vec } from '../drawing/vector.ts';

/** A light out of focus. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly light: Vec;
}

/** Adds the discs of lights out of focus: flat, with a brighter rim, cut a little at the edges of the picture. */
export function addSpots(negative: Negative, spots: readonly Spot[]): void {
  const { width, height, light } = negative;
  for (const { x, y, size, light: shine } of spots) {
    const [cx, cy, r] = [(x * height + width) / 2, ((1 - y) * height) / 2, (size * height) / 2];
    for (let row = Math.max(0, Math.floor(cy - r)); row < Math.min(height, cy + r + 1); row += 1)
      for (let column = Math.max(0, Math.floor(cx - r)); column < Math.min(width, cx + r + 1); column += 1) {
        const off = span(column - cx, row - cy) / r;
        const share =
          smooth(1, 0.93, off) *
          (0.62 + 0.38 * smooth(0.55, 0.97, off)) *
          (1 + 0.12 * noise2(column * 0.13, row * 0.13));
        if (share <= 0) continue;
        for (let c = 0; c < 3; c += 1) light[(row * width + column) * 3 + c]! += shine[c]! * share;
      }
  }
}

/** Light at a place of a picture, between pixels. */
export function at(negative: Negative, x: number, y: number): Vec {
  const { width, height, light } = negative;
  const column = Math.max(0, Math.min(width - 1, Math.round((x * height + width) / 2)));
  const row = Math.max(0, Math.min(height - 1, Math.round(((1 - y) * height) / 2)));
  const from = (row * width + column) * 3;
  return [light[from]!, light[from + 1]!, light[from + 2]!];
}
