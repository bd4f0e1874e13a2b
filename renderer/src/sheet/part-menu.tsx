import { ChevronDown, X } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useGlance } from '../engine/use-glance.tsx';
import { useLive } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { Popover } from '../parts/popover.tsx';
import { describePart, filterText, partNames } from '../text/filter.ts';
import { ConceptChoices } from './concept-choices.tsx';
import { DayChoices } from './day-choices.tsx';
import classes from './filter-bar.module.css';
import { conceptCounts, isActive, withoutPart, type FilterPart } from './filter-parts.ts';
import { CheckChoices, FolderChoices } from './part-choices.tsx';
import { useFilter } from './use-sheet.tsx';

/** One part of the filter: what it asks, and the menu that changes it. */
export const PartMenu = memo(function PartMenu({ part }: { readonly part: FilterPart }): ReactNode {
  // Folders' names come with the glance, which changes all the time: one part alone hears it.
  return part === 'folder' ? <FolderPart /> : <Part part={part} folderName="" />;
});

function FolderPart(): ReactNode {
  const { folders } = useGlance();
  const wanted = useFilter().filter.folder?.folderId;
  const path = folders.find(({ id }) => id === wanted)?.path;
  return <Part part="folder" folderName={path?.split(/[/\\]/u).at(-1) ?? '…'} />;
}

interface PartProps {
  readonly part: FilterPart;
  /** Of the watched folder that the filter names. */
  readonly folderName: string;
}

const Part = memo(function Part({ part, folderName }: PartProps): ReactNode {
  const { filter, setFilter } = useFilter();
  const active = isActive(filter, part);
  const described = useDescription(part, folderName);
  return (
    <span className={classNames(classes['part'], active && classes['active'])}>
      <Popover
        label={filterText.by(part)}
        trigger={
          <Button
            variant="quiet"
            size="small"
            aria-label={`${filterText.by(part)}${active ? `: ${described}` : ''}`}
          >
            {active ? <span className={classes['value']}>{described}</span> : partNames[part]}{' '}
            {!active && <ChevronDown aria-hidden="true" />}
          </Button>
        }
      >
        <Choices part={part} />
      </Popover>
      {active && (
        <button
          type="button"
          className={classes['remove']}
          aria-label={filterText.clearPart(part)}
          onClick={({ currentTarget }) => {
            setFilter(withoutPart(filter, part));
            // The cross goes; who pressed it by key stays at the part.
            currentTarget.parentElement?.querySelector('button')?.focus();
          }}
        >
          <X />
        </button>
      )}
    </span>
  );
});

function Choices({ part }: { readonly part: FilterPart }): ReactNode {
  if (part === 'concept') return <ConceptChoices />;
  if (part === 'day') return <DayChoices />;
  if (part === 'folder') return <FolderChoices />;
  return <CheckChoices part={part} />;
}

/** What the part asks, with the names of folders and concepts. */
function useDescription(part: FilterPart, folderName: string): string {
  const { filter, query } = useFilter();
  const needsNames = part === 'concept' && filter.concepts !== undefined;
  const facets = useLive(
    'facets',
    needsNames ? { query: { ...query, filter: {} }, facet: 'concept' } : null,
    ['concepts'],
  ).value;
  const { concepts } = conceptCounts(facets?.values ?? []);
  return describePart(filter, part, {
    concept: (id) => concepts.find(({ conceptId }) => conceptId === id)?.name ?? '…',
    folder: () => folderName,
  });
}
