/** What the owner does while the service is slow or failing: tagging, pausing; and one photo that spoils its batch. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editTags } from '../../electron/engine/edits/tag-edits.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { POST, type FaultRule } from '../support/practice.ts';
import { openFaultBench, requestCount, type FaultBench } from './fault-bench.ts';
import type { IngestProgress } from '#shared/engine-api.ts';

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice();
});
afterAll(() => practice.stop());

const PATCH = { method: 'PATCH', path: '^/inputs$' } as const;
const PHOTOS = 40;

/** Sets or takes away a concept on photos, by the order of their ids. */
function tag(bench: FaultBench, name: string, value: 0 | 1 | null, which: (index: number) => boolean): void {
  const { ledger } = bench;
  const concept = ledger.concepts.ensure(name, Date.now());
  const photos = photoIdsOf(bench).filter((_, index) => which(index));
  editTags(ledger, { label: name, at: Date.now() }, photos, [{ conceptId: concept.id, value }]);
}

/** Whether all photos were found: a tag that is set before is not set on those that come later. */
function areAllFound({ counts }: IngestProgress): boolean {
  return Object.values(counts).reduce((sum, count) => sum + count, 0) === PHOTOS;
}

function photoIdsOf({ ledger }: FaultBench): number[] {
  return ledger.db.prepare<[], number>('SELECT photo_id FROM upload ORDER BY photo_id').pluck().all();
}

/** Concepts at the account, in the order of the photos' ids. */
async function conceptsThere(bench: FaultBench): Promise<(Readonly<Record<string, number>> | undefined)[]> {
  const byId = new Map((await bench.inputs()).map(({ id, concepts }) => [id, concepts]));
  const rows = bench.ledger.db
    .prepare<[], string>('SELECT input_id FROM upload ORDER BY photo_id')
    .pluck()
    .all();
  return rows.map((id) => byId.get(id));
}

async function noDeletes(bench: FaultBench): Promise<void> {
  const stats = await bench.stats();
  expect([requestCount(stats, 'DELETE'), stats.inputsStoredTwice, stats.throttled]).toEqual([0, 0, 0]);
}

test.each<readonly [string, number, readonly FaultRule[]]>([
  ['late', 40, [{ kind: 'delay', ms: 400, on: PATCH }]],
  ['500', 40, [{ kind: 'status', http: 500, on: PATCH, times: 2 }]],
  ['502 though all is stored', 40, [{ kind: 'status', http: 502, stored: true, on: PATCH, times: 1 }]],
  ['429', 40, [{ kind: 'status', http: 429, on: PATCH, times: 2 }]],
  ['cut before', 40, [{ kind: 'cut', when: 'before', on: PATCH, times: 2 }]],
  ['cut after storing', 40, [{ kind: 'cut', when: 'after-storing', on: PATCH, times: 2 }]],
  ['JSON that breaks off', 40, [{ kind: 'wrong-json', on: PATCH, times: 2 }]],
  ['a web page', 40, [{ kind: 'html', on: PATCH, times: 2 }]],
])('tags of indexed photos, PATCH: %s', async (_name, mostRequests, rules) => {
  const bench = await openFaultBench(practice, { photos: PHOTOS });
  await bench.ingest();
  await bench.reached({ indexed: PHOTOS });
  await practice.setFaults(rules);
  await practice.resetStats();
  tag(bench, 'A', null, (index) => index % 2 === 0);
  tag(bench, 'C', 1, (index) => index % 3 === 0);
  tag(bench, 'C', 0, (index) => index % 3 === 1);
  // The edits are in the ledger; whoever made them says so to the engine.
  await bench.api.resume({});
  await bench.api.retryEverywhere({ cause: null, way: 'again' });
  await bench.reached({ indexed: PHOTOS });
  expect(await conceptsThere(bench)).toEqual(
    Array.from({ length: PHOTOS }, (_, index) => ({
      ...(index % 2 === 0 ? {} : { A: 1 }),
      ...(index % 3 === 0 ? { C: 1 } : index % 3 === 1 ? { C: 0 } : {}),
    })),
  );
  expect([await bench.failures(), await bench.holds()]).toEqual([{}, []]);
  await noDeletes(bench);
  expect(requestCount(await bench.stats())).toBeLessThanOrEqual(mostRequests);
});

