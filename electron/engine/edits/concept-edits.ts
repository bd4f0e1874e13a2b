/** Concepts as the owner makes, renames and merges them. */
import type { Ledger } from '../ledger/ledger.ts';
import { cell } from './cells.ts';

/** The concept that an id stands for: itself, or what it was merged into. */
export function standingFor(ledger: Ledger, conceptId: number): number {
  const seen = new Set<number>();
  let id = conceptId;
  while (!seen.has(id)) {
    seen.add(id);
    id = ledger.concepts.hiding(id)?.mergedInto ?? id;
  }
  return id;
}

/** The name of the concept that a name stands for: its own, or that of what it was merged into. */
export function standingName(ledger: Ledger, name: string): string {
  const known = ledger.concepts.byName(name);
  const standing = known === undefined ? undefined : ledger.concepts.byId(standingFor(ledger, known.id));
  return standing?.name ?? name;
}

/** The concept with a name, made or brought back as part of an act whose cells are given: its undo hides it again. */
export function bringConcept(
  ledger: Ledger,
  name: string,
  at: number,
  cells: { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> },
): number {
  const known = ledger.concepts.byName(name);
  const before = known === undefined ? { at, mergedInto: null } : ledger.concepts.hiding(known.id);
  const { id } = ledger.concepts.ensure(name, at);
  if (before !== null) {
    cells.before[cell.hiding(id)] = before;
    cells.after[cell.hiding(id)] = null;
  }
  return id;
}
