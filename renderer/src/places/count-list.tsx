import { useId, type ReactNode } from 'react';
import { formatCount } from '../text/format.ts';
import classes from './places.module.css';

export interface CountListProps {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly count: number }[];
  readonly note?: string;
  /** Where what is counted can be seen. */
  readonly children?: ReactNode;
}

/** Counts with their names; those of 0 are left out. */
export function CountList({ title, lines, note, children }: CountListProps): ReactNode {
  const id = useId();
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h2 id={id} className={classes['heading']}>
        {title}
      </h2>
      <dl className={classes['list']}>
        {lines
          .filter(({ count }) => count > 0)
          .map(({ label, count }) => (
            <div key={label} className={classes['line']}>
              <dt>{label}</dt>
              <dd className={classes['number']}>{formatCount(count)}</dd>
            </div>
          ))}
      </dl>
      {note !== undefined && <p className={classes['note']}>{note}</p>}
      {children}
    </section>
  );
}
