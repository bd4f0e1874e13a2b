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
import type { Glance } from '#shared/glance.ts';

/** One part of the filter: what it asks, and the menu that changes it. */
export const PartMenu = memo(function PartMenu({ part }: { readonly part: FilterPart }): ReactNode {
  const { filter } = useFilter();
  // Folders' names come with the glance, which changes all the time: it is heard only where one is named.
  return part === 'folder' && isActive(filter, part) ? <FolderPart /> : <Part part={part} folders={[]} />;
});

function FolderPart(): ReactNode {
  const { folders } = useGlance();
  return <Part part="folder" folders={folders} />;
}

interface PartProps {
  readonly part: FilterPart;
  readonly folders: Glance['folders'];
}

function Part({ part, folders }: PartProps): ReactNode {
  const { filter, setFilter } = useFilter();
  const active = isActive(filter, part);
  const described = useDescription(part, folders);
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
          onClick={() => setFilter(withoutPart(filter, part))}
        >
          <X />
        </button>
      )}
    </span>
  );
}

function Choices({ part }: { readonly part: FilterPart }): ReactNode {
  if (part === 'concept') return <ConceptChoices />;
  if (part === 'day') return <DayChoices />;
  if (part === 'folder') return <FolderChoices />;
  return <CheckChoices part={part} />;
}

/** What the part asks, with the names of folders and concepts. */
function useDescription(part: FilterPart, folders: Glance['folders']): string {
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
    folder: (id) =>
      folders
        .find((folder) => folder.id === id)
        ?.path.split(/[/\\]/u)
        .at(-1) ?? '…',
  });
}
