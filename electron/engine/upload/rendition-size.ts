/** How large renditions that are not made yet are likely to be. Pure. */
import type { PhotoFormat } from '#shared/photo.ts';
import { recipeIn } from '../imaging/rendition-recipe.ts';

/** What a rendition is made of. */
export interface RenditionSource {
  readonly format: PhotoFormat;
  /** Bytes of the file. */
  readonly size: number;
  /** Of the file's picture; null: not known. */
  readonly width: number | null;
  readonly height: number | null;
  /** The folder's own recipe as JSON text; null or absent: the default. */
  readonly recipe?: string | null;
}

/** A rendition whose size is known. */
export interface KnownSize {
  readonly source: RenditionSource;
  readonly bytes: number;
}

/** Formats whose files are as large as their pictures are rich in detail. */
const LOSSY: readonly PhotoFormat[] = ['jpeg', 'webp', 'avif', 'heic'];
/** Bytes per unit of {@link measureOf} where no rendition is known: usual photographs at quality 85. */
const USUAL = { lossy: 0.8, plain: 0.25 } as const;

type Family = keyof typeof USUAL;

/** Guesses from the renditions that are known, or from usual ones where there is none. */
export function createSizeGuess(known: readonly KnownSize[]): (source: RenditionSource) => number {
  const ratios = { lossy: ratioOf(known, 'lossy'), plain: ratioOf(known, 'plain') };
  return (source) => Math.max(1, Math.round(measureOf(source) * ratios[familyOf(source)]));
}

function familyOf({ format }: RenditionSource): Family {
  return LOSSY.includes(format) ? 'lossy' : 'plain';
}

function ratioOf(known: readonly KnownSize[], family: Family): number {
  const alike = known.filter(({ source }) => familyOf(source) === family);
  const sum = alike.reduce((total, { source }) => total + measureOf(source), 0);
  return sum === 0 ? USUAL[family] : alike.reduce((total, { bytes }) => total + bytes, 0) / sum;
}

/**
 * What the size is in proportion to: pixels of the rendition; for lossy files their bytes, shrunk with the picture by a
 * power below 1, since small copies keep more detail per pixel.
 */
function measureOf(source: RenditionSource): number {
  const { size, width, height } = source;
  if (width === null || height === null) return size;
  const { longEdge } = recipeIn(source.recipe ?? null);
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return familyOf(source) === 'lossy' ? size * scale ** 1.6 : width * height * scale ** 2;
}
