import type { ReactNode } from 'react';
import type { Line } from '../text/inspector.ts';
import classes from './inspector.module.css';

/** Names and what they are. */
export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return (
    <dl className={classes['lines']}>
      {lines.map(({ name, value }) => (
        <div key={name} className={classes['line']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
