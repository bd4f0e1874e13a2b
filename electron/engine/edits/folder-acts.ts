/** Changing and removing watched folders, as acts of the owner. */
import { basename } from 'node:path';
import type { FolderPart } from '../ledger/folder-parts.ts';
import { RECIPE_SETTING, type Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { perform, type ActDone } from './acts.ts';
import { cell, writeCells } from './cells.ts';
import { bringConcept, standingName } from './concept-edits.ts';
import { keptName, problemOf } from './concept-search.ts';
import { settleFolders } from './folder-settling.ts';
import type { TagChange } from './tag-edits.ts';
import type { FolderChange } from '#shared/folders.ts';

/** Before a folder's id: the setting that holds the edit by which its photos get the names of their folders. */
const NAMES_SETTING = 'folder-names-';

/** The edit by which photos of a folder get the name of the folder that they lie in; null: they do not. */
export function nameEditOf({ settings }: Pick<Ledger, 'settings'>, folderId: number): number | null {
  const kept = settings.get(NAMES_SETTING + folderId);
  return typeof kept === 'number' ? kept : null;
}

/** The concept's name for photos in a directory of a folder ('' for its top); null when no concept can be called so. */
export function nameForPlace(folderPath: string, directory: string): string | null {
  const name = keptName(basename(directory === '' ? folderPath : directory));
  return problemOf(name) === null ? name : null;
}

/**
 * Changes a folder; photos that it holds get the concepts that are new.
 *
 * @throws Error with a sentence for people when a name cannot be a concept's
 */
export function changeFolder(
  ledger: Ledger,
  { folder, change, at }: { readonly folder: Folder; readonly change: FolderChange; readonly at: number },
): ActDone {
  const tags = namedTags(ledger, change);
  return perform(ledger, actOf(folder, at), (editId) => {
    const brought = { before: {}, after: {} };
    const wanted = partCells(folder, change);
    const added = tags.flatMap((named) => tagCells(ledger, named, { folder, editId, at, wanted, brought }));
    const addsNames = change.addsFolderName ?? false;
    const startsNames = addsNames && nameEditOf(ledger, folder.id) === null;
    if (change.addsFolderName !== undefined && (startsNames || !addsNames)) {
      wanted[cell.setting(NAMES_SETTING + folder.id)] = startsNames ? editId : null;
    }
    let photoCount = 0;
    for (const { photoIds, name } of photosByName(ledger, folder, startsNames)) {
      const changes = [...added];
      const nameId = name === null ? null : bringConcept(ledger, name, at, brought);
      if (nameId !== null && !added.some(({ conceptId }) => conceptId === nameId))
        changes.push({ conceptId: nameId, value: 1 });
      if (changes.length === 0) continue;
      photoCount += ledger.editTags.tag(editId, photoIds, changes);
    }
    const written = writeCells(ledger, wanted);
    settleFolders(ledger, written.after, at);
    const before = { ...brought.before, ...written.before };
    return { photoCount, cells: { before, after: { ...brought.after, ...written.after } } };
  });
}

/** Stops watching a folder; what was not sent of it is left out. */
export function removeFolder(ledger: Ledger, folder: Folder, at: number): ActDone {
  return perform(ledger, actOf(folder, at), () => {
    const cells = writeCells(ledger, { [cell.folder(folder.id, 'removed')]: at });
    settleFolders(ledger, cells.after, at);
    return { photoCount: 0, cells };
  });
}

function actOf({ path }: Folder, at: number) {
  return { kind: 'folder', label: basename(path), at };
}

function partCells(folder: Folder, change: FolderChange): Record<string, unknown> {
  const parts: Partial<Record<FolderPart, unknown>> = {
    destination: change.destinationId,
    sends: change.sends,
    gps: flag(change.sendsGps),
    'capture-time': flag(change.sendsCaptureTime),
    'file-name': flag(change.sendsFileName),
    exclude: change.excludeGlobs,
    metadata: change.metadata,
  };
  const cells: Record<string, unknown> = {};
  for (const [part, value] of Object.entries(parts)) {
    if (value !== undefined) cells[cell.folder(folder.id, part as FolderPart)] = value;
  }
  if (change.recipe !== undefined) cells[cell.setting(RECIPE_SETTING + folder.id)] = change.recipe;
  return cells;
}

function flag(value: boolean | undefined): 0 | 1 | undefined {
  return value === undefined ? undefined : value ? 1 : 0;
}

/** All concepts that photos of the folder are to get as present, or all as absent. */
interface NamedTags {
  readonly value: 0 | 1;
  readonly names: ReadonlySet<string>;
}

/** @throws Error with a sentence for people */
function namedTags(ledger: Ledger, { concepts, notConcepts }: FolderChange): readonly NamedTags[] {
  const given = [
    { value: 1, typed: concepts },
    { value: 0, typed: notConcepts },
  ] as const;
  const tags = given.flatMap(({ value, typed }) =>
    typed === undefined ? [] : [{ value, names: conceptNames(ledger, typed) }],
  );
  const [present, absent] = tags;
  const both = [...(present?.names ?? [])].find((name) => absent?.names.has(name));
  if (both !== undefined) {
    throw new Error(`Photos cannot get “${both}” and “not ${both}”. Take one of them away.`);
  }
  return tags;
}

function conceptNames(ledger: Ledger, typed: readonly string[]): ReadonlySet<string> {
  const names = typed.map((one) => standingName(ledger, keptName(one)));
  const problem = names.map(problemOf).find((found) => found !== null) ?? null;
  if (problem !== null) throw new Error(problem);
  return new Set(names);
}

/** Sets the folder's concepts of one value. Returns those that are new: its photos get them. */
function tagCells(
  ledger: Ledger,
  { value: wantedValue, names }: NamedTags,
  given: {
    readonly folder: Folder;
    readonly editId: number;
    readonly at: number;
    readonly wanted: Record<string, unknown>;
    readonly brought: { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> };
  },
): readonly TagChange[] {
  const { folder, editId, at, wanted, brought } = given;
  const before = ledger.folders.tagsOf(folder.id).filter(({ value }) => value === wantedValue);
  const ids = new Set([...names].map((name) => bringConcept(ledger, name, at, brought)));
  for (const { conceptId } of before) {
    // One that is now of the other value has its cell already.
    if (!ids.has(conceptId)) wanted[cell.folderTag(folder.id, conceptId)] ??= null;
  }
  const isThere = new Set(before.map(({ conceptId }) => conceptId));
  const added = [...ids].filter((id) => !isThere.has(id));
  for (const conceptId of added)
    wanted[cell.folderTag(folder.id, conceptId)] = { value: wantedValue, editId };
  return added.map((conceptId) => ({ conceptId, value: wantedValue }));
}

/** The folder's photos, each once; by the name that they get when they get one. */
function photosByName(
  ledger: Ledger,
  folder: Folder,
  hasNames: boolean,
): readonly { readonly name: string | null; readonly photoIds: readonly number[] }[] {
  if (!hasNames) return [{ name: null, photoIds: ledger.files.photosIn([folder.id]) }];
  const byName = new Map<string | null, number[]>();
  const seen = new Set<number>();
  for (const { photoId, directory } of ledger.files.photoPlaces(folder.id)) {
    if (seen.has(photoId)) continue;
    seen.add(photoId);
    const name = nameForPlace(folder.path, directory);
    const photoIds = byName.get(name) ?? [];
    photoIds.push(photoId);
    byName.set(name, photoIds);
  }
  return [...byName].map(([name, photoIds]) => ({ name, photoIds }));
}
