/** Every fault that the practice account knows: what becomes of the photos, at what cost, and who has to help. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { POST, type FaultRule } from '../support/practice.ts';
import type { HoldKind } from '#shared/problems.ts';
import { openFaultBench, requestCount, type FaultBench } from './fault-bench.ts';

let practice: CheckedPractice;
beforeAll(async () => {
  practice = await startCheckedPractice();
});
afterAll(() => practice.stop());

/** One fault. */
interface Fault {
  readonly name: string;
  readonly photos: number;
  readonly rules: (inputIds: readonly string[]) => readonly FaultRule[];
  /** A fault that does not end by itself: the hold that is awaited under it, and who ends that. */
  readonly hold?: { readonly kind: HoldKind; readonly endedBy: 'itself' | 'owner' };
  /** How the photos end; default: all indexed. */
  readonly end?: Readonly<Record<string, number>>;
  /** Failures at the end, by cause. */
  readonly causes?: Readonly<Record<string, number>>;
  /** More requests than this, all kinds together, would be a storm. Without any fault it takes about 10. */
  readonly mostRequests: number;
}

const GET = { method: 'GET' } as const;
const PHOTOS = 30;
/** Batches that thirty photos make at most where nothing else keeps the machine, and what each further one may cost. */
const USUAL_BATCHES = 2;
const REQUESTS_A_BATCH = 6;

/** A fault that is over after some requests. */
const passing = (name: string, mostRequests: number, ...rules: FaultRule[]): Fault => ({
  name,
  photos: PHOTOS,
  rules: () => rules,
  mostRequests,
});

const FAULTS: readonly Fault[] = [
  passing('no fault', 14),
  passing('every request is late, before and after it is worked on', 20, {
    kind: 'delay',
    ms: 150,
  }),
  passing('answers are late though all is stored', 20, {
    kind: 'delay',
    ms: 300,
    when: 'after-storing',
    on: POST,
  }),
  passing('429 with Retry-After', 24, {
    kind: 'status',
    http: 429,
    headers: { 'Retry-After': '1' },
    times: 2,
    skip: 2,
  }),
  passing('429 without Retry-After', 30, { kind: 'status', http: 429, times: 4 }),
  passing('500 on POST', 24, { kind: 'status', http: 500, on: POST, times: 2 }),
  passing('502 with a page of a gateway on POST', 24, {
    kind: 'status',
    http: 502,
    body: '<html>Bad gateway</html>',
    on: POST,
    times: 1,
  }),
  passing('503 on POST though all is stored', 24, {
    kind: 'status',
    http: 503,
    stored: true,
    on: POST,
    times: 1,
  }),
  passing('500 on GET', 30, { kind: 'status', http: 500, on: GET, times: 4 }),
  passing('connection cut before a POST is read', 30, { kind: 'cut', when: 'before', on: POST, times: 2 }),
  passing('connection cut half-way through two POSTs', 30, {
    kind: 'cut',
    when: 'half-way',
    on: POST,
    times: 2,
  }),
  passing('connection cut half-way through five POSTs', 60, {
    kind: 'cut',
    when: 'half-way',
    on: POST,
    times: 5,
  }),
  passing('connection cut after a POST is stored', 24, {
    kind: 'cut',
    when: 'after-storing',
    on: POST,
    times: 2,
  }),
  passing('connection cut on GET', 30, { kind: 'cut', when: 'before', on: GET, times: 3 }),
  passing('JSON that breaks off, nothing stored', 24, { kind: 'wrong-json', on: POST, times: 2 }),
  passing('JSON that breaks off, all stored', 24, { kind: 'wrong-json', stored: true, on: POST, times: 2 }),
  passing('a web page instead of JSON', 30, { kind: 'html', times: 3 }),
  passing('slow link', 20, { kind: 'slow-link', bytesPerSecond: 60_000, on: POST }),
  {
    name: 'slow indexing',
    photos: PHOTOS,
    rules: () => [{ kind: 'slow-indexing', ms: 4000 }],
    mostRequests: 24,
  },
  {
    name: 'some inputs of each POST are refused',
    photos: PHOTOS,
    rules: (ids) => [{ kind: 'per-input', code: 30300, inputIds: [ids[3] ?? '', ids[17] ?? ''] }],
    end: { indexed: PHOTOS - 2, failed: 2 },
    causes: { 'refused-by-service': 2 },
    mostRequests: 18,
  },
  {
    name: 'some inputs of a POST are refused for a passing reason',
    photos: PHOTOS,
    rules: () => [{ kind: 'per-input', code: 11005, every: 5, times: 1 }],
    mostRequests: 24,
  },
  {
    name: 'indexing fails for some',
    photos: PHOTOS,
    rules: (ids) => [{ kind: 'indexing-failure', inputIds: [ids[0] ?? '', ids[29] ?? ''] }],
    end: { indexed: PHOTOS - 2, failed: 2 },
    causes: { 'indexing-failed': 2 },
    mostRequests: 18,
  },
  {
    name: 'one is never indexed',
    photos: PHOTOS,
    rules: (ids) => [{ kind: 'never-index', inputIds: [ids[7] ?? ''] }],
    end: { indexed: PHOTOS - 1, accepted: 1 },
    mostRequests: 24,
  },
  {
    name: 'the service is down for long',
    photos: PHOTOS,
    rules: () => [{ kind: 'status', http: 503 }],
    hold: { kind: 'service-down', endedBy: 'itself' },
    mostRequests: 40,
  },
  {
    name: 'a captive portal for long',
    photos: PHOTOS,
    rules: () => [{ kind: 'html' }],
    hold: { kind: 'offline', endedBy: 'itself' },
    mostRequests: 40,
  },
  {
    name: 'throttled for long',
    photos: PHOTOS,
    rules: () => [{ kind: 'status', http: 429 }],
    hold: { kind: 'throttled', endedBy: 'itself' },
    mostRequests: 40,
  },
  {
    name: 'every connection is cut half-way through a POST',
    photos: PHOTOS,
    rules: () => [{ kind: 'cut', when: 'half-way', on: POST }],
    hold: { kind: 'offline', endedBy: 'itself' },
    mostRequests: 40,
  },
  {
    name: 'PAT revoked',
    photos: PHOTOS,
    rules: () => [{ kind: 'revoke-pat' }],
    hold: { kind: 'token-rejected', endedBy: 'owner' },
    mostRequests: 18,
  },
  {
    name: 'quota reached after 12 inputs',
    photos: PHOTOS,
    rules: () => [{ kind: 'quota', after: 12 }],
    hold: { kind: 'over-quota', endedBy: 'owner' },
    mostRequests: 24,
  },
];

