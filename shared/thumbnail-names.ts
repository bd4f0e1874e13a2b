/**
 * Names of the files in the thumbnail cache. Pure, so that whoever serves pictures (the page's protocol, the local
 * server) finds a file without asking the engine.
 */
import type { Orientation } from './photo.ts';

/** Long edges of the thumbnails that every photo gets, in pixels. */
export const THUMBNAIL_SIZES = [320, 640] as const;
/** Long edge of the loupe's preview, made on demand, in pixels. */
export const PREVIEW_SIZE = 2048;
/** Longest edge that WebP has: the whole picture for a look at 100 %, made on demand; only larger ones are made smaller. */
export const WHOLE_SIZE = 16_383;

export type CachedSize = (typeof THUMBNAIL_SIZES)[number] | typeof PREVIEW_SIZE | typeof WHOLE_SIZE;

const NAME = /^[0-9a-f]{64}-[1-8]-(?<size>320|640|2048|16383)\.webp$/;

/** The file name of a picture's thumbnail or preview: `<pictureHash>-<orientation>-<size>.webp`. */
export function thumbnailName(pictureHash: string, orientation: Orientation, size: CachedSize): string {
  return `${pictureHash}-${orientation}-${size}.webp`;
}

/** The path of such a file below the cache's folder, with `/`: `<first two hex digits>/<name>`. */
export function thumbnailPlace(name: string): string {
  return `${name.slice(0, 2)}/${name}`;
}

/** The size that a file name states; null when it is no name of ours (so it can never lead out of the folder). */
export function sizeInName(name: string): CachedSize | null {
  const size = Number(NAME.exec(name)?.groups?.['size']);
  return size === 320 || size === 640 || size === 2048 || size === 16_383 ? size : null;
}
