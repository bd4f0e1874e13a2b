/** Showing photos in the sheet from anywhere: whoever has their numbers, or a filter, asks, and the sheet does it. */
import { createContext, useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import { usePlace } from './use-place.tsx';
import type { SheetFilter } from '#shared/sheet.ts';

/** What of the chosen destination is shown: these photos, at most 10,000, or all that the filter does not leave out. */
export type Shown = { readonly photoIds: readonly number[] } | { readonly filter: SheetFilter };
type Show = (shown: Shown) => void;

interface Shower {
  readonly show: Show;
  readonly take: (handler: Show) => () => void;
}

const ShowContext = createContext<Shower | null>(null);

/** Gives `useShow`, `useShowFiltered` and `useShowsPhotos` to everything below. */
export function ShowProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { go } = usePlace();
  const handlers = useRef<Show[]>([]);
  // Asked for while the sheet was not there: it gets them when it comes.
  const pending = useRef<Shown | null>(null);
  const shower = useMemo<Shower>(
    () => ({
      show(shown) {
        const handler = handlers.current.at(-1);
        if (handler === undefined) pending.current = shown;
        else handler(shown);
        go('sheet');
      },
      take(handler) {
        handlers.current.push(handler);
        if (pending.current !== null) handler(pending.current);
        pending.current = null;
        return () => {
          handlers.current = handlers.current.filter((one) => one !== handler);
        };
      },
    }),
    [go],
  );
  return <ShowContext value={shower}>{children}</ShowContext>;
}

function useShower(): Shower {
  return useGiven(ShowContext, 'ShowProvider');
}

/** How to show photos in the sheet, wherever one is: at most 10,000, of the chosen destination. */
export function useShow(): (photoIds: readonly number[]) => void {
  const { show } = useShower();
  return useCallback((photoIds) => show({ photoIds }), [show]);
}

/** How to show in the sheet, wherever one is, what a filter does not leave out. */
export function useShowFiltered(): (filter: SheetFilter) => void {
  const { show } = useShower();
  return useCallback((filter) => show({ filter }), [show]);
}

/** For the sheet: `handler` is asked to show photos. It may be made anew with every render. */
export function useShowsPhotos(handler: Show): void {
  const { take } = useShower();
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => take((shown) => newest.current(shown)), [take]);
}
