import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/** Where the keyboard was: the element, and in which of the items. */
interface Held {
  readonly element: HTMLElement;
  /** -1: in none of them. */
  readonly index: number;
}

/**
 * Items go when they are done with. When the one that has the keyboard goes, the keyboard is given to what takes its
 * place, and not to the beginning of the page.
 *
 * @param items what is listed; looked after whenever it changes
 * @param itemSelector what an item is, in the element with the ref
 */
export function useKeptFocus<T extends HTMLElement>(
  items: unknown,
  itemSelector: string,
): {
  readonly ref: RefObject<T | null>;
  readonly onFocus: (event: FocusEvent<T>) => void;
  readonly onBlur: (event: FocusEvent<T>) => void;
} {
  const ref = useRef<T>(null);
  const held = useRef<Held | null>(null);
  const listed = (): HTMLElement[] => [...(ref.current?.querySelectorAll<HTMLElement>(itemSelector) ?? [])];
  useLayoutEffect(() => {
    const { element, index } = held.current ?? {};
    if (element === undefined || index === undefined || element.isConnected) return;
    held.current = null;
    if (document.activeElement !== document.body) return;
    const all = listed();
    const next = all[Math.min(Math.max(index, 0), all.length - 1)]?.querySelector('button');
    (next ?? ref.current)?.focus();
  }, [items]);
  return {
    ref,
    onFocus({ target }) {
      if (target === ref.current) return;
      held.current = { element: target, index: listed().findIndex((item) => item.contains(target)) };
    },
    // What is taken away loses the keyboard as well: only what stays was left by the owner.
    onBlur({ target }) {
      if (target.isConnected) held.current = null;
    },
  };
}
