/** Acts of the owner: one edit each, written in one transaction, undone and redone by further edits. */
import type { CellValues, Edit, EditCells } from '../ledger/edit-log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { cell, reverseCells, writeCells } from './cells.ts';
import { reverseSkips } from './skip-items.ts';
import { settleFolders } from './folder-settling.ts';

/** What an act is called, and when it is done. */
export interface ActName {
  readonly kind: string;
  readonly label: string;
  /** UTC ms. */
  readonly at: number;
}

/** An act that was done. */
export interface ActDone {
  /** Null when nothing had to change: then nothing was written. */
  readonly editId: number | null;
  readonly kind: string;
  readonly label: string;
  readonly photoCount: number;
  /** Photos that an undo left, because a later change of the same tag stands. */
  readonly leftCount: number;
  /** An undo left something besides photos, because a later change stands: a name was taken, a concept is in use. */
  readonly isPartial?: true;
}

/** Kinds of acts that this version does, and so can undo. */
const KINDS: ReadonlySet<string> = new Set([
  'tag',
  'concept',
  'concept-rename',
  'concept-merge',
  'setting',
  'keywords',
  'skip',
  'folder',
]);

/** What an act does inside its transaction, given its edit's id. */
export interface ActChanges {
  readonly photoCount: number;
  readonly cells: EditCells;
}

/** Ends a transaction that changed nothing, so that it leaves no trace. */
class NothingChanged extends Error {
  override readonly name = 'NothingChanged';
}

/** Does an act in one transaction; one that changes nothing is rolled back. */
export function perform(ledger: Ledger, act: ActName, change: (editId: number) => ActChanges): ActDone {
  const { kind, label, at } = act;
  try {
    return ledger.transaction(() => {
      const editId = ledger.editLog.add({ kind, label, at });
      const { photoCount, cells } = change(editId);
      const hasCells = keep(ledger, editId, cells);
      if (photoCount === 0 && !hasCells) throw new NothingChanged();
      return { editId, kind, label, photoCount, leftCount: 0 };
    });
  } catch (error) {
    if (!(error instanceof NothingChanged)) throw error;
    return { editId: null, kind, label, photoCount: 0, leftCount: 0 };
  }
}

/** Does an act that is about cells only. */
export function performOnCells(ledger: Ledger, act: ActName, cells: CellValues): ActDone {
  return perform(ledger, act, () => ({ photoCount: 0, cells: writeCells(ledger, cells) }));
}

/**
 * Undoes the newest act that is in effect; null when there is none.
 *
 * @throws Error with a sentence for people when a later version of the program did it
 */
export function undoNext(ledger: Ledger, at: number): ActDone | null {
  return ledger.transaction(() => {
    const edit = ledger.editLog.nextUndo();
    return edit === undefined ? null : reverse(ledger, edit, at);
  });
}

/** Does the act again that was undone last; null when there is none, or a new act came since. */
export function redoNext(ledger: Ledger, at: number): ActDone | null {
  return ledger.transaction(() => {
    const edit = ledger.editLog.nextRedo();
    return edit === undefined ? null : reverse(ledger, edit, at);
  });
}

/** What undo and redo would do. */
export function editLineOf(ledger: Ledger): { undo: EditNext | null; redo: EditNext | null } {
  const nextOf = (edit: Edit | undefined): EditNext | null =>
    edit === undefined
      ? null
      : {
          label: edit.label,
          kind: edit.kind,
          photoCount: ledger.editLog.photoCount(edit.id),
          at: edit.at,
        };
  return { undo: nextOf(ledger.editLog.nextUndo()), redo: nextOf(ledger.editLog.nextRedo()) };
}

interface EditNext {
  readonly label: string;
  readonly kind: string;
  readonly photoCount: number;
  readonly at: number;
}

/** Changes a setting as an act. Give a label that says what was done. */
export function saveUndoableSetting(
  ledger: Ledger,
  { key, value, label, at }: { key: string; value: unknown; label: string; at: number },
): ActDone {
  return performOnCells(ledger, { kind: 'setting', label, at }, { [cell.setting(key)]: value });
}

/** The undo is written even when it finds nothing to set back: else it would be the next one for ever. */
function reverse(ledger: Ledger, edit: Edit, at: number): ActDone {
  const { kind, label } = edit;
  if (!KINDS.has(kind)) {
    throw new Error(
      `"${label}" was done by a later version of Tagalong, and this one does not know how to undo it. It stays as it is. Use the later version to undo it.`,
    );
  }
  const editId = ledger.editLog.add({ kind, label, at, undoesEditId: edit.id });
  const cells = ledger.editLog.cellsOf(edit.id);
  // A concept can be hidden once no photo has it, and shown before photos get it; both orders come to the same here.
  const { photoCount, leftCount } =
    kind === 'skip' ? reverseSkips(ledger, editId, edit.id, at) : ledger.editTags.reverse(editId, edit.id);
  const { isPartial, ...reversed } = reverseCells(ledger, cells);
  keep(ledger, editId, reversed);
  settleFolders(ledger, reversed.after, at);
  return { editId, kind, label, photoCount, leftCount, ...(isPartial ? { isPartial } : {}) };
}

function keep(ledger: Ledger, editId: number, cells: EditCells): boolean {
  if (Object.keys(cells.after).length === 0) return false;
  ledger.editLog.setCells(editId, cells);
  return true;
}
