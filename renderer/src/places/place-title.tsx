import type { ReactNode } from 'react';
import classes from './places.module.css';

/** A place's toolbar when it has little to say: its name, which the layout tells screen readers, and acts at the end. */
export function PlaceTitle({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <>
      <span className={classes['title']} aria-hidden="true">
        {title}
      </span>
      {children}
    </>
  );
}
