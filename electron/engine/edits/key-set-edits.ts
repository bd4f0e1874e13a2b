/** Key sets: kept as one setting, changed by acts. */
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import { saveUndoableSetting, type ActDone } from './acts.ts';
import { standingFor } from './concept-edits.ts';
import { keySetProblems } from '#shared/key-sets.ts';
import type { KeySet } from '#shared/tagging.ts';

/** The setting that holds them. */
export const KEY_SETS_SETTING = 'key-sets';

const STORED = z.object({
  sets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      bindings: z.array(z.object({ key: z.string(), conceptId: z.int() })),
    }),
  ),
  activeId: z.string().nullable(),
});
/** Key sets as they are stored: names of concepts are looked up when they are read. */
export type StoredKeySets = z.infer<typeof STORED>;

/** The sets as they are stored. */
export function storedKeySets(ledger: Ledger): StoredKeySets {
  const { success, data } = STORED.safeParse(ledger.settings.get(KEY_SETS_SETTING));
  return success ? data : { sets: [], activeId: null };
}

/** The sets with the names of their concepts as they are now; bindings of concepts that are gone are left out. */
export function keySetsOf(ledger: Ledger): { sets: readonly KeySet[]; activeId: string | null } {
  const { sets, activeId } = storedKeySets(ledger);
  return {
    activeId,
    sets: sets.map((set) => ({
      ...set,
      bindings: set.bindings.flatMap(({ key, conceptId }) => {
        const concept = ledger.concepts.byId(standingFor(ledger, conceptId));
        return concept === undefined ? [] : [{ key, conceptId: concept.id, name: concept.name }];
      }),
    })),
  };
}

/**
 * Replaces all sets as an act.
 *
 * @throws Error with a sentence for people when keys are in conflict or a concept is not there
 */
export function saveKeySets(
  ledger: Ledger,
  wanted: {
    readonly sets: readonly KeySet[];
    readonly activeId: string | null;
    readonly label: string;
    readonly at: number;
  },
): ActDone {
  const { sets, label, at } = wanted;
  const lower = sets.map((set) => ({
    ...set,
    bindings: set.bindings.map((binding) => ({ ...binding, key: binding.key.toLowerCase() })),
  }));
  const problem = keySetProblems(lower)[0];
  if (problem !== undefined) throw new Error(problem);
  for (const { conceptId, key } of lower.flatMap(({ bindings }) => bindings)) {
    if (ledger.concepts.byId(conceptId) === undefined) {
      throw new Error(`The concept of the key ${key.toUpperCase()} is not in the ledger. Choose it anew.`);
    }
  }
  const value: StoredKeySets = {
    sets: lower.map(({ id, name, bindings }) => ({
      id,
      name: name.trim(),
      bindings: bindings.map(({ key, conceptId }) => ({ key, conceptId })),
    })),
    activeId: sets.some(({ id }) => id === wanted.activeId) ? wanted.activeId : null,
  };
  return saveUndoableSetting(ledger, { key: KEY_SETS_SETTING, value, label, at });
}
