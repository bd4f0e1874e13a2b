/** The last set: the tags that were given since the cursor last moved, to be given again with one key. */
import type { ConceptChoice, TagWish } from '#shared/tagging.ts';
import type { ShownTag } from '#shared/sheet.ts';

/** A wish with the name of its concept, for sentences. */
export interface NamedWish extends TagWish {
  readonly name: string;
}

/** What was given where. */
export interface GivenSet {
  /** The cursor photo while it was given. */
  readonly cursorId: number | null;
  readonly wishes: readonly NamedWish[];
  /** The set before; it is the last one while `wishes` is empty. */
  readonly before: { readonly cursorId: number | null; readonly wishes: readonly NamedWish[] } | null;
}

/** Before anything was given. */
export const NOTHING_GIVEN: GivenSet = { cursorId: null, wishes: [], before: null };

/** The set after an act on a selection whose cursor is `cursorId`. What is taken away is no longer given. */
export function withGiven(set: GivenSet, cursorId: number | null, wishes: readonly NamedWish[]): GivenSet {
  const isSamePlace = set.cursorId === cursorId;
  const before = isSamePlace ? set.before : lastGiven(set);
  const kept = (isSamePlace ? set.wishes : []).filter(
    (given) => !wishes.some((wish) => isSameConcept(wish, given)),
  );
  return { cursorId, wishes: [...kept, ...wishes.filter(({ value }) => value !== null)], before };
}

/** What is repeated, and from which photo; null: nothing was given yet. */
export function lastGiven(set: GivenSet): GivenSet['before'] {
  return set.wishes.length > 0 ? { cursorId: set.cursorId, wishes: set.wishes } : set.before;
}

/** The wishes that still stand at the photo which they were given to: what was undone meanwhile is not repeated. */
export function standing(wishes: readonly NamedWish[], tags: readonly ShownTag[]): readonly NamedWish[] {
  return wishes.filter(({ concept, value }) =>
    tags.some((tag) => tag.value === value && isConcept(concept, tag)),
  );
}

function isConcept(concept: ConceptChoice, tag: ShownTag): boolean {
  return 'conceptId' in concept ? concept.conceptId === tag.conceptId : concept.name === tag.name;
}

function isSameConcept(one: NamedWish, other: NamedWish): boolean {
  return 'conceptId' in one.concept && 'conceptId' in other.concept
    ? one.concept.conceptId === other.concept.conceptId
    : one.name === other.name;
}
