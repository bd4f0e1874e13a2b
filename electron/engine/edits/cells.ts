/**
 * Cells: what acts change besides the tags of photos, each with a name and a JSON value, so that one way of undoing
 * serves all kinds of acts.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Hiding } from '../ledger/concepts.ts';
import type { CellValues, EditCells } from '../ledger/edit-log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TagValue } from '../ledger/tags.ts';

/** Names of cells. */
export const cell = {
  /** A setting: its value; null when there is none. */
  setting: (key: string) => `setting ${key}`,
  /** A concept's name. */
  name: (conceptId: number) => `name ${conceptId}`,
  /** Whether a concept is hidden: {@link Hiding} or null. */
  hiding: (conceptId: number) => `hiding ${conceptId}`,
  /** A tag that photos of a folder get: its value and edit, or null. */
  folderTag: (folderId: number, conceptId: number) => `folder-tag ${folderId} ${conceptId}`,
} as const;

/** How one kind of cell is read and written; `write` tells whether it could. */
interface CellKind {
  read(ledger: Ledger, path: readonly string[]): unknown;
  write(ledger: Ledger, path: readonly string[], value: unknown): boolean;
}

const KINDS: Readonly<Record<string, CellKind>> = {
  setting: {
    read: (ledger, [key = '']) => ledger.settings.get(key) ?? null,
    write(ledger, [key = ''], value) {
      ledger.settings.set(key, value);
      return true;
    },
  },
  name: {
    read: (ledger, [id]) => ledger.concepts.byId(Number(id))?.name ?? null,
    write(ledger, [id], value) {
      const name = String(value);
      const owner = ledger.concepts.byName(name);
      if (owner !== undefined && owner.id !== Number(id)) return false;
      ledger.concepts.rename(Number(id), name);
      return true;
    },
  },
  hiding: {
    read: (ledger, [id]) => ledger.concepts.hiding(Number(id)),
    write(ledger, [id], value) {
      // What is in use is never taken from sight.
      if (value !== null && ledger.concepts.isUsed(Number(id))) return false;
      ledger.concepts.hide(Number(id), value as Hiding | null);
      return true;
    },
  },
  'folder-tag': {
    read(ledger, [folderId, conceptId]) {
      const found = ledger.folders
        .tagsOf(Number(folderId))
        .find((tag) => tag.conceptId === Number(conceptId));
      return found === undefined ? null : { value: found.value, editId: found.editId };
    },
    write(ledger, [folderId, conceptId], value) {
      const others = ledger.folders
        .tagsOf(Number(folderId))
        .filter((tag) => tag.conceptId !== Number(conceptId));
      const tag = value as { value: TagValue; editId: number | null } | null;
      ledger.folders.setTags(Number(folderId), [
        ...others,
        ...(tag === null ? [] : [{ conceptId: Number(conceptId), ...tag }]),
      ]);
      return true;
    },
  },
};

/** Writes cells in the order given and tells what each was and is; those that have their value already are left out. */
export function writeCells(ledger: Ledger, wanted: CellValues): EditCells {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const { kind, path } = partsOf(name);
    const current = kind.read(ledger, path);
    if (isDeepStrictEqual(current, value) || !kind.write(ledger, path, value)) continue;
    before[name] = current;
    after[name] = value;
  }
  return { before, after };
}

/** Sets cells back, last first, where nothing came after; tells what that changed. */
export function reverseCells(ledger: Ledger, { before, after }: EditCells): EditCells {
  const back = Object.entries(before)
    .toReversed()
    .filter(([name]) => {
      const { kind, path } = partsOf(name);
      return isDeepStrictEqual(kind.read(ledger, path), after[name]);
    });
  return writeCells(ledger, Object.fromEntries(back));
}

function partsOf(name: string): { kind: CellKind; path: readonly string[] } {
  const [kindName = '', ...path] = name.split(' ');
  const kind = KINDS[kindName];
  if (kind === undefined)
    throw new Error(`The ledger holds an act on "${name}", which this version does not know.`);
  return { kind, path };
}
