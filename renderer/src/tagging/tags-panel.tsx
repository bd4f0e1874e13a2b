/** The tags of what is selected, with the three acts on each, and the field that adds more. */
import { Check, Eraser, Minus, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLive } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { Panel } from '../parts/panel.tsx';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { taggingText } from '../text/tagging.ts';
import { commonStateOf, type CommonConcept, type CommonState } from './common-state.ts';
import { ConceptField } from './concept-field.tsx';
import classes from './tags-panel.module.css';
import { useTagging } from './use-tagging.tsx';
import { useTypeField } from './type-place.tsx';
import type { CommonTags } from '#shared/tagging.ts';

/** The part of the inspector about tags. */
export function TagsPanel(): ReactNode {
  const { place } = useTagging();
  const tags = useCommonTags();
  if (place === null) {
    return (
      <Panel title={taggingText.tags}>
        <p className={classes['quiet']}>{taggingText.nothingChosen}</p>
      </Panel>
    );
  }
  return (
    <Panel title={taggingText.tagsOf(place.photoCount)}>
      {/* Above what grows with every tag: the field stays where the eyes are. */}
      <TypeHere />
      {tags !== undefined && <CommonList tags={tags} />}
      {tags !== undefined && tags.suggestions.length > 0 && <Suggestions suggestions={tags.suggestions} />}
    </Panel>
  );
}

/** The answer for the photos before stays until the one for these is there: the panel does not jump with every arrow. */
function useCommonTags(): CommonTags | undefined {
  const { place } = useTagging();
  const asked = place === null ? null : { target: place.target };
  const { value } = useLive('commonTags', asked, ['tags', 'concepts']);
  const [last, setLast] = useState<CommonTags | undefined>(undefined);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

function CommonList({ tags }: { readonly tags: CommonTags }): ReactNode {
  if (tags.concepts.length === 0) {
    return <p className={classes['quiet']}>{taggingText.noTags(tags.photoCount)}</p>;
  }
  return (
    <ul className={classes['list']} aria-label={taggingText.tags}>
      {tags.concepts.map((concept) => (
        <ConceptRow key={concept.conceptId} concept={concept} photoCount={tags.photoCount} />
      ))}
    </ul>
  );
}

const MARKS = { present: <Check />, absent: <X />, mixed: <Minus /> } as const;

function ConceptRow({
  concept,
  photoCount,
}: {
  readonly concept: CommonConcept;
  readonly photoCount: number;
}): ReactNode {
  const { give, activeSet } = useTagging();
  const { conceptId, name } = concept;
  const state = commonStateOf(concept, photoCount);
  const key = activeSet?.bindings.find((binding) => binding.conceptId === conceptId)?.key.toUpperCase();
  const mark = (value: 0 | 1 | null): void => give([{ concept: { conceptId }, name, value }]);
  return (
    <li className={classes['row']} data-state={state}>
      <span className={classes['mark']} data-state={state} aria-hidden="true">
        {MARKS[state]}
      </span>
      <span className={classes['name']}>
        {name}
        <StateWords concept={concept} state={state} photoCount={photoCount} />
      </span>
      {key === undefined ? <span /> : <Kbd keys={key} />}
      <span className={classes['acts']}>
        <IconButton
          label={taggingText.markPresent(name)}
          icon={<Check />}
          keys={key}
          isPressed={state === 'present'}
          onClick={() => mark(1)}
        />
        <IconButton
          label={taggingText.markAbsent(name)}
          icon={<X />}
          keys={key === undefined ? undefined : `Shift+${key}`}
          isPressed={state === 'absent'}
          onClick={() => mark(0)}
        />
        <IconButton
          label={taggingText.remove(name)}
          icon={<Eraser />}
          keys={key === undefined ? undefined : `Alt+${key}`}
          onClick={() => mark(null)}
        />
      </span>
    </li>
  );
}

function StateWords({
  concept: { presentCount, absentCount },
  state,
  photoCount,
}: {
  readonly concept: CommonConcept;
  readonly state: CommonState;
  readonly photoCount: number;
}): ReactNode {
  if (state !== 'mixed') return <VisuallyHidden>, {taggingText.stateWords[state]}</VisuallyHidden>;
  const parts = [
    ...(presentCount > 0 ? [taggingText.ofCount(presentCount, photoCount)] : []),
    ...(absentCount > 0 ? [taggingText.notCount(absentCount)] : []),
  ];
  return <span className={classes['detail']}>{parts.join(', ')}</span>;
}

/** Suggestions that are shown until all are asked for. */
const FEW = 8;

function Suggestions({ suggestions }: Pick<CommonTags, 'suggestions'>): ReactNode {
  const { takeSuggestion, place } = useTagging();
  const [showsAll, setShowsAll] = useState(false);
  const all = place?.photoCount ?? 1;
  const shown = showsAll ? suggestions : suggestions.slice(0, FEW);
  return (
    <div>
      <h3 className={classes['heading']}>{taggingText.inTheFiles(all)}</h3>
      <ul>
        {shown.map((suggestion) => {
          const words = taggingText.addTo(suggestion.photoCount, all);
          return (
            <li key={suggestion.keyword} className={classes['suggestion']}>
              <span className={classes['name']}>
                {taggingText.suggestion(suggestion.keyword, suggestion.conceptName)}
              </span>
              <Button
                size="small"
                aria-label={taggingText.addSuggestion(words, suggestion.conceptName)}
                onClick={() => takeSuggestion(suggestion)}
              >
                {words}
              </Button>
            </li>
          );
        })}
      </ul>
      {shown.length < suggestions.length && (
        <Button size="small" variant="quiet" onClick={() => setShowsAll(true)}>
          {taggingText.showAll(suggestions.length)}
        </Button>
      )}
    </div>
  );
}

/** The field; typing a concept with its key comes here while the panel is there. */
function TypeHere(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { offer } = useTypeField();
  useEffect(
    () =>
      offer({
        isReachable: () => input.current?.closest('[inert]') === null && input.current.checkVisibility(),
        focus() {
          cameFrom.current = document.activeElement;
          input.current?.focus();
          setIsOpen(true);
        },
      }),
    [offer],
  );
  return (
    <ConceptField
      inputRef={input}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onLeave={() => {
        setIsOpen(false);
        input.current?.blur();
        if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
        cameFrom.current = null;
      }}
    />
  );
}
