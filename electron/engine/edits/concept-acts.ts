/** Making, renaming and merging concepts, as acts of the owner. */
import type { Concept } from '../ledger/concepts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { perform, performOnCells, type ActDone } from './acts.ts';
import { cell, freeName, writeCells } from './cells.ts';
import { bringConcept, standingFor } from './concept-edits.ts';
import { keptName, problemOf } from './concept-search.ts';
import { KEY_SETS_SETTING, storedKeySets, type StoredKeySets } from './key-set-edits.ts';

/**
 * Makes a concept, or offers one again that was hidden; its undo hides it once nothing uses it. A name that is offered
 * already is no act.
 *
 * @throws Error with a sentence for people when the name cannot be
 */
export function createConcept(ledger: Ledger, { name: typed, at }: { name: string; at: number }): ActDone {
  const name = keptName(typed);
  const problem = problemOf(name);
  if (problem !== null) throw new Error(problem);
  return perform(ledger, { kind: 'concept', label: `new concept ${name}`, at }, () => {
    const cells = { before: {}, after: {} };
    bringConcept(ledger, name, at, cells);
    return { photoCount: 0, cells };
  });
}

/**
 * Gives a concept another name; its ids at the accounts stay.
 *
 * @throws Error with a sentence for people when the name cannot be, or another concept has it
 */
export function renameConcept(
  ledger: Ledger,
  { conceptId, name: typed, at }: { conceptId: number; name: string; at: number },
): ActDone {
  const name = keptName(typed);
  const problem = problemOf(name);
  if (problem !== null) throw new Error(problem);
  const concept = offered(ledger, conceptId);
  const label = `${concept.name} → ${name}`;
  return ledger.transaction(() => {
    const owner = ledger.concepts.byName(name);
    const cells: Record<string, unknown> = {};
    if (owner !== undefined && owner.id !== concept.id) {
      if (ledger.concepts.hiding(owner.id) === null) {
        throw new Error(`There is a concept "${name}" already. Merge the two, or choose another name.`);
      }
      // Nobody sees the hidden one's name; it gives way.
      cells[cell.name(owner.id)] = freeName(ledger, owner);
    }
    cells[cell.name(concept.id)] = name;
    Object.assign(cells, keywordCells(ledger, concept.name, name));
    return performOnCells(ledger, { kind: 'concept-rename', label, at }, cells);
  });
}

/**
 * Photos of one concept get another instead, where they say nothing of it yet; so do folders and keys. The first one
 * leaves the palette.
 *
 * @throws Error with a sentence for people when one of them is not there
 */
export function mergeConcepts(
  ledger: Ledger,
  { fromId, intoId, at }: { fromId: number; intoId: number; at: number },
): ActDone {
  const from = offered(ledger, fromId);
  const into = offered(ledger, intoId);
  if (from.id === into.id) throw new Error('A concept cannot be merged with itself. Choose another one.');
  const label = `${from.name} → ${into.name}`;
  return perform(ledger, { kind: 'concept-merge', label, at }, (editId) => {
    const photoCount = ledger.editTags.merge(editId, from.id, into.id);
    const cells = writeCells(ledger, {
      ...folderCells(ledger, from.id, into.id),
      ...keySetCells(ledger, from.id, into.id),
      ...keywordCells(ledger, from.name, into.name),
      [cell.hiding(from.id)]: { at, mergedInto: into.id },
    });
    return { photoCount, cells };
  });
}

function offered(ledger: Ledger, conceptId: number): Concept {
  const concept = ledger.concepts.byId(standingFor(ledger, conceptId));
  if (concept === undefined || ledger.concepts.hiding(concept.id) !== null) {
    throw new Error('That concept is not in the palette any more. Choose it anew.');
  }
  return concept;
}

function folderCells(ledger: Ledger, fromId: number, intoId: number): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const { id } of ledger.folders.all()) {
    const tags = ledger.folders.tagsOf(id);
    const from = tags.find(({ conceptId }) => conceptId === fromId);
    if (from === undefined) continue;
    const into = tags.find(({ conceptId }) => conceptId === intoId) ?? from;
    cells[cell.folderTag(id, fromId)] = null;
    cells[cell.folderTag(id, intoId)] = { value: into.value, editId: into.editId };
  }
  return cells;
}

/** Rules for keywords go on meaning the same concept. */
function keywordCells(ledger: Ledger, fromName: string, intoName: string): Record<string, unknown> {
  const rules = ledger.keywords.rulesTo(fromName);
  return Object.fromEntries(
    rules.map(({ keyword, mode, editId }) => [
      cell.keyword(keyword),
      { mode, conceptName: intoName, editId },
    ]),
  );
}

/** Keys follow the merge; where a set would then have two keys for one concept, the first stays. */
function keySetCells(ledger: Ledger, fromId: number, intoId: number): Record<string, unknown> {
  const stored = storedKeySets(ledger);
  const value: StoredKeySets = {
    ...stored,
    sets: stored.sets.map((set) => {
      if (!set.bindings.some(({ conceptId }) => conceptId === fromId)) return set;
      const seen = new Set<number>();
      const bindings = set.bindings
        .map(({ key, conceptId }) => ({ key, conceptId: conceptId === fromId ? intoId : conceptId }))
        .filter(({ conceptId }) => {
          if (conceptId !== intoId) return true;
          const isFirst = !seen.has(conceptId);
          seen.add(conceptId);
          return isFirst;
        });
      return { ...set, bindings };
    }),
  };
  const touches = stored.sets.some(({ bindings }) => bindings.some(({ conceptId }) => conceptId === fromId));
  return touches ? { [cell.setting(KEY_SETS_SETTING)]: value } : {};
}
