import { Bookmark, Pencil, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Popover } from '../parts/popover.tsx';
import { TextField } from '../parts/text-field.tsx';
import { filterText } from '../text/filter.ts';
import classes from './filter-bar.module.css';
import { isFiltered } from './filter-parts.ts';
import { useFilter } from './use-sheet.tsx';
import type { SavedFilter } from '#shared/glance.ts';

/** Filters with names. */
export function SavedFilters(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label={filterText.saved.title}
      align="end"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<IconButton label={filterText.saved.title} icon={<Bookmark />} />}
    >
      <SavedList onApplied={() => setIsOpen(false)} />
    </Popover>
  );
}

function SavedList({ onApplied }: { readonly onApplied: () => void }): ReactNode {
  const engine = useEngine();
  const { filter, setFilter } = useFilter();
  const { value, refresh } = useLive('savedFilters', {}, ['settings', 'edits']);
  const [renamed, setRenamed] = useState<SavedFilter | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const words = filterText.saved;
  const filters = value?.filters ?? [];
  const save = (next: readonly SavedFilter[], label: string): void => {
    setHasFailed(false);
    engine.saveFilters({ filters: next, label }).then(refresh, () => setHasFailed(true));
  };
  return (
    <>
      {hasFailed && (
        <Banner tone="alert" isOutcome>
          {words.failed}
        </Banner>
      )}
      {filters.length === 0 && <p className={classes['quiet']}>{words.none}</p>}
      <ul>
        {filters.map((saved) => (
          <li key={saved.id} className={classes['saved']}>
            <button
              type="button"
              className={classes['saved-name']}
              onClick={() => {
                setFilter(saved.filter);
                onApplied();
              }}
            >
              {saved.name}
            </button>
            <IconButton
              label={words.rename(saved.name)}
              icon={<Pencil />}
              onClick={() => setRenamed(saved)}
            />
            <IconButton
              label={words.remove(saved.name)}
              icon={<Trash2 />}
              onClick={() =>
                save(
                  filters.filter(({ id }) => id !== saved.id),
                  words.labels.remove(saved.name),
                )
              }
            />
          </li>
        ))}
      </ul>
      {renamed !== null ? (
        <NameForm
          key={renamed.id}
          firstName={renamed.name}
          onName={(name) => {
            save(
              filters.map((saved) => (saved.id === renamed.id ? { ...saved, name } : saved)),
              words.labels.rename(name),
            );
            setRenamed(null);
          }}
        />
      ) : isFiltered(filter) ? (
        <NameForm
          key={filters.length}
          firstName=""
          onName={(name) =>
            save(
              [...filters, { id: crypto.getRandomValues(new Uint32Array(3)).join('-'), name, filter }],
              words.labels.save(name),
            )
          }
        />
      ) : (
        <p className={classes['quiet']}>{words.nothingToSave}</p>
      )}
    </>
  );
}

function NameForm({ firstName, onName }: { firstName: string; onName: (name: string) => void }): ReactNode {
  const [name, setName] = useState(firstName);
  const isNamed = name.trim() !== '';
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed) onName(name.trim());
      }}
    >
      <TextField label={filterText.saved.name} value={name} onChange={setName} maxLength={60} />
      <Button type="submit" disabled={!isNamed}>
        {filterText.saved.done}
      </Button>
    </form>
  );
}
