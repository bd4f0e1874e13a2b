import type { ReactNode } from 'react';
import { formatCount } from '../text/format.ts';
import classes from './badge.module.css';
import { classNames } from './class-names.ts';

export interface BadgeProps {
  readonly count: number;
  /** `alert`: only the owner can help. */
  readonly tone?: 'quiet' | 'wait' | 'alert';
}

/** A count beside what it counts; nothing for 0. */
export function Badge({ count, tone = 'quiet' }: BadgeProps): ReactNode {
  if (count === 0) return null;
  return <span className={classNames(classes['badge'], classes[tone])}>{formatCount(count)}</span>;
}
