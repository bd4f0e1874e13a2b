/** How the copy for sending is made, and which files may be sent as they are. Pure. */
import { IMAGE_BYTES_LIMIT, IMAGE_PIXELS_LIMIT, SERVICE_FORMATS } from '#shared/limits.ts';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';
import type { FailureCause } from '#shared/problems.ts';

/** Number of the recipe below; a change of it makes old renditions unknown to the spool. */
export const RENDITION_VERSION = 1;
/** Long edge of a rendition in pixels; smaller pictures are not enlarged. */
export const RENDITION_LONG_EDGE = 2048;
/** JPEG quality of a rendition, 1 to 100. */
export const RENDITION_QUALITY = 85;

const KEY = /^[0-9a-f]{64}-[1-8]-v(?<version>\d+)$/;

/** A rendition's name in the spool, without ending: `<pictureHash>-<orientation>-v<recipe>`. */
export function renditionKey(pictureHash: string, orientation: Orientation): string {
  return `${pictureHash}-${orientation}-v${RENDITION_VERSION}`;
}

/** The picture hash in a rendition's key. */
export function hashOfRendition(key: string): string {
  return key.slice(0, key.indexOf('-'));
}

/** True for keys of today's recipe, and for nothing that could lead out of the spool's folder. */
export function isRenditionKey(key: string): boolean {
  return KEY.exec(key)?.groups?.['version'] === String(RENDITION_VERSION);
}

/**
 * Whether the service takes a file as it is: null, or the cause why not. An unknown width or height is not held
 * against it.
 */
export function fitsAsOriginal(original: {
  readonly format: PhotoFormat;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
}): FailureCause | null {
  if (!SERVICE_FORMATS.includes(original.format)) {
    return 'format-not-accepted';
  }
  const pixels = (original.width ?? 0) * (original.height ?? 0);
  return original.bytes >= IMAGE_BYTES_LIMIT || pixels > IMAGE_PIXELS_LIMIT ? 'too-large' : null;
}
