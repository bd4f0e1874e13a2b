import { expect, test } from 'vitest';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addFile, addPhoto, claim, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const SINCE = 100;

/** One photo of each kind in `/p`, told by the number of its file. */
function fill(ledger: Ledger): { folderId: number; destinationId: number; photos: number[] } {
  const destinationId = destinationOf(ledger, 'a');
  const folderId = ledger.folders.add('/p', destinationId, 1).id;
  const photos = Array.from({ length: 8 }, (_, n) => addPhoto(ledger, n, { at: [destinationId] }));
  photos.forEach((photo, n) => addFile(ledger, folderId, `${n}.jpg`, photo));
  const [old = 0, fresh = 0, adopted = 0, failed = 0, skipped = 0, gone = 0, queued = 0] = photos;
  const present = { statusCode: 30000, requestId: null, state: 'indexed' } as const;
  const { uploads } = ledger;
  uploads.present(old, destinationId, { ...present, at: SINCE - 1, origin: 'posted' });
  uploads.present(fresh, destinationId, { ...present, at: SINCE, origin: 'posted', state: 'accepted' });
  uploads.present(fresh, destinationId, { ...present, at: SINCE + 9, origin: null });
  uploads.present(adopted, destinationId, { ...present, at: SINCE + 1, origin: 'adopted' });
  uploads.fail(failed, destinationId, { cause: 'incomplete', detail: 'cut at row 7', at: SINCE + 2 });
  uploads.skip(skipped, destinationId, 'skipped-by-owner', SINCE + 3);
  ledger.files.markMissing(folderId, '5.jpg', SINCE + 4);
  uploads.fail(gone, destinationId, { cause: 'file-gone', detail: null, at: SINCE + 4 });
  uploads.queue(queued, SINCE + 5);
  ledger.photos.decoded(queued, { at: 5, width: 10, height: 8, recoveredShare: 0.9 });
  return { folderId, destinationId, photos };
}

test('photos are counted by state, those sent in this run apart, and those lost in it too', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const { folderId, destinationId } = fill(ledger);
  const scope = { folderIds: [folderId], destinationId, since: SINCE };
  const counts = (since: number): string[] =>
    ledger.reports
      .counts({ ...scope, since })
      .map(({ state, isFresh, count }) => `${state} ${isFresh} ${count}`)
      .toSorted();
  expect(counts(SINCE)).toEqual([
    'failed 0 2',
    'found 0 1',
    'indexed 0 2',
    'indexed 1 1',
    'queued 0 1',
    'skipped 0 1',
  ]);
  expect(counts(SINCE + 5), 'what was gone before is no part of a later run').toEqual([
    'failed 0 1',
    'found 0 1',
    'indexed 0 3',
    'queued 0 1',
    'skipped 0 1',
  ]);
  expect(ledger.reports.counts({ ...scope, folderIds: [] })).toEqual([]);
  expect(ledger.counts.reasons(destinationId)).toEqual([
    { state: 'failed', reason: 'file-gone', count: 1 },
    { state: 'failed', reason: 'incomplete', count: 1 },
    { state: 'skipped', reason: 'skipped-by-owner', count: 1 },
  ]);
});

test('problems name a path, the cause and the words; files that are no photo are listed by themselves', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const { folderId, destinationId, photos } = fill(ledger);
  const scope = { folderIds: [folderId], destinationId, since: SINCE };
  addFile(ledger, folderId, '0-copy.jpg', photos[3] ?? 0);
  ledger.files.markMissing(folderId, '3.jpg', SINCE + 6);
  const stamp = { size: 0, mtimeMs: 1, ctimeMs: 1, inode: 1 };
  const empty = {
    folderId,
    stamp,
    at: 1,
    kind: 'problem',
    problem: 'file-empty',
    problemDetail: null,
  } as const;
  ledger.files.record({ ...empty, path: 'empty.jpg' });
  ledger.files.record({ ...empty, path: 'empty-gone.jpg' });
  ledger.files.markMissing(folderId, 'empty-gone.jpg', 2);
  ledger.files.record({ folderId, path: 'notes.txt', stamp, at: 1, kind: 'other' });
  expect({
    failed: ledger.reports.photoProblems(scope, 'failed'),
    skipped: ledger.reports.photoProblems(scope, 'skipped'),
    files: ledger.reports.fileProblems(scope),
    recovered: ledger.reports.recovered(scope),
    count: ledger.reports.fileCount(scope),
  }).toEqual({
    failed: [
      { folderPath: '/p', path: '5.jpg', reason: 'file-gone', detail: null },
      { folderPath: '/p', path: '0-copy.jpg', reason: 'incomplete', detail: 'cut at row 7' },
    ],
    skipped: [{ folderPath: '/p', path: '4.jpg', reason: 'skipped-by-owner', detail: null }],
    files: [{ folderPath: '/p', path: 'empty.jpg', reason: 'file-empty', detail: null }],
    recovered: [{ folderPath: '/p', path: '6.jpg', share: 0.9 }],
    count: 8,
  });
});

test('the export has a line for each file that is, or should be, a photo', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const folderId = ledger.folders.add('/p', destinationId, 1).id;
  const photo = addPhoto(ledger, 1, { at: [destinationId] });
  addFile(ledger, folderId, 'b.jpg', photo);
  addFile(ledger, folderId, 'a.jpg', photo);
  addFile(ledger, folderId, 'unplaced.jpg', addPhoto(ledger, 2));
  ledger.files.record({
    folderId,
    path: 'c.jpg',
    stamp: { size: 0, mtimeMs: 1, ctimeMs: 1, inode: 1 },
    at: 1,
    kind: 'problem',
    problem: 'file-empty',
  });
  ledger.uploads.queue(photo, 2);
  const batch = claim(ledger, destinationId, [photo]);
  ledger.uploads.present(photo, destinationId, {
    state: 'accepted',
    at: 11,
    origin: 'posted',
    statusCode: 1,
    requestId: 'r',
  });
  ledger.batches.close(batch, { at: 12, outcome: 'answered' });
  const at = { baseUrl: 'https://api.test', userId: 'me', appId: 'a' };
  const nowhere = {
    baseUrl: null,
    userId: null,
    appId: null,
    inputId: null,
    acceptedAt: null,
    indexedAt: null,
  };
  const sent = {
    folderPath: '/p',
    photoId: photo,
    pictureHash: hashOf(1),
    inputId: hashOf(1).slice(0, 32),
    state: 'accepted',
    reason: null,
    ...at,
    foundAt: 1,
    acceptedAt: 11,
    indexedAt: null,
  };
  expect([...ledger.reports.exported()]).toEqual([
    { ...sent, path: 'a.jpg' },
    { ...sent, path: 'b.jpg' },
    {
      ...nowhere,
      folderPath: '/p',
      path: 'c.jpg',
      photoId: null,
      pictureHash: null,
      state: 'problem',
      reason: 'file-empty',
      foundAt: null,
    },
    {
      ...nowhere,
      folderPath: '/p',
      path: 'unplaced.jpg',
      photoId: 2,
      pictureHash: hashOf(2),
      state: 'unknown',
      reason: null,
      foundAt: 1,
    },
  ]);
  expect([
    ledger.reports.answeredBatches(destinationId, 12),
    ledger.reports.answeredBatches(destinationId, 13),
  ]).toEqual([1, 0]);
});
