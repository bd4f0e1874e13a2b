import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FaultRule } from '../support/practice.ts';
import { codeOf, inputOf, outcomes, picture, startAccount, until, type TestAccount } from './account.ts';

let account: TestAccount;
let bytes: Buffer;
beforeAll(async () => {
  account = await startAccount();
  bytes = await picture(50);
});
afterEach(() => account.setFaults([]));
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

const post = (...ids: string[]) =>
  account.call('POST', '/inputs', { inputs: ids.map((id) => inputOf(id, bytes)) });
const stored = async (id: string): Promise<boolean> =>
  (await account.inputs()).some((input) => input.id === id);
const script = (...rules: FaultRule[]) => account.setFaults(rules);
const statusCodes = async (...ids: string[]): Promise<(number | undefined)[]> => {
  const inputs = await account.inputs();
  return ids.map((id) => inputs.find((input) => input.id === id)?.status);
};

it('status: with a code, headers or a body of its own, before or after storing', async () => {
  await script(
    { kind: 'status', http: 429, headers: { 'Retry-After': '7' }, times: 1 },
    {
      kind: 'status',
      http: 503,
      body: '<h1>Bad gateway</h1>',
      headers: { 'Content-Type': 'text/html' },
      times: 1,
    },
    { kind: 'status', http: 400, code: 39999, times: 1 },
    { kind: 'status', http: 504, times: 1, stored: true },
  );
  const replies = [await post('s1'), await post('s2'), await post('s3'), await post('s4'), await post('s5')];
  expect(replies.map((reply) => reply.http)).toStrictEqual([429, 503, 400, 504, 200]);
  expect(
    [replies[0], replies[2], replies[3]].map((reply) => (reply === undefined ? 0 : codeOf(reply))),
  ).toStrictEqual([11005, 39999, 40031]);
  expect(replies[0]?.headers.get('retry-after')).toBe('7');
  expect(replies[1]?.text).toBe('<h1>Bad gateway</h1>');
  expect(await Promise.all(['s1', 's2', 's3', 's4', 's5'].map(stored))).toStrictEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

it('skip and times choose the requests; method and path the routes', async () => {
  await script({
    on: { method: 'GET', path: '^/inputs/status$' },
    skip: 1,
    times: 2,
    kind: 'status',
    http: 500,
  });
  const https = [];
  for (let n = 0; n < 5; n += 1) https.push((await account.call('GET', '/inputs/status')).http);
  expect(https).toStrictEqual([200, 500, 500, 200, 200]);
  await script({ on: { method: 'GET', path: '^/inputs/status$' }, kind: 'status', http: 500 });
  expect((await account.call('GET', '/inputs')).http).toBe(200);
});

it('a rule about one input refuses every request that names it', async () => {
  await script({ on: { inputId: 'guilty' }, kind: 'status', http: 413 });
  const replies = [
    await post('i1', 'guilty', 'i2'),
    await post('i1', 'i2'),
    await account.call('GET', '/inputs/guilty'),
    await account.call('GET', '/inputs?ids=i1&ids=guilty'),
    await account.call('DELETE', '/inputs', { ids: ['guilty'] }),
    await account.call('PATCH', '/inputs', { action: 'merge', inputs: [{ id: 'guilty' }] }),
    await account.call('POST', '/annotations', { annotations: [{ id: 'x', input_id: 'guilty' }] }),
  ];
  expect(replies.map((reply) => reply.http)).toStrictEqual([413, 200, 413, 413, 413, 413, 413]);
  expect(codeOf(await post('guilty'))).toBe(40033);
});

it('cut: before and half-way nothing is stored, after-storing everything is', async () => {
  await script({ kind: 'cut', when: 'before', times: 1 });
  await expect(post('c1')).rejects.toThrow('fetch failed');
  await script({ kind: 'cut', when: 'half-way', times: 1 });
  await expect(post('c2')).rejects.toThrow('fetch failed');
  await script({ kind: 'cut', when: 'half-way', bytes: 10, times: 1 });
  await expect(post('c3')).rejects.toThrow('fetch failed');
  await script({ kind: 'cut', when: 'after-storing', times: 1 });
  await expect(post('c4', 'c5')).rejects.toThrow('fetch failed');
  expect(await Promise.all(['c1', 'c2', 'c3', 'c4', 'c5'].map(stored))).toStrictEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  expect(outcomes(await post('c4'))).toStrictEqual([['c4', 30100, 'Input has a duplicate ID.']]);
});

it('wrong-json and html answer 200 with something else', async () => {
  await script({ kind: 'wrong-json', times: 1 });
  const broken = await post('w1');
  expect([broken.http, broken.json, await stored('w1')]).toStrictEqual([200, null, false]);
  await script({ kind: 'wrong-json', stored: true, times: 1 });
  expect([(await post('w2')).json, await stored('w2')]).toStrictEqual([null, true]);
  await script({ kind: 'html', times: 1 });
  const portal = await post('w3');
  expect([portal.http, portal.headers.get('content-type'), await stored('w3')]).toStrictEqual([
    200,
    'text/html',
    false,
  ]);
});

it('per-input: those named, or each n-th', async () => {
  await script({ kind: 'per-input', inputIds: ['p2'], code: 40031, details: 'busy' });
  const named = await post('p1', 'p2');
  expect([named.http, outcomes(named)]).toStrictEqual([
    207,
    [
      ['p1', 30001],
      ['p2', 40031, 'busy'],
    ],
  ]);
  await script({ kind: 'per-input', every: 2, code: 30002 });
  const codes = [...outcomes(await post('p3', 'p4', 'p5')), ...outcomes(await post('p6', 'p7'))].map(
    ([, code]) => code,
  );
  expect(codes).toStrictEqual([30001, 30002, 30001, 30002, 30001]);
});

it('revoke-pat: 401 until it is lifted', async () => {
  await script({ kind: 'revoke-pat' });
  const refused = await post('r1');
  expect([refused.http, codeOf(refused)]).toStrictEqual([401, 11009]);
  await account.setFaults([]);
  expect((await post('r1')).http).toBe(200);
});

it('quota: takes so many inputs, then refuses whole POSTs', async () => {
  await script({ on: { method: 'POST' }, kind: 'quota', after: 3, code: 11006 });
  const replies = [await post('q1', 'q2'), await post('q3', 'q4'), await post('q3'), await post('q4')];
  expect(replies.map((reply) => [reply.http, codeOf(reply)])).toStrictEqual([
    [200, 10000],
    [403, 11006],
    [200, 10000],
    [403, 11006],
  ]);
  expect(await Promise.all(['q3', 'q4'].map(stored))).toStrictEqual([true, false]);
});

it('slow-indexing, never-index and indexing-failure decide what becomes of an input', async () => {
  await script(
    { kind: 'slow-indexing', ms: 120_000, inputIds: ['x1'] },
    { kind: 'never-index', inputIds: ['x2'] },
    { kind: 'indexing-failure', inputIds: ['x3'], code: 30300, details: 'no' },
    { kind: 'indexing-failure', inputIds: ['x4'] },
  );
  const ids = ['x1', 'x2', 'x3', 'x4', 'x5'];
  expect(outcomes(await post(...ids)).map(([, code]) => code)).toStrictEqual([
    30001, 30001, 30001, 30001, 30001,
  ]);
  await until(async () => (await statusCodes('x5'))[0] === 30000);
  expect(await statusCodes(...ids)).toStrictEqual([30001, 30001, 30300, 30002, 30000]);
});

it('slow-link: the body is read at its pace, and no faster', async () => {
  const bytesPerSecond = 2_000_000;
  /** One chunk of the socket is read before the first wait. */
  const slackBytes = 200_000;
  await script({ on: { method: 'POST' }, kind: 'slow-link', bytesPerSecond });
  await account.control('POST', 'reset-stats');
  const heavy = Buffer.concat([bytes, Buffer.alloc(6_000_000)]);
  const abort = new AbortController();
  const startedAt = performance.now();
  const sending = fetch(`${account.base}/inputs`, {
    method: 'POST',
    headers: { Authorization: `Key ${account.pat}` },
    body: JSON.stringify({ inputs: [inputOf('slow', heavy)] }),
    signal: abort.signal,
  });
  let read = 0;
  await until(async () => {
    read = (await account.stats()).running.bodyBytes;
    const allowed = ((performance.now() - startedAt) / 1_000) * bytesPerSecond + slackBytes;
    expect(read).toBeLessThanOrEqual(allowed);
    return read > 500_000;
  });
  expect(Object.keys((await account.stats()).requests)).toStrictEqual(['POST /inputs']);
  abort.abort();
  await expect(sending).rejects.toThrow(/abort/);
  await until(async () => (await account.stats()).running.requests === 0);
  expect(await stored('slow')).toBe(false);
});

it('delay: the reply waits, before or after storing', async () => {
  await script({ kind: 'delay', ms: 600_000, when: 'after-storing', times: 1 });
  const abort = new AbortController();
  const body = JSON.stringify({ inputs: [inputOf('late', bytes)] });
  const options = {
    method: 'POST',
    headers: { Authorization: `Key ${account.pat}` },
    body,
    signal: abort.signal,
  };
  const waiting = fetch(`${account.base}/inputs`, options);
  await until(() => stored('late'));
  abort.abort();
  await expect(waiting).rejects.toThrow(/abort/);
  await script({ kind: 'delay', ms: 20 });
  expect(outcomes(await post('late-2'))).toStrictEqual([['late-2', 30001]]);
});
