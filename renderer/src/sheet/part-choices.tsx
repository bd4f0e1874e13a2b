import type { KeyboardEvent, ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Checkbox } from '../parts/checkbox.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { filterText, ratingName } from '../text/filter.ts';
import { formatCount } from '../text/format.ts';
import { stateNames } from '../text/sheet.ts';
import classes from './filter-bar.module.css';
import { depthOf, folderOf, toggled, withFields } from './filter-parts.ts';
import { useFilter } from './use-sheet.tsx';
import type { PhotoState } from '#shared/photo.ts';
import type { FacetValue, SheetFacet, SheetFilter } from '#shared/sheet.ts';

/** The values of a facet with their counts, kept up to date; the ones before stay while newer ones are asked for. */
export function useFacet(facet: SheetFacet): readonly FacetValue[] | undefined {
  const { query } = useFilter();
  return useLive('facets', { query, facet }, ['photos', 'tags', 'concepts', 'folders']).value?.values;
}

/** Up and Down go from line to line. */
export function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.target instanceof HTMLInputElement) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('button, [role="checkbox"]')];
  const at = lines.findIndex((line) => line === document.activeElement);
  event.preventDefault();
  lines[Math.max(0, Math.min(at + by, lines.length - 1))]?.focus();
}

/** How a list facet is read from the filter and written to it. */
const LISTS = {
  state: {
    has: (filter: SheetFilter, value: string) => filter.states?.includes(value as PhotoState) === true,
    toggle: (filter: SheetFilter, value: string) =>
      withFields(filter, { states: toggled(filter.states, value as PhotoState) }),
    label: ({ value }: FacetValue) => stateNames[value as PhotoState],
  },
  camera: {
    has: (filter: SheetFilter, value: string) => filter.cameras?.includes(value) === true,
    toggle: (filter: SheetFilter, value: string) =>
      withFields(filter, { cameras: toggled(filter.cameras, value) }),
    label: ({ value }: FacetValue) => (value === '' ? filterText.unknownCamera : value),
  },
  rating: {
    has: (filter: SheetFilter, value: string) => filter.ratings?.includes(ratingOf(value)) === true,
    toggle: (filter: SheetFilter, value: string) =>
      withFields(filter, { ratings: toggled(filter.ratings, ratingOf(value)) }),
    label: ({ value }: FacetValue) => ratingName(ratingOf(value)),
  },
} as const;

function ratingOf(value: string): number | null {
  return value === '' ? null : Number(value);
}

/** Any of several values. */
export function CheckChoices({ part }: { readonly part: keyof typeof LISTS }): ReactNode {
  const { filter, setFilter } = useFilter();
  const values = useFacet(part);
  const list = LISTS[part];
  if (values === undefined) return <Spinner label={filterText.loading} />;
  const shown = values.filter(({ value, count }) => count > 0 || list.has(filter, value));
  if (shown.length === 0) return <p className={classes['quiet']}>{filterText.nothing}</p>;
  return (
    <div className={classes['list']} role="presentation" onKeyDown={moveInList}>
      {shown.map((value) => (
        <Checkbox
          key={value.value}
          state={list.has(filter, value.value) ? 'on' : 'off'}
          onChange={() => setFilter(list.toggle(filter, value.value))}
          label={
            <span className={classes['choice']}>
              {list.label(value)}
              <span className={classes['choice-count']}>{formatCount(value.count)}</span>
            </span>
          }
        />
      ))}
    </div>
  );
}

/** One folder or directory, with all that lies in it. */
export function FolderChoices(): ReactNode {
  const { filter, setFilter } = useFilter();
  const values = useFacet('folder');
  if (values === undefined) return <Spinner label={filterText.loading} />;
  const { folder } = filter;
  return (
    <div className={classes['list']} role="presentation" onKeyDown={moveInList}>
      {values.map(({ value, label, count }) => {
        const named = folderOf(value);
        const isChosen = folder?.folderId === named.folderId && folder.directory === named.directory;
        return (
          <button
            key={value}
            type="button"
            aria-pressed={isChosen}
            className={classes['folder']}
            style={{ paddingInlineStart: `${String(0.5 + depthOf(value))}rem` }}
            onClick={() => setFilter(withFields(filter, { folder: isChosen ? undefined : named }))}
          >
            {label}
            <span className={classes['choice-count']}>{formatCount(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
