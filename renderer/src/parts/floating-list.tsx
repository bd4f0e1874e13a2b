import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { classNames } from './class-names.ts';
import classes from './floating-list.module.css';
import menu from './menu.module.css';

/** Between the list and what it belongs to, and the window's edges, in CSS px. */
const GAP = 4;
const HIGHEST = '24rem';
/** With less room below than this, the list goes above when there is more room there. */
const ENOUGH = 200;

export interface FloatingListProps {
  /** What it lies below, or above where there is no room: the field in it, if there is one. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A list over everything else, cut off by nothing around it. The focus stays where it is. */
export function FloatingList({ anchor, children }: FloatingListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown === null) return undefined;
    const place = (): void => {
      const field = anchor.current?.querySelector('input') ?? anchor.current;
      if (field !== null) placeBeside(shown, field.getBoundingClientRect());
    };
    // Whatever moves the field, also a panel that grows above it: it is looked at before every picture.
    let frame = 0;
    const follow = (): void => {
      place();
      frame = requestAnimationFrame(follow);
    };
    shown.showPopover();
    follow();
    return () => cancelAnimationFrame(frame);
  }, [anchor]);
  return (
    <div
      ref={list}
      popover="manual"
      className={classNames(menu['menu'], classes['list'])}
      // A press on the list must not take the focus out of the field.
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}

function placeBeside(list: HTMLElement, anchor: DOMRect): void {
  const below = window.innerHeight - anchor.bottom - 2 * GAP;
  const above = anchor.top - 2 * GAP;
  const isBelow = below >= ENOUGH || below >= above;
  list.style.minWidth = `${String(anchor.width)}px`;
  list.style.maxHeight = `min(${HIGHEST}, ${String(isBelow ? below : above)}px)`;
  list.style.top = isBelow ? `${String(anchor.bottom + GAP)}px` : 'auto';
  list.style.bottom = isBelow ? 'auto' : `${String(window.innerHeight - anchor.top + GAP)}px`;
  const farthest = window.innerWidth - list.offsetWidth - 2 * GAP;
  list.style.left = `${String(Math.max(2 * GAP, Math.min(anchor.left, farthest)))}px`;
}
