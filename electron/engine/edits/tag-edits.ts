/**
 * Tagging as acts of the owner: every change of a tag is an item of an edit, with what was before and what is after,
 * written in the transaction that changes it.
 */
import type { TagItem } from '../ledger/edit-tags.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TagValue } from '../ledger/tags.ts';
import { perform, type ActDone } from './acts.ts';
import { bringConcept, standingFor } from './concept-edits.ts';
import { keptName, problemOf } from './concept-search.ts';
import type { TagWish } from '#shared/tagging.ts';

/** One wish: the photo has the concept (1), is marked as not having it (0), or says nothing of it (null). */
export interface TagChange {
  readonly conceptId: number;
  readonly value: TagValue | null;
}

/** Most names that a label holds. */
const LABEL_NAMES = 3;

/**
 * Tags photos as an act of the owner; concepts that are named and not there are made with it, and go with its undo.
 *
 * @throws Error with a sentence for people when a concept id is not known, or a name cannot be a concept's
 */
export function tagAct(
  ledger: Ledger,
  act: { readonly photoIds: readonly number[]; readonly wishes: readonly TagWish[]; readonly at: number },
): ActDone {
  const { photoIds, at } = act;
  const wishes = act.wishes.map(({ concept, value }) => {
    if ('name' in concept) return { name: nameFor(ledger, concept.name), value };
    const found = ledger.concepts.byId(standingFor(ledger, concept.conceptId));
    if (found === undefined) throw new Error('That concept is not in the ledger. Choose it anew.');
    return { name: found.name, value };
  });
  const byName = new Map(wishes.map(({ name, value }) => [name, value]));
  const label = labelOf([...byName]);
  return perform(ledger, { kind: 'tag', label, at }, (editId) => {
    const cells = { before: {}, after: {} };
    const changes: TagChange[] = [];
    for (const [name, value] of byName) {
      // Nobody says anything of a concept that is not there.
      const conceptId =
        value === null ? ledger.concepts.byName(name)?.id : bringConcept(ledger, name, at, cells);
      if (conceptId !== undefined) changes.push({ conceptId, value });
    }
    const photoCount = ledger.editTags.tag(editId, photoIds, changes);
    if (photoCount === 0) return { photoCount, cells: { before: {}, after: {} } };
    noteUse(ledger, changes, at);
    return { photoCount, cells };
  });
}

/** A typed name as it is kept; one that a concept has already is taken as it is. */
function nameFor(ledger: Ledger, typed: string): string {
  const known = ledger.concepts.byName(typed);
  if (known !== undefined) return known.name;
  const name = keptName(typed);
  const problem = problemOf(name);
  if (problem !== null) throw new Error(problem);
  return name;
}

/** "bride", "not guest", "− bride"; with more than three names the rest is counted. */
export function labelOf(wishes: readonly (readonly [name: string, value: TagValue | null])[]): string {
  const words = wishes.map(([name, value]) =>
    value === 1 ? name : value === 0 ? `not ${name}` : `− ${name}`,
  );
  const more = words.length - LABEL_NAMES;
  return `${words.slice(0, LABEL_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * Tags photos as part of an act that stands already; one that was undone tags nothing. Photos that are tagged so
 * already get no item; one that has an item of this act keeps it and is left alone, so that a wish is applied once,
 * whatever the owner does later.
 *
 * @returns how many photos changed
 */
export function tagPhotos(
  ledger: Ledger,
  actId: number,
  photoIds: Iterable<number>,
  changes: readonly TagChange[],
): number {
  return ledger.transaction(() => {
    const chain = ledger.editLog.chainOf(actId);
    // What arrives after a redo belongs to the redo: it is what the next undo sets back.
    const editId = chain.at(-1)?.id;
    if (chain.length % 2 === 0 || editId === undefined) return 0;
    let changed = 0;
    for (const photoId of photoIds) {
      if (chain.some(({ id }) => ledger.editLog.hasItem(id, photoId))) continue;
      const current = new Map(ledger.tags.of(photoId).map((tag) => [tag.conceptId, tag.value]));
      const real = changes.filter((change) => (current.get(change.conceptId) ?? null) !== change.value);
      if (real.length === 0) continue;
      const before: TagItem = { tags: {} };
      const after: TagItem = { tags: {} };
      for (const { conceptId, value } of real) {
        Object.assign(before.tags, { [conceptId]: current.get(conceptId) ?? null });
        Object.assign(after.tags, { [conceptId]: value });
        ledger.tags.set(photoId, conceptId, value);
      }
      ledger.editLog.addItem(editId, {
        photoId,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
      });
      changed += 1;
    }
    return changed;
  });
}

/** Opens an act and tags photos in one transaction. Returns the edit's id; there is one even if nothing changed. */
export function editTags(
  ledger: Ledger,
  edit: { label: string; at: number },
  photoIds: Iterable<number>,
  changes: readonly TagChange[],
): number {
  return ledger.transaction(() => {
    const editId = ledger.editLog.add({ kind: 'tag', ...edit });
    if (ledger.editTags.tag(editId, [...photoIds], changes) > 0) noteUse(ledger, changes, edit.at);
    return editId;
  });
}

function noteUse(ledger: Ledger, changes: readonly TagChange[], at: number): void {
  const given = changes.filter(({ value }) => value !== null);
  ledger.concepts.used(
    given.map(({ conceptId }) => conceptId),
    at,
  );
}
