/** The queue over the real engine: the plan is what the run then does, and what is in flight is told as it is. */
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Plan, Queue } from '#shared/queue.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { avif, heicLike, jpeg, makePictures, truncatedJpeg, variantsOf } from '../support/pictures.ts';
import { POST } from '../support/practice.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';

const BATCH_BYTES = 150_000;

let folder: TemporaryFolder;
let here: EngineHere;
let destinationId = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
});
beforeEach(async () => {
  // Batches leave when they are full or nothing more comes, whatever the machine is busy with.
  here = await startEngineHere({ upload: { idleMs: 600_000, batchBytes: BATCH_BYTES } });
  ({ destinationId } = await here.engine.api.glance({ destinationId: null }));
  mkdirSync(path.join(folder.path, 'empty'), { recursive: true });
  await here.ingest(path.join(folder.path, 'empty'));
});
afterEach(() => here[Symbol.asyncDispose]());
afterAll(() => folder[Symbol.asyncDispose]());

const plan = (): Promise<Plan> => here.engine.api.plan({ destinationId });
const queue = (): Promise<Queue> => here.engine.api.queue({ destinationId });
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Takes folders in while the sending is paused, until every photo is decided. */
async function takeInPaused(orders: readonly { folder: string; sends: 'rendition' | 'original' }[]) {
  const { api } = here.engine;
  await api.pause({});
  for (const { folder: path_, sends } of orders)
    await api.startIngest({ folders: [path_], destination: null, concepts: [], notConcepts: [], sends });
  await vi.waitFor(
    async () => {
      const { counts, waitingPaths, activity } = await api.glance({ destinationId });
      expect({ found: counts.found, waitingPaths }).toEqual({ found: 0, waitingPaths: 0 });
      expect([counts.queued > 0, activity]).toEqual([true, 'Sending is paused.']);
      expect((await api.overallProgress({})).state).toBe('owner');
    },
    { timeout: 120_000, interval: 200 },
  );
}

/** Everything that the batches of the run carried. */
function carried(): { readonly batchCount: number; readonly photoCount: number; readonly bytes: number } {
  return here.engine.ledger.db
    .prepare(
      `SELECT count(DISTINCT batch_id) AS batchCount, count(*) AS photoCount, coalesce(sum(bytes), 0) AS bytes
       FROM batch_input JOIN batch ON batch.id = batch_id WHERE batch.outcome = 'answered'`,
    )
    .get() as ReturnType<typeof carried>;
}

async function runToTheEnd(patienceMs?: number): Promise<void> {
  await here.engine.api.resume({});
  await here.until(() => undefined, patienceMs);
}

it('plans counts, bytes and batches of originals to the byte', async () => {
  const root = path.join(folder.path, 'originals');
  mkdirSync(root);
  const pictures = variantsOf(await jpeg({ width: 120, height: 80, seed: 5 }), 300);
  for (const [index, bytes] of pictures.entries()) await writeFile(path.join(root, `${index}.jpg`), bytes);
  await takeInPaused([{ folder: root, sends: 'original' }]);
  const before = await plan();
  expect(before).toMatchObject({ photoCount: 300, unaskedCount: 300, pictureBytes: { isExact: false } });
  expect(await here.engine.api.askAhead({ destinationId })).toEqual({
    askedCount: 300,
    foundCount: 0,
    problem: null,
  });
  const planned = await plan();
  expect(planned).toMatchObject({ photoCount: 300, unaskedCount: 0, thereCount: 0, notSent: [] });
  expect([planned.pictureBytes.isExact, planned.batches.isExact]).toEqual([true, true]);
  expect(planned.batches.value).toBeGreaterThan(3);
  expect(await here.postCount()).toBe(0);
  await runToTheEnd();
  expect(carried()).toEqual({
    batchCount: planned.batches.value,
    photoCount: 300,
    bytes: planned.pictureBytes.value,
  });
  expect(await plan()).toMatchObject({ photoCount: 0, thereCount: 300, secondsLeft: 0 });
});

