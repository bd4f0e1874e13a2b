/** The whole uploader against the practice account: what ends indexed, adopted, or failed, and at which cost. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { POST } from '../support/practice.ts';
import { openBench, until, type Bench } from '../support/upload-bench.ts';

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice({ unlimitedRate: true, indexingMs: 30 });
});
beforeEach(() => practice.resetStats());
afterEach(async () => {
  await practice.clearFaults();
  const { requests, inputsStoredTwice } = await practice.stats();
  expect({
    deletes: Object.keys(requests).filter((route) => route.startsWith('DELETE')),
    inputsStoredTwice,
  }).toEqual({
    deletes: [],
    inputsStoredTwice: 0,
  });
});
afterAll(() => practice.stop());

const postCount = async (): Promise<number> => (await practice.stats()).requests['POST /inputs']?.count ?? 0;
const inputIdsOf = (bench: Bench, photoIds: readonly number[]): string[] =>
  photoIds.map((photoId) => bench.upload(photoId).inputId);
/** Statuses of these inputs at the account; null for those that are not there. */
async function thereFor(ids: readonly string[]): Promise<(number | null)[]> {
  const byId = new Map((await practice.inputs()).map(({ id, status }) => [id, status]));
  return ids.map((id) => byId.get(id) ?? null);
}

test('photos are checked, posted in full batches and followed until they are indexed', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(300);
  const uploader = bench.start({ idleMs: 600_000 });
  uploader.setEnding(true);
  await bench.reached({ indexed: 300 });
  await uploader.idle();
  expect(bench.batches().map(({ inputCount }) => inputCount)).toEqual([128, 128, 44]);
  expect(await postCount()).toBe(3);
  expect(new Set(await thereFor(inputIdsOf(bench, photos)))).toEqual(new Set([30_000]));
  expect(bench.upload(photos[0]!)).toMatchObject({ origin: 'posted', readyBytes: null, statusCode: 30_000 });
  expect(uploader.stats()).toMatchObject({ batchesInFlight: 0, postCount: 3, batchesPosted: 3 });
  expect(bench.errors).toEqual([]);
});

test('a photo that is there already is adopted and not sent; tags that it lacks are due', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(3);
  const first = bench.start();
  await bench.reached({ indexed: 3 });
  await first.stop();
  // The same pictures in a new ledger, with a tag that the inputs there do not have.
  await using again = await openBench(practice);
  const [plain, tagged] = copyPhotos(bench, again, photos);
  const concept = again.ledger.concepts.ensure('heron', 1);
  again.ledger.tags.set(tagged!, concept.id, 1);
  await practice.resetStats();
  again.start();
  await again.reached({ indexed: 3 });
  expect(await postCount()).toBe(0);
  expect([plain!, tagged!].map((id) => again.upload(id).origin)).toEqual(['adopted', 'adopted']);
  expect(again.ledger.workLists.tagsDue(again.destination.id, 9).map(({ photoId }) => photoId)).toEqual([
    tagged,
  ]);
});

/** The photos of one bench as photos of another, files included by their paths. */
function copyPhotos(from: Bench, to: Bench, photoIds: readonly number[]): number[] {
  const folder = to.ledger.folders.add(from.folder, to.destination.id, 1);
  to.ledger.folders.choose(folder.id, { sends: 'original' });
  return photoIds.map((photoId) => {
    const { pictureHash } = from.ledger.photos.byId(photoId)!;
    const source = from.ledger.photos.source(photoId, null)!;
    const photo = to.ledger.photos.ensure({
      pictureHash: pictureHash!,
      format: 'jpeg',
      orientation: 1,
      sortAt: 1,
      at: 1,
    });
    const stamp = { size: source.size, mtimeMs: 1, ctimeMs: 1, inode: 1 };
    to.ledger.files.record({
      folderId: folder.id,
      path: source.path,
      stamp,
      at: 1,
      kind: 'photo',
      photoId: photo.id,
      format: 'jpeg',
    });
    to.ledger.uploads.arrive(photo.id, to.destination.id, pictureHash!.slice(0, 32), 1, 1);
    to.ledger.uploads.queue(photo.id, 1);
    return photo.id;
  });
}

