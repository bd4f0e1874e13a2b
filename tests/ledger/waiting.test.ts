/** Counts of what waits for what: kept by the database, and the same as counting photo by photo, whatever happens. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLedger, type Ledger } from '../../electron/engine/ledger/ledger.ts';
import { migrate } from '../../electron/engine/ledger/migrate.ts';
import { MIGRATIONS } from '../../electron/engine/ledger/migrations/list.ts';
import { temporaryFolder } from '../support/tree.ts';
import { addFile, addPhoto, claim, destinationOf, hashOf, temporaryLedger } from './fixture.ts';

const NOW = 100;

/** Whether a folder like this holds a photo now. */
const folders = (condition: string) => `EXISTS (SELECT 1 FROM file JOIN folder ON folder.id = folder_id
  WHERE photo_id = upload.photo_id AND missing_at IS NULL AND removed_at IS NULL AND ${condition})`;

/** The same from the photos themselves. */
function counted({ db }: Ledger, destinationId: number) {
  const waits = `FROM upload WHERE destination_id = ${destinationId}`;
  const queued = `${waits} AND state = 'queued' AND turn IS NOT NULL`;
  const soon = `${queued} AND coalesce(retry_at, 0) <= ${NOW}`;
  const isAway = `${folders("health <> 'ok'")} AND NOT ${folders("health = 'ok'")}`;
  const isPaused = `${folders('paused_at IS NOT NULL')} AND NOT ${folders('paused_at IS NULL')}`;
  const count = (from: string): unknown => db.prepare(`SELECT count(*) ${from}`).pluck().get();
  return {
    counts: {
      unchecked: count(`${soon} AND checked_at IS NULL`),
      unready: count(`${soon} AND checked_at IS NOT NULL AND ready_bytes IS NULL`),
      ready: count(`${soon} AND checked_at IS NOT NULL AND ready_bytes IS NOT NULL`),
      later: count(`${queued} AND retry_at > ${NOW}`),
      resting: count(`${waits} AND state = 'queued' AND turn IS NULL`),
    },
    away: {
      found: count(`${waits} AND state = 'found' AND ${isAway}`),
      queued: count(`${queued} AND ${isAway}`),
    },
    going: count(`${waits} AND state IN ('found', 'queued') AND NOT (${isAway}) AND NOT (${isPaused})`),
  };
}

function read({ queueReads }: Ledger, destinationId: number) {
  return {
    counts: queueReads.counts(destinationId, NOW),
    away: queueReads.away(destinationId),
    going: queueReads.goingCount(destinationId),
  };
}

