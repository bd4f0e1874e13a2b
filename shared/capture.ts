import type { Orientation } from './photo.ts';

/** Facts that a file states about its picture (EXIF, IPTC, XMP). They belong to the file, not to the photo. */
export interface CaptureFacts {
  /** EXIF orientation, 1 when absent or nonsense. */
  readonly orientation: Orientation;
  /** Stored width and height in pixels, before orientation; null when the header does not tell. */
  readonly width: number | null;
  readonly height: number | null;
  /** DateTimeOriginal (else CreateDate, else XMP/IPTC date created) as local wall time `YYYY-MM-DDTHH:MM:SS[.fff]`. */
  readonly capturedAt: string | null;
  /** Offset from UTC as `+02:00`, when the file says it. */
  readonly captureOffset: string | null;
  /** Decimal degrees, south and west negative; null unless both are there and in range. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly cameraMake: string | null;
  readonly cameraModel: string | null;
  readonly lens: string | null;
  readonly caption: string | null;
  /** Flat keywords (IPTC Keywords, dc:subject), without repeats, in the file's order. */
  readonly keywords: readonly string[];
  /** Hierarchical keywords with `|` between levels (lr:hierarchicalSubject, digiKam:TagsList …). */
  readonly hierarchicalKeywords: readonly string[];
  /** XMP rating, -1 (rejected) to 5; null when absent. */
  readonly rating: number | null;
}

/** What a file without any metadata states. */
export const NO_CAPTURE_FACTS: CaptureFacts = {
  orientation: 1,
  width: null,
  height: null,
  capturedAt: null,
  captureOffset: null,
  latitude: null,
  longitude: null,
  cameraMake: null,
  cameraModel: null,
  lens: null,
  caption: null,
  keywords: [],
  hierarchicalKeywords: [],
  rating: null,
};