test('an id that turns out to be taken at the POST is verified and adopted, not failed', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(4);
  await using rival = await openBench(practice);
  copyPhotos(bench, rival, photos.slice(1, 3));
  // Both ask first and are told that nothing is there; then the rival is quicker.
  const uploader = bench.start({ idleMs: 600_000 });
  await until('all are checked', () => photos.every((id) => bench.upload(id).readyBytes !== null));
  rival.start();
  await rival.reached({ indexed: 2 });
  uploader.setEnding(true);
  await bench.reached({ indexed: 4 });
  expect(photos.map((id) => bench.upload(id).origin)).toEqual(['posted', 'adopted', 'adopted', 'posted']);
});

test('tags travel with the POST; one toggled while it is on its way stays due', async () => {
  await using bench = await openBench(practice);
  const [photo] = await bench.add(1);
  const [heron, pond] = ['heron', 'pond'].map((name) => bench.ledger.concepts.ensure(name, 1).id);
  bench.ledger.tags.set(photo!, heron!, 1);
  bench.ledger.folders.choose(bench.folderId, { metadata: { shoot: 'lake' } });
  const steps: string[] = [];
  bench.start({
    onStep: (step) => {
      steps.push(step);
      if (step === 'half-sent') bench.ledger.tags.set(photo!, pond!, 0);
    },
  });
  await bench.reached({ indexed: 1 });
  expect(steps).toEqual(['claimed', 'half-sent', 'stored-unanswered', 'answered-unsettled']);
  const { inputId } = bench.upload(photo!);
  const there = (await practice.inputs()).find(({ id }) => id === inputId);
  expect(there).toMatchObject({ concepts: { heron: 1 }, metadata: { shoot: 'lake' } });
  expect(bench.ledger.tags.remoteOf(photo!, bench.destination.id)).toEqual([
    { conceptId: heron, value: 1, ours: 1 },
  ]);
  expect(bench.ledger.workLists.tagsDue(bench.destination.id, 9).map(({ photoId }) => photoId)).toEqual([
    photo,
  ]);
});

test('each input is judged by its own status', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(4);
  const [refused, unknown, transient] = inputIdsOf(bench, photos);
  await practice.setFaults([
    { on: POST, kind: 'per-input', inputIds: [refused!], code: 30_101, details: 'no such format' },
    { on: POST, kind: 'per-input', inputIds: [unknown!], code: 77_777, details: 'new words' },
    { on: POST, kind: 'per-input', inputIds: [transient!], code: 98_004, times: 1 },
  ]);
  bench.start();
  await bench.reached({ indexed: 2, failed: 2 });
  expect(
    bench
      .failures()
      .map(({ cause }) => cause)
      .sort(),
  ).toEqual(['format-not-accepted', 'reply-not-understood']);
  const words = bench.ledger.db
    .prepare('SELECT detail, status_code AS code FROM failure ORDER BY code')
    .all();
  expect(words).toEqual([
    { detail: expect.stringContaining('no such format') as string, code: 30_101 },
    { detail: expect.stringContaining('new words') as string, code: 77_777 },
  ]);
  expect(bench.upload(photos[2]!)).toMatchObject({ state: 'indexed', attempts: 1 });
});

test('a photo that the service keeps failing on is given up for an hour after five attempts', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(2);
  const [troubled] = inputIdsOf(bench, photos);
  await practice.setFaults([{ on: POST, kind: 'per-input', inputIds: [troubled!], code: 98_004 }]);
  bench.start();
  await bench.reached({ indexed: 1, failed: 1 });
  expect(await postCount()).toBe(5);
  const [failure] = bench.ledger.db.prepare('SELECT cause, next_at - at AS waits FROM failure').all();
  expect(failure).toEqual({ cause: 'service-trouble', waits: 3_600_000 });
  // Its time comes.
  bench.ledger.db.prepare('UPDATE failure SET next_at = 1').run();
  await practice.clearFaults();
  bench.start();
  await bench.reached({ indexed: 2 });
});

