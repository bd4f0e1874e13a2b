/** The uploader on a bad day: lost connections, holds, a pause, and ledgers that a kill left half-way. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { random } from '../support/drawing.ts';
import { POST, type FaultRule } from '../support/practice.ts';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
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

const requestCounts = async () => {
  const { requests } = await practice.stats();
  return { posts: requests['POST /inputs']?.count ?? 0, probes: requests['GET /inputs/status']?.count ?? 0 };
};
/** How many of the photos the account holds. */
async function thereCount(bench: Bench, photoIds: readonly number[]): Promise<number> {
  const ids = new Set(photoIds.map((photoId) => bench.upload(photoId).inputId));
  return (await practice.inputs()).filter(({ id }) => ids.has(id)).length;
}
const attemptsOf = (bench: Bench, photoIds: readonly number[]) =>
  new Set(photoIds.map((photoId) => bench.upload(photoId).attempts));

test.each(['before', 'half-way', 'after-storing'] as const)(
  'a connection lost %s leaves exactly one input for each photo',
  async (when) => {
    await using bench = await openBench(practice);
    const photos = await bench.add(20, { width: 400, quality: 95 });
    await practice.setFaults([{ on: POST, kind: 'cut', when, times: 1 }]);
    const uploader = bench.start({ batchesInFlight: 1 });
    await bench.reached({ indexed: 20 });
    expect([await thereCount(bench, photos), attemptsOf(bench, photos)]).toEqual([20, new Set([0])]);
    // What was stored is not sent again.
    expect((await requestCounts()).posts).toBe(when === 'after-storing' ? 1 : 2);
    expect(uploader.stats().budgetBytes).toBeLessThan(8_000_000);
  },
);

test.each([
  ['after the last byte', 1000],
  ['half-way', 800_000],
])('a photo that ends the connection %s comes to travel by itself and is given up', async (_, sizeBytes) => {
  let poison = 'none';
  await using bench = await openBench(practice, {
    fetch: async (url, init) => {
      if (!(init?.body instanceof ReadableStream)) return fetch(url, init);
      const chunks: Buffer[] = [];
      for await (const chunk of init.body as ReadableStream<Uint8Array>) {
        chunks.push(Buffer.from(chunk));
        if (chunks.at(-1)?.includes(`"${poison}"`) !== true) continue;
        throw new TypeError('lost', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
      }
      return fetch(url, { ...init, body: Buffer.concat(chunks) });
    },
  });
  const photos = await bench.addLarge(4, sizeBytes);
  poison = bench.upload(photos[1]!).inputId;
  bench.start();
  await bench.reached({ indexed: 3, failed: 1 });
  expect(bench.failures()).toEqual([{ photoId: photos[1], cause: 'service-trouble' }]);
  const others = photos.filter((photoId) => photoId !== photos[1]);
  expect(attemptsOf(bench, others)).toEqual(new Set([0]));
  expect(bench.batches().map(({ inputCount }) => inputCount)).toEqual(expect.arrayContaining([4, 1]));
});

test('a refused token is a hold: nothing fails, nothing goes out, and after the fix it goes on', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(5);
  const { pat } = bench.account;
  bench.account.pat = 'revoked';
  const uploader = bench.start();
  await until('there is a hold', () => bench.holds().length > 0);
  await uploader.idle();
  expect([bench.holds(), bench.counts(), attemptsOf(bench, photos)]).toEqual([
    ['token-rejected'],
    { queued: 5 },
    new Set([0]),
  ]);
  const before = uploader.stats().requestCount;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(uploader.stats().requestCount).toBe(before);
  bench.account.pat = pat;
  uploader.probe();
  await bench.reached({ indexed: 5 });
  expect(bench.holds()).toEqual([]);
});

test('a token refused in the middle of a POST sends the photos back at no cost', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(5);
  await practice.setFaults([{ on: POST, kind: 'revoke-pat' }]);
  const uploader = bench.start();
  await until('there is a hold', () => bench.holds().includes('token-rejected'));
  await uploader.idle();
  expect([bench.counts(), attemptsOf(bench, photos)]).toEqual([{ queued: 5 }, new Set([0])]);
  await practice.clearFaults();
  uploader.resume();
  await bench.reached({ indexed: 5 });
});

