import { Fragment, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { Button } from '../parts/button.tsx';
import { Menu } from '../parts/menu.tsx';
import { placeNames, type Place } from '../text/frame.ts';
import { settingsText as text } from '../text/places.ts';
import { PlaceTitle } from './place-title.tsx';
import classes from './section-page.module.css';

/** A part of a long page. */
export interface PageSection {
  /** Id of its heading in the document. */
  readonly id: string;
  readonly title: string;
  /** The section with its heading, an `h2`. */
  readonly content: ReactNode;
}

/** So far below the top, where it lies when one went to it, the heading of the section that is read may be. In CSS px. */
const READ_BELOW = 24;

/** A place of many sections, with their names to go to: beside them, or in a menu where there is no room. */
export function SectionPage({
  place,
  sections,
}: {
  readonly place: Place;
  readonly sections: readonly PageSection[];
}): ReactNode {
  const page = useRef<HTMLDivElement>(null);
  const chosen = useRef<HTMLElement>(null);
  const read = useReadSection(page, sections);
  const goTo = (id: string): HTMLElement | null => {
    const [heading, first] = [id, sections[0]?.id ?? id].map((one) => document.getElementById(one));
    if (page.current === null || !heading || !first) return null;
    heading.tabIndex = -1;
    // As far below the top as the first one lies.
    page.current.scrollTop = heading.offsetTop - first.offsetTop;
    heading.focus({ preventScroll: true });
    return heading;
  };
  const { aim } = usePlace();
  useEffect(() => {
    const section = aim?.section;
    if (section === undefined) return undefined;
    // A palette that closes gives the focus back first.
    const frame = requestAnimationFrame(() => goTo(section));
    return () => cancelAnimationFrame(frame);
    // Each time that one comes for it, and only then.
  }, [aim]);
  const isHere = (id: string): boolean => id === read;
  return (
    <PlaceLayout
      place={place}
      scrolls="own"
      toolbar={
        <PlaceTitle title={placeNames[place]}>
          <div className={classes['menu']}>
            <Menu
              align="end"
              focusAfter={chosen}
              trigger={
                <Button variant="quiet" opensMenu aria-label={text.goToSection}>
                  {sections.find(({ id }) => isHere(id))?.title ?? text.sections}
                </Button>
              }
              items={sections.map(({ id, title }) => ({
                kind: 'item',
                label: title,
                onSelect: () => {
                  chosen.current = goTo(id);
                },
              }))}
            />
          </div>
        </PlaceTitle>
      }
    >
      <div ref={page} className={classes['page']}>
        <div className={classes['columns']}>
          <nav className={classes['names']} aria-label={text.sections}>
            <ul>
              {sections.map(({ id, title }) => (
                <li key={id}>
                  <button
                    type="button"
                    className={classes['name']}
                    aria-current={isHere(id) ? 'location' : undefined}
                    onClick={() => goTo(id)}
                  >
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <div className={classes['column']}>
            {sections.map(({ id, content }) => (
              <Fragment key={id}>{content}</Fragment>
            ))}
          </div>
        </div>
      </div>
    </PlaceLayout>
  );
}

/** The section that is read: the last whose heading came to the top; at the end of the page the last. */
function useReadSection(
  page: RefObject<HTMLElement | null>,
  sections: readonly PageSection[],
): string | undefined {
  const [read, setRead] = useState(sections[0]?.id);
  const ids = sections.map(({ id }) => id).join(' ');
  useEffect(() => {
    const { current } = page;
    if (current === null) return undefined;
    const look = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = current;
      const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1;
      const all = ids.split(' ');
      const tops = all.map((id) => document.getElementById(id)?.offsetTop ?? 0);
      const above = all.filter((_, index) => (tops[index] ?? 0) <= (tops[0] ?? 0) + scrollTop + READ_BELOW);
      setRead(isAtEnd ? all.at(-1) : above.at(-1));
    };
    current.addEventListener('scroll', look, { passive: true });
    return () => current.removeEventListener('scroll', look);
  }, [page, ids]);
  return read;
}
