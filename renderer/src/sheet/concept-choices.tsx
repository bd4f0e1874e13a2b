import { Check, Minus, Search, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Checkbox } from '../parts/checkbox.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { TextField } from '../parts/text-field.tsx';
import { filterText } from '../text/filter.ts';
import { formatCount } from '../text/format.ts';
import classes from './filter-bar.module.css';
import { conceptCounts, toggleConcept, wishFor, withFields, type ConceptCount } from './filter-parts.ts';
import { moveInList, useFacet } from './part-choices.tsx';
import { useFilter } from './use-sheet.tsx';

/** Concepts beyond this are reached by typing. */
const MOST_CONCEPTS = 100;

/** With a concept, marked as not having it, nothing said of it; or without any tag. */
export function ConceptChoices(): ReactNode {
  const { filter, setFilter } = useFilter();
  const values = useFacet('concept');
  const [text, setText] = useState('');
  if (values === undefined) return <Spinner label={filterText.loading} />;
  const { concepts, untagged } = conceptCounts(values);
  const wanted = text.trim().toLowerCase();
  const found = concepts.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className={classes['list']} role="presentation" onKeyDown={moveInList}>
      <TextField
        label={filterText.findConcept}
        isLabelHidden
        placeholder={filterText.findConcept}
        icon={<Search />}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== 'Enter' || first === undefined || wanted === '') return;
          event.preventDefault();
          setFilter(toggleConcept(filter, first.conceptId, event.shiftKey ? 0 : 1));
          setText('');
        }}
      />
      <div className={classes['concepts']}>
        {found.length === 0 && <p className={classes['quiet']}>{filterText.noConcepts}</p>}
        {found.slice(0, MOST_CONCEPTS).map((concept) => (
          <ConceptLine key={concept.conceptId} concept={concept} />
        ))}
      </div>
      <Checkbox
        state={filter.untagged === true ? 'on' : 'off'}
        onChange={(isOn) =>
          setFilter(
            withFields(filter, {
              untagged: isOn ? true : undefined,
              ...(isOn ? { concepts: filter.concepts?.filter(({ value }) => value === null) } : {}),
            }),
          )
        }
        label={
          <span className={classes['choice']}>
            {filterText.untagged}
            <span className={classes['choice-count']}>{formatCount(untagged)}</span>
          </span>
        }
      />
    </div>
  );
}

function ConceptLine({ concept }: { readonly concept: ConceptCount }): ReactNode {
  const { filter, setFilter } = useFilter();
  const { conceptId, name, present, absent } = concept;
  const now = wishFor(filter, conceptId);
  const wish = (value: 0 | 1 | null, label: string, icon: ReactNode, count: number | null): ReactNode => (
    <button
      type="button"
      className={classes['wish']}
      aria-pressed={now === value}
      aria-label={count === null ? label : `${label}, ${formatCount(count)}`}
      title={label}
      onClick={() => setFilter(toggleConcept(filter, conceptId, value))}
    >
      {icon}
      {count !== null && formatCount(count)}
    </button>
  );
  return (
    <div className={classes['concept']} role="group" aria-label={name}>
      <span className={classes['concept-name']} title={name}>
        {name}
      </span>
      {wish(1, filterText.present(name), <Check />, present)}
      {wish(0, filterText.absent(name), <X />, absent)}
      {wish(null, filterText.unsaid(name), <Minus />, null)}
    </div>
  );
}
