/** The client against small servers: how answers become outcomes, what is sent, and what never shows. */
import { afterEach, expect, test } from 'vitest';
import { annotationCalls } from '../../electron/engine/clarifai/annotations.ts';
import { createCaller } from '../../electron/engine/clarifai/caller.ts';
import type { CallerOptions } from '../../electron/engine/clarifai/caller.ts';
import { clientOver, createClient } from '../../electron/engine/clarifai/client.ts';
import { deleteInputs } from '../../electron/engine/clarifai/delete-inputs.ts';
import { createLimiter } from '../../electron/engine/clarifai/limiter.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { jsonAnswer, startTestServer } from './test-server.ts';
import type { Answering, TestServer } from './test-server.ts';

const PAT = 'pat-0123456789abcdef';
const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function connect(answer: Answering, options: Partial<CallerOptions> = {}) {
  const server = await startTestServer(answer);
  servers.push(server);
  const caller = createCaller({
    apiBase: server.url,
    userId: 'me user',
    appId: 'photos',
    pat: () => Promise.resolve(PAT),
    fetch,
    limiter: createLimiter(realClock),
    clock: realClock,
    ...options,
  });
  return { server, caller, client: clientOver(caller) };
}

const OK = { code: 10000, description: 'Ok', req_id: 'r1' };
const STREAM = {
  contentLength: 2,
  async *stream() {
    yield Buffer.from('{}');
  },
};

test('each call is the request that the service documents', async () => {
  const { server, caller, client } = await connect(jsonAnswer({ status: OK }), { userAgent: 'tagalong/0.1' });
  const annotations = annotationCalls(caller);
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['POST inputs {}', () => client.postInputs(STREAM)],
    ['GET inputs?ids=a%20b&ids=c&per_page=2&page=1', () => client.listInputsByIds(['a b', 'c'])],
    ['GET inputs?page=2&per_page=50', () => client.listInputs({ page: 2, perPage: 50 })],
    [
      'GET inputs?page=1&per_page=9&status.code=30000',
      () => client.listInputs({ page: 1, perPage: 9, statusCode: 30000 }),
    ],
    ['GET inputs/stream?per_page=20', () => client.streamInputs({ perPage: 20 })],
    [
      'GET inputs/stream?per_page=20&last_id=x%2Fy&descending=true',
      () => client.streamInputs({ perPage: 20, lastId: 'x/y', descending: true }),
    ],
    ['GET inputs/a%20b%2Fc', () => client.getInput('a b/c')],
    ['GET inputs/status', () => client.inputCounts()],
    [
      'PATCH inputs {"inputs":[{"id":"a","data":{"concepts":[{"id":"cat","value":0}]}}],"action":"merge"}',
      () =>
        client.patchInputs({
          inputs: [{ id: 'a', data: { concepts: [{ id: 'cat', value: 0 }] } }],
          action: 'merge',
        }),
    ],
    ['GET inputs/jobs/add/j', () => client.getInputsAddJob('j')],
    ['GET concepts/cat', () => client.getConcept('cat')],
    ['GET concepts?page=1&per_page=128', () => client.listConcepts({ page: 1, perPage: 128 })],
    [
      'POST concepts {"concepts":[{"id":"cat","name":"Cat"}]}',
      () => client.postConcepts([{ id: 'cat', name: 'Cat' }]),
    ],
    [
      'POST concepts/searches {"concept_query":{"name":"ca*"},"pagination":{"page":1,"per_page":5}}',
      () => client.searchConcepts({ name: 'ca*', page: 1, perPage: 5 }),
    ],
    ['DELETE inputs {"ids":["a","b"]}', () => deleteInputs(caller, ['a', 'b'])],
    [
      'POST annotations {"annotations":[{"input_id":"a","data":{"concepts":[{"id":"cat","value":1}]}}]}',
      () => annotations.postAnnotations([{ input_id: 'a', data: { concepts: [{ id: 'cat', value: 1 }] } }]),
    ],
    [
      'GET annotations?input_ids=a&input_ids=b&list_all_annotations=true&page=1&per_page=20',
      () => annotations.listAnnotations({ inputIds: ['a', 'b'], page: 1, perPage: 20, all: true }),
    ],
    ['GET inputs/a/annotations/n', () => annotations.getAnnotation('a', 'n')],
    [
      'PATCH annotations {"annotations":[{"id":"n","input_id":"a"}],"action":"remove"}',
      () => annotations.patchAnnotations({ annotations: [{ id: 'n', input_id: 'a' }], action: 'remove' }),
    ],
    [
      'DELETE annotations {"ids":["n"],"input_ids":["a"]}',
      () => annotations.deleteAnnotations([{ id: 'n', inputId: 'a' }]),
    ],
  ];
  for (const [, run] of calls) expect(await run()).toMatchObject({ kind: 'reply', http: 200 });
  const root = '/v2/users/me%20user/apps/photos/';
  const sent = server.seen.map(({ method, url, body }) =>
    `${method} ${url.slice(root.length)} ${body?.toString() ?? ''}`.trimEnd(),
  );
  expect(sent).toEqual(calls.map(([request]) => request));
  expect(server.seen.every(({ url }) => url.startsWith(root))).toBe(true);
  expect(server.seen[0]?.headers).toMatchObject({
    authorization: `Key ${PAT}`,
    accept: 'application/json',
    'user-agent': 'tagalong/0.1',
  });
});

