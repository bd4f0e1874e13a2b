/** What of a scrolled element is in view. Scrolling is told in steps, so that not every pixel draws. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Step in which scrolling is told, in CSS px. */
const STEP = 64;

export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** Rounded down to a step. */
  readonly top: number;
}

/** Watches an element; `null` until it was measured. `scrollTop` reads where it is exactly. */
export function useViewport(element: RefObject<HTMLElement | null>): {
  readonly viewport: Viewport | null;
  readonly scrollTop: () => number;
  readonly scrollTo: (top: number) => void;
} {
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const exact = useRef(0);
  const tell = useCallback((part: Partial<Viewport>): void => {
    setViewport((before) => {
      const next = { width: 0, height: 0, top: 0, ...before, ...part };
      const isSame =
        before !== null &&
        before.width === next.width &&
        before.height === next.height &&
        before.top === next.top;
      return isSame ? before : next;
    });
  }, []);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    tell({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(() =>
      tell({ width: current.clientWidth, height: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, tell]);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const onScroll = (): void => {
      exact.current = current.scrollTop;
      tell({ top: Math.floor(current.scrollTop / STEP) * STEP });
    };
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => current.removeEventListener('scroll', onScroll);
  }, [element, tell]);
  return {
    viewport,
    scrollTop: useCallback(() => exact.current, []),
    scrollTo: useCallback(
      (top: number) => {
        if (element.current === null) return;
        element.current.scrollTop = top;
        exact.current = top;
        tell({ top: Math.floor(top / STEP) * STEP });
      },
      [element, tell],
    ),
  };
}
