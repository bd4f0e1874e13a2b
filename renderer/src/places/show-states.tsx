import type { ReactNode } from 'react';
import { useGlance } from '../engine/use-glance.tsx';
import { useShowFiltered } from '../frame/show-photos.tsx';
import { Button } from '../parts/button.tsx';
import { showState } from '../text/places.ts';
import classes from './places.module.css';
import type { PhotoState } from '#shared/photo.ts';

/** A way to the photos in each of these states, as far as there are any. */
export function ShowStates({ states }: { readonly states: readonly PhotoState[] }): ReactNode {
  const { counts } = useGlance();
  const showFiltered = useShowFiltered();
  const some = states.filter((state) => counts[state] > 0);
  if (some.length === 0) return null;
  return (
    <div className={classes['acts']}>
      {some.map((state) => (
        <Button key={state} size="small" onClick={() => showFiltered({ states: [state] })}>
          {showState(state, counts[state])}
        </Button>
      ))}
    </div>
  );
}
