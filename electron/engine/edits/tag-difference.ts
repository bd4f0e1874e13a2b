import type { RemoteTag, Tag } from '../ledger/tags.ts';

/** What has to travel so that the service has what the owner wants. */
export interface TagDifference {
  /** Concepts to set, with their values. */
  readonly merge: readonly Tag[];
  /** Local ids of concepts to take away. */
  readonly remove: readonly number[];
  /** What the service has after that. */
  readonly after: readonly RemoteTag[];
}

/**
 * Desired minus last known remote. A concept that came from elsewhere and that the owner says nothing of is left alone;
 * where the owner has said something, the owner's word stands.
 */
export function differenceOf(wanted: readonly Tag[], remote: readonly RemoteTag[]): TagDifference {
  const known = new Map(remote.map((tag) => [tag.conceptId, tag]));
  const desired = new Map(wanted.map((tag) => [tag.conceptId, tag.value]));
  const merge = wanted.filter((tag) => known.get(tag.conceptId)?.value !== tag.value);
  const remove = remote
    .filter((tag) => tag.ours === 1 && !desired.has(tag.conceptId))
    .map((tag) => tag.conceptId);
  const foreign = remote.filter((tag) => tag.ours === 0 && !desired.has(tag.conceptId));
  return {
    merge,
    remove,
    after: [...foreign, ...wanted.map((tag) => ({ ...tag, ours: 1 as const }))],
  };
}

/** The part of a difference that can travel when the service does not take some concepts. */
export function withoutConcepts(difference: TagDifference, refused: ReadonlySet<number>): TagDifference {
  const isTaken = ({ conceptId }: { readonly conceptId: number }): boolean => !refused.has(conceptId);
  return {
    merge: difference.merge.filter(isTaken),
    remove: difference.remove.filter((conceptId) => !refused.has(conceptId)),
    after: difference.after.filter(isTaken),
  };
}
