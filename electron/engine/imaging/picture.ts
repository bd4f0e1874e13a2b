/** A picture as a pipeline: from a file or from pixels in memory to upright sRGB of a wanted size. */
import sharp, { type Sharp } from 'sharp';
import type { Orientation } from '#shared/photo.ts';
import type { RawPixels } from './bmp.ts';
import { turnOf, uprightSize } from './orientation.ts';
import { sizeWithin } from './rendition-recipe.ts';

/**
 * Most pixels that are decoded at all. Above it a file is a bomb or a gigantic stitch; below, a rendition makes it fit
 * the service's 85 megapixels, memory allowing.
 */
export const DECODED_PIXELS_LIMIT = 400_000_000;

/**
 * How much damage a decode bears: `strict` none; `warnings` what decoders merely warn of (a bad checksum of a text
 * chunk), but no missing data; `anything` fills what is missing with grey.
 */
export type Tolerance = 'strict' | 'warnings' | 'anything';

const FAIL_ON = { strict: 'warning', warnings: 'error', anything: 'none' } as const;

export interface Picture {
  /** Upright size of the original in pixels. */
  readonly width: number;
  readonly height: number;
  /** See `Decoded` in workers/jobs.ts. */
  readonly recoveredShare: number | null;
  /**
   * A pipeline that ends in upright, opaque (alpha on white) 8-bit sRGB without metadata, its long edge at most
   * `longEdge` pixels, never enlarged. Each call decodes anew.
   */
  scaled(longEdge: number): Sharp;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture's pixels come from. */
export type PixelSource =
  | { readonly path: string; readonly tolerance: Tolerance }
  | { readonly raw: RawPixels };

function open(source: PixelSource): Sharp {
  if ('raw' in source) {
    const { pixels, width, height, channels } = source.raw;
    return sharp(pixels, { raw: { width, height, channels } });
  }
  return sharp(source.path, {
    failOn: FAIL_ON[source.tolerance],
    sequentialRead: true,
    limitInputPixels: DECODED_PIXELS_LIMIT,
  });
}

/** A picture of the stored size `stored`, to be turned by `orientation`. */
export function createPicture(
  source: PixelSource,
  stored: Size,
  orientation: Orientation,
  recoveredShare: number | null,
): Picture {
  const { mirror, degrees } = turnOf(orientation);
  return {
    ...uprightSize(stored, orientation),
    recoveredShare,
    scaled(longEdge) {
      // Resized first: turning needs random access, which is cheap only for the small picture.
      return open(source)
        .resize({ ...sizeWithin(stored, longEdge), fit: 'fill' })
        .flop(mirror)
        .rotate(degrees)
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb');
    },
  };
}
