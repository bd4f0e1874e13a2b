/** Failures as the page gets them, over a ledger that is written here. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvPart } from '../../../electron/engine/failures/failures-csv.ts';
import {
  groupsOf,
  idsOf,
  leftOutOf,
  rowsOf,
  skippedAt,
} from '../../../electron/engine/failures/failure-list.ts';
import { skipAct } from '../../../electron/engine/edits/skip-edits.ts';
import { redoNext, undoNext } from '../../../electron/engine/edits/acts.ts';
import { openLedger, type Ledger } from '../../../electron/engine/ledger/ledger.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';
import type { FailureCause } from '#shared/problems.ts';

let folder: TemporaryFolder;
let ledger: Ledger;
let destinationId = 0;
let folderId = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
  ledger = openLedger(path.join(folder.path, 'ledger.db'));
  ({ id: destinationId } = ledger.destinations.ensure({ baseUrl: 'practice:', userId: 'me', appId: 'a' }, 1));
  ({ id: folderId } = ledger.folders.add('/home/anna/Wedding', destinationId, 1));
  fail('a.jpg', 'service-trouble', { nextAt: 9000, detail: 'read /home/anna/Wedding/a.jpg' });
  fail('b.jpg', 'service-trouble', { nextAt: 8000, detail: null });
  for (const name of ['c.jpg', 'd.jpg', '=e.jpg']) fail(name, 'file-unreadable', { detail: 'EACCES, "no"' });
  for (const name of ['x.jpg', 'y.jpg']) record(name, { kind: 'problem', problem: 'file-unreadable' });
  record('z.heic', { kind: 'problem', problem: 'cloud-placeholder' });
});
afterAll(async () => {
  ledger.close();
  await folder[Symbol.asyncDispose]();
});

type Found = Omit<Parameters<Ledger['files']['record']>[0], 'folderId' | 'path' | 'stamp' | 'at'>;

function record(name: string, found: Found): number {
  const stamp = { size: 1, mtimeMs: 1, ctimeMs: 1, inode: 1 };
  return ledger.files.record({ folderId, path: name, stamp, at: 1, ...found });
}

function fail(
  name: string,
  cause: FailureCause,
  more: { readonly detail: string | null; readonly nextAt?: number },
): void {
  const pictureHash = Buffer.from(name).toString('hex').padEnd(64, '0');
  const { id: photoId } = ledger.photos.ensure({
    pictureHash,
    format: 'jpeg',
    orientation: 1,
    sortAt: 1,
    at: 1,
  });
  const fileId = record(name, { kind: 'photo', photoId, format: 'jpeg' });
  ledger.photos.choose(photoId, fileId, 1, 1);
  ledger.uploads.arrive(photoId, destinationId, pictureHash.slice(0, 32), 1, 1);
  ledger.uploads.fail(photoId, destinationId, { cause, at: 7, ...more });
}

const namesOf = (from: number, count: number): string[] =>
  rowsOf(ledger, { destinationId, cause: 'file-unreadable', from, count }).rows.map((row) =>
    path.basename(row.path ?? ''),
  );

test('groups count photos and files, and say when the first tries itself again', () => {
  expect(groupsOf(ledger, destinationId)).toMatchObject([
    { cause: 'file-unreadable', photoCount: 3, fileCount: 2, nextAt: null, wantsOwner: true },
    { cause: 'service-trouble', photoCount: 2, fileCount: 0, nextAt: 8000, wantsOwner: false },
  ]);
});

test('what is left out is told by reason, files too', () => {
  const skipped = skippedAt(ledger, destinationId);
  expect(skipped).toEqual([{ reason: 'cloud-placeholder', photoCount: 0, fileCount: 1 }]);
  expect(leftOutOf(skipped)).toEqual({ photoCount: 0, fileCount: 0 });
});

test.each([
  [0, 10, ['c.jpg', 'd.jpg', '=e.jpg', 'x.jpg', 'y.jpg']],
  [0, 3, ['c.jpg', 'd.jpg', '=e.jpg']],
  [2, 2, ['=e.jpg', 'x.jpg']],
  [4, 5, ['y.jpg']],
  [5, 5, []],
])('rows from %i on, %i of them', (from, count, names) => {
  expect(namesOf(from, count)).toEqual(names);
  const { rows } = rowsOf(ledger, { destinationId, cause: 'file-unreadable', from, count });
  expect(idsOf(ledger, { destinationId, cause: 'file-unreadable', from, count })).toEqual({
    photoIds: rows.flatMap(({ photoId }) => photoId ?? []),
    fileIds: rows.flatMap(({ fileId }) => fileId ?? []),
  });
});

test('the list quotes what needs it, and tells no folder above the watched one', () => {
  const { text, nextFrom } = csvPart(ledger, { destinationId, from: 0, dataFolder: folder.path });
  const lines = text.trimEnd().split('\r\n');
  expect([lines.length, nextFrom]).toEqual([8, null]);
  expect(text).not.toContain('/home/anna');
  expect(text).toContain('Wedding/a.jpg,service-trouble,');
  expect(text).toContain('read Wedding/a.jpg');
  expect(text).toContain('"EACCES, ""no"""');
  expect(text).toContain('1970-01-01T00:00:09.000Z');
});

test('leaving photos and files out is one act; what went its way since is left by its undo', () => {
  const rows = rowsOf(ledger, { destinationId, cause: 'file-unreadable', from: 0, count: 9 }).rows;
  const photoIds = rows.flatMap(({ photoId }) => photoId ?? []);
  const fileIds = rows.flatMap(({ fileId }) => fileId ?? []);
  const done = skipAct(ledger, { destinationId, photoIds, fileIds, at: 20 });
  expect(done).toMatchObject({ kind: 'skip', photoCount: 3, fileCount: 2 });
  expect(groupsOf(ledger, destinationId).map(({ cause }) => cause)).toEqual(['service-trouble']);
  expect(skippedAt(ledger, destinationId)).toEqual([
    { reason: 'skipped-by-owner', photoCount: 3, fileCount: 2 },
    { reason: 'cloud-placeholder', photoCount: 0, fileCount: 1 },
  ]);
  expect(leftOutOf(skippedAt(ledger, destinationId))).toEqual({ photoCount: 3, fileCount: 2 });
  expect(undoNext(ledger, 30)).toMatchObject({ photoCount: 3, leftCount: 0 });
  expect(rowsOf(ledger, { destinationId, cause: 'file-unreadable', from: 0, count: 9 }).rows).toMatchObject(
    rows.map(({ path: file, detail, at }) => ({ path: file, detail, at })),
  );
  expect(redoNext(ledger, 40)).toMatchObject({ photoCount: 3 });
  ledger.uploads.restart(photoIds[0] ?? 0, destinationId, 'queued', 50);
  expect(undoNext(ledger, 60)).toMatchObject({ photoCount: 2, leftCount: 1 });
  // Nothing to leave out any more is no act.
  expect(
    skipAct(ledger, { destinationId, photoIds: photoIds.slice(0, 1), fileIds: [], at: 70 }),
  ).toMatchObject({ editId: null, photoCount: 0, fileCount: 0 });
});
