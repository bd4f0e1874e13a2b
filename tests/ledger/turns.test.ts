/** The order in which queued photos leave: kept by the database, whatever happens to photos, files and folders. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { migrate } from '../../electron/engine/ledger/migrate.ts';
import { MIGRATIONS } from '../../electron/engine/ledger/migrations/list.ts';
import { temporaryFolder } from '../support/tree.ts';
import { addFile, addPhoto, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const ORDERS = ['found', 'newest', 'oldest', 'smallest', 'best-rated'] as const;

function orderOf(ledger: Ledger, destinationId: number): number[] {
  return ledger.workLists.unchecked(destinationId, 9, 100).map(({ photoId }) => photoId);
}

function setOrder(ledger: Ledger, order: string): void {
  ledger.settings.set('sending', { order });
  ledger.turns.take(1, ledger.turns.lastPhotoId());
}

/** A photo with one file, queued. */
function addQueued(
  ledger: Ledger,
  n: number,
  facts: { folderId: number; destinationId: number; sortAt: number; size?: number; rating?: number | null },
): number {
  const { folderId, destinationId, sortAt, size = 10, rating = null } = facts;
  const id = addPhoto(ledger, n, { sortAt, at: [destinationId] });
  const fileId = addFile(ledger, folderId, `${n}.jpg`, id, sortAt);
  ledger.db.prepare('UPDATE photo SET chosen_file_id = ? WHERE id = ?').run(fileId, id);
  ledger.db.prepare('UPDATE file SET size = ?, rating = ? WHERE id = ?').run(size, rating, fileId);
  ledger.uploads.queue(id, 2);
  return id;
}

test('photos that a ledger of version 6 has queued are sent, in the order in which they came', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const old = new Database(path);
  migrate(old, MIGRATIONS.slice(0, 6));
  old.exec(`INSERT INTO destination VALUES (1, 'https://api.test', 'me', 'a', NULL, 1);
    INSERT INTO folder (id, path, destination_id, added_at) VALUES (1, '/p', 1, 1);`);
  for (const n of [1, 2, 3]) {
    old
      .prepare('INSERT INTO photo (id, picture_hash, sort_at, found_at) VALUES (?, ?, ?, 1)')
      .run(n, hashOf(n), 9 - n);
    old
      .prepare(
        `INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at)
         VALUES (?, 1, 'found', 1, ?, ?)`,
      )
      .run(n, String(n), 9 - n);
  }
  old.exec(`UPDATE upload SET state = 'queued'`);
  old.close();
  const ledger = openLedger(path);
  try {
    expect(ledger.workLists.unchecked(1, 9, 100).map(({ photoId }) => photoId)).toEqual([1, 2, 3]);
  } finally {
    ledger.close();
  }
});

test.each([
  ['found', [1, 2, 3, 4]],
  ['newest', [3, 1, 4, 2]],
  ['oldest', [2, 4, 1, 3]],
  ['smallest', [4, 3, 2, 1]],
  ['best-rated', [4, 2, 1, 3]],
])('by %s', async (order, wanted) => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const { id: folderId } = ledger.folders.add('/photos', destinationId, 1);
  const facts = [
    { sortAt: 3000, size: 90, rating: 3 },
    { sortAt: -5000, size: 70, rating: 3 },
    { sortAt: 4000, size: 50, rating: null },
    { sortAt: 2000, size: 30, rating: 5 },
  ];
  facts.forEach((one, index) => addQueued(ledger, index + 1, { folderId, destinationId, ...one }));
  setOrder(ledger, order);
  expect(orderOf(ledger, destinationId)).toEqual(wanted);
  // Chosen ones lead, among themselves in the same order.
  const last = wanted.slice(-2);
  for (const photoId of last) expect(ledger.turns.setFirst(photoId, destinationId, true)).toBe(true);
  expect(orderOf(ledger, destinationId)).toEqual([...last, ...wanted.slice(0, 2)]);
  ledger.turns.setFirst(last[0] ?? 0, destinationId, false);
  expect(orderOf(ledger, destinationId)[0]).toBe(last[1]);
});

test('a chosen photo leads after it was given up for now, and no longer once it has arrived', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const { id: folderId } = ledger.folders.add('/photos', destinationId, 1);
  for (const n of [1, 2, 3]) addQueued(ledger, n, { folderId, destinationId, sortAt: n });
  ledger.turns.setFirst(3, destinationId, true);
  ledger.uploads.fail(3, destinationId, { cause: 'service-trouble', detail: null, at: 3 });
  ledger.uploads.restart(3, destinationId, 'queued', 4);
  expect(orderOf(ledger, destinationId)).toEqual([3, 1, 2]);
  ledger.uploads.present(3, destinationId, {
    state: 'indexed',
    at: 5,
    origin: 'posted',
    statusCode: 30_000,
    requestId: null,
  });
  expect(ledger.turns.setFirst(3, destinationId, true)).toBe(false);
  expect(ledger.db.prepare('SELECT is_first FROM upload WHERE photo_id = 3').pluck().get()).toBe(0);
});

