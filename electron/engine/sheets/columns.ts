/** Reads the columns of the sheets when they are wanted. */
import type { SheetColumns } from '../ledger/sheet-columns.ts';
import type { Columns, Directory, Files, Order, Shown } from './column-types.ts';
import type { KeptColumns } from './kept-columns.ts';
import { filesWithText } from './text-search.ts';
import { PHOTO_STATES } from '#shared/photo.ts';

/** Columns out of the ledger, kept between questions. */
export function createColumns(sql: SheetColumns, kept: KeptColumns): Columns {
  // Which photos there are and their states come first; where files lie and what they state may come a little later.
  const soon = { rest: 10 } as const;
  const later = { rest: 20 } as const;
  // The owner's own acts.
  const atOnce = { rest: 0 } as const;
  const columns: Columns = {
    order: (id) =>
      kept.column({ ...soon, key: `order ${id}`, marks: ['order'], read: () => orderOf(sql.order(id)) }),
    states: (id) =>
      kept.column({
        ...soon,
        key: `state ${id}`,
        marks: ['order', 'state'],
        read: () => statesOf(sql.states(id)),
      }),
    folders: () =>
      kept.column({
        ...atOnce,
        key: 'folder',
        marks: ['folder'],
        read: () => new Map(sql.folders().map((folder) => [folder.id, folder])),
      }),
    files: () => kept.column({ ...later, key: 'file', marks: ['file'], read: () => filesOf(sql.files()) }),
    chosen: () =>
      kept.column({ ...later, key: 'chosen', marks: ['chosen'], read: () => chosenOf(sql.chosen()) }),
    shown: () => kept.column({ ...later, key: 'shown', marks: ['file'], read: () => shownOf(sql.shown()) }),
    tagged: (id, value) =>
      kept.column({
        ...atOnce,
        key: `tag ${id} ${value}`,
        marks: ['tag'],
        read: () => Int32Array.from(sql.tagged(id, value)),
      }),
    allTagged: () =>
      kept.column({
        ...atOnce,
        key: 'tags',
        marks: ['tag'],
        read: () => sql.allTagged().map((tag) => ({ ...tag, photoIds: Int32Array.from(tag.photoIds) })),
      }),
    taggedAtAll: () =>
      kept.column({
        ...atOnce,
        key: 'tagged',
        marks: ['tag'],
        read: () => Int32Array.from(sql.taggedAtAll()),
      }),
    conceptNames: () =>
      kept.column({ ...atOnce, key: 'concept', marks: ['concept'], read: () => sql.conceptNames() }),
    withText: (text) =>
      kept.column({
        ...later,
        key: `text ${text}`,
        marks: ['file', 'folder'],
        read: () => filesWithText(text, { sql, files: columns.files(), folders: columns.folders() }),
      }),
  };
  return columns;
}

function orderOf({ photoIds, times }: ReturnType<SheetColumns['order']>): Order {
  const ids = Int32Array.from(photoIds);
  return { ids, times: Float64Array.from(times, inCalendar), size: largest(photoIds) + 1 };
}

/** JavaScript's calendar ends so far from 1970, in ms; a file's time may be anything. */
const LAST_TIME = 8.64e15;

function inCalendar(time: number): number {
  return Math.min(Math.max(time, -LAST_TIME), LAST_TIME);
}

function statesOf(states: ReturnType<SheetColumns['states']>): Uint8Array {
  const stateOf = new Uint8Array(largestOf(states.map(({ photoIds }) => photoIds)) + 1);
  for (const { state, photoIds } of states) {
    const code = PHOTO_STATES.indexOf(state) + 1;
    for (const id of photoIds) stateOf[id] = code;
  }
  return stateOf;
}

function filesOf(found: ReturnType<SheetColumns['files']>): Files {
  const fileSize = largestOf(found.map(({ fileIds }) => fileIds)) + 1;
  const photoSize = largestOf(found.map(({ photoIds }) => photoIds)) + 1;
  const photoOf = new Int32Array(fileSize);
  const directoryOf = new Int32Array(fileSize);
  const anyFileOf = new Int32Array(photoSize);
  const directories: Directory[] = [];
  // Present ones come first within a directory; over all directories they have to, too.
  for (const isMissing of [0, 1]) {
    for (const { folderId, directory, photoIds, fileIds, ...rest } of found) {
      if (rest.isMissing !== isMissing) continue;
      const present = isMissing === 0 ? Int32Array.from(photoIds) : new Int32Array();
      const place = directories.push({ folderId, directory, photoIds: present });
      fileIds.forEach((fileId, n) => {
        const photoId = photoIds[n] ?? 0;
        directoryOf[fileId] = place;
        if (isMissing === 0) photoOf[fileId] = photoId;
        if (anyFileOf[photoId] === 0) anyFileOf[photoId] = fileId;
      });
    }
  }
  return { directories, photoOf, directoryOf, anyFileOf };
}

function chosenOf({ photoIds, fileIds }: ReturnType<SheetColumns['chosen']>): Int32Array {
  const chosen = new Int32Array(largest(photoIds) + 1);
  photoIds.forEach((id, n) => {
    chosen[id] = fileIds[n] ?? 0;
  });
  return chosen;
}

function shownOf(found: ReturnType<SheetColumns['shown']>): Shown {
  const groupOf = new Int32Array(largestOf(found.map(({ fileIds }) => fileIds)) + 1);
  const groups = found.map(({ camera, rating, fileIds }, n) => {
    for (const id of fileIds) groupOf[id] = n + 1;
    return { camera: camera ?? '', rating };
  });
  return { groups, groupOf };
}

function largest(ids: readonly number[]): number {
  let most = 0;
  for (const id of ids) if (id > most) most = id;
  return most;
}

function largestOf(lists: readonly (readonly number[])[]): number {
  return lists.reduce((most, ids) => Math.max(most, largest(ids)), 0);
}
