/** A plan is of one moment, whatever photos do while it is made; and what the pace is that it reckons with. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptPace } from '../../electron/engine/upload/kept-pace.ts';
import { claim } from '../ledger/fixture.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { openBench, type Bench } from '../support/upload-bench.ts';

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice();
});
afterAll(() => practice.stop());

/** 900 queued photos under a pause: 300 not asked for, 300 not ready, 300 ready. */
async function openPaused() {
  const bench = await openBench(practice);
  const uploader = bench.start();
  uploader.pause(null);
  const photoIds = await bench.add(900);
  const { uploads } = bench.ledger;
  bench.ledger.transaction(() => {
    for (const photoId of photoIds.slice(300)) uploads.checked(photoId, bench.destination.id, 2);
    for (const photoId of photoIds.slice(600)) uploads.ready(photoId, bench.destination.id, 500);
  });
  return { bench, uploader, photoIds };
}

/** Lets `move` have every turn of the event loop until the plan is made. */
async function whilePlanning<T>(plan: Promise<T>, move: (turn: number) => void): Promise<T> {
  let isMade = false;
  const made = plan.finally(() => {
    isMade = true;
  });
  for (let turn = 0; !isMade; turn += 1) {
    await nextTurn();
    move(turn);
  }
  return made;
}

const countsOf = ({ ledger, destination }: Bench) => ledger.counts.of(destination.id);

test('no photo is missing that is asked for or made ready meanwhile', async () => {
  const { bench, uploader, photoIds } = await openPaused();
  await using _ = bench;
  const { uploads } = bench.ledger;
  const { plan } = await whilePlanning(
    uploader.plan(() => undefined),
    (turn) => {
      bench.ledger.transaction(() => {
        for (const photoId of photoIds.slice(turn * 100, (turn + 1) * 100)) {
          uploads.checked(photoId, bench.destination.id, 2);
          uploads.ready(photoId, bench.destination.id, 500);
        }
      });
    },
  );
  expect(plan.photoCount).toBe(900);
});

test('none is counted twice that is sent, or is queued, meanwhile', async () => {
  const { bench, uploader, photoIds } = await openPaused();
  await using _ = bench;
  const ready = photoIds.slice(600);
  const more: Promise<unknown>[] = [];
  const { plan, seen } = await whilePlanning(
    uploader.plan(() => countsOf(bench)),
    (turn) => {
      const next = ready.slice(turn * 50, (turn + 1) * 50);
      if (next.length > 0) claim(bench.ledger, bench.destination.id, next);
      if (turn === 2) more.push(bench.add(10));
    },
  );
  await Promise.all(more);
  expect([plan.photoCount, plan.photoCount + seen.sending]).toEqual([seen.queued, 900]);
});

test('it is made to its end, or given up, before its uploader has stopped', async () => {
  const { bench, uploader } = await openPaused();
  await using _ = bench;
  let isMade = false;
  const made = uploader
    .plan(() => undefined)
    .finally(() => {
      isMade = true;
    });
  await uploader.stop();
  expect(isMade).toBe(true);
  await made;
});

test('the pace that is kept for later plans is that of the link, not that of a limit', async () => {
  await using bench = await openBench(practice);
  const sendTwo = async (): Promise<number | null> => {
    await bench.add(2);
    const uploader = bench.start();
    await uploader.idle();
    await uploader.stop();
    return keptPace(bench.ledger, bench.destination.id);
  };
  bench.limit.set(1_000_000);
  expect(await sendTwo()).toBeNull();
  bench.limit.set(null);
  expect(await sendTwo()).toBeGreaterThan(0);
});
