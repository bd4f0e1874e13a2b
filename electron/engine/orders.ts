/** An order to take folders in, written into the ledger: folders, their choices, and the edit that tags their photos. */
import { sendCopies } from './edits/folder-settling.ts';
import { editTags } from './edits/tag-edits.ts';
import { createFilter } from './ingest/path-filter.ts';
import type { Folder, FolderOptions } from './ledger/folders.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { TagValue } from './ledger/tags.ts';
import { isBelow, placeIn } from './path-relations.ts';
import type { IngestOrder } from '#shared/engine-api.ts';

/** What writing an order needs. */
export interface OrderParts {
  readonly ledger: Ledger;
  readonly destinationId: number;
  /** UTC ms. */
  readonly at: number;
  /** Whether a folder is at work already: then what the order does not say stays as it is. */
  readonly isAtWork: (folderId: number) => boolean;
}

/**
 * Writes an order. Folders that are watched inside the ordered ones are part of it: they get its account, its choices
 * and its tags, and are left out where its patterns leave them out.
 *
 * @returns the folders of the order
 */
export function recordOrder(given: OrderParts, order: IngestOrder): readonly number[] {
  const { ledger } = given;
  return ledger.transaction(() => {
    const heirs = new Set<number>();
    const isAtWork = (id: number): boolean => heirs.has(id) || given.isAtWork(id);
    const parts = { ...given, isAtWork, onHeir: (id: number) => void heirs.add(id) };
    const folders = new Map<number, Folder>();
    for (const path of order.folders) {
      const named = takeIn(parts, path);
      choose(parts, order, named, order.exclude);
      folders.set(named.id, named);
    }
    for (const folder of ledger.folders.all()) {
      const outer = order.folders.find((path) => isBelow(folder.path, path));
      if (outer === undefined || folders.has(folder.id)) continue;
      if (!counts(order, placeIn(outer, folder.path))) continue;
      const nested = takeIn(parts, folder.path);
      // A pattern with a slash speaks of the outer folder's paths.
      const exclude = order.exclude?.filter((glob) => !glob.includes('/'));
      choose(parts, order, nested, exclude && [...new Set([...folder.excludeGlobs, ...exclude])]);
      folders.set(nested.id, nested);
    }
    tagFolders(parts, order, [...folders.keys()]);
    return [...folders.keys()];
  });
}

/**
 * Watches a folder. A new one inside a watched folder takes over the files below it; if that folder is at work, its
 * choices and tags as well.
 */
function takeIn(
  { ledger, destinationId, at, isAtWork, onHeir }: OrderParts & { readonly onHeir: (id: number) => void },
  path: string,
): Folder {
  const known = ledger.folders.byPath(path);
  const folder = ledger.folders.add(path, destinationId, at);
  if (known === undefined) {
    const outer = ledger.folders
      .all()
      .filter((other) => other.id !== folder.id && isBelow(path, other.path))
      .sort((a, b) => b.path.length - a.path.length)[0];
    if (outer !== undefined) {
      ledger.files.moveBelow(outer.id, placeIn(outer.path, path), folder.id);
      if (isAtWork(outer.id)) {
        const { sends, metadata } = outer;
        const excludeGlobs = outer.excludeGlobs.filter((glob) => !glob.includes('/'));
        ledger.folders.choose(folder.id, { sends, metadata, excludeGlobs });
        ledger.folders.setTags(folder.id, ledger.folders.tagsOf(outer.id));
        onHeir(folder.id);
      }
      // What is paused stays so, whatever folder it is counted to.
      const { pausedAt, pausedUntil } = outer;
      if (pausedAt !== null) ledger.folders.setPaused(folder.id, { at: pausedAt, until: pausedUntil });
    }
  }
  // Half a second for 100,000 photos: only where they may be missing.
  if (known?.destinationId !== destinationId) ledger.folders.bringPhotos(folder.id, at);
  return folder;
}

/** What a folder has that is not at work, unless the order says otherwise. */
const DEFAULTS = { sends: 'rendition', excludeGlobs: [], metadata: null } as const satisfies FolderOptions;

function choose(
  { ledger, isAtWork, at }: OrderParts,
  order: IngestOrder,
  folder: Folder,
  exclude: readonly string[] | undefined,
): void {
  const options: FolderOptions = {
    ...(isAtWork(folder.id) ? {} : DEFAULTS),
    ...(order.sends === undefined ? {} : { sends: order.sends }),
    ...(exclude === undefined ? {} : { excludeGlobs: exclude }),
    ...(order.metadata === undefined ? {} : { metadata: order.metadata }),
  };
  if (folder.sends === 'original' && options.sends === 'rendition') sendCopies(ledger, folder, at);
  ledger.folders.choose(folder.id, options);
}

/** Whether a folder inside an ordered one passes the order's patterns, for itself and for what lies in it. */
function counts({ exclude = [] }: IngestOrder, path: string): boolean {
  const filter = createFilter({ include: [], exclude });
  return filter.directory(path) && filter.file(`${path}/photo.jpg`);
}

/** Tags what the folders hold, and what will come; tags of a folder at work that the order is silent of stay. */
function tagFolders(
  { ledger, at, isAtWork }: OrderParts,
  order: IngestOrder,
  folderIds: readonly number[],
): void {
  const wishes = [
    ...order.concepts.map((name) => ({ name, value: 1 as TagValue })),
    ...order.notConcepts.map((name) => ({ name, value: 0 as TagValue })),
  ];
  const changes = wishes.map(({ name, value }) => ({
    conceptId: ledger.concepts.ensure(name, at).id,
    value,
  }));
  const label = wishes.map(({ name, value }) => (value === 1 ? name : `not ${name}`)).join(', ');
  const editId =
    changes.length === 0 ? null : editTags(ledger, { label, at }, ledger.files.photosIn(folderIds), changes);
  const isNamed = new Set(changes.map((change) => change.conceptId));
  for (const id of folderIds) {
    const kept = isAtWork(id) ? ledger.folders.tagsOf(id).filter((tag) => !isNamed.has(tag.conceptId)) : [];
    ledger.folders.setTags(id, [...kept, ...changes.map((change) => ({ ...change, editId }))]);
  }
}
