/** Which keys key sets may bind, and what is wrong with a set; for the page while it is edited, and for the engine. */
import type { KeySet } from './tagging.ts';

/** Keys without a modifier that commands have, with what the command does, as in "… (P)". */
export const TAKEN_KEYS: Readonly<Record<string, string>> = {
  t: 'type a concept',
  g: 'go to a place',
  p: 'pause',
  '/': 'filter',
  '.': 'repeat the last set',
  '?': 'show all keys',
  ' ': 'open the loupe',
  enter: 'compare',
};

/** Why a key cannot be bound, in a sentence; null: it can. `key` is one character, lower case. */
export function keyProblem(key: string): string | null {
  const taken = TAKEN_KEYS[key];
  if (taken !== undefined) return `The key ${shownKey(key)} belongs to "${taken}". Choose another key.`;
  if (!/^[\p{Ll}\p{Lo}0-9]$/u.test(key))
    return `${shownKey(key)} cannot be bound. Choose a digit or a letter.`;
  return null;
}

/** What is wrong with key sets, in sentences. */
export function keySetProblems(sets: readonly KeySet[]): readonly string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const set of sets) {
    const name = set.name.trim();
    if (name === '') problems.push('A key set needs a name.');
    if (names.has(name.toLowerCase()))
      problems.push(`Two key sets are called "${name}". Give one another name.`);
    if (ids.has(set.id)) problems.push(`The key set "${name}" is there twice. Remove one of them.`);
    names.add(name.toLowerCase());
    ids.add(set.id);
    const keys = new Set<string>();
    for (const { key } of set.bindings) {
      const problem = keyProblem(key);
      if (problem !== null) problems.push(`${name}: ${problem}`);
      else if (keys.has(key)) {
        problems.push(
          `${name}: the key ${shownKey(key)} is bound twice. Give one of the concepts another key.`,
        );
      }
      keys.add(key);
    }
  }
  return problems;
}

function shownKey(key: string): string {
  if (key === ' ') return 'Space';
  return key.length === 1 ? key.toUpperCase() : `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;
}