const KINDS = [
  'queue',
  'check',
  'ready',
  'claim',
  'again',
  'fail',
  'skip',
  'restart',
  'present',
  'missing',
  'back',
  'move',
  'copy',
  'pause',
  'health',
  'remove',
] as const;
const act = fc.record({
  kind: fc.constantFrom(...KINDS),
  photo: fc.integer({ min: 1, max: 4 }),
  folder: fc.nat({ max: 2 }),
  value: fc.nat({ max: 3 }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function doAct(
  ledger: Ledger,
  where: { readonly destinationId: number; readonly folders: readonly number[] },
  { kind, photo, folder, value }: Act,
): void {
  const { db, uploads, files } = ledger;
  const { destinationId } = where;
  const folderId = where.folders[folder] ?? 0;
  const state = uploads.get(photo, destinationId)?.state;
  const isQueued = state === 'queued';
  const isSending = state === 'sending';
  if (kind === 'queue') uploads.queue(photo, 2);
  if (kind === 'check') uploads.checked(photo, destinationId, value > 1 ? 3 : null);
  if (kind === 'ready' && isQueued) uploads.ready(photo, destinationId, value > 1 ? 9 : null);
  if (kind === 'claim' && isQueued) claim(ledger, destinationId, [photo]);
  if (kind === 'again' && (isQueued || isSending))
    uploads.again(photo, destinationId, {
      at: 4,
      costsAttempt: true,
      retryAt: value > 1 ? NOW + 9 : NOW - 9,
    });
  if (kind === 'fail' && (isQueued || isSending))
    uploads.fail(photo, destinationId, { cause: 'service-trouble', detail: null, at: 4 });
  if (kind === 'skip' && isQueued) uploads.skip(photo, destinationId, 'skipped-by-owner', 4);
  if (kind === 'restart') uploads.restart(photo, destinationId, value > 1 ? 'found' : 'queued', 5);
  if (kind === 'present' && isSending) {
    const presence = {
      state: 'accepted',
      at: 6,
      origin: 'posted',
      statusCode: null,
      requestId: null,
    } as const;
    uploads.present(photo, destinationId, presence);
  }
  if (kind === 'missing') files.markMissing(folderId, `${photo}.jpg`, 5);
  if (kind === 'back') db.prepare('UPDATE file SET missing_at = NULL WHERE photo_id = ?').run(photo);
  if (kind === 'move')
    db.prepare('UPDATE OR IGNORE file SET folder_id = ? WHERE photo_id = ?').run(folderId, photo);
  if (kind === 'copy') addFile(ledger, folderId, `${photo}.jpg`, 1 + (photo % 4));
  if (kind === 'pause') ledger.folders.setPaused(folderId, value > 1 ? { at: 5, until: null } : null);
  if (kind === 'health') ledger.folders.setHealth(folderId, value > 1 ? 'unreachable' : 'ok', null);
  if (kind === 'remove') {
    if (value > 1) ledger.folders.remove(folderId, 7);
    else db.prepare('UPDATE folder SET removed_at = NULL WHERE id = ?').run(folderId);
  }
  ledger.turns.take(1, 9);
}

test('after any acts they are what counting photo by photo gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      await using made = await temporaryLedger();
      const { ledger } = made;
      ledger.db.pragma('synchronous = OFF');
      const destinationId = destinationOf(ledger, 'a');
      const folders = ['/a', '/b', '/c'].map((path) => ledger.folders.add(path, destinationId, 1).id);
      for (let n = 1; n <= 4; n += 1) {
        // Files come before their photo's upload, and after it.
        const id = addPhoto(ledger, n, n % 2 === 0 ? { at: [destinationId] } : {});
        addFile(ledger, folders[n % 3] ?? 0, `${n}.jpg`, id);
        if (n % 2 === 1) ledger.uploads.arrive(id, destinationId, hashOf(n).slice(0, 32), 1, 1);
      }
      for (const one of acts) {
        doAct(ledger, { destinationId, folders }, one);
        expect(read(ledger, destinationId), one.kind).toEqual(counted(ledger, destinationId));
      }
    }),
    { numRuns: 30 },
  );
});

test.each([6, 7])('a ledger of version %i has them from the start', async (version) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const old = new Database(path);
  migrate(old, MIGRATIONS.slice(0, version));
  old.exec(`INSERT INTO destination VALUES (1, 'https://api.test', 'me', 'a', NULL, 1);
    INSERT INTO folder (id, path, destination_id, added_at, health) VALUES
      (1, '/here', 1, 1, 'ok'), (2, '/away', 1, 1, 'unreachable');`);
  for (const n of [1, 2, 3, 4, 5]) {
    old.exec(`INSERT INTO photo (id, picture_hash, sort_at, found_at) VALUES (${n}, '${hashOf(n)}', 1, 1);
      INSERT INTO file (folder_id, path, kind, size, mtime_ms, ctime_ms, inode, photo_id, first_seen_at, looked_at, sort_at)
        VALUES (${n > 3 ? 2 : 1}, '${n}.jpg', 'photo', 1, 1, 1, 1, ${n}, 1, 1, 1);
      INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at)
        VALUES (${n}, 1, 'found', 1, '${n}', 1);`);
  }
  old.exec(`UPDATE upload SET state = 'queued' WHERE photo_id IN (2, 3, 5);
    UPDATE upload SET checked_at = 1 WHERE photo_id = 3;`);
  old.close();
  const ledger = openLedger(path);
  try {
    expect(read(ledger, 1)).toEqual(counted(ledger, 1));
    expect(read(ledger, 1)).toMatchObject({
      counts: { unchecked: 2, unready: 1 },
      away: { found: 1, queued: 1 },
      going: 3,
    });
  } finally {
    ledger.close();
  }
});
