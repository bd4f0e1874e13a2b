import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { filterText } from '../text/filter.ts';
import classes from './filter-bar.module.css';
import { FILTER_PARTS, isFiltered, withFields } from './filter-parts.ts';
import { PartMenu } from './part-menu.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { useSelectionActs, useSheetRows } from './use-selection.tsx';
import { useFilter } from './use-sheet.tsx';
import { ViewMenu } from './view-menu.tsx';

/** How long typing rests before the sheet is asked, in ms. */
const TYPED_AFTER_MS = 150;

/** The line above the sheet. Its parts compose: all of them apply together. */
export function FilterBar({ end }: { readonly end: ReactNode }): ReactNode {
  const { filter, setFilter } = useFilter();
  return (
    <div className={classes['bar']} role="search" aria-label={filterText.bar}>
      <div className={classes['parts']}>
        {FILTER_PARTS.map((part) => (
          <PartMenu key={part} part={part} />
        ))}
      </div>
      <NameField />
      <div className={classes['end']}>
        {isFiltered(filter) && (
          <>
            <ShownCount />
            <Button
              variant="quiet"
              size="small"
              aria-label={filterText.clearAll}
              onClick={({ currentTarget }) => {
                setFilter({});
                // This button goes; the keyboard stays in the bar.
                currentTarget.closest('[role="search"]')?.querySelector('input')?.focus();
              }}
            >
              {filterText.clear}
            </Button>
          </>
        )}
        <SavedFilters />
        <ViewMenu />
        {end}
      </div>
    </div>
  );
}

function ShownCount(): ReactNode {
  const rows = useSheetRows();
  const words = useSyncExternalStore(rows.onChange, () => {
    const outline = rows.arrival()?.outline;
    return outline === undefined ? null : filterText.ofAll(outline.total, outline.unfiltered);
  });
  if (words === null) return null;
  return (
    <span className={classes['count']} role="status">
      {words}
    </span>
  );
}

function NameField(): ReactNode {
  const { filter, setFilter } = useFilter();
  const selection = useSelectionActs();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter.text ?? '');
  const [known, setKnown] = useState(filter.text);
  // Cleared or applied from elsewhere.
  if (known !== filter.text) {
    setKnown(filter.text);
    if ((filter.text ?? '') !== typed.trim()) setTyped(filter.text ?? '');
  }
  const newest = useRef({ filter, setFilter });
  useEffect(() => {
    newest.current = { filter, setFilter };
  });
  useEffect(() => {
    const text = typed.trim();
    if (text === (newest.current.filter.text ?? '')) return undefined;
    const timer = setTimeout(() => {
      newest.current.setFilter(withFields(newest.current.filter, { text }));
    }, TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useCommands([
    {
      id: 'filter.name',
      label: filterText.focusName,
      group: filterText.group,
      keys: '/',
      alsoKeys: ['Mod+F'],
      onlyOn: 'sheet',
      isEnabled: () => selection.focus() === 'sheet',
      run: () => input.current?.select(),
    },
    {
      id: 'filter.clear',
      label: filterText.clearAll,
      group: filterText.group,
      keys: null,
      isEnabled: () => isFiltered(filter),
      run: () => setFilter({}),
    },
  ]);
  return (
    <div className={classes['name']}>
      <TextField
        ref={input}
        label={filterText.name}
        isLabelHidden
        placeholder={filterText.name}
        type="search"
        icon={<Search />}
        value={typed}
        onChange={setTyped}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          if (event.key === 'Escape' && typed !== '') setTyped('');
          else document.querySelector<HTMLElement>('[role="grid"]')?.focus();
        }}
      />
      {typed !== '' && (
        <button
          type="button"
          className={classes['remove']}
          aria-label={filterText.clear}
          onClick={() => {
            setTyped('');
            input.current?.focus();
          }}
        >
          <X />
        </button>
      )}
    </div>
  );
}
