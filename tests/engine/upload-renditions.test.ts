/** What is sent of a photo: renditions from real workers, the spool they wait in, and originals. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DiskFullError } from '../../electron/engine/imaging/disk-full.ts';
import { renditionKey } from '../../electron/engine/imaging/rendition-recipe.ts';
import type { AnswerTo, RenditionJob } from '../../electron/engine/workers/jobs.ts';
import { createWorkerPool, type WorkerPool } from '../../electron/engine/workers/pool.ts';
import { forkWorker } from '../../electron/local/fork-worker.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { openBench, until, type Bench } from '../support/upload-bench.ts';

let practice: CheckedPractice;
let pool: WorkerPool;
beforeAll(async () => {
  practice = await startCheckedPractice({ unlimitedRate: true, indexingMs: 30 });
  pool = createWorkerPool({ startWorker: () => forkWorker(), size: 2, log: { warn: () => undefined } });
});
afterEach(() => practice.clearFaults());
afterAll(async () => {
  await pool.stop();
  const { requests } = await practice.stats();
  await practice.stop();
  expect(Object.keys(requests).filter((route) => route.startsWith('DELETE'))).toEqual([]);
});

const spoolOf = (bench: Bench) => readdir(path.join(bench.folder, 'spool'));
/** A pool whose renditions are whatever `make` does, the real ones by default. */
const poolThat = (
  make: (job: RenditionJob, run: () => Promise<AnswerTo<RenditionJob>>) => Promise<AnswerTo<RenditionJob>>,
) => ({ run: (job: RenditionJob) => make(job, () => pool.run(job)) }) as Pick<WorkerPool, 'run'>;

test('renditions are made, sent without metadata of the file, and leave the spool', async () => {
  await using bench = await openBench(practice, { pool, sends: 'rendition' });
  const photos = await bench.add(20, { width: 300 });
  bench.start();
  await bench.reached({ indexed: 20 });
  const ids = new Set(photos.map((photoId) => bench.upload(photoId).inputId));
  const there = (await practice.inputs()).filter(({ id }) => ids.has(id));
  expect(there.map(({ metadata }) => metadata ?? {})).toEqual(photos.map(() => ({})));
  await until('the spool is empty', async () => (await spoolOf(bench)).length === 0);
  expect(bench.spool.usedBytes).toBe(0);
  expect(bench.errors).toEqual([]);
});

test('renditions that vanished from the spool are made again', async () => {
  await using bench = await openBench(practice, { pool, sends: 'rendition' });
  const photos = await bench.add(6);
  const first = bench.start({ idleMs: 600_000 });
  await until('all are ready', () => photos.every((id) => bench.upload(id).readyBytes !== null));
  await first.stop();
  for (const name of await spoolOf(bench)) await rm(path.join(bench.folder, 'spool', name));
  bench.start();
  await bench.reached({ indexed: 6 });
});

test('a slow rendition holds up no other photo, and one that fails says why', async () => {
  const held = Promise.withResolvers<undefined>();
  let jobCount = 0;
  const odd = poolThat(async (_job, run) => {
    jobCount += 1;
    if (jobCount === 1) await held.promise;
    if (jobCount === 2) return { kind: 'problem', cause: 'decoder-crashed', detail: 'signal 11' };
    return run();
  });
  await using bench = await openBench(practice, { pool: odd, sends: 'rendition' });
  const photos = await bench.add(8);
  bench.start();
  await bench.reached({ queued: 1, indexed: 6, failed: 1 });
  expect([bench.upload(photos[0]!).state, bench.failures()]).toEqual([
    'queued',
    [{ photoId: photos[1], cause: 'decoder-crashed' }],
  ]);
  held.resolve(undefined);
  await bench.reached({ indexed: 7, failed: 1 });
});

test('a full disk is a hold that stops renditions only, and ends by itself', async () => {
  let isFull = false;
  const filling = poolThat((job, run) => (isFull ? Promise.reject(new DiskFullError(job.target)) : run()));
  await using bench = await openBench(practice, { pool: filling, sends: 'rendition' });
  const photos = await bench.add(3);
  const uploader = bench.start({ idleMs: 600_000 });
  await until('three are ready', () => photos.every((id) => bench.upload(id).readyBytes !== null));
  isFull = true;
  const more = await bench.add(3);
  uploader.wake();
  await until('it is held', () => bench.holds().includes('disk-full'));
  uploader.setEnding(true);
  // Sending goes on: it is what frees the spool.
  await until('the ready ones are sent', () => photos.every((id) => bench.upload(id).state === 'indexed'));
  expect(more.map((id) => bench.upload(id).state)).toEqual(['queued', 'queued', 'queued']);
  isFull = false;
  bench.ledger.db.prepare('UPDATE hold SET until = 1').run();
  uploader.wake();
  await bench.reached({ indexed: 6 });
  expect(bench.holds()).toEqual([]);
});

