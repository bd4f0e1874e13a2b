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

/** What is still to be guessed, by family: the sum of what sizes are in proportion to. */
export type OpenMeasure = Readonly<Record<Family, number>>;

/** Adds a rendition that is to be guessed. */
export function withOpen(open: OpenMeasure, source: RenditionSource): OpenMeasure {
  const family = familyOf(source);
  return { ...open, [family]: open[family] + measureOf(source) };
}

/**
 * How far the sum of all guesses may be off: its relative standard error, as that of a ratio estimate. A family of which
 * too few are known to tell may be off by all that is guessed of it.
 */
export function guessError(known: readonly KnownSize[], open: OpenMeasure): number {
  let total = 0;
  let variance = 0;
  for (const family of ['lossy', 'plain'] as const) {
    if (open[family] === 0) continue;
    const alike = known.filter(({ source }) => familyOf(source) === family);
    const ratio = ratioOf(known, family);
    total += open[family] * ratio;
    if (alike.length < 2) {
      variance += (open[family] * ratio) ** 2;
      continue;
    }
    const sum = alike.reduce((measure, { source }) => measure + measureOf(source), 0);
    const squares = alike.reduce(
      (all, { source, bytes }) => all + (bytes - ratio * measureOf(source)) ** 2,
      0,
    );
    const { length } = alike;
    variance += (open[family] / sum) ** 2 * ((length * squares) / (length - 1));
  }
  return total === 0 ? 0 : Math.sqrt(variance) / total;
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
