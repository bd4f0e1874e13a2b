/** What the dialog of key sets does to them. Pure; what they answer is saved as a whole. */
import { keySetText } from '../text/tagging-dialogs.ts';
import type { Command } from '../commands/registry.ts';
import { keyProblem } from '#shared/key-sets.ts';
import type { ConceptUse, KeyBinding, KeySet } from '#shared/tagging.ts';

type KeyedCommand = Pick<Command, 'id' | 'label' | 'keys' | 'alsoKeys'>;

/** Key sets as they are saved. */
export interface SavedSets {
  readonly sets: readonly KeySet[];
  readonly activeId: string | null;
}

/** Saves key sets as one act. */
export type SaveSets = (next: SavedSets, label: string) => void;

/** Adds a set and uses it. */
export function withSet({ sets }: SavedSets, set: KeySet): SavedSets {
  return { sets: [...sets, set], activeId: set.id };
}

/** Takes a set away; the one in use gives way to the first that is left. */
export function withoutSet({ sets, activeId }: SavedSets, id: string): SavedSets {
  const left = sets.filter((set) => set.id !== id);
  return { sets: left, activeId: activeId === id ? (left[0]?.id ?? null) : activeId };
}

/** Changes one set. */
export function withChanged(saved: SavedSets, id: string, change: (set: KeySet) => KeySet): SavedSets {
  return { ...saved, sets: saved.sets.map((set) => (set.id === id ? change(set) : set)) };
}

/** Gives a key to a concept, which gives up the one it had; so does another concept that had this key. In key order. */
export function bound(set: KeySet, binding: KeyBinding): KeySet {
  const others = set.bindings.filter(
    ({ key, conceptId }) => key !== binding.key && conceptId !== binding.conceptId,
  );
  return { ...set, bindings: [...others, binding].sort((a, b) => orderOf(a.key) - orderOf(b.key)) };
}

/** The digits in their order on the keyboard. */
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** The first digit that nobody has: not a key of the set, not a command; null: all are taken. */
export function freeDigit(set: KeySet, commands: readonly KeyedCommand[]): string | null {
  const isFree = (key: string): boolean => conflictOf(set, { key, conceptId: -1 }, commands) === null;
  return DIGITS.find(isFree) ?? null;
}

/** Digits for the first nine concepts. */
export function starterBindings(concepts: readonly ConceptUse[]): readonly KeyBinding[] {
  return concepts
    .slice(0, 9)
    .map(({ conceptId, name }, index) => ({ key: String(index + 1), conceptId, name }));
}

/** Takes a concept out of a set. */
export function unbound(set: KeySet, conceptId: number): KeySet {
  return { ...set, bindings: set.bindings.filter((binding) => binding.conceptId !== conceptId) };
}

/** As on the keyboard: 1 to 9, 0, then letters. */
function orderOf(key: string): number {
  return key === '0' ? 58 : (key.codePointAt(0) ?? 0);
}

/** A name that no set has: the wanted one, or with a number behind. */
export function freeName(sets: readonly KeySet[], wanted: (count: number) => string): string {
  const taken = new Set(sets.map(({ name }) => name.trim().toLowerCase()));
  let count = 1;
  while (taken.has(wanted(count).toLowerCase())) count += 1;
  return wanted(count);
}

/** Why a key cannot be given to a concept of a set. */
export interface BindingConflict {
  readonly sentence: string;
  /** The concept of the same set that has the key, so that it could be taken from it. */
  readonly holder: KeyBinding | null;
}

/**
 * What stands in the way of a key; null: nothing.
 *
 * @param key one character, lower case
 * @param commands those with keys of their own, without the ones of key sets
 */
export function conflictOf(
  set: KeySet,
  { key, conceptId }: { readonly key: string; readonly conceptId: number },
  commands: readonly KeyedCommand[],
): BindingConflict | null {
  const problem = keyProblem(key);
  if (problem !== null) return { sentence: problem, holder: null };
  const chord = key.toUpperCase();
  const command = commands.find(({ keys, alsoKeys = [] }) =>
    [keys, ...alsoKeys].some((each) => each === chord || each?.startsWith(`${chord} `) === true),
  );
  if (command !== undefined) {
    return { sentence: keySetText.commandConflict(chord, command.label), holder: null };
  }
  const holder = set.bindings.find((binding) => binding.key === key && binding.conceptId !== conceptId);
  return holder === undefined ? null : { sentence: keySetText.conflict(chord, holder.name), holder };
}
