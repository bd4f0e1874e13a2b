/** Clicks and rectangles of the pointer on the sheet. */
import { useEffect, useMemo, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { runsIn, type Box, type Layout } from './layout.ts';
import type { Selection } from './selection.ts';
import { useSelectionActs } from './use-selection.tsx';

/** A pointer that moves less than this (CSS px) clicks. */
const CLICK_REACH = 5;
/** Distance from the edge (CSS px) within which dragging scrolls, and how much at most in a frame. */
const EDGE = 48;
const FASTEST = 28;

interface Drag {
  /** In the sheet's own px. */
  readonly fromX: number;
  readonly fromY: number;
  readonly adds: boolean;
  readonly base: Selection;
  /** In the window's px. */
  x: number;
  y: number;
  isRectangle: boolean;
}

/** Handlers for the sheet's element, and the rectangle that is being drawn. */
export function useDragSelection(scroller: RefObject<HTMLDivElement | null>, layout: Layout) {
  const selection = useSelectionActs();
  const [area, setArea] = useState<Box | null>(null);
  const drag = useRef<Drag | null>(null);
  const frame = useRef(0);
  const newestLayout = useRef(layout);
  useEffect(() => {
    newestLayout.current = layout;
  }, [layout]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const handlers = useMemo(() => {
    function pointOf({
      clientX,
      clientY,
    }: {
      clientX: number;
      clientY: number;
    }): { x: number; y: number } | null {
      const element = scroller.current;
      if (element === null) return null;
      const box = element.getBoundingClientRect();
      return { x: clientX - box.left, y: clientY - box.top + element.scrollTop };
    }

    function draw(): void {
      const at = drag.current;
      const element = scroller.current;
      if (at === null || element === null) return;
      const box = element.getBoundingClientRect();
      const beyond = at.y < box.top + EDGE ? at.y - box.top - EDGE : Math.max(0, at.y - box.bottom + EDGE);
      if (beyond !== 0) element.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, beyond / 2));
      const point = pointOf({ clientX: at.x, clientY: at.y });
      if (point === null) return;
      const drawn = {
        left: Math.min(at.fromX, point.x),
        top: Math.min(at.fromY, point.y),
        width: Math.abs(point.x - at.fromX),
        height: Math.abs(point.y - at.fromY),
      };
      setArea(drawn);
      selection.selectRuns(runsIn(newestLayout.current, drawn), { adds: at.adds, base: at.base });
      frame.current = requestAnimationFrame(draw);
    }

    function end(): void {
      drag.current = null;
      cancelAnimationFrame(frame.current);
      setArea(null);
    }

    return {
      onPointerDown(event: PointerEvent<HTMLDivElement>): void {
        if (event.button !== 0 || !(event.target instanceof Element)) return;
        if (event.target.closest('button') !== null) return;
        const point = pointOf(event);
        // On the scroll bar it scrolls.
        if (point === null || point.x > (scroller.current?.clientWidth ?? 0)) return;
        const adds = event.ctrlKey || event.metaKey;
        const base = selection.now();
        drag.current = {
          fromX: point.x,
          fromY: point.y,
          adds,
          base,
          x: event.clientX,
          y: event.clientY,
          isRectangle: false,
        };
        const cell = event.target.closest<HTMLElement>('[data-photo]');
        if (cell === null) {
          if (!adds && !event.shiftKey) selection.selectNone();
          return;
        }
        const spot = { photoId: Number(cell.dataset['photo']), place: Number(cell.dataset['place']) };
        selection.click(spot, { extends: event.shiftKey, adds });
      },
      onPointerMove(event: PointerEvent<HTMLDivElement>): void {
        const at = drag.current;
        if (at === null) return;
        const reach = Math.max(Math.abs(event.clientX - at.x), Math.abs(event.clientY - at.y));
        if (!at.isRectangle && reach < CLICK_REACH) return;
        [at.x, at.y] = [event.clientX, event.clientY];
        if (at.isRectangle) return;
        at.isRectangle = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        draw();
      },
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end,
    };
  }, [scroller, selection]);
  return { area, handlers };
}