it('counts every photo once, also while they leave and copies are made to learn sizes', async () => {
  const root = path.join(folder.path, 'leaving');
  mkdirSync(root);
  const pictures = variantsOf(await jpeg({ width: 900, height: 600, seed: 6 }), 80);
  for (const [index, bytes] of pictures.entries()) await writeFile(path.join(root, `${index}.jpg`), bytes);
  await takeInPaused([{ folder: root, sends: 'rendition' }]);
  await here.engine.api.resume({});
  const sums = new Set<number>();
  for (let thereCount = 0; thereCount < 80;) {
    const plans = await Promise.all([plan(), plan()]);
    for (const { photoCount, sendingCount, thereCount: there } of plans) {
      sums.add(photoCount + sendingCount + there);
      thereCount = there;
    }
    await nextTurn();
  }
  expect([...sums]).toEqual([80]);
});

it('shows a plan at least as new as what its asking knew', async () => {
  const root = path.join(folder.path, 'newer');
  mkdirSync(root);
  const pictures = variantsOf(await jpeg({ width: 900, height: 600, seed: 7 }), 30);
  for (const [index, bytes] of pictures.entries()) await writeFile(path.join(root, `${index}.jpg`), bytes);
  await takeInPaused([{ folder: root, sends: 'rendition' }]);
  // While the first is made, the account is asked, and the first is not what shows that.
  const first = plan();
  await here.engine.api.askAhead({ destinationId });
  const [second, third] = await Promise.all([plan(), plan()]);
  expect([second.unaskedCount, third.unaskedCount]).toEqual([0, 0]);
  expect((await first).asOf).toBeLessThan(second.asOf);
});

it('plans 2,000 photos of mixed kinds as the run then has them', async () => {
  const copies = path.join(folder.path, 'copies');
  const originals = path.join(folder.path, 'mixed-originals');
  mkdirSync(originals);
  await makePictures(copies, { count: 400, seed: 3 });
  const like = variantsOf(await jpeg({ width: 90, height: 60, seed: 6 }), 1600);
  for (const [index, bytes] of like.entries()) await writeFile(path.join(originals, `${index}.jpg`), bytes);
  // What is not sent, and why: a format that the service does not take, one that is not decoded yet, damage, nothing.
  for (let seed = 1; seed <= 4; seed += 1)
    await writeFile(path.join(originals, `a${seed}.avif`), await avif({ seed }));
  for (let seed = 1; seed <= 3; seed += 1) {
    await writeFile(path.join(copies, `h${seed}.heic`), heicLike(seed));
    await writeFile(path.join(copies, `t${seed}.jpg`), await truncatedJpeg(0.02, { seed: 700 + seed }));
  }
  await writeFile(path.join(copies, 'empty.jpg'), '');
  await takeInPaused([
    { folder: copies, sends: 'rendition' },
    { folder: originals, sends: 'original' },
  ]);

  // The account has some of them from elsewhere.
  const ids = here.engine.ledger.db
    .prepare<[], string>(`SELECT input_id FROM upload WHERE state = 'queued' ORDER BY input_id LIMIT 12`)
    .pluck()
    .all();
  const base64 = (await jpeg({ seed: 9 })).toString('base64');
  const posted = await here.practice.call('POST', '/inputs', {
    inputs: ids.map((id) => ({ id, data: { image: { base64 } } })),
  });
  expect(posted.status).toBe(200);
  const there = await here.engine.api.askAhead({ destinationId });
  expect(there).toMatchObject({ foundCount: 12, problem: null });

  const planned = await plan();
  expect(planned).toMatchObject({ thereCount: 12, unaskedCount: 0, undecidedCount: 0, awayCount: 0 });
  expect([planned.pictureBytes.isExact, planned.batches.isExact]).toEqual([false, false]);
  const reasons = new Map(planned.notSent.map(({ kind, reason, count }) => [`${kind} ${reason}`, count]));
  expect(reasons.get('failed format-not-accepted')).toBe(4);
  expect(planned.photoCount + 12 + sum([...reasons.values()])).toBe(400 + 1600 + 4 + 3 + 3 + 1);

  await runToTheEnd(150_000);
  const { photoCount, bytes, batchCount } = carried();
  expect(photoCount).toBe(planned.photoCount);
  expect(Math.abs(bytes - planned.pictureBytes.value) / bytes).toBeLessThan(0.1);
  expect(Math.abs(batchCount - planned.batches.value) / batchCount).toBeLessThan(0.1);
  const after = await plan();
  expect(after).toMatchObject({ photoCount: 0, thereCount: planned.photoCount + 12 });
  expect(after.notSent).toEqual(planned.notSent);
  const { run, batches, waits } = await queue();
  expect({ run, batches, waits }).toMatchObject({
    run: { sentCount: planned.photoCount, failedCount: 4, endedAt: expect.any(Number) },
    batches: [],
    waits: [],
  });
}, 240_000);

