import { expect, test } from 'vitest';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { createTurnTaking } from '../../electron/engine/turn-taking.ts';
import { createShield } from '../../electron/engine/upload/shield.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { addPhoto, destinationOf, temporaryLedger } from './fixture.ts';

/** Photos with an id that is no order, queued. */
function addQueued(ledger: Ledger, count: number): number {
  const destinationId = destinationOf(ledger, 'a');
  for (let n = 1; n <= count; n += 1) {
    addPhoto(ledger, n, { at: [destinationId], sortAt: (n * 7) % count });
    ledger.uploads.queue(n, 2);
  }
  return destinationId;
}

function fail(error: unknown): never {
  throw error;
}

function isInOrder({ db }: Ledger): boolean {
  return (
    db
      .prepare(
        `SELECT count(*) FROM upload JOIN turn_now USING (photo_id, destination_id)
         WHERE upload.turn IS NOT turn_now.turn`,
      )
      .pluck()
      .get() === 0
  );
}

test('another order is taken piece by piece, and one that comes meanwhile as well', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  addQueued(ledger, 1200);
  let changedCount = 0;
  let settledCount = 0;
  const clock = createFakeClock();
  const turns = createTurnTaking({
    ledger,
    clock,
    shield: createShield({ clock, log: silentLog }),
    onChanged: () => (changedCount += 1),
    onSettled: () => (settledCount += 1),
    onFailed: fail,
  });
  expect(turns.isSettled()).toBe(true);
  ledger.settings.set('sending', { order: 'oldest' });
  expect(turns.isSettled()).toBe(false);
  turns.look();
  ledger.settings.set('sending', { order: 'newest' });
  turns.look();
  await turns.settled();
  expect([turns.isSettled(), isInOrder(ledger)]).toEqual([true, true]);
  expect([changedCount, settledCount]).toEqual([2, 1]);
  // What is no change of the order costs nothing.
  ledger.settings.set('sending', { order: 'newest', limit: 50_000 });
  expect(turns.isSettled()).toBe(true);
});

test('a walk that fails, as on a full disk, is tried again until there is room', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  addQueued(ledger, 3);
  const clock = createFakeClock();
  let isFull = true;
  const failing = {
    ...ledger,
    turns: {
      ...ledger.turns,
      take(first: number, last: number) {
        if (isFull) throw new Error('SQLITE_FULL: database or disk is full');
        return ledger.turns.take(first, last);
      },
    },
  } as Ledger;
  let changedCount = 0;
  const errors: string[] = [];
  const turns = createTurnTaking({
    ledger: failing,
    clock,
    shield: createShield({ clock, log: silentLog }),
    onChanged: () => (changedCount += 1),
    onSettled: () => undefined,
    onFailed: (error) => errors.push(String(error)),
  });
  ledger.settings.set('sending', { order: 'newest' });
  turns.look();
  await clock.advance(5000);
  expect([turns.isSettled(), changedCount]).toEqual([false, 1]);
  expect([errors.length, new Set(errors)]).toEqual([
    6,
    new Set(['Error: SQLITE_FULL: database or disk is full']),
  ]);
  isFull = false;
  await clock.advance(1000);
  await turns.settled();
  expect([turns.isSettled(), isInOrder(ledger), clock.timerCount()]).toEqual([true, true, 0]);
  await turns.stop();
});

test('what a walk tells, and a look that cannot read, are tried again and end nothing', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  addQueued(ledger, 3);
  const clock = createFakeClock();
  let isBroken = true;
  const breakDown = (): void => {
    if (isBroken) throw new Error('SQLITE_IOERR: disk I/O error');
  };
  let settledCount = 0;
  const turns = createTurnTaking({
    ledger: {
      ...ledger,
      turns: {
        ...ledger.turns,
        changes() {
          breakDown();
          return ledger.turns.changes();
        },
      },
    },
    clock,
    shield: createShield({ clock, log: silentLog }),
    onChanged: () => undefined,
    onSettled: () => {
      settledCount += 1;
      isBroken = settledCount < 3;
      breakDown();
    },
    onFailed: fail,
  });
  ledger.settings.set('sending', { order: 'newest' });
  turns.look();
  expect(isInOrder(ledger)).toBe(false);
  isBroken = false;
  await clock.advance(5000);
  expect([turns.isSettled(), isInOrder(ledger), settledCount]).toEqual([true, true, 3]);
  await turns.stop();
});

test('photos that rest are counted as they come and go, whatever their states', async () => {
  await using made = await temporaryLedger();
  const { ledger } = made;
  const destinationId = addQueued(ledger, 3);
  const counted = () =>
    ledger.db.prepare(`SELECT count(*) FROM upload WHERE state = 'queued' AND turn IS NULL`).pluck().get();
  const rest = (photoId: number): void =>
    void ledger.db.prepare('UPDATE upload SET turn = NULL WHERE photo_id = ?').run(photoId);
  const agrees = (count: number): void => {
    expect([ledger.turns.restingCount(destinationId), counted()]).toEqual([count, count]);
  };
  ledger.uploads.ready(1, destinationId, 700);
  for (const photoId of [1, 2, 3]) rest(photoId);
  agrees(3);
  expect(ledger.uploads.get(1, destinationId)?.readyBytes).toBe(null);
  ledger.uploads.fail(1, destinationId, { cause: 'service-trouble', detail: null, at: 3 });
  agrees(2);
  ledger.uploads.restart(1, destinationId, 'queued', 4);
  agrees(2);
  ledger.uploads.skip(2, destinationId, 'skipped-by-owner', 5);
  ledger.uploads.restart(2, destinationId, 'found', 6);
  agrees(1);
  ledger.uploads.queue(2, 7);
  ledger.turns.take(1, 3);
  agrees(0);
});
