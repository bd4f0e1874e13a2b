/** Scans whose workers die: what is repeated, when, and what is waited for. */
import { expect, test } from 'vitest';
import type { Walked } from '../../../electron/engine/ingest/walk-types.ts';
import { createScans, type EndedScan } from '../../../electron/engine/ingest/scans.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import type { WorkerPool } from '../../../electron/engine/workers/pool.ts';
import { destinationOf, temporaryLedger } from '../../ledger/fixture.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const DEAD = { kind: 'problem', cause: 'decoder-crashed', detail: 'signal 9' } as const;
const WALKED: Walked = {
  kind: 'walked',
  seenCount: 0,
  changedCount: 0,
  placeholderCount: 0,
  folderCount: 1,
  missing: [],
  excluded: [],
  unreadableFolders: [],
  unreadableNames: [],
  linkedFolders: [],
  rootDevice: 1,
};

/** Scans of one folder whose first `deaths` walks end with their worker. */
async function scansWith(deaths: number) {
  const made = await temporaryLedger();
  const { ledger } = made;
  const folder = ledger.folders.add('/p', destinationOf(ledger, 'a'), 1);
  const clock = createFakeClock();
  const startedAt = clock.elapsed();
  const walks: number[] = [];
  const ended: EndedScan[] = [];
  const run = (): Promise<unknown> => {
    walks.push(clock.elapsed() - startedAt);
    return Promise.resolve(walks.length > deaths ? WALKED : DEAD);
  };
  let isLedgerFull = false;
  const scans = createScans({
    parts: {
      ledger,
      ledgerPath: made.path,
      look: {
        ledger,
        now: () => clock.now(),
        onArrival: () => undefined,
        onKeywords: () => undefined,
        onQueued: () => undefined,
      },
      pool: { run } as unknown as WorkerPool,
      clock,
      log: silentLog,
      see: () => undefined,
      isOnItsWay: () => false,
    },
    folderOf: (id) => {
      if (isLedgerFull) throw new Error('database or disk is full');
      return ledger.folders.byId(id);
    },
    allFolders: () => ledger.folders.all(),
    leftOut: [],
    onStart: () => undefined,
    onDone: (one) => ended.push(one),
    onDiskFull: () => undefined,
  });
  return {
    clock,
    scans,
    walks,
    ended,
    folderId: folder.id,
    fill: (isFull: boolean) => (isLedgerFull = isFull),
    async [Symbol.asyncDispose]() {
      await scans.stop();
      await made[Symbol.asyncDispose]();
    },
  };
}

test('a scan whose worker died is repeated at once, and has not ended before', async () => {
  await using made = await scansWith(1);
  const { clock, scans, walks, ended, folderId } = made;
  scans.request(folderId, 'owner', null);
  expect(scans.isBusy()).toBe(true);
  await clock.advance(100);
  expect([walks, scans.isBusy(), scans.stateOf(folderId)]).toEqual([
    [0, 0],
    false,
    { isDone: true, unreachable: null, unread: [] },
  ]);
  expect(ended.map(({ isWhole, reason }) => [isWhole, reason])).toEqual([[true, 'owner']]);
});

test('a planned repetition is waited for, but not for ever; it goes on nevertheless', async () => {
  await using made = await scansWith(4);
  const { clock, scans, walks, ended, folderId } = made;
  scans.request(folderId, 'owner', null);
  await clock.advance(5000);
  expect([walks, scans.isBusy()]).toEqual([[0, 0], true]);
  await clock.advance(10_000);
  expect([walks, scans.isBusy(), scans.stateOf(folderId)?.unread.length]).toEqual([[0, 0, 10_000], false, 1]);
  await clock.advance(30_000);
  expect([walks, ended.length, scans.stateOf(folderId)?.unread]).toEqual([
    [0, 0, 10_000, 20_000, 30_000],
    1,
    [],
  ]);
});

test('a repetition that cannot even start ends no process, and a request meanwhile loses nothing of it', async () => {
  await using made = await scansWith(2);
  const { clock, scans, walks, ended, folderId, fill } = made;
  scans.request(folderId, 'owner', null);
  await clock.advance(5000);
  fill(true);
  await clock.advance(10_000);
  expect([walks, ended]).toEqual([[0, 0], []]);
  fill(false);
  scans.request(folderId, 'watcher', 'below');
  await clock.advance(30_000);
  expect([walks, scans.isBusy()]).toEqual([[0, 0, 15_000], false]);
  expect(ended.map(({ isWhole, reason }) => [isWhole, reason])).toEqual([[true, 'owner']]);
});
