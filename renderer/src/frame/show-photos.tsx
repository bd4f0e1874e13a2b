/** Showing photos in the sheet from anywhere: whoever has their numbers asks, and the sheet does it. */
import { createContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import { usePlace } from './use-place.tsx';

/** Shows these photos, at most 10,000, of the chosen destination. */
export type ShowPhotos = (photoIds: readonly number[]) => void;

interface Shower {
  readonly show: ShowPhotos;
  readonly take: (handler: ShowPhotos) => () => void;
}

const ShowContext = createContext<Shower | null>(null);

/** Gives `useShow` and `useShowsPhotos` to everything below. */
export function ShowProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { go } = usePlace();
  const handlers = useRef<ShowPhotos[]>([]);
  // Asked for while the sheet was not there: it gets them when it comes.
  const pending = useRef<readonly number[] | null>(null);
  const shower = useMemo<Shower>(
    () => ({
      show(photoIds) {
        const handler = handlers.current.at(-1);
        if (handler === undefined) pending.current = photoIds;
        else handler(photoIds);
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

/** How to show photos in the sheet, wherever one is. */
export function useShow(): ShowPhotos {
  return useShower().show;
}

/** For the sheet: `handler` is asked to show photos. It may be made anew with every render. */
export function useShowsPhotos(handler: ShowPhotos): void {
  const { take } = useShower();
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => take((photoIds) => newest.current(photoIds)), [take]);
}
