/** Tagging for React: the acts on what is selected, the key set at work, and what the palette and the strip share. */
import { createContext, useCallback, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useActQueue, useEngine, useLive } from '../engine/use-engine.tsx';
import { useView } from '../engine/use-glance.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { useMessages } from '../parts/messages.tsx';
import { useGiven } from '../parts/use-given.ts';
import { useSelectionActs, useSheetRows } from '../sheet/use-selection.tsx';
import { failureSentence, taggingText } from '../text/tagging.ts';
import { keySetText } from '../text/tagging-dialogs.ts';
import { ConfirmTag, type TagQuestion } from './confirm-tag.tsx';
import type { NamedWish } from './given-set.ts';
import { createTagActs, type TagPlace } from './tag-acts.ts';
import { placeOf } from './tag-place.ts';
import { TagFailure } from './tag-failure.tsx';
import { useUndoAction } from './use-undo-action.ts';
import type { CommonTags, KeyBinding, KeySet, KeySets } from '#shared/tagging.ts';

/** What the parts of tagging share. */
export interface Tagging {
  /** Where a key pressed now would act; null: no photo is at the cursor. */
  readonly place: TagPlace | null;
  /** Marks concepts at the present place. `advances`: goes to the next photo when the owner likes that after keys. */
  readonly give: (wishes: readonly NamedWish[], options?: { readonly advances?: boolean }) => void;
  /** The same with wishes that have to be found first: they go where the place was when this was called. */
  readonly giveFound: (words: string, find: () => Promise<readonly NamedWish[] | null>) => void;
  /** Marks a concept present where the files' keywords suggest it. */
  readonly takeSuggestion: (suggestion: CommonTags['suggestions'][number]) => void;
  readonly repeat: () => void;
  readonly copy: () => void;
  readonly paste: () => void;
  readonly replace: () => void;
  /** Goes to a neighbour of the cursor photo. */
  readonly move: (by: 1 | -1) => void;
  readonly keySets: KeySets | undefined;
  readonly activeSet: KeySet | null;
  /** Puts the keys of a set to work; null: none. */
  readonly chooseSet: (set: KeySet | null) => void;
  /** Makes a first set and puts its keys to work. */
  readonly makeSet: (name: string, bindings: readonly KeyBinding[]) => void;
  readonly advances: boolean;
  readonly toggleAdvance: () => void;
}

const TaggingContext = createContext<Tagging | null>(null);

/** Acts of tagging on the sheet above. */
export function useTagging(): Tagging {
  return useGiven(TaggingContext, 'ActsProvider');
}

/** Gives `useTagging` to everything below, and asks before a very large act. Lies in the sheet's provider. */
export function ActsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { acts, saveSets, failure, dismissFailure, question } = useActs();
  const { placeNow, place, move } = usePlace();
  const { say } = useMessages();
  const keySets = useLive('keySets', {}, ['settings', 'concepts']).value;
  const { view, saveView } = useView();
  const advances = view.advancesAfterKey;
  const activeSet = keySets?.sets.find(({ id }) => id === keySets.activeId) ?? null;

  const tagging = useMemo<Tagging>(() => {
    const here = (act: (there: TagPlace) => unknown): void => {
      const there = placeNow();
      if (there === null) say({ text: taggingText.nothingChosen });
      else void act(there);
    };
    return {
      place,
      give: (wishes, options) =>
        here((there) => {
          void acts.give(there, wishes);
          // The act holds its photo fast already.
          if (advances && options?.advances === true && there.photoCount === 1) move(1);
        }),
      takeSuggestion: ({ conceptName: name, photoCount }) =>
        here((there) =>
          acts.give({ ...there, target: { ...there.target, suggested: name }, photoCount }, [
            { concept: { name }, name, value: 1 },
          ]),
        ),
      giveFound: (words, find) => here((there) => acts.giveFound(there, words, find)),
      repeat: () => here(acts.repeat),
      copy: () => here(acts.copy),
      paste: () => here(acts.paste),
      replace: () => here(acts.replace),
      move,
      keySets,
      activeSet,
      chooseSet: (set) => {
        const label = set === null ? taggingText.useNoKeySet : taggingText.useKeySet(set.name);
        saveSets({ sets: keySets?.sets ?? [], activeId: set?.id ?? null, label }, label);
      },
      makeSet(name, bindings) {
        const set = { id: crypto.randomUUID(), name, bindings };
        const [first] = bindings;
        const label = keySetText.acts.made(name);
        saveSets(
          { sets: [...(keySets?.sets ?? []), set], activeId: set.id, label },
          first === undefined ? label : taggingText.setMade(name, first.key.toUpperCase(), first.name),
        );
      },
      advances,
      toggleAdvance: () => {
        void saveView({ advancesAfterKey: !advances });
        say({ text: advances ? taggingText.advanceOff : taggingText.advanceOn });
      },
    };
  }, [acts, saveSets, placeNow, place, move, say, keySets, activeSet, advances, saveView]);

  return (
    <TaggingContext value={tagging}>
      {children}
      {failure !== null && <TagFailure sentence={failure} onDismiss={dismissFailure} />}
      {question !== null && <ConfirmTag question={question} />}
    </TaggingContext>
  );
}

function usePlace() {
  const rows = useSheetRows();
  const store = useSelectionActs();
  const selection = useSyncExternalStore(store.onChange, store.now);
  const total = useSyncExternalStore(rows.onChange, rows.total);
  const query = useSyncExternalStore(rows.onChange, rows.query);
  // A key may come before React has drawn what the key before it did: acts ask the store itself.
  const placeNow = useCallback(
    () => placeOf({ selection: store.now(), focus: store.focus(), query: rows.query(), total: rows.total() }),
    [store, rows],
  );
  const place = useMemo(
    () => placeOf({ selection, focus: store.focus(), query, total }),
    [selection, store, query, total],
  );
  const move = useCallback(
    (by: 1 | -1) => {
      const { cursor } = store.now();
      if (cursor !== null) store.moveTo(cursor.place + by);
    },
    [store],
  );
  return { placeNow, place, move };
}

function useActs() {
  const engine = useEngine();
  const queue = useActQueue();
  const rows = useSheetRows();
  const undoAction = useUndoAction();
  const { say } = useMessages();
  const announce = useAnnounce();
  const [failure, setFailure] = useState<string | null>(null);
  const [question, setQuestion] = useState<TagQuestion | null>(null);
  const acts = useMemo(
    () =>
      createTagActs({
        engine,
        queue,
        applyRows: (changed, asOf) => rows.applyRows(changed, asOf),
        say: (text, { canUndo }) => {
          const action = canUndo ? undoAction() : undefined;
          say({ text, action });
        },
        fail: (sentence) => {
          setFailure(sentence);
          if (sentence !== null) announce(sentence, 'assertive');
        },
        confirm: (place, words) =>
          new Promise((resolve) => {
            const answer = (isMeant: boolean): void => {
              setQuestion(null);
              resolve(isMeant);
            };
            setQuestion({ place, words, answer });
          }),
      }),
    [engine, queue, undoAction, announce, rows, say],
  );
  const dismissFailure = useCallback(() => setFailure(null), []);
  const saveSets = useCallback(
    (saved: Parameters<typeof engine.saveKeySets>[0], sentence: string) => {
      void queue
        .add(() => engine.saveKeySets(saved))
        .then(
          () => say({ text: sentence, action: undoAction() }),
          (error: unknown) => setFailure(failureSentence(saved.label, error)),
        );
    },
    [engine, queue, say, undoAction],
  );
  return { acts, saveSets, failure, dismissFailure, question };
}
