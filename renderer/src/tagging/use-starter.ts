import { useLive } from '../engine/use-engine.tsx';
import { starterBindings } from './key-set-edits.ts';
import type { KeyBinding } from '#shared/tagging.ts';

/** With fewer concepts a set of the most used is none. */
const FEWEST = 3;

/** Keys for the concepts that are used most; null: there are too few. @param isWanted else nothing is asked */
export function useStarter(isWanted: boolean): readonly KeyBinding[] | null {
  const { value } = useLive('usedConcepts', isWanted ? { limit: 9 } : null, ['tags', 'concepts']);
  const bindings = starterBindings(value?.frequent ?? []);
  return bindings.length < FEWEST ? null : bindings;
}
