import { useCallback, useRef, type FocusEvent, type RefCallback } from 'react';

/** What can have the keyboard by Tab, unless it is out of sight. */
const CONTROLS = ['input', 'button', 'select', 'textarea', 'a[href]', '[tabindex="0"]']
  .map((kind) => `${kind}:not(:disabled, [tabindex="-1"], [aria-hidden="true"])`)
  .join(',');
/** Rows that are there only while they are in sight: their control goes by scrolling as well. */
const SCROLLED = '[data-index]';

/** What an element needs to keep the keyboard. */
export interface KeptFocus {
  readonly ref: RefCallback<HTMLElement>;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Controls go when they are done with. When the one that has the keyboard goes, the keyboard is given to what takes its
 * place in the element, or stands nearest to it, and not to the beginning of the page.
 */
export function useKeptFocus(): KeptFocus {
  const held = useRef<Element | null>(null);
  const isIn = useRef(false);
  const ref = useCallback((root: HTMLElement) => {
    const observer = new MutationObserver((records) => {
      const lost = held.current;
      if (lost === null || lost.isConnected) return;
      held.current = null;
      const removal = removalOf(lost, records);
      if (removal === null || !isIn.current || document.activeElement !== document.body) return;
      nearestControl(removal, root).focus({ preventScroll: wasScrolledAway(removal) });
    });
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return {
    ref,
    onFocus({ currentTarget, target }) {
      isIn.current = true;
      // React tells of a menu as well, which lies elsewhere in the page and goes with its button.
      if (currentTarget.contains(target)) held.current = target;
    },
    // Not told of what is taken away: only what stays was left by the owner.
    onBlur() {
      isIn.current = false;
    },
  };
}

/** How an element left the page: with what it was removed, from where. Null: that was not seen. */
function removalOf(lost: Node, records: readonly MutationRecord[]): MutationRecord | null {
  const removal = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(lost)));
  if (removal === undefined) return null;
  return removal.target.isConnected ? removal : removalOf(removal.target, records);
}

function wasScrolledAway({ removedNodes }: MutationRecord): boolean {
  return [...removedNodes].some((node) => node instanceof Element && node.matches(SCROLLED));
}

/** The first control behind the place, else the last before it; within as little around it as has one. */
function nearestControl({ target, previousSibling }: MutationRecord, root: HTMLElement): HTMLElement {
  const isThere = previousSibling?.parentNode === target;
  const isBehind = (control: Node): boolean =>
    isThere
      ? !previousSibling.contains(control) && follows(control, previousSibling)
      : follows(control, target);
  for (let around = target as Element | null; around !== null; around = around.parentElement) {
    const controls = [...around.querySelectorAll<HTMLElement>(CONTROLS)].filter((one) =>
      one.checkVisibility(),
    );
    const nearest = controls.find(isBehind) ?? controls.at(-1);
    if (nearest !== undefined) return nearest;
    if (around === root) break;
  }
  root.tabIndex = -1;
  return root;
}

function follows(node: Node, before: Node): boolean {
  return (before.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
