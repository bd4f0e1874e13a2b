/** Tags that travel from one photo to others. */
import type { NamedWish } from './given-set.ts';
import type { ShownTag } from '#shared/sheet.ts';
import type { CommonTags } from '#shared/tagging.ts';

/** Gives what a photo has, present and absent; takes nothing away. */
export function wishesToAdd(tags: readonly ShownTag[]): readonly NamedWish[] {
  return tags.map(({ conceptId, name, value }) => ({ concept: { conceptId }, name, value }));
}

/** Makes photos have exactly these tags: adds them, and removes the others that any of the photos has. */
export function wishesToReplace(
  tags: readonly ShownTag[],
  common: Pick<CommonTags, 'concepts'>,
): readonly NamedWish[] {
  const kept = new Set(tags.map((tag) => tag.conceptId));
  const removed = common.concepts
    .filter(({ conceptId }) => !kept.has(conceptId))
    .map(({ conceptId, name }) => ({ concept: { conceptId }, name, value: null }));
  return [...wishesToAdd(tags), ...removed];
}
