import type { ReactNode } from 'react';
import classes from './places.module.css';

/** A place's toolbar when it has little to say: its name, and acts at the end. */
export function PlaceTitle({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <>
      <h1 className={classes['title']}>{title}</h1>
      {children}
    </>
  );
}
