/** How large a picture is shown, and which thumbnail is sharp there. */
import { PREVIEW_SIZE, THUMBNAIL_SIZES, type CachedSize } from '#shared/thumbnail-names.ts';
import type { SheetRow } from '#shared/sheet.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Proportions of a picture of which nothing is known yet. */
const LIKELY: Size = { width: 3, height: 2 };

/** A picture's own size, or the likely proportions. */
export function sizeOf({ width, height }: Pick<SheetRow, 'width' | 'height'>): Size {
  return width === null || height === null || width < 1 || height < 1 ? LIKELY : { width, height };
}

/** The largest size of these proportions within a frame, in whole px. */
export function fitInto(picture: Size, frame: Size): Size {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
}

/** The smallest thumbnail with enough pixels for a size in CSS px at a device pixel ratio; else the largest. */
export function sharpSize(shown: Size, pixelRatio: number): CachedSize {
  const longEdge = Math.max(shown.width, shown.height) * pixelRatio;
  return (
    THUMBNAIL_SIZES.find((size) => size >= longEdge) ??
    THUMBNAIL_SIZES[THUMBNAIL_SIZES.length - 1] ??
    PREVIEW_SIZE
  );
}
