import type { ReactNode } from 'react';
import classes from './state-mark.module.css';
import { stateNames } from '../text/sheet.ts';
import type { PhotoState } from '#shared/photo.ts';

/** A shape of its own for each state, in a square of 12. */
const SHAPES: Readonly<Record<PhotoState, ReactNode>> = {
  found: <circle cx="6" cy="6" r="1.75" fill="currentColor" stroke="none" />,
  queued: (
    <>
      <circle cx="6" cy="6" r="4.5" />
      <path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6Z" fill="currentColor" stroke="none" />
    </>
  ),
  sending: <path d="M6 10.5v-9M2.5 5 6 1.5 9.5 5" />,
  accepted: (
    <>
      <circle cx="6" cy="6" r="4.75" />
      <path d="M3.9 6.2 5.4 7.7 8.2 4.6" />
    </>
  ),
  indexed: <path d="M1.75 6.5 4.75 9.5 10.25 3" />,
  failed: (
    <>
      <path d="M6 1.75v5.25" strokeWidth="2" />
      <circle cx="6" cy="9.9" r="1.15" fill="currentColor" stroke="none" />
    </>
  ),
  skipped: <path d="M2 6h8" strokeWidth="2" />,
  deleting: (
    <>
      <path d="M4 2.5h7v7H4L.8 6Z" />
      <path d="m5.8 4.4 3.2 3.2M9 4.4 5.8 7.6" />
    </>
  ),
  removed: <path d="m2.5 2.5 7 7M9.5 2.5l-7 7" />,
};

/** A state as its shape. @param isNamed whether screen readers hear it; false where the words stand beside it */
export function StateMark({
  state,
  isNamed = true,
}: {
  readonly state: PhotoState;
  readonly isNamed?: boolean;
}): ReactNode {
  const name = isNamed ? { role: 'img', 'aria-label': stateNames[state] } : { 'aria-hidden': true };
  return (
    <svg className={classes['shape']} viewBox="0 0 12 12" {...name}>
      {isNamed && <title>{stateNames[state]}</title>}
      {SHAPES[state]}
    </svg>
  );
}
