import { useState, type ReactNode } from 'react';
import classes from './progress.module.css';

export interface ProgressProps {
  /** What goes on; for screen readers. */
  readonly label: string;
  /** How much of it is done: 0 to 1; null: it cannot be told. */
  readonly part: number | null;
  /** What it is the progress of: with another one the bar begins anew. Default: always the same. */
  readonly of?: string | number;
}

/** A bar that never runs backwards: when there is more to do than was known, it waits. */
export function Progress({ label, part, of = '' }: ProgressProps): ReactNode {
  const [shown, setShown] = useState({ of, part: 0 });
  const next = Math.min(1, Math.max(part ?? 0, shown.of === of ? shown.part : 0));
  if (shown.of !== of || shown.part !== next) setShown({ of, part: next });
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part === null ? undefined : Math.floor(next * 100)}
      className={classes['bar']}
    >
      <div className={classes['done']} style={{ inlineSize: `${String(next * 100)}%` }} />
    </div>
  );
}