function problem(kind: string, maybeStored: boolean, rest: object = {}) {
  return { kind: 'problem', problem: { kind, maybeStored, ...rest } };
}

test('answers become outcomes', async () => {
  const inputs = [
    { id: 'a', status: { code: 'INPUT_PENDING' } },
    { id: 'b', status: { code: 30104 } },
  ];
  const bad = { code: 10020, description: 'Failure', details: 'all', req_id: 'r2' };
  const rows: readonly (readonly [Answering, object])[] = [
    [
      jsonAnswer({ status: { code: 'MIXED_STATUS' }, inputs }, 207),
      { kind: 'reply', http: 207, status: { code: 10010 }, inputs: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      jsonAnswer({ status: bad, inputs }, 400),
      { kind: 'reply', http: 400, inputs: [{ status: { code: 30001 } }, { status: { code: 30104 } }] },
    ],
    [
      jsonAnswer({ status: bad }, 400),
      problem('refused-whole', false, { http: 400, code: 10020, details: 'all', reqId: 'r2' }),
    ],
    [
      jsonAnswer({ status: { code: 11005 } }, 429, { 'retry-after': '2' }),
      problem('throttled', false, { retryAfterMs: 2000 }),
    ],
    [jsonAnswer({ status: { code: 98009 } }, 500), problem('server-error', true, { code: 98009 })],
    [
      jsonAnswer('<html>', 502, { 'content-type': 'text/html' }),
      problem('server-error', true, { http: 502 }),
    ],
    [jsonAnswer({ status: 'ok' }), problem('not-the-service', true, { http: 200 })],
    [
      jsonAnswer({}, 302, { location: 'http://portal/' }),
      problem('not-the-service', true, { details: 'redirected to http://portal/' }),
    ],
    [
      (request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        request.resume().once('end', () => response.end('<html><title> Welcome </title>'));
      },
      problem('not-the-service', true, { details: 'an answer of text/html: Welcome' }),
    ],
    [jsonAnswer({ status: OK, inputs: 'many' }), problem('unknown', true, { code: 10000 })],
    [jsonAnswer({ status: { code: 12345 } }), problem('unknown', true, { code: 12345 })],
    [jsonAnswer({ status: { code: 'BRAND_NEW' } }), problem('unknown', true, { description: 'BRAND_NEW: ' })],
  ];
  for (const [answer, expected] of rows) {
    const { client } = await connect(answer);
    expect(await client.postInputs(STREAM)).toMatchObject(expected);
  }
});

test('"does not exist" about one thing is a reply with null', async () => {
  const { client } = await connect(jsonAnswer({ status: { code: 11101, details: 'gone' } }, 404));
  expect(await client.getInput('a')).toEqual({
    kind: 'reply',
    http: 404,
    status: { code: 11101, description: '', details: 'gone', reqId: '' },
    input: null,
  });
  expect(await client.listInputsByIds(['a'])).toMatchObject({ problem: { kind: 'not-permitted' } });
});

test('the token shows in no outcome, whatever it is made of and whoever echoes it', async () => {
  const echo = await connect(jsonAnswer({ status: { code: 11102, details: `bad header Key ${PAT}` } }, 401));
  const redirect = await connect(jsonAnswer({}, 302, { location: `http://x/?key=${PAT}` }));
  const mixed = await connect(jsonAnswer({ status: { code: 10000, description: PAT } }));
  const broken = await connect(jsonAnswer({ status: OK }), { pat: () => Promise.resolve(`${PAT}\nx`) });
  const none = await connect(jsonAnswer({ status: OK }), { pat: () => Promise.resolve('') });
  const outcomes = await Promise.all(
    [echo, redirect, mixed, broken, none].map(({ client }) => client.inputCounts()),
  );
  expect(JSON.stringify(outcomes)).not.toContain(PAT);
  expect(outcomes).toMatchObject([
    { problem: { kind: 'token-rejected', details: 'bad header Key [token]' } },
    { problem: { kind: 'not-the-service' } },
    { kind: 'reply', status: { description: '[token]' } },
    { problem: { kind: 'token-rejected', maybeStored: false } },
    { problem: { kind: 'token-rejected', maybeStored: false } },
  ]);
  expect([broken.server.seen, none.server.seen]).toEqual([[], []]);
});

test('a throttled reply slows the limiter, others do not', async () => {
  const limiter = createLimiter(realClock);
  const fullPace = limiter.pace().perSecond;
  const fine = await connect(jsonAnswer({ status: OK }), { limiter });
  await fine.client.inputCounts();
  const paces = [limiter.pace().perSecond];
  const throttled = await connect(jsonAnswer({ status: { code: 11005 } }, 429, { 'retry-after': '0' }), {
    limiter,
  });
  await throttled.client.inputCounts();
  paces.push(limiter.pace().perSecond);
  expect(paces).toEqual([fullPace, fullPace / 2]);
});

test('an abort while waiting for the limiter sends nothing', async () => {
  const { server, client } = await connect(jsonAnswer({ status: OK }), {
    limiter: { ...createLimiter(realClock), acquire: (signal) => waitForAbort(signal) },
  });
  const stop = new AbortController();
  const call = client.inputCounts({ signal: stop.signal });
  stop.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.seen).toEqual([]);
});

function waitForAbort(signal?: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted === true) reject(signal.reason as Error);
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

test('bad arguments are refused before anything is sent', async () => {
  const { server, caller, client } = await connect(jsonAnswer({ status: OK }));
  const many = Array.from({ length: 129 }, (_, index) => String(index));
  for (const ids of [[], many]) {
    expect(() => client.listInputsByIds(ids)).toThrow(RangeError);
    expect(() => deleteInputs(caller, ids)).toThrow(RangeError);
  }
  expect(() => deleteInputs(caller, ['a', ''])).toThrow(RangeError);
  const options = {
    userId: 'u',
    appId: 'a',
    pat: () => Promise.resolve(PAT),
    fetch,
    limiter: createLimiter(realClock),
    clock: realClock,
  };
  const bases = ['api.clarifai.com', 'ftp://x', 'https://user:pw@x', 'https://x?y=1', ''];
  for (const apiBase of bases) expect(() => createClient({ ...options, apiBase })).toThrow('base URL');
  expect(() => createClient({ ...options, apiBase: 'https://x', appId: '' })).toThrow('app id');
  expect(server.seen).toEqual([]);
});
