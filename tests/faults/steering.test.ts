/** What the owner steers, seen from the account: how fast bytes come in, in which order, and that none come during a rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { openFaultBench, type FaultBench } from './fault-bench.ts';

/** Long enough that no stall of the account, whose bytes then come at once, makes a stretch of some look fast. */
const PART_MS = 2000;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice();
});
afterAll(() => practice.stop());

const arrived = async (bench: FaultBench): Promise<number> =>
  (await bench.stats()).requests['POST /inputs']?.bodyBytes ?? 0;

interface Pace {
  /** Over the whole stretch. */
  readonly whole: number;
  /** Over the quickest of its parts. */
  readonly quickest: number;
}

/** Bytes of bodies that come in per second over a stretch of some parts, both by the account's own count and clock. */
async function paceOver(bench: FaultBench, parts: number): Promise<Pace> {
  const looks: { readonly at: number; readonly bytes: number }[] = [];
  for (let look = 0; look <= parts; look += 1) {
    if (look > 0) await sleep(PART_MS);
    const { at, requests } = await bench.stats();
    looks.push({ at, bytes: requests['POST /inputs']?.bodyBytes ?? 0 });
  }
  const between = (first: number, last: number): number => {
    const [from, to] = [looks[first], looks[last]];
    if (from === undefined || to === undefined) throw new RangeError(`There is no look ${first} or ${last}.`);
    return ((to.bytes - from.bytes) * 1000) / (to.at - from.at);
  };
  const quickest = Math.max(...looks.slice(1).map((_, part) => between(part, part + 1)));
  return { whole: between(0, parts), quickest };
}

/** A busy machine may keep the program from using all that it may; it may never use more. */
function expectPace({ whole, quickest }: Pace, limit: number, least: number): void {
  const [allowed, seen, most] = [limit, whole, quickest].map((pace) => Math.round(pace / 1000));
  console.log(`${allowed} kB/s: ${seen}, in the quickest part ${most}`);
  expect(whole).toBeLessThanOrEqual(limit * 1.1);
  expect(quickest).toBeGreaterThanOrEqual(least);
}

test('a limit is passed by no more than a tenth by all batches together, and another one holds at once', async () => {
  const bench = await openFaultBench(practice, {
    photos: 36,
    photoBytes: 250_000,
    direct: true,
    upload: { batchBytes: 1_000_000 },
  });
  const { api } = bench;
  const { directBase: baseUrl, userId, appId } = practice;
  await api.addDestination({ baseUrl, userId, appId });
  await api.pause({});
  await api.saveSending({ settings: { limit: 400_000, batchesInFlight: 3 } });
  await bench.ingest();
  // They are read and decoded: nothing but the limit keeps them from leaving.
  await bench.until('all wait', ({ counts }) => counts.queued === 36);
  await api.resume({});
  await bench.until('bytes come in', async () => (await arrived(bench)) > 400_000);
  expectPace(await paceOver(bench, 3), 400_000, 0.9 * 400_000);
  await api.saveSending({ settings: { limit: 1_200_000 } });
  // More than the old limit would let out; that a limit is used to the byte is `byte-limit.test.ts`.
  expectPace(await paceOver(bench, 3), 1_200_000, 1.2 * 400_000);
  // So slow that what is left would take minutes; then it is not.
  await api.saveSending({ settings: { limit: 10_000 } });
  await api.saveSending({ settings: { limit: null } });
  await bench.reached({ indexed: 36 });
  expect((await bench.inputs()).length).toBe(36);
}, 150_000);

