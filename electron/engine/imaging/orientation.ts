/** EXIF orientation as operations and sizes. Pure. */
import type { Orientation } from '#shared/photo.ts';

/** How stored pixels become upright: mirrored (about the vertical axis), then turned clockwise. */
export interface Turn {
  readonly mirror: boolean;
  readonly degrees: 0 | 90 | 180 | 270;
}

/** EXIF 2.32, table 6 (tag 0x0112). */
const TURNS: Readonly<Record<Orientation, Turn>> = {
  1: { mirror: false, degrees: 0 },
  2: { mirror: true, degrees: 0 },
  3: { mirror: false, degrees: 180 },
  4: { mirror: true, degrees: 180 },
  5: { mirror: true, degrees: 270 },
  6: { mirror: false, degrees: 90 },
  7: { mirror: true, degrees: 90 },
  8: { mirror: false, degrees: 270 },
};

/** What makes pixels stored with this orientation upright. */
export function turnOf(orientation: Orientation): Turn {
  return TURNS[orientation];
}

/** The size of the upright picture, from the stored size. */
export function uprightSize(
  stored: { readonly width: number; readonly height: number },
  orientation: Orientation,
): { width: number; height: number } {
  return orientation >= 5
    ? { width: stored.height, height: stored.width }
    : { width: stored.width, height: stored.height };
}
