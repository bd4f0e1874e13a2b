/**
 * Cells: what acts change besides the tags of photos, each with a name and a JSON value, so that one way of undoing
 * serves all kinds of acts.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Concept, Hiding } from '../ledger/concepts.ts';
import type { CellValues, EditCells } from '../ledger/edit-log.ts';
import type { FileProblem } from '../ledger/failures.ts';
import type { FolderPart } from '../ledger/folder-parts.ts';
import type { KeptRule } from '../ledger/keywords.ts';
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
  /** A part of a watched folder, see {@link FolderPart}. */
  folder: (folderId: number, part: FolderPart) => `folder ${folderId} ${part}`,
  /** What is done with a keyword: {@link KeptRule}, or null when there is no rule. */
  keyword: (keyword: string) => `keyword ${keyword}`,
  /** Why a file is no photo: its cause or reason with the words, or null when it has none. */
  fileProblem: (fileId: number) => `file-problem ${fileId}`,
} as const;

/** How one kind of cell is read and written, by the rest of its name; `write` tells whether it could. */
interface CellKind {
  read(ledger: Ledger, place: string): unknown;
  write(ledger: Ledger, place: string, value: unknown): boolean;
}

const KINDS: Readonly<Record<string, CellKind>> = {
  setting: {
    read: (ledger, key) => ledger.settings.get(key) ?? null,
    write(ledger, key, value) {
      ledger.settings.set(key, value);
      return true;
    },
  },
  name: {
    read: (ledger, id) => ledger.concepts.byId(Number(id))?.name ?? null,
    write(ledger, id, value) {
      const name = String(value);
      const owner = ledger.concepts.byName(name);
      if (owner !== undefined && owner.id !== Number(id)) return false;
      ledger.concepts.rename(Number(id), name);
      return true;
    },
  },
  hiding: {
    read: (ledger, id) => ledger.concepts.hiding(Number(id)),
    write(ledger, id, value) {
      // What is in use is never taken from sight.
      if (value !== null && ledger.concepts.isUsed(Number(id))) return false;
      ledger.concepts.hide(Number(id), value as Hiding | null);
      return true;
    },
  },
  'folder-tag': {
    read(ledger, place) {
      const { folderId, conceptId } = folderTagOf(place);
      const found = ledger.folders.tagsOf(folderId).find((tag) => tag.conceptId === conceptId);
      return found === undefined ? null : { value: found.value, editId: found.editId };
    },
    write(ledger, place, value) {
      const { folderId, conceptId } = folderTagOf(place);
      const others = ledger.folders.tagsOf(folderId).filter((tag) => tag.conceptId !== conceptId);
      const tag = value as { value: TagValue; editId: number | null } | null;
      ledger.folders.setTags(folderId, [...others, ...(tag === null ? [] : [{ conceptId, ...tag }])]);
      return true;
    },
  },
  folder: {
    read(ledger, place) {
      const { folderId, part } = folderPartOf(place);
      return ledger.folders.part(folderId, part);
    },
    write(ledger, place, value) {
      const { folderId, part } = folderPartOf(place);
      ledger.folders.setPart(folderId, part, value);
      return true;
    },
  },
  keyword: {
    read: (ledger, keyword) => ledger.keywords.rule(keyword) ?? null,
    write(ledger, keyword, value) {
      ledger.keywords.setRule(keyword, value as KeptRule | null);
      return true;
    },
  },
  'file-problem': {
    read: (ledger, id) => ledger.failures.fileProblem(Number(id)) ?? null,
    write: (ledger, id, value) =>
      value !== null && ledger.failures.setFileProblem(Number(id), value as FileProblem),
  },
};

function folderTagOf(place: string): { folderId: number; conceptId: number } {
  const [folderId, conceptId] = place.split(' ').map(Number);
  return { folderId: folderId ?? 0, conceptId: conceptId ?? 0 };
}

function folderPartOf(place: string): { folderId: number; part: FolderPart } {
  const [folderId, part] = place.split(' ');
  return { folderId: Number(folderId), part: part as FolderPart };
}

/** Writes cells in the order given and tells what each was and is; those that have their value already are left out. */
export function writeCells(ledger: Ledger, wanted: CellValues): EditCells {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const { kind, place } = partsOf(name);
    const current = kind.read(ledger, place);
    if (isDeepStrictEqual(current, value) || !kind.write(ledger, place, value)) continue;
    before[name] = current;
    after[name] = value;
  }
  return { before, after };
}

/** Sets cells back, last first, where nothing came after; tells what that changed, and whether some are not back. */
export function reverseCells(
  ledger: Ledger,
  { before, after }: EditCells,
): EditCells & { readonly isPartial: boolean } {
  const valueOf = (name: string): unknown => {
    const { kind, place } = partsOf(name);
    return kind.read(ledger, place);
  };
  const wanted = Object.entries(before).toReversed();
  const back = wanted.filter(([name]) => isDeepStrictEqual(valueOf(name), after[name]));
  const written = writeCells(
    ledger,
    // What an act set itself comes last: it says best where a name goes.
    Object.fromEntries([...back.flatMap(([name, value]) => giveWay(ledger, name, value)), ...back]),
  );
  return { ...written, isPartial: wanted.some(([name, value]) => !isDeepStrictEqual(valueOf(name), value)) };
}

/** A concept that an undo hid has its name still: nobody sees it, so it gives way to the one that gets the name back. */
function giveWay(ledger: Ledger, name: string, value: unknown): [string, unknown][] {
  const { kind, place } = partsOf(name);
  const owner = kind === KINDS['name'] ? ledger.concepts.byName(String(value)) : undefined;
  if (owner === undefined || owner.id === Number(place)) return [];
  return ledger.concepts.hiding(owner.id) === null ? [] : [[cell.name(owner.id), freeName(ledger, owner)]];
}

/** A name that no concept has, for one that gives its own away. */
export function freeName(ledger: Ledger, { id, name }: Concept): string {
  let free = `${name} (${id})`;
  while (ledger.concepts.byName(free) !== undefined) free += "'";
  return free;
}

function partsOf(name: string): { kind: CellKind; place: string } {
  const end = name.indexOf(' ');
  const kind = KINDS[name.slice(0, end)];
  if (kind === undefined)
    throw new Error(`The ledger holds an act on "${name}", which this version does not know.`);
  return { kind, place: name.slice(end + 1) };
}
