/** Names that are nearly like others, found among many at once. Pure. */
import { bareName, foldedName } from '../ledger/concept-list.ts';
import { differsByOne, LETTER_MAY_DIFFER_FROM, singularOf } from './concept-search.ts';

/** Finds, for each name, one that is nearly like it. */
export interface NearNames {
  add(name: string): void;
  /** The nearest other name, null when there is none. `isStrict` leaves plurals and single letters aside. */
  like(name: string, isStrict?: boolean): string | null;
}

/** Keeps names by what near ones have in common, so that none is compared with all. */
export function createNearNames(names: Iterable<string>): NearNames {
  const byBare = new Map<string, string>();
  const bySingular = new Map<string, string>();
  const byShortened = new Map<string, string[]>();

  function add(name: string): void {
    const bare = bareName(foldedName(name));
    if (!byBare.has(bare)) byBare.set(bare, name);
    const singular = singularOf(bare);
    if (!bySingular.has(singular)) bySingular.set(singular, name);
    if (bare.length < LETTER_MAY_DIFFER_FROM) return;
    for (const short of shortened(bare)) {
      const known = byShortened.get(short);
      if (known === undefined) byShortened.set(short, [name]);
      else known.push(name);
    }
  }

  function like(name: string, isStrict = false): string | null {
    const bare = bareName(foldedName(name));
    const other = byBare.get(bare) ?? (isStrict ? undefined : bySingular.get(singularOf(bare)));
    if (other !== undefined && other !== name) return other;
    if (isStrict || bare.length < LETTER_MAY_DIFFER_FROM) return null;
    for (const short of shortened(bare)) {
      const found = byShortened
        .get(short)
        ?.find((candidate) => candidate !== name && differsByOne(bare, bareName(foldedName(candidate))));
      if (found !== undefined) return found;
    }
    return null;
  }

  for (const name of names) add(name);
  return { add, like };
}

/** A word, and all that it is without one of its letters: two words that differ by one letter have one in common. */
function shortened(bare: string): Set<string> {
  const found = new Set([bare]);
  for (let place = 0; place < bare.length; place += 1)
    found.add(bare.slice(0, place) + bare.slice(place + 1));
  return found;
}