test('a used-up quota waits for the owner', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(4);
  await practice.setFaults([{ on: POST, kind: 'quota', after: 0 }]);
  const uploader = bench.start();
  await until('there is a hold', () => bench.holds().length > 0);
  await uploader.idle();
  expect([bench.holds(), bench.counts(), await requestCounts(), attemptsOf(bench, photos)]).toEqual([
    ['over-quota'],
    { queued: 4 },
    { posts: 1, probes: 0 },
    new Set([0]),
  ]);
  // A new start is reason enough to try once.
  await uploader.stop();
  await practice.clearFaults();
  bench.start();
  await bench.reached({ indexed: 4 });
});

test.each([
  ['throttled', { kind: 'status', http: 429, code: 11_005, headers: { 'Retry-After': '0' } }],
  ['offline', { kind: 'html' }],
  ['service-down', { kind: 'status', http: 503, code: 39_998 }],
] as const)('%s heals by itself and costs no photo an attempt', async (kind, fault) => {
  await using bench = await openBench(practice);
  const photos = await bench.add(6);
  await practice.setFaults([{ on: POST, ...fault, times: 2 }]);
  bench.start();
  await until('the hold is placed', () => bench.holds().includes(kind));
  expect(bench.ledger.holds.of(bench.destination.id)[0]?.until).toBeGreaterThan(Date.now() - 1000);
  await bench.reached({ indexed: 6 });
  expect([bench.holds(), attemptsOf(bench, photos), (await requestCounts()).probes > 0]).toEqual([
    [],
    new Set([0]),
    true,
  ]);
});

test('while the service cannot be reached only probes go out, ever more rarely, and photos wait', async () => {
  await using bench = await openBench(practice);
  await bench.add(5);
  await practice.setFaults([{ kind: 'status', http: 500 }]);
  const uploader = bench.start();
  await until('it was probed three times', async () => (await requestCounts()).probes >= 3);
  const { requestCount, postCount } = uploader.stats();
  // One for the check, the rest are probes.
  expect([postCount, bench.counts(), requestCount - (await requestCounts()).probes]).toEqual([
    0,
    { queued: 5 },
    1,
  ]);
  await practice.clearFaults();
  await bench.reached({ indexed: 5 });
});

test('a pause stops the bytes, and resume sends each photo once', async () => {
  await using bench = await openBench(practice);
  bench.account.apiBase = practice.directBase;
  // More than all socket buffers on the way can hold.
  const photos = await bench.addLarge(80, 400_000);
  const wholeBytes = 80 * 400_000;
  await practice.setFaults([{ on: POST, kind: 'slow-link', bytesPerSecond: 4_000_000 }]);
  const uploader = bench.start({ batchesInFlight: 2 });
  await until('bytes flow', async () => (await practice.stats()).running.bodyBytes > 500_000);
  uploader.pause(null);
  const { bytesSent } = uploader.stats();
  await until('no request runs', async () => (await practice.stats()).running.requests === 0);
  // Only what was on its way arrives; of each of the two bodies the chunk that was being read may still be counted.
  const arrived = (await practice.stats()).bodyBytes;
  expect(arrived).toBeLessThan(wholeBytes / 2);
  expect(uploader.stats().bytesSent - bytesSent).toBeLessThanOrEqual(2 * 590_000);
  expect([bench.holds(), Object.keys(bench.counts())]).toEqual([['paused'], ['queued', 'sending']]);
  await practice.clearFaults();
  // A pause outlives the program.
  await uploader.stop();
  const next = bench.start();
  await next.idle();
  expect([bench.holds(), next.stats().requestCount]).toEqual([['paused'], 0]);
  next.resume();
  await bench.reached({ indexed: 80 });
  expect([await thereCount(bench, photos), attemptsOf(bench, photos)]).toEqual([80, new Set([0])]);
});