test('photos rest when every folder that holds them is paused, and only at that destination', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = destinationOf(ledger, 'a');
  const other = destinationOf(ledger, 'b');
  const { id: paused } = ledger.folders.add('/paused', destinationId, 1);
  const { id: open } = ledger.folders.add('/open', destinationId, 1);
  const { id: elsewhere } = ledger.folders.add('/elsewhere', other, 1);
  const alone = addQueued(ledger, 1, { folderId: paused, destinationId, sortAt: 1 });
  const twice = addQueued(ledger, 2, { folderId: paused, destinationId, sortAt: 2 });
  const copy = addFile(ledger, open, '2.jpg', twice);
  addFile(ledger, elsewhere, '1.jpg', alone);
  ledger.folders.setPaused(paused, { at: 5, until: null });
  ledger.turns.take(1, ledger.turns.lastPhotoId());
  expect([orderOf(ledger, destinationId), ledger.turns.restingCount(destinationId)]).toEqual([[twice], 1]);
  // Its other copy goes away, and comes back.
  ledger.files.markMissing(open, '2.jpg', 6);
  expect(orderOf(ledger, destinationId)).toEqual([]);
  ledger.db.prepare('UPDATE file SET missing_at = NULL WHERE id = ?').run(copy);
  expect(orderOf(ledger, destinationId)).toEqual([twice]);
  expect(ledger.queueReads.counts(destinationId, 9)).toMatchObject({ unchecked: 1, resting: 1 });
  ledger.folders.setPaused(paused, null);
  ledger.turns.take(1, ledger.turns.lastPhotoId());
  expect([orderOf(ledger, destinationId), ledger.turns.restingCount(destinationId)]).toEqual([
    [alone, twice],
    0,
  ]);
});

test('a pause that gets another end began when it began, and is no change of turns', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const { id } = ledger.folders.add('/paused', destinationOf(ledger, 'a'), 1);
  ledger.folders.setPaused(id, { at: 5, until: 100 });
  const { made: changes } = ledger.turns.changes();
  ledger.folders.setPaused(id, { at: 50, until: null });
  expect(ledger.folders.byId(id)).toMatchObject({ pausedAt: 5, pausedUntil: null });
  expect(ledger.turns.changes().made).toBe(changes);
  ledger.folders.setPaused(id, null);
  ledger.folders.setPaused(id, { at: 70, until: 80 });
  expect(ledger.folders.byId(id)).toMatchObject({ pausedAt: 70, pausedUntil: 80 });
});

const step = fc.record({
  kind: fc.constantFrom(
    'queue',
    'fail',
    'restart',
    'missing',
    'back',
    'move',
    'rate',
    'resort',
    'first',
    'copy',
  ),
  photo: fc.nat({ max: 3 }),
  value: fc.nat({ max: 5 }),
});

test('a queued photo has the turn of the order of now after any acts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom(...ORDERS), async (steps, order) => {
      await using made = await temporaryLedger();
      const { ledger } = made;
      const { db } = ledger;
      const destinationId = destinationOf(ledger, 'a');
      const folders = ['/paused', '/open'].map((path) => ledger.folders.add(path, destinationId, 1).id);
      const [paused = 0, open = 0] = folders;
      ledger.folders.setPaused(paused, { at: 1, until: null });
      for (let n = 1; n <= 4; n += 1)
        addQueued(ledger, n, { folderId: n % 2 === 0 ? paused : open, destinationId, sortAt: n });
      setOrder(ledger, order);
      for (const { kind, photo, value } of steps) {
        const id = photo + 1;
        const state = ledger.uploads.get(id, destinationId)?.state;
        const failure = { cause: 'service-trouble', detail: null, at: 3 } as const;
        if (kind === 'fail' && state === 'queued') ledger.uploads.fail(id, destinationId, failure);
        if (kind === 'restart') ledger.uploads.restart(id, destinationId, 'queued', 4);
        if (kind === 'missing') ledger.files.markMissing(value > 2 ? paused : open, `${id}.jpg`, 5);
        if (kind === 'back') db.prepare('UPDATE file SET missing_at = NULL WHERE photo_id = ?').run(id);
        if (kind === 'move')
          db.prepare('UPDATE OR IGNORE file SET folder_id = ? WHERE photo_id = ?').run(
            value > 2 ? paused : open,
            id,
          );
        if (kind === 'rate')
          db.prepare('UPDATE file SET rating = ?, size = ? WHERE photo_id = ?').run(value, value * 9, id);
        if (kind === 'resort') db.prepare('UPDATE photo SET sort_at = ? WHERE id = ?').run(value * 1000, id);
        if (kind === 'first') ledger.turns.setFirst(id, destinationId, value > 2);
        if (kind === 'copy') addFile(ledger, value > 2 ? paused : open, `${id}.jpg`, id, 1000);
        const rows = db
          .prepare(
            `SELECT upload.turn, turn_now.turn AS wanted FROM upload
             JOIN turn_now ON turn_now.photo_id = upload.photo_id AND turn_now.destination_id = upload.destination_id
             WHERE upload.state = 'queued'`,
          )
          .all() as { turn: number | null; wanted: number | null }[];
        expect(rows.map(({ turn }) => turn)).toEqual(rows.map(({ wanted }) => wanted));
      }
    }),
    { numRuns: 40 },
  );
});
