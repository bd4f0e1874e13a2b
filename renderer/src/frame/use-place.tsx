/** Which of the five places is shown. */
import { createContext, useMemo, useState, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import type { Place } from '../text/frame.ts';

interface Placed {
  readonly place: Place;
  readonly go: (place: Place) => void;
}

const PlaceContext = createContext<Placed | null>(null);

/** Begins at the sheet. */
export function PlaceProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [place, go] = useState<Place>('sheet');
  const placed = useMemo(() => ({ place, go }), [place]);
  return <PlaceContext value={placed}>{children}</PlaceContext>;
}

/** The place that is shown, and how to go to another. */
export function usePlace(): Placed {
  return useGiven(PlaceContext, 'PlaceProvider');
}
