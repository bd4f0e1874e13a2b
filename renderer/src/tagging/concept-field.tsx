/** The type-ahead over concepts: Enter marks present, with Shift absent, with Alt removes; it stays for the next one. */
import { EqualApproximately, Plus } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { ComboBox, type ChoiceEvent, type ComboOption } from '../parts/combo-box.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { formatCount } from '../text/format.ts';
import { taggingText } from '../text/tagging.ts';
import classes from './concept-field.module.css';
import type { NamedWish } from './given-set.ts';
import { nearDuplicate, type PaletteOption } from './palette-options.ts';
import { usePaletteOptions } from './use-palette-options.ts';
import { useTagging } from './use-tagging.tsx';

/** A field that tags what is selected. */
export function ConceptField(props: {
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Escape while the list is open or nothing is typed. */
  readonly onLeave: () => void;
  /** The list lies below the field, in the same surface. */
  readonly isInline?: boolean;
}): ReactNode {
  const { inputRef, isOpen, onOpenChange, onLeave, isInline = false } = props;
  const { give, giveFound, move, activeSet } = useTagging();
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  const answer = usePaletteOptions(text, isOpen ? turn : null);

  function choose(option: PaletteOption, value: 0 | 1 | null): void {
    give([wishOf(option, value)]);
    taken();
  }

  /** What is under the list is in sight until the next letter. */
  function taken(): void {
    setText('');
    setTurn(turn + 1);
    onOpenChange(false);
  }

  /** What is typed was not answered yet, or no line is marked. */
  function takeFirst(value: 0 | 1 | null, creates: boolean): void {
    if (text.trim() === '') return;
    const typed = text;
    taken();
    giveFound(typed, async () => {
      try {
        const options = await answer.ask(typed);
        const [first] = creates ? options.slice(-1) : options;
        if (first !== undefined && isPossible(first)) return [wishOf(first, value)];
        setText((now) => (now === '' ? typed : now));
        return null;
      } catch (error) {
        setText((now) => (now === '' ? typed : now));
        throw error;
      }
    });
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setText('');
      onLeave();
    } else if (event.key === 'Enter' && (answer.text !== text || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      takeFirst(valueOf(event), event.ctrlKey || event.metaKey);
    } else if (text === '' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      move(event.key === 'ArrowLeft' ? -1 : 1);
    }
  }

  const keyOf = new Map(activeSet?.bindings.map(({ conceptId, key }) => [conceptId, key]));
  return (
    <ComboBox
      label={taggingText.addConcept}
      placeholder={taggingText.addPlaceholder}
      text={text}
      onText={setText}
      options={answer.options.filter(isPossible).map((option) => lineOf(option, keyOf))}
      onChoose={({ option }, event) => choose(option, valueOf(event))}
      onCreate={(_, event) => takeFirst(valueOf(event), false)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isInline={isInline}
      onKeyDown={onKeyDown}
      footer={<Footer options={answer.options} />}
      {...(inputRef === undefined ? {} : { inputRef })}
    />
  );
}

function valueOf(event: ChoiceEvent): 0 | 1 | null {
  return event.altKey ? null : event.shiftKey ? 0 : 1;
}

function wishOf(option: PaletteOption, value: 0 | 1 | null): NamedWish {
  if (option.kind === 'create')
    return { concept: { name: option.draft.name }, name: option.draft.name, value };
  const { conceptId, name } = option.concept;
  return { concept: { conceptId }, name, value };
}

/** A name that cannot become a concept is no line; the footer says why. */
function isPossible(option: PaletteOption): boolean {
  return option.kind === 'concept' || option.draft.problem === null;
}

interface Line extends ComboOption {
  readonly option: PaletteOption;
}

function lineOf(option: PaletteOption, keyOf: ReadonlyMap<number, string>): Line {
  if (option.kind === 'create') {
    return { key: option.key, option, label: taggingText.create(option.draft.name), icon: <Plus /> };
  }
  const { concept, section, key } = option;
  const bound = keyOf.get(concept.conceptId);
  return {
    key,
    option,
    label: concept.name,
    icon: section === 'near' ? <EqualApproximately /> : <span />,
    detail: (
      <>
        {section === 'near' && <VisuallyHidden>{taggingText.nearly}, </VisuallyHidden>}
        {formatCount(concept.presentCount)}
        {bound !== undefined && <Kbd keys={bound.toUpperCase()} />}
      </>
    ),
  };
}

function Footer({ options }: { readonly options: readonly PaletteOption[] }): ReactNode {
  const create = options.find((option) => option.kind === 'create');
  const near = nearDuplicate(options);
  return (
    <div className={classes['footer']}>
      {create !== undefined && create.draft.problem !== null && (
        <p className={classes['problem']}>{create.draft.problem}</p>
      )}
      {near !== null && (
        <p>
          {taggingText.nearWarning(near.name, near.presentCount)}
          <Kbd keys="Mod+Enter" /> {taggingText.createsAnyway}
        </p>
      )}
      {create !== undefined && create.draft.problem === null && !create.draft.isPlainId && (
        <p>
          {taggingText.create(create.draft.name)}: <code>{taggingText.idIs(create.draft.remoteId)}</code>.{' '}
          {taggingText.idRule}
        </p>
      )}
      <p className={classes['legend']}>
        <span>
          <Kbd keys="Enter" /> {taggingText.present}
        </span>
        <span>
          <Kbd keys="Shift+Enter" /> {taggingText.absent}
        </span>
        <span>
          <Kbd keys="Alt+Enter" /> {taggingText.removes}
        </span>
      </p>
    </div>
  );
}