test('originals go as they are with what the folder opted in to; what the service does not take fails before it is sent', async () => {
  await using bench = await openBench(practice, { pool });
  const [plain, avif, huge] = await bench.add(3);
  const source = bench.ledger.photos.source(plain!, null)!;
  bench.ledger.db
    .prepare(`UPDATE folder SET sends_gps = 1, sends_capture_time = 1, sends_file_name = 1`)
    .run();
  bench.ledger.db
    .prepare(
      `UPDATE file SET latitude = 47.5, longitude = -8.25, captured_at = ?, capture_offset = ? WHERE id = ?`,
    )
    .run('2024-05-01T12:00:00', '+02:00', source.fileId);
  bench.ledger.db.prepare(`UPDATE file SET format = 'avif' WHERE photo_id = ?`).run(avif);
  bench.ledger.db.prepare(`UPDATE file SET width = 10000, height = 9000 WHERE photo_id = ?`).run(huge);
  bench.start();
  await bench.reached({ indexed: 1, failed: 2 });
  expect(bench.failures().map(({ cause }) => cause)).toEqual(['format-not-accepted', 'too-large']);
  const there = (await practice.inputs()).find(({ id }) => id === bench.upload(plain!).inputId);
  expect(there).toMatchObject({
    bytes: source.size,
    metadata: { file_name: path.basename(source.path), captured_at: '2024-05-01T12:00:00+02:00' },
    geo: { geo_point: { latitude: 47.5, longitude: -8.25 } },
  });
});

test('a photo may go as it is when the owner says so, and another destination keeps its rendition', async () => {
  await using bench = await openBench(practice, { pool, sends: 'rendition' });
  const [asItIs, shared] = await bench.add(2);
  bench.ledger.uploadSets.sendAsItIs([asItIs!], bench.destination.id);
  const other = bench.ledger.destinations.ensure(
    { baseUrl: 'https://example.test', userId: 'u', appId: 'a' },
    1,
  );
  bench.ledger.uploads.arrive(shared!, other.id, 'x', 1, 1);
  bench.start();
  await bench.reached({ indexed: 2 });
  const there = (await practice.inputs()).find(({ id }) => id === bench.upload(asItIs!).inputId);
  expect(there?.bytes).toBe(bench.ledger.photos.source(asItIs!, null)?.size);
  expect((await spoolOf(bench)).length).toBe(1);
});

test('a folder that is gone for a moment costs nothing', async () => {
  await using bench = await openBench(practice, { pool });
  const [photo] = await bench.add(1);
  const source = bench.ledger.photos.source(photo!, null)!;
  const file = path.join(bench.folder, source.path);
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file);
  await rm(file);
  const uploader = bench.start();
  await until('it was missed', () => bench.upload(photo!).retryAt !== null);
  await writeFile(file, bytes);
  uploader.wake();
  await bench.reached({ indexed: 1 });
  expect(bench.upload(photo!).attempts).toBe(0);
});

test('what cannot be written down while the ledger has no room ends no process and is written later', async () => {
  let jobCount = 0;
  const stumbling = poolThat((_job, run) => {
    jobCount += 1;
    return jobCount === 1 ? Promise.reject(new Error('The worker could not be started.')) : run();
  });
  await using bench = await openBench(practice, { pool: stumbling, sends: 'rendition' });
  const [photo] = await bench.add(1);
  bench.ledger.uploads.checked(photo!, bench.destination.id, 1);
  bench.ledger.db.exec(
    `CREATE TRIGGER full BEFORE UPDATE ON upload BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`,
  );
  const uploader = bench.start();
  const failedWrites = (): number =>
    bench.errors.filter((error) => error.startsWith('upload.render-not-recorded')).length;
  await until('it was tried twice', () => failedWrites() >= 2);
  expect([jobCount, bench.upload(photo!).retryAt, uploader.fault()]).toEqual([1, null, null]);
  bench.ledger.db.exec('DROP TRIGGER full');
  await bench.reached({ indexed: 1 });
});

/** Fills the spool with what another destination does not send. */
const fill = (bench: Bench): void => bench.spool.added(renditionKey('f'.repeat(64), 1), 50_000_000, 999);

test('a spool that another destination fills starves nobody', async () => {
  await using bench = await openBench(practice, { pool, sends: 'rendition' });
  fill(bench);
  await bench.add(5);
  bench.start();
  await bench.reached({ indexed: 5 });
  expect(bench.spool.usedBytes).toBe(50_000_000);
});

test('a destination that waits for its owner makes no renditions until he ends the hold', async () => {
  let jobCount = 0;
  const counted = poolThat((_job, run) => {
    jobCount += 1;
    return run();
  });
  await using bench = await openBench(practice, { pool: counted, sends: 'rendition' });
  const photos = await bench.add(3);
  for (const photo of photos) bench.ledger.uploads.checked(photo, bench.destination.id, 1);
  const { id } = bench.destination;
  bench.ledger.holds.place(id, 'paused', { at: 1, until: null, detail: null });
  const uploader = bench.start();
  await uploader.idle();
  expect([jobCount, bench.counts()]).toEqual([0, { queued: 3 }]);
  uploader.resume();
  await bench.reached({ indexed: 3 });
});

test('a photo whose folder goes to another account is left out, and comes back with the folder', async () => {
  await using bench = await openBench(practice, { pool, sends: 'rendition' });
  const { ledger, destination, folder } = bench;
  const [photo] = await bench.add(1);
  const names = { baseUrl: 'https://example.test', userId: 'u', appId: 'a' };
  ledger.folders.add(folder, ledger.destinations.ensure(names, 1).id, 2);
  const uploader = bench.start();
  await bench.reached({ skipped: 1 });
  expect([bench.upload(photo!).reason, bench.failures()]).toEqual(['other-destination', []]);
  ledger.folders.add(folder, destination.id, 3);
  ledger.folders.bringPhotos(bench.folderId, 3);
  expect(bench.upload(photo!)).toMatchObject({ state: 'found', reason: null, checkedAt: null });
  ledger.uploads.queue(photo!, 4);
  uploader.wake();
  await bench.reached({ indexed: 1 });
});
