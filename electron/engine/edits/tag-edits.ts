/**
 * Tagging as acts of the owner: every change of a tag is an item of an edit, with what was before and what is after,
 * written in the transaction that changes it.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { TagValue } from '../ledger/tags.ts';

/** One wish: the photo has the concept (1), is marked as not having it (0), or says nothing of it (null). */
export interface TagChange {
  readonly conceptId: number;
  readonly value: TagValue | null;
}

/** What an item of kind `tag` keeps, as JSON: tag values by the concept's local id. */
interface TagItem {
  readonly tags: Readonly<Record<string, TagValue | null>>;
}

/**
 * Tags photos as part of an edit that stands already. Photos that are tagged so already get no item; one that has an
 * item of this edit keeps it and is left alone, so that a wish is applied once, whatever the owner does later.
 *
 * @returns how many photos changed
 */
export function tagPhotos(
  ledger: Ledger,
  editId: number,
  photoIds: Iterable<number>,
  changes: readonly TagChange[],
): number {
  return ledger.transaction(() => {
    let changed = 0;
    for (const photoId of photoIds) {
      if (ledger.editLog.hasItem(editId, photoId)) continue;
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

/** Opens an edit and tags photos in one transaction. Returns the edit's id; there is one even if nothing changed. */
export function editTags(
  ledger: Ledger,
  edit: { label: string; at: number },
  photoIds: Iterable<number>,
  changes: readonly TagChange[],
): number {
  return ledger.transaction(() => {
    const editId = ledger.editLog.add({ kind: 'tag', ...edit });
    tagPhotos(ledger, editId, photoIds, changes);
    return editId;
  });
}

/**
 * Undoes an edit of kind `tag` by a new edit that sets back what it changed, on every photo where nothing came after.
 *
 * @returns the undo's id, and how many photos were left as they are because a later edit changed the same tag
 * @throws Error when there is no such edit, or it is of another kind
 */
export function undoTags(ledger: Ledger, editId: number, at: number): { editId: number; leftCount: number } {
  return ledger.transaction(() => {
    const edit = ledger.editLog.byId(editId);
    if (edit?.kind !== 'tag') throw new Error(`There is no tagging edit ${editId}.`);
    const undoId = ledger.editLog.add({
      kind: 'tag',
      at,
      label: `Undo: ${edit.label}`,
      undoesEditId: editId,
    });
    let leftCount = 0;
    for (const item of ledger.editLog.itemsOf(editId)) {
      const before = (JSON.parse(item.before) as TagItem).tags;
      const after = (JSON.parse(item.after) as TagItem).tags;
      const current = new Map(ledger.tags.of(item.photoId).map((tag) => [tag.conceptId, tag.value]));
      const back = Object.entries(before)
        .map(([id, value]) => ({ conceptId: Number(id), value }))
        .filter(({ conceptId }) => (current.get(conceptId) ?? null) === (after[conceptId] ?? null));
      if (back.length < Object.keys(before).length) leftCount += 1;
      tagPhotos(ledger, undoId, [item.photoId], back);
    }
    return { editId: undoId, leftCount };
  });
}
