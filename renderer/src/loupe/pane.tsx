import { useEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import { sizeOf, type Size } from '../sheet/picture-size.ts';
import { usePixelRatio } from '../sheet/use-pixel-ratio.ts';
import { loupeText } from '../text/loupe.ts';
import classes from './pane.module.css';
import { useSharpest } from './use-sharpest.ts';
import { useSize } from './use-size.ts';
import { panBy, placeIn, scaleOf, zoomAt, type Zoom } from './zoom.ts';
import type { SheetRow } from '#shared/sheet.ts';
import { PREVIEW_SIZE } from '#shared/thumbnail-names.ts';

/** A pointer that moves less than this (CSS px) clicks. */
const CLICK_REACH = 4;
/** How much a notch of the wheel, or a key, zooms; and how far a key pans (CSS px). */
const ZOOM_STEP = 1.25;
const PAN_STEP = 120;

/** What keys do to a pane. */
export interface PaneActs {
  readonly toggle: () => void;
  readonly zoom: (by: 1 | -1) => void;
  readonly pan: (x: number, y: number) => void;
}

export interface PaneProps {
  readonly row: SheetRow | undefined;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  /** Hears what keys can do here, and how large the picture is shown (1: pixel for pixel). */
  readonly onActs?: (acts: PaneActs) => void;
  readonly onShare?: (share: number) => void;
}

/** A picture that can be looked at closely. */
export function Pane({ row, zoom, onZoom, onActs, onShare }: PaneProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const pixelRatio = usePixelRatio();
  const pane = useSize(element);
  const picture = sizeOf(row ?? { width: null, height: null });
  const scale = scaleOf(zoom, picture, pane, pixelRatio);
  const longEdge = Math.max(picture.width, picture.height);
  const { urls, problem } = useSharpest(
    row,
    scale * longEdge * pixelRatio > PREVIEW_SIZE && longEdge > PREVIEW_SIZE,
  );
  const box = placeIn(zoom, picture, pane, pixelRatio);
  const frame = { picture, pane, pixelRatio };
  const acts = useRef({ zoom, onZoom, frame });
  useEffect(() => {
    acts.current = { zoom, onZoom, frame };
  });
  useEffect(() => onShare?.(scale * pixelRatio), [onShare, scale, pixelRatio]);
  useEffect(() => onActs?.(actsOn(acts)), [onActs]);
  const handlers = usePointer(acts, element);
  return (
    <div ref={element} className={classes['pane']} data-zoomed={zoom.scale !== null} {...handlers}>
      <div
        className={classes['picture']}
        style={{
          width: box.width,
          height: box.height,
          transform: `translate(${String(box.left)}px, ${String(box.top)}px)`,
        }}
      >
        {urls.map((url) => (
          <img key={url} src={url} alt="" draggable={false} decoding="async" className={classes['layer']} />
        ))}
      </div>
      {problem !== null && (
        <p className={classes['problem']} data-alone={urls.length === 0}>
          {loupeText.noPicture} {problem}
        </p>
      )}
    </div>
  );
}

type Acts = React.RefObject<{
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly frame: { picture: Size; pane: Size; pixelRatio: number };
}>;

function actsOn(acts: Acts): PaneActs {
  const middle = () => {
    const { pane } = acts.current.frame;
    return { x: pane.width / 2, y: pane.height / 2 };
  };
  return {
    toggle: () => toggleAt(acts, middle()),
    zoom(by) {
      const { zoom, onZoom, frame } = acts.current;
      const scale = scaleOf(zoom, frame.picture, frame.pane, frame.pixelRatio);
      onZoom(zoomAt(zoom, scale * ZOOM_STEP ** by, middle(), frame));
    },
    pan(x, y) {
      const { zoom, onZoom, frame } = acts.current;
      onZoom(panBy(zoom, { x: -x * PAN_STEP, y: -y * PAN_STEP }, frame));
    },
  };
}

function toggleAt(acts: Acts, at: { readonly x: number; readonly y: number }): void {
  const { zoom, onZoom, frame } = acts.current;
  onZoom(
    zoom.scale === null ? zoomAt(zoom, 1 / frame.pixelRatio, at, frame) : { scale: null, x: 0.5, y: 0.5 },
  );
}

/** A click goes to 100 % and back, a drag pans, the wheel pans and, with Ctrl or ⌘ (or a pinch), zooms. */
function usePointer(acts: Acts, element: React.RefObject<HTMLDivElement | null>) {
  const drag = useRef<{ x: number; y: number; hasMoved: boolean } | null>(null);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { zoom, onZoom, frame } = acts.current;
      if (!event.ctrlKey && !event.metaKey) {
        onZoom(panBy(zoom, { x: -event.deltaX, y: -event.deltaY }, frame));
        return;
      }
      const corner = current.getBoundingClientRect();
      const at = { x: event.clientX - corner.left, y: event.clientY - corner.top };
      const scale = scaleOf(zoom, frame.picture, frame.pane, frame.pixelRatio);
      onZoom(zoomAt(zoom, scale * ZOOM_STEP ** (-event.deltaY / 100), at, frame));
    };
    // It zooms the picture, not the page.
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => current.removeEventListener('wheel', onWheel);
  }, [acts, element]);
  return {
    onPointerDown(event: PointerEvent<HTMLDivElement>): void {
      if (event.button !== 0) return;
      drag.current = { x: event.clientX, y: event.clientY, hasMoved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>): void {
      const at = drag.current;
      if (at === null) return;
      const [x, y] = [event.clientX - at.x, event.clientY - at.y];
      if (!at.hasMoved && Math.max(Math.abs(x), Math.abs(y)) < CLICK_REACH) return;
      drag.current = { x: event.clientX, y: event.clientY, hasMoved: true };
      const { zoom, onZoom, frame } = acts.current;
      onZoom(panBy(zoom, { x, y }, frame));
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>): void {
      const at = drag.current;
      drag.current = null;
      if (at === null || at.hasMoved) return;
      const corner = event.currentTarget.getBoundingClientRect();
      toggleAt(acts, { x: event.clientX - corner.left, y: event.clientY - corner.top });
    },
    onPointerCancel(): void {
      drag.current = null;
    },
  };
}
