/** How the copy for sending is made, and which files may be sent as they are. Pure. */
import { DEFAULT_RECIPE, RECIPE_BOUNDS, type RenditionRecipe } from '#shared/folders.ts';
import { IMAGE_BYTES_LIMIT, IMAGE_PIXELS_LIMIT, SERVICE_FORMATS } from '#shared/limits.ts';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';
import type { FailureCause } from '#shared/problems.ts';

/** Number of the way in which copies are made; a change of it makes old renditions unknown to the spool. */
export const RENDITION_VERSION = 1;

const KEY = /^[0-9a-f]{64}-[1-8]-v(?<version>\d+)(?:-\d+q\d+)?$/;

/**
 * A rendition's name in the spool, without ending: `<pictureHash>-<orientation>-v<version>`, and `-<longEdge>q<quality>`
 * behind it where the recipe is not the default.
 */
export function renditionKey(
  pictureHash: string,
  orientation: Orientation,
  { longEdge, quality }: RenditionRecipe = DEFAULT_RECIPE,
): string {
  const isDefault = longEdge === DEFAULT_RECIPE.longEdge && quality === DEFAULT_RECIPE.quality;
  const recipe = isDefault ? '' : `-${longEdge}q${quality}`;
  return `${pictureHash}-${orientation}-v${RENDITION_VERSION}${recipe}`;
}

/** The picture hash in a rendition's key. */
export function hashOfRendition(key: string): string {
  return key.slice(0, key.indexOf('-'));
}

/** True for keys of today's version, and for nothing that could lead out of the spool's folder. */
export function isRenditionKey(key: string): boolean {
  return KEY.exec(key)?.groups?.['version'] === String(RENDITION_VERSION);
}

/** A recipe as a folder keeps it (JSON text); what is missing or makes no sense is as the default. */
export function recipeIn(text: string | null): RenditionRecipe {
  const kept: unknown = text === null ? null : JSON.parse(text);
  const numberAt = (name: keyof RenditionRecipe): number => {
    const value: unknown =
      typeof kept === 'object' && kept !== null && name in kept ? Reflect.get(kept, name) : null;
    const { least, most } = RECIPE_BOUNDS[name];
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
    return fits ? value : DEFAULT_RECIPE[name];
  };
  return { longEdge: numberAt('longEdge'), quality: numberAt('quality') };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size with a long edge of at most `longEdge` pixels, never enlarged, no edge below one pixel. */
export function sizeWithin({ width, height }: Size, longEdge: number): Size {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
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
