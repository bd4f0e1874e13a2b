import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** Why it is empty and what fills it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What a place shows that has nothing to show. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className={classes['empty']}>
      <h2 className={classes['title']}>{title}</h2>
      {children !== undefined && <div className={classes['words']}>{children}</div>}
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </div>
  );
}
