import type { ReactNode } from 'react';
import classes from './visually-hidden.module.css';

/** For screen readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={classes['hidden']}>{children}</div>;
}
