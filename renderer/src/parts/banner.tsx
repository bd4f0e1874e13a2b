import { CircleAlert, Clock, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './banner.module.css';
import { classNames } from './class-names.ts';

export interface BannerProps {
  /** `alert`: only the owner can help. `wait`: it ends by itself. `quiet`: good to know. */
  readonly tone: 'quiet' | 'wait' | 'alert';
  /** What happened, what it means for the photos, what can be done. */
  readonly children: ReactNode;
  /** It is about an act of the owner's, just now: screen readers are told at once. Default false. */
  readonly isOutcome?: boolean;
  /** A button or two. */
  readonly action?: ReactNode;
}

const ICONS = { quiet: Info, wait: Clock, alert: CircleAlert } as const;

/** A sentence that stays until what it tells has passed. */
export function Banner({ tone, children, isOutcome = false, action }: BannerProps): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className={classNames(classes['banner'], classes[tone])} role={isOutcome ? 'alert' : undefined}>
      <span className={classes['icon']}>
        <Icon aria-hidden="true" />
      </span>
      <div className={classes['words']}>{children}</div>
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </div>
  );
}
