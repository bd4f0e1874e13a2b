import type { ConceptUse } from '#shared/tagging.ts';

/** How a list of concepts is ordered. */
export const CONCEPT_ORDERS = ['used', 'recent', 'name'] as const;
export type ConceptOrder = (typeof CONCEPT_ORDERS)[number];

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Readonly<Record<ConceptOrder, (one: ConceptUse, other: ConceptUse) => number>> = {
  used: (one, other) => other.presentCount + other.absentCount - one.presentCount - one.absentCount,
  recent: (one, other) => (other.lastUsedAt ?? 0) - (one.lastUsedAt ?? 0),
  name: () => 0,
};

/** The same concepts in an order; equal ones by name. */
export function ordered(concepts: readonly ConceptUse[], order: ConceptOrder): readonly ConceptUse[] {
  return [...concepts].sort(
    (one, other) => COMPARE[order](one, other) || names.compare(one.name, other.name),
  );
}
