/** The keys of one set: focus a concept's key and press the one that it shall have. */
import { X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Command } from '../commands/registry.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { keySetText } from '../text/tagging-dialogs.ts';
import { ActBanner } from './act-banner.tsx';
import { ConceptChooser } from './concept-chooser.tsx';
import classes from './dialogs.module.css';
import {
  bound,
  conflictOf,
  freeDigit,
  unbound,
  withChanged,
  type SavedSets,
  type SaveSets,
} from './key-set-edits.ts';
import type { ConceptUse, KeyBinding, KeySet } from '#shared/tagging.ts';

/** A concept that was added and has no key yet. */
type Unbound = Omit<KeyBinding, 'key'>;

interface Conflict {
  readonly sentence: string;
  /** Takes the key all the same; null: it cannot be taken. */
  readonly take: { readonly label: string; readonly run: () => void } | null;
}

export function BindingList({
  saved,
  set,
  save,
  create,
  commands,
}: {
  readonly saved: SavedSets;
  readonly set: KeySet;
  readonly save: SaveSets;
  /** Makes a concept as an act of the dialog; null when it failed. */
  readonly create: (name: string) => Promise<ConceptUse | null>;
  readonly commands: readonly Command[];
}): ReactNode {
  const [added, setAdded] = useState<readonly Unbound[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const waiting = added.filter((each) => set.bindings.every(({ conceptId }) => conceptId !== each.conceptId));

  function give(binding: KeyBinding): void {
    setConflict(null);
    const { acts } = keySetText;
    save(
      withChanged(saved, set.id, (before) => bound(before, binding)),
      acts.bound(binding.key.toUpperCase(), binding.name),
    );
  }

  function press(key: string, concept: Unbound): void {
    const found = conflictOf(set, { key, conceptId: concept.conceptId }, commands);
    if (found === null) {
      give({ ...concept, key });
      return;
    }
    const label = keySetText.give(key.toUpperCase(), concept.name);
    const take = found.holder === null ? null : { label, run: () => give({ ...concept, key }) };
    setConflict({ sentence: found.sentence, take });
  }

  return (
    <>
      {conflict !== null && (
        <div role="alert">
          <ActBanner tone="quiet" act={conflict.take}>
            {conflict.sentence}
          </ActBanner>
        </div>
      )}
      <p className={classes['soft']}>
        {set.bindings.length + waiting.length === 0 ? keySetText.noBindings : keySetText.howToChange}
      </p>
      <ul aria-label={keySetText.bindings}>
        {set.bindings.map((binding) => (
          <BindingLine
            key={binding.conceptId}
            concept={binding}
            boundKey={binding.key.toUpperCase()}
            onKey={(key) => press(key, { conceptId: binding.conceptId, name: binding.name })}
            onRemove={() =>
              save(
                withChanged(saved, set.id, (before) => unbound(before, binding.conceptId)),
                keySetText.acts.unbound(binding.name),
              )
            }
          />
        ))}
        {waiting.map((concept) => (
          <BindingLine
            key={concept.conceptId}
            concept={concept}
            boundKey={null}
            onKey={(key) => press(key, concept)}
            onRemove={() => setAdded(added.filter((each) => each !== concept))}
          />
        ))}
      </ul>
      <ConceptChooser
        label={keySetText.addConcept}
        placeholder={keySetText.addPlaceholder}
        create={create}
        onChoose={({ conceptId, name }) => {
          // A digit at once: nine names are nine keys. Whoever wants another presses it on the key.
          const key = freeDigit(set, commands);
          if (set.bindings.some((binding) => binding.conceptId === conceptId)) return;
          if (key === null) setAdded([...waiting, { conceptId, name }]);
          else give({ conceptId, name, key });
        }}
      />
    </>
  );
}

function BindingLine({
  concept,
  boundKey,
  onKey,
  onRemove,
}: {
  readonly concept: Unbound;
  readonly boundKey: string | null;
  readonly onKey: (key: string) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const cap = useRef<HTMLButtonElement>(null);
  const [wasBound] = useState(boundKey !== null);
  // A concept that was added when all digits were taken waits for its key.
  useEffect(() => {
    if (!wasBound) cap.current?.focus();
  }, [wasBound]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ') return;
    event.preventDefault();
    event.stopPropagation();
    onKey(event.key.toLowerCase());
  };
  return (
    <li className={classes['binding']}>
      <button
        ref={cap}
        type="button"
        className={classes['cap']}
        data-bound={boundKey !== null}
        aria-label={keySetText.keyOf(concept.name, boundKey)}
        onKeyDown={onKeyDown}
        onClick={() => cap.current?.focus()}
      >
        {boundKey === null ? keySetText.pressKey : <Kbd keys={boundKey} />}
      </button>
      <span className={classes['words']}>{concept.name}</span>
      <IconButton label={keySetText.unbind(concept.name)} icon={<X />} onClick={onRemove} />
    </li>
  );
}