test('an input that cannot be indexed there fails with the words of the service and is not sent again', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(3);
  const [bad] = inputIdsOf(bench, photos);
  await practice.setFaults([
    { on: POST, kind: 'indexing-failure', inputIds: [bad!], details: 'corrupt scan' },
  ]);
  bench.start();
  await bench.reached({ indexed: 2, failed: 1 });
  expect(bench.failures()).toEqual([{ photoId: photos[0], cause: 'indexing-failed' }]);
  expect(await postCount()).toBe(1);
  // Sending it anew finds it there, failed.
  bench.ledger.uploads.restart(photos[0]!, bench.destination.id, 'queued', 1);
  bench.start();
  await until('it failed again', () => bench.upload(photos[0]!).state === 'failed');
  expect([await postCount(), bench.failures()[0]?.cause]).toEqual([1, 'indexing-failed']);
});

test('one photo of 128 that has the whole batch refused is found with few requests', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(128);
  const poison = bench.upload(photos[77]!).inputId;
  await practice.setFaults([
    {
      on: { ...POST, inputId: poison },
      kind: 'status',
      http: 400,
      code: 11_100,
      description: 'bad request',
    },
  ]);
  bench.start();
  await bench.reached({ indexed: 127, failed: 1 });
  expect(bench.failures()).toEqual([{ photoId: photos[77], cause: 'refused-by-service' }]);
  // The first, seven for the search, at most one for the guilty and one for those that waited aside.
  expect(await postCount()).toBeLessThanOrEqual(10);
  expect(bench.batches().filter(({ parentId }) => parentId !== null).length).toBeGreaterThanOrEqual(7);
});

test('a request that is too large is halved', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(8);
  const poison = bench.upload(photos[2]!).inputId;
  await practice.setFaults([
    { on: { ...POST, inputId: poison }, kind: 'status', http: 413, body: 'too large' },
  ]);
  bench.start();
  await bench.reached({ indexed: 7, failed: 1 });
  expect(bench.failures()).toEqual([{ photoId: photos[2], cause: 'too-large' }]);
  expect(await postCount()).toBe(7);
});

test('a photo on which the service fails while it is otherwise well is found, and the others arrive', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(6);
  const poison = bench.upload(photos[4]!).inputId;
  await practice.setFaults([{ on: { ...POST, inputId: poison }, kind: 'status', http: 500 }]);
  bench.start();
  await bench.reached({ indexed: 5, failed: 1 });
  expect(bench.failures()).toEqual([{ photoId: photos[4], cause: 'service-trouble' }]);
});

test('a passing server error costs no photo an attempt', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(5);
  await practice.setFaults([{ on: POST, kind: 'status', http: 503, times: 2 }]);
  bench.start();
  await bench.reached({ indexed: 5 });
  expect([await postCount(), new Set(photos.map((id) => bench.upload(id).attempts))]).toEqual([
    3,
    new Set([0]),
  ]);
  expect(bench.batches()).toEqual([{ id: 1, parentId: null, inputCount: 5, outcome: 'answered' }]);
});

test('an accepted photo that is gone there is sent again', async () => {
  await using bench = await openBench(practice);
  const [photo] = await bench.add(1);
  await practice.setFaults([{ on: POST, kind: 'slow-indexing', ms: 600_000 }]);
  bench.start();
  await bench.reached({ accepted: 1 });
  await practice.clearFaults();
  await practice.call('DELETE', `/inputs/${bench.upload(photo!).inputId}`);
  await practice.resetStats();
  await bench.reached({ indexed: 1 });
  expect([await postCount(), bench.upload(photo!).attempts]).toEqual([1, 1]);
});

test('a file that changes or goes before it is sent stops no other photo', async () => {
  const { appendFile, rm } = await import('node:fs/promises');
  await using bench = await openBench(practice);
  const photos = await bench.add(5);
  const pathOf = (photoId: number) => `${bench.folder}/${bench.ledger.photos.source(photoId, null)!.path}`;
  const uploader = bench.start({ idleMs: 600_000 });
  await until('all are ready', () => photos.every((id) => bench.upload(id).readyBytes !== null));
  await appendFile(pathOf(photos[1]!), 'more');
  await rm(pathOf(photos[3]!));
  uploader.setEnding(true);
  await until('the others are indexed and the lost one has failed', () => {
    const { indexed, failed } = bench.counts();
    return indexed === 3 && failed === 1;
  });
  expect(bench.failures()).toEqual([{ photoId: photos[3], cause: 'file-gone' }]);
  expect(bench.upload(photos[1]!)).toMatchObject({ state: 'queued', attempts: 0 });
});
