import { useEffect, useRef } from 'react';
import { useAnnounce } from '../parts/announcer.tsx';
import { sheetText } from '../text/sheet.ts';
import { useSelection } from './use-selection.tsx';

/** How long a selection rests before its size is told to screen readers, in ms. */
const TELL_AFTER_MS = 600;

/** Tells screen readers how many photos are selected, once that rests. */
export function useSelectionTold(): void {
  const { count } = useSelection();
  const announce = useAnnounce();
  const told = useRef(0);
  useEffect(() => {
    if (count === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = count;
      // One photo tells its own name when the cursor comes to it.
      if (count !== 1) announce(sheetText.selectedCount(count));
    }, TELL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [count, announce]);
}