test.each(FAULTS)('$name', async (fault) => {
  const bench = await openFaultBench(practice, { photos: fault.photos });
  const { inputIds } = bench;
  await practice.setFaults(fault.rules(inputIds));
  await bench.ingest();
  if (fault.hold !== undefined) {
    const { kind, endedBy } = fault.hold;
    await bench.until(`there is the hold ${kind}`, ({ holds }) => holds.some((hold) => hold.kind === kind));
    if (endedBy === 'owner') await bench.until('only the owner can help', ({ state }) => state === 'owner');
    expect(await bench.failures()).toEqual({});
    await practice.clearFaults();
    if (endedBy === 'owner') await bench.api.retryEverywhere({ cause: null, way: 'again' });
  }
  await bench.reached(fault.end ?? { indexed: fault.photos });
  const stats = await bench.stats();
  const requests = requestCount(stats);
  console.log(`${fault.name}: ${String(requests)} requests`);
  const there = await bench.inputs();
  expect({
    ids: there.map(({ id }) => id).toSorted(),
    concepts: new Set(there.map(({ concepts }) => JSON.stringify(concepts))),
    failures: await bench.failures(),
    holds: await bench.holds(),
    deletes: requestCount(stats, 'DELETE'),
    throttled: stats.throttled,
    inputsStoredTwice: stats.inputsStoredTwice,
  }).toEqual({
    ids: idsThere(fault, inputIds).toSorted(),
    concepts: new Set(['{"A":1}']),
    failures: fault.causes ?? {},
    holds: [],
    deletes: 0,
    throttled: 0,
    inputsStoredTwice: 0,
  });
  // On a busy machine photos become ready in more batches, and each is asked about, sent and followed by itself.
  const more = Math.max(0, firstBatchCount(bench) - USUAL_BATCHES) * REQUESTS_A_BATCH;
  expect(requests).toBeLessThanOrEqual(fault.mostRequests + more);
});

/** Batches into which photos were taken for the first time. */
function firstBatchCount({ ledger }: FaultBench): number {
  const sql =
    'SELECT count(DISTINCT first) FROM (SELECT min(batch_id) AS first FROM batch_input GROUP BY photo_id)';
  return ledger.db.prepare<[], number>(sql).pluck().get() ?? 0;
}

/** What a POST refuses input by input is not there; all else is. */
function idsThere({ rules }: Fault, inputIds: readonly string[]): string[] {
  const refused = rules(inputIds).flatMap((rule) =>
    rule.kind === 'per-input' && rule.times === undefined ? (rule.inputIds ?? []) : [],
  );
  return inputIds.filter((id) => !refused.includes(id));
}