test('a rest of the timetable cuts off what is in flight, and sending all the same is the owner`s choice', async () => {
  const bench = await openFaultBench(practice, { photos: 20, photoBytes: 400_000, direct: true });
  await bench.api.saveSending({ settings: { limit: 500_000 } });
  await bench.ingest();
  await bench.until('bytes come in', async () => (await arrived(bench)) > 200_000);
  const timetable = [{ days: EVERY_DAY, from: 0, to: 0, limit: 0 }];
  const before = await arrived(bench);
  await bench.api.saveSending({ settings: { limit: null, timetable } });
  const restsFrom = performance.now();
  await bench.until('no POST runs', async () => (await bench.stats()).running.requests === 0);
  const atRest = await arrived(bench);
  // Promised: 2 s, at the limit that was in force.
  expect(atRest - before).toBeLessThan(2 * 500_000);
  expect(await bench.holds()).toEqual(['scheduled']);
  // Neither the owner's other acts nor whatever wakes it lets a byte out.
  await bench.api.resume({});
  await bench.api.retryEverywhere({ cause: null, way: 'again' });
  await bench.until('two seconds are over', () => performance.now() - restsFrom > 2000);
  expect(await arrived(bench)).toBe(atRest);
  await bench.api.sendAllTheSame({ kind: 'scheduled' });
  await bench.reached({ indexed: 20 });
  expect(await bench.failures()).toEqual({});
  const attempts = bench.ledger.db.prepare('SELECT max(attempts) FROM upload').pluck().get();
  expect(attempts).toBe(0);
});

test('pausing a folder cuts off what is in flight of it, and nothing more comes', async () => {
  const bench = await openFaultBench(practice, { photos: 20, photoBytes: 400_000, direct: true });
  const { api, ledger } = bench;
  await api.saveSending({ settings: { limit: 500_000 } });
  await bench.ingest();
  await bench.until('bytes come in', async () => (await arrived(bench)) > 200_000);
  // So slow that what is on its way would take minutes.
  await api.saveSending({ settings: { limit: 20_000 } });
  const { folders } = await api.folders({});
  await api.pauseFolder({ folderId: folders[0]?.id ?? 0, until: null });
  await bench.until('no POST runs', async () => (await bench.stats()).running.requests === 0);
  const before = await arrived(bench);
  // What was cut off is asked about; then all of it rests.
  await bench.until('every photo rests', ({ counts }) => counts.queued === 20);
  expect(ledger.turns.restingCount(ledger.destinations.all()[0]?.id ?? 0)).toBe(20);
  expect(await arrived(bench)).toBe(before);
  await api.saveSending({ settings: { limit: null } });
  await api.resumeFolder({ folderId: folders[0]?.id ?? 0 });
  await bench.reached({ indexed: 20 });
});

test('photos leave in the order that is chosen, and chosen ones before all', async () => {
  const bench = await openFaultBench(practice, { photos: 24, upload: { batchBytes: 1, batchesInFlight: 1 } });
  const { api, ledger } = bench;
  await bench.ingest();
  await bench.until('the line is open', ({ counts }) => counts.found + counts.queued > 0);
  await api.pause({});
  await bench.until(
    'all wait',
    ({ counts, waiting }) => counts.found + counts.sending === 0 && waiting === 0,
  );
  const queued = ledger.db
    .prepare<[], { photoId: number; inputId: string; destinationId: number; sortAt: number }>(
      `SELECT photo_id AS photoId, input_id AS inputId, destination_id AS destinationId, sort_at AS sortAt
       FROM upload WHERE state = 'queued' ORDER BY sort_at DESC, photo_id`,
    )
    .all();
  expect(queued.length).toBeGreaterThan(12);
  const chosen = queued.slice(-3);
  const there = (await bench.inputs()).length;
  await api.saveSending({ settings: { order: 'newest' } });
  const photoIds = chosen.map(({ photoId }) => photoId);
  const destinationId = chosen[0]?.destinationId ?? 0;
  expect(await api.sendFirst({ target: { photoIds }, destinationId, isFirst: true })).toMatchObject({
    photoCount: 3,
    leftCount: 0,
  });
  await api.resume({});
  await bench.reached({ indexed: 24 });
  const others = queued.filter((photo) => !chosen.includes(photo));
  const wanted = [...chosen, ...others].map(({ inputId }) => inputId);
  expect((await bench.inputs()).slice(there).map(({ id }) => id)).toEqual(wanted);
});
