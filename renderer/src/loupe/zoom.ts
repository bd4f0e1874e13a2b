/** How a picture lies in its pane: whole, or larger around a point. Pure. Lengths in CSS px unless they say otherwise. */
import type { Size } from '../sheet/picture-size.ts';

/** What is looked at. It is the same for pictures of any size, so that it can be kept from one to the next. */
export interface Zoom {
  /** CSS px for a pixel of the picture; null: as large as the pane shows whole, but never beyond its pixels. */
  readonly scale: number | null;
  /** The point in the middle of the pane, as shares of the picture's width and height. */
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Zoom = { scale: null, x: 0.5, y: 0.5 };

/** Pictures are made this much larger at most: beyond 400 % there is nothing more to see. */
const LARGEST = 4;

/** A picture's size and place in its pane. */
export interface Placed extends Size {
  readonly left: number;
  readonly top: number;
}

/** The scale at which a pane shows all of a picture. @param pixelRatio device px for a CSS px */
export function fitScale(picture: Size, pane: Size, pixelRatio: number): number {
  return Math.min(pane.width / picture.width, pane.height / picture.height, 1 / pixelRatio);
}

/** The scale that is at work. */
export function scaleOf(zoom: Zoom, picture: Size, pane: Size, pixelRatio: number): number {
  return zoom.scale ?? fitScale(picture, pane, pixelRatio);
}

/** Where the picture lies. What is smaller than the pane lies in its middle, what is larger fills it. */
export function placeIn(zoom: Zoom, picture: Size, pane: Size, pixelRatio: number): Placed {
  const scale = scaleOf(zoom, picture, pane, pixelRatio);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return {
    width,
    height,
    left: offset(width, pane.width, zoom.x),
    top: offset(height, pane.height, zoom.y),
  };
}

function offset(length: number, room: number, share: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.max(room - length, Math.min(0, room / 2 - share * length));
}

/** Another scale, with the point of the picture under `at` (from the pane's corner) staying there. */
export function zoomAt(
  zoom: Zoom,
  scale: number,
  at: { readonly x: number; readonly y: number },
  { picture, pane, pixelRatio }: { picture: Size; pane: Size; pixelRatio: number },
): Zoom {
  const fit = fitScale(picture, pane, pixelRatio);
  const next = Math.min(scale, LARGEST / pixelRatio);
  if (next <= fit) return WHOLE;
  const placed = placeIn(zoom, picture, pane, pixelRatio);
  const [x, y] = [share(at.x, placed.left, placed.width), share(at.y, placed.top, placed.height)];
  return {
    scale: next,
    x: x + (pane.width / 2 - at.x) / (picture.width * next),
    y: y + (pane.height / 2 - at.y) / (picture.height * next),
  };
}

/** The picture moved by so many px; it does not leave the pane. */
export function panBy(
  zoom: Zoom,
  by: { readonly x: number; readonly y: number },
  { picture, pane }: { readonly picture: Size; readonly pane: Size },
): Zoom {
  if (zoom.scale === null) return zoom;
  return {
    scale: zoom.scale,
    x: move(zoom.x, picture.width * zoom.scale, pane.width, by.x),
    y: move(zoom.y, picture.height * zoom.scale, pane.height, by.y),
  };
}

/** Where a point of the pane lies on the picture, as a share of its length. */
function share(point: number, start: number, length: number): number {
  return Math.max(0, Math.min(1, (point - start) / length));
}

function move(before: number, length: number, room: number, px: number): number {
  const half = Math.min(0.5, room / 2 / length);
  return Math.max(half, Math.min(1 - half, before - px / length));
}
