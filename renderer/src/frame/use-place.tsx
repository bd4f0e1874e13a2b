/** Which of the five places is shown, and what one came there for. */
import { createContext, useMemo, useState, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import type { Place } from '../text/frame.ts';

/** What a place is opened at. */
export interface Aim {
  /** The account whose token is to be entered anew. */
  readonly tokenOf?: number;
  /** Id of the section that is to be read. */
  readonly section?: string;
}

interface Placed {
  readonly place: Place;
  /** Null: one came just to look. */
  readonly aim: Aim | null;
  readonly go: (place: Place, aim?: Aim) => void;
}

const PlaceContext = createContext<Placed | null>(null);

/** Begins at the sheet. */
export function PlaceProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [at, setAt] = useState<Pick<Placed, 'place' | 'aim'>>({ place: 'sheet', aim: null });
  const placed = useMemo<Placed>(
    () => ({ ...at, go: (place, aim) => setAt({ place, aim: aim ?? null }) }),
    [at],
  );
  return <PlaceContext value={placed}>{children}</PlaceContext>;
}

/** The place that is shown, and how to go to another. */
export function usePlace(): Placed {
  return useGiven(PlaceContext, 'PlaceProvider');
}