it('tells batches in flight as their bytes leave, and never takes a byte back', async () => {
  const root = path.join(folder.path, 'slow');
  mkdirSync(root);
  const pictures = variantsOf(await jpeg({ width: 120, height: 80, seed: 8 }), 120);
  for (const [index, bytes] of pictures.entries()) await writeFile(path.join(root, `${index}.jpg`), bytes);
  await takeInPaused([{ folder: root, sends: 'original' }]);
  expect(await queue()).toMatchObject({
    batches: [],
    waits: [{ reason: 'held', count: 120 }],
    holds: [{ kind: 'paused' }],
    secondsLeft: null,
    run: null,
  });
  await here.practice.setFaults([{ kind: 'delay', ms: 600, when: 'before', on: POST }]);
  await here.engine.api.resume({});
  const seen = new Map<number, number>();
  const phases = new Set<string>();
  const wrong: unknown[] = [];
  await here.until(async () => {
    for (const batch of (await queue()).batches) {
      const { id, sentBytes, bodyBytes, phase, photos, photoCount } = batch;
      const isForward = sentBytes >= (seen.get(id) ?? 0) && sentBytes <= bodyBytes;
      const isPictured =
        photos.length === Math.min(8, photoCount) && photos.every(({ state }) => state === 'sending');
      if (!isForward || !isPictured) wrong.push(batch);
      seen.set(id, sentBytes);
      phases.add(phase);
    }
  });
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThan(1);
  expect(phases).toContain('answer');
  await here.practice.clearFaults();
  const { run, history } = await queue();
  const { bytesSent } = await here.engine.api.overallProgress({});
  expect(run).toMatchObject({ sentCount: 120, thereCount: 0, failedCount: 0, sentBytes: bytesSent });
  // What the step that still runs has is missing.
  expect(sum(history.points.map(({ bytes }) => bytes))).toBeLessThanOrEqual(bytesSent);
  expect(await here.engine.api.plan({ destinationId })).toMatchObject({ photoCount: 0, thereCount: 120 });
});

it('says what waits and for what: a folder that is away, and a hold', async () => {
  const root = path.join(folder.path, 'card');
  mkdirSync(root);
  const pictures = variantsOf(await jpeg({ seed: 11 }), 5);
  for (const [index, bytes] of pictures.entries()) await writeFile(path.join(root, `${index}.jpg`), bytes);
  await takeInPaused([{ folder: root, sends: 'rendition' }]);
  await rename(root, `${root}-away`);
  await vi.waitFor(
    async () => {
      const { waits } = await queue();
      expect(waits.find(({ reason }) => reason === 'away')).toMatchObject({ count: 5, folders: [root] });
    },
    { timeout: 40_000, interval: 200 },
  );
  expect(await plan()).toMatchObject({ photoCount: 0, awayCount: 5 });
  await expect(here.engine.api.plan({ destinationId: 77 })).rejects.toThrow('not known here');
});