test.each<readonly [string, readonly FaultRule[]]>([
  ['its body takes long', [{ kind: 'slow-link', bytesPerSecond: 100_000, on: POST }]],
  ['its answer takes long', [{ kind: 'delay', ms: 2000, when: 'after-storing', on: POST }]],
])('a tag toggled during a slow POST ends right: %s', async (_name, rules) => {
  const bench = await openFaultBench(practice, { photos: PHOTOS, photoBytes: 4000 });
  await practice.setFaults(rules);
  await bench.ingest();
  await bench.until('photos are on their way', (now) => now.counts.sending > 0 && areAllFound(now));
  // A travels with the POST.
  tag(bench, 'A', null, (index) => index % 2 === 0);
  tag(bench, 'A', 0, (index) => index % 4 === 1);
  tag(bench, 'B', 1, (index) => index % 5 === 0);
  // Toggled there and back.
  tag(bench, 'B', 0, (index) => index % 5 === 1);
  tag(bench, 'B', null, (index) => index % 5 === 1);
  expect((await bench.counts())['sending']).toBeGreaterThan(0);
  await bench.reached({ indexed: PHOTOS });
  expect(await conceptsThere(bench)).toEqual(
    Array.from({ length: PHOTOS }, (_, index) => ({
      ...(index % 2 === 0 ? {} : { A: index % 4 === 1 ? 0 : 1 }),
      ...(index % 5 === 0 ? { B: 1 } : {}),
    })),
  );
  await noDeletes(bench);
});

test('a pause stops the bytes', async () => {
  const photoBytes = 400_000;
  const bodyBytes = (PHOTOS * photoBytes * 4) / 3;
  const bench = await openFaultBench(practice, {
    photos: PHOTOS,
    photoBytes,
    direct: true,
    upload: { batchBytes: 2 * bodyBytes },
  });
  // What has left the program lies in the system's buffers, here up to about 5 MB, and still arrives.
  await practice.setFaults([{ kind: 'slow-link', bytesPerSecond: 2_000_000, on: POST }]);
  await bench.ingest();
  const arrived = async (): Promise<number> => (await bench.stats()).requests['POST /inputs']?.bodyBytes ?? 0;
  await bench.until('some of the body has arrived', async () => (await arrived()) > 100_000);
  await bench.api.pause({});
  const pausedAt = Date.now();
  await bench.until('no POST runs', async () => (await bench.stats()).running.requests === 0);
  const atRest = await arrived();
  // Promised: 2 s; they and the buffers are less than half of the body.
  expect(atRest).toBeLessThan(bodyBytes / 2);
  expect(await bench.holds()).toEqual(['paused']);
  // Nothing leaves while it is paused, whatever wakes it.
  await bench.api.retryEverywhere({ cause: null, way: 'again' });
  await bench.until('all photos are found', areAllFound);
  tag(bench, 'B', 1, () => true);
  await bench.until('two seconds are over', () => Date.now() - pausedAt > 2000);
  expect(await arrived()).toBe(atRest);
  await practice.clearFaults();
  await bench.api.resume({});
  await bench.reached({ indexed: PHOTOS });
  expect(await conceptsThere(bench)).toEqual(Array.from({ length: PHOTOS }, () => ({ A: 1, B: 1 })));
  expect(await bench.failures()).toEqual({});
  await noDeletes(bench);
});

test('one photo that the service refuses a whole batch for costs eight more POSTs at most', async () => {
  const bench = await openFaultBench(practice, { photos: 128 });
  const [guilty = ''] = bench.inputIds.slice(77);
  await practice.setFaults([{ kind: 'status', http: 400, code: 11100, on: { ...POST, inputId: guilty } }]);
  await bench.ingest();
  await bench.reached({ indexed: 127, failed: 1 });
  const posts = (await bench.stats()).requests['POST /inputs']?.count ?? 0;
  console.log(`${String(posts)} POSTs`);
  expect(await bench.failures()).toEqual({ 'refused-by-service': 1 });
  expect((await bench.inputs()).map(({ id }) => id)).not.toContain(guilty);
  const batches = bench.ledger.db
    .prepare<[], number>('SELECT count(*) FROM batch WHERE parent_id IS NULL')
    .pluck()
    .get();
  expect({ posts: posts <= (batches ?? 0) + 8, batches }).toEqual({ posts: true, batches });
  // Once the service takes it, a try by the owner is enough.
  await practice.clearFaults();
  await bench.api.retryEverywhere({ cause: null, way: 'again' });
  await bench.reached({ indexed: 128 });
  await noDeletes(bench);
});

test('a request that is too large is halved until it fits', async () => {
  const bench = await openFaultBench(practice, { photos: 60 });
  await bench.ingest();
  await bench.api.pause({});
  // One batch holds them all: of a small first one, a single photo might meet the third refusal.
  await bench.until('all wait', ({ counts }) => counts.queued === 60);
  await practice.setFaults([{ kind: 'status', http: 413, on: POST, times: 3 }]);
  await bench.api.resume({});
  await bench.reached({ indexed: 60 });
  expect(await bench.failures()).toEqual({});
  expect((await bench.stats()).requests['POST /inputs']?.count).toBeLessThanOrEqual(9);
  await noDeletes(bench);
});