test.each([
  ['claimed', 0],
  ['half-sent', 0],
  ['stored-unanswered', 1],
  ['answered-unsettled', 1],
] as const)('a ledger left by a kill at "%s" is settled by asking', async (step, storedPosts) => {
  await using bench = await openBench(practice);
  const photos = await bench.add(10, { width: 400 });
  const concept = bench.ledger.concepts.ensure('heron', 1);
  for (const photoId of photos) bench.ledger.tags.set(photoId, concept.id, 1);
  // A kill is played by a ledger that can be written no more from this point on, and a connection that is cut.
  if (storedPosts === 0) await practice.setFaults([{ on: POST, kind: 'cut', when: 'half-way' }]);
  const killed = new Promise<void>((resolve) => {
    const uploader = bench.start({
      stopGraceMs: 0,
      onStep: (reached) => {
        if (reached !== step) return;
        bench.ledger.db.pragma('query_only = ON');
        void uploader.stop().then(resolve);
      },
    });
  });
  await killed;
  bench.ledger.db.pragma('query_only = OFF');
  expect(bench.counts()).toEqual({ sending: 10 });
  await practice.clearFaults();
  bench.start();
  await bench.reached({ indexed: 10 });
  expect([await thereCount(bench, photos), attemptsOf(bench, photos)]).toEqual([10, new Set([0])]);
  expect(bench.ledger.workLists.tagsDue(bench.destination.id, 99)).toEqual([]);
  expect(bench.batches()[0]?.outcome).toBe('asked');
});

test('photos of an interrupted batch stay sending while the service cannot be asked', async () => {
  await using bench = await openBench(practice);
  await bench.add(4);
  await practice.setFaults([{ kind: 'status', http: 500, on: { method: 'GET' } }]);
  const photos = bench.ledger.workLists.unchecked(bench.destination.id, 2, 9);
  bench.ledger.transaction(() =>
    bench.ledger.batches.claim({
      destinationId: bench.destination.id,
      parentId: null,
      bodyBytes: 1,
      at: 1,
      photos: photos.map((photo) => ({ ...photo, bytes: 1, concepts: [], tagsVersion: 0, orientation: 1 })),
    }),
  );
  bench.start();
  await until('it was probed', async () => (await requestCounts()).probes >= 2);
  expect(bench.counts()).toEqual({ sending: 4 });
  await practice.clearFaults();
  // They were never made ready, so they are now, and sent.
  await bench.reached({ indexed: 4 });
});

test('after a while of every fault at random each photo is there once', async () => {
  await using bench = await openBench(practice);
  const photos = await bench.add(400);
  const next = random(7);
  const faults: FaultRule[] = [
    { on: POST, kind: 'cut', when: 'half-way' },
    { on: POST, kind: 'cut', when: 'after-storing' },
    { kind: 'cut', when: 'before' },
    { on: POST, kind: 'status', http: 503 },
    { on: POST, kind: 'status', http: 502, stored: true },
    { kind: 'status', http: 429, code: 11_005 },
    { kind: 'html' },
    { on: POST, kind: 'wrong-json', stored: true },
    { on: POST, kind: 'per-input', every: 9, code: 98_004 },
  ];
  const uploader = bench.start({ batchBytes: 30_000, idleMs: 20, askAgainMs: 20 });
  for (let round = 0; round < 25; round += 1) {
    await practice.setFaults([{ ...faults[Math.floor(next() * faults.length)]!, times: 2 }]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    uploader.probe();
  }
  await practice.clearFaults();
  uploader.probe();
  await bench.reached({ indexed: 400 });
  expect([await thereCount(bench, photos), bench.errors]).toEqual([400, []]);
  expect(bench.batches().some(({ outcome }) => outcome !== 'answered')).toBe(true);
});

test('a request that a sleep left without an answer is given up and asked about; nothing costs an attempt', async () => {
  let isAsleep = true;
  const stored = Promise.withResolvers<void>();
  await using bench = await openBench(practice, {
    // It arrives, and the answer never does.
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (!isAsleep || !(init?.body instanceof ReadableStream)) return answer;
      stored.resolve();
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error), { once: true });
      });
    },
  });
  const photos = await bench.add(6);
  const uploader = bench.start();
  await stored.promise;
  expect(photos.map((photoId) => bench.upload(photoId).state)).toContain('sending');
  isAsleep = false;
  uploader.reconnect();
  await bench.reached({ indexed: 6 });
  expect([await thereCount(bench, photos), attemptsOf(bench, photos)]).toEqual([6, new Set([0])]);
  // Whatever the batches were: no photo was in two of them.
  expect(bench.batches().reduce((sum, { inputCount }) => sum + inputCount, 0)).toBe(6);
  // A pause of the owner's stays.
  uploader.pause(null);
  uploader.reconnect();
  expect(bench.holds()).toEqual(['paused']);
});
