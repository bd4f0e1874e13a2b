import type { ReactNode } from 'react';
import { useKeptFocus } from '../parts/use-kept-focus.ts';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { placeNames, type Place } from '../text/frame.ts';
import classes from './place-layout.module.css';

export interface PlaceLayoutProps {
  readonly place: Place;
  /** The line above: filters, sizes, acts. Absent: the place's name; null: no line, and the content brings the heading. */
  readonly toolbar?: ReactNode;
  /** The column at the side, over the whole height. */
  readonly aside?: ReactNode;
  /** `own`: the content scrolls by itself. Default `page`: the layout scrolls it, with a readable width. */
  readonly scrolls?: 'page' | 'own';
  readonly children: ReactNode;
}

/** How every place is laid out: a toolbar of 44 px, the content, and a column at the side. */
export function PlaceLayout({
  place,
  toolbar,
  aside,
  scrolls = 'page',
  children,
}: PlaceLayoutProps): ReactNode {
  const kept = useKeptFocus();
  return (
    <div className={classes['layout']}>
      <main className={classes['main']} aria-label={placeNames[place]} {...kept}>
        {toolbar !== undefined && toolbar !== null && (
          <VisuallyHidden>
            <h1>{placeNames[place]}</h1>
          </VisuallyHidden>
        )}
        {toolbar !== null && (
          <div className={classes['toolbar']}>
            {toolbar === undefined ? <h1 className={classes['title']}>{placeNames[place]}</h1> : toolbar}
          </div>
        )}
        {scrolls === 'own' ? (
          <div className={classes['content']}>{children}</div>
        ) : (
          <div className={classes['page']}>
            <div className={classes['column']}>{children}</div>
          </div>
        )}
      </main>
      {aside !== undefined && aside !== null && <aside className={classes['aside']}>{aside}</aside>}
    </div>
  );
}
