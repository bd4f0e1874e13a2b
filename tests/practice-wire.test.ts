/**
 * Our client and every main route of the practice account, held against the service's protos through the recording
 * proxy. Neither knows the other; this is where they would be found to share a mistake.
 */
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotationCalls } from '../electron/engine/clarifai/annotations.ts';
import { createCaller, type Caller } from '../electron/engine/clarifai/caller.ts';
import { clientOver } from '../electron/engine/clarifai/client.ts';
import { deleteInputs } from '../electron/engine/clarifai/delete-inputs.ts';
import type { SentInput } from '../electron/engine/clarifai/wire-sent.ts';
import { startCheckedPractice, throwProblems, type CheckedPractice } from './support/checked-practice.ts';
import { startRecordingProxy, type RecordingProxy } from './support/recording-proxy.ts';
import { findRoute } from './support/wire-check/routes.ts';

let practice: CheckedPractice;
/** In front of the same account, for requests that are wrong on purpose: only the replies are judged. */
let lenient: RecordingProxy;
let pictures: string[] = [];

beforeAll(async () => {
  practice = await startCheckedPractice({ unlimitedRate: true, indexingMs: 1, deletionMs: 1 });
  lenient = await startRecordingProxy({ target: practice.directBase, judgeRequests: false });
  const files = await Promise.all(
    [50, 100, 150, 200].map((red) =>
      sharp({ create: { width: 48, height: 32, channels: 3, background: { r: red, g: 9, b: 9 } } })
        .jpeg()
        .toBuffer(),
    ),
  );
  pictures = files.map((file) => file.toString('base64'));
});
afterAll(async () => {
  await lenient.stop();
  await practice.stop();
});

function callerTo(account: CheckedPractice): Caller {
  return createCaller({
    apiBase: account.apiBase,
    userId: account.userId,
    appId: account.appId,
    pat: () => Promise.resolve(account.pat),
    fetch,
    limiter: {
      acquire: () => Promise.resolve({ startedAt: 0 }),
      replied: () => undefined,
      pace: () => ({ perSecond: Infinity, notBefore: -Infinity }),
    },
    clock: Date,
  });
}

function bodyOf(inputs: readonly SentInput[], more: object = {}) {
  const bytes = Buffer.from(JSON.stringify({ inputs, ...more }));
  return {
    contentLength: bytes.length,
    async *stream() {
      yield bytes;
    },
  };
}

/** A request on the long path of the account, or on a path of its own that begins with `/v2`. */
async function ask(base: string, method: string, route: string, body?: unknown, headers: object = {}) {
  const path = route.startsWith('/v2')
    ? route
    : `/v2/users/${practice.userId}/apps/${practice.appId}${route}`;
  const response = await fetch(base + path, {
    method,
    headers: { Authorization: `Key ${practice.pat}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { http: response.status, text: await response.text() };
}

async function untilIndexed(ids: readonly string[]): Promise<void> {
  const client = clientOver(callerTo(practice));
  for (;;) {
    const answer = await client.listInputsByIds(ids);
    if (answer.kind === 'problem') throw new Error(JSON.stringify(answer.problem));
    if (answer.inputs.length === ids.length && answer.inputs.every(({ status }) => status.code === 30000))
      return;
    await wait(20);
  }
}

/** RPCs that were answered with JSON, by name, sorted. */
function rpcsSeen(proxy: RecordingProxy): string[] {
  const names = proxy
    .exchanges()
    .filter(({ reply }) => reply !== undefined)
    .map(({ method, path }) => findRoute(method, path)?.route.rpc ?? 'none');
  return [...new Set(names)].toSorted();
}

it('everything our client can say is right, and so is what it is answered', async () => {
  const caller = callerTo(practice);
  const client = clientOver(caller);
  const annotations = annotationCalls(caller);
  const outcomes: { readonly kind: string }[] = [];
  const does = async <T extends { readonly kind: string }>(call: Promise<T>): Promise<T> => {
    const outcome = await call;
    outcomes.push(outcome);
    return outcome;
  };
  await does(
    client.postConcepts([
      { id: 'tree', name: 'Tree' },
      { id: 'dog', name: 'Dog ✓' },
    ]),
  );
  await does(
    client.postInputs(
      bodyOf(
        [
          {
            id: 'full',
            data: {
              image: { base64: pictures[0] ?? '' },
              concepts: [
                { id: 'tree', value: 1 },
                { id: 'dog', value: 0 },
              ],
              metadata: { name: 'a.jpg', deep: { list: [1, null, 'x'] } },
              geo: { geo_point: { longitude: 0, latitude: -33.5 } },
            },
          },
          { id: 'bare', data: { image: { base64: pictures[1] ?? '' } } },
        ],
        { inputs_add_job_id: 'job' },
      ),
    ),
  );
  await untilIndexed(['full', 'bare']);
  await does(client.listInputs({ page: 1, perPage: 10, statusCode: 30000 }));
  await does(client.streamInputs({ perPage: 1, lastId: 'full', descending: true }));
  await does(client.getInput('full'));
  await does(client.getInput('not there/%'));
  await does(client.inputCounts());
  for (const action of ['merge', 'overwrite', 'remove'] as const) {
    const data = {
      concepts: [{ id: 'tree', ...(action === 'remove' ? {} : { value: 1 }) }],
      metadata: { name: true },
      geo: { geo_point: { longitude: 1, latitude: 2 } },
    };
    await does(
      client.patchInputs({
        inputs: [
          { id: 'bare', data },
          { id: 'gone', data },
        ],
        action,
      }),
    );
  }
  await does(client.getInputsAddJob('job'));
  await does(client.getInputsAddJob('no job'));
  await does(client.getConcept('tree'));
  await does(client.getConcept('absent'));
  await does(client.listConcepts({ page: 1, perPage: 100 }));
  await does(client.searchConcepts({ name: 'tr*', page: 1, perPage: 10 }));
  const box = { top_row: 0, left_col: 0, bottom_row: 0.5, right_col: 1 };
  const polygon = { points: [0, 0.5, 1].map((row) => ({ row, col: row * row })) };
  const infos = [{ bounding_box: box }, { polygon }, { point: { row: 0, col: 0.5 } }];
  const posted = await does(
    annotations.postAnnotations([
      ...infos.map((region_info, index) => ({
        id: `region-${index}`,
        input_id: 'full',
        data: { regions: [{ region_info, data: { concepts: [{ id: 'tree', value: 1 }] } }] as const },
      })),
      { input_id: 'gone', data: { concepts: [{ id: 'tree', value: 1 }] } },
    ]),
  );
  expect(posted).toMatchObject({ kind: 'reply', annotations: [{}, {}, {}, {}] });
  await does(annotations.listAnnotations({ inputIds: ['full', 'bare'], page: 1, perPage: 100, all: true }));
  await does(annotations.listAnnotations({ inputIds: ['full'], page: 1, perPage: 1 }));
  await does(annotations.getAnnotation('full', 'region-0'));
  await does(annotations.getAnnotation('full', 'absent'));
  for (const action of ['merge', 'overwrite', 'remove'] as const) {
    const data = { concepts: [{ id: 'dog', value: 1 }] };
    await does(
      annotations.patchAnnotations({ annotations: [{ id: 'region-1', input_id: 'full', data }], action }),
    );
  }
  await does(annotations.deleteAnnotations([{ id: 'region-2', inputId: 'full' }]));
  await does(deleteInputs(caller, ['bare']));
  throwProblems(practice.proxy.problems());
  expect(outcomes.filter(({ kind }) => kind !== 'reply')).toEqual([]);
  expect(rpcsSeen(practice.proxy)).toEqual([
    'DeleteAnnotations',
    'DeleteInputs',
    'GetAnnotation',
    'GetConcept',
    'GetInput',
    'GetInputCount',
    'GetInputsAddJob',
    'ListAnnotations',
    'ListConcepts',
    'ListInputs',
    'PatchAnnotations',
    'PatchInputs',
    'PostAnnotations',
    'PostConcepts',
    'PostConceptsSearches',
    'PostInputs',
    'StreamInputs',
  ]);
});

describe('the practice account answers by the protos', () => {
  it('on the routes that our client does not use, and on the short paths', async () => {
    const base = practice.apiBase;
    const user_app_id = { user_id: practice.userId, app_id: practice.appId };
    const inQuery = `user_app_id.user_id=${practice.userId}&user_app_id.app_id=${practice.appId}`;
    await ask(base, 'POST', '/v2/inputs', {
      user_app_id,
      inputs: [{ id: 'short', data: { image: { base64: pictures[2] } }, dataset_ids: ['set'] }, { data: {} }],
      inputs_add_job_id: 'short-job',
    });
    await untilIndexed(['short']);
    await ask(base, 'POST', '/inputs', {
      inputs: [
        { id: 'short', data: { image: { base64: pictures[3] } } },
        { id: 'empty', data: { image: { base64: '' } } },
        { id: 'broken', data: { image: { base64: 'AAAA' } } },
        { id: 'far', data: { image: { url: 'http://127.0.0.1:1/far.jpg', allow_duplicate_url: true } } },
      ],
    });
    for (const route of ['', '/stream', '/status', '/short', '/jobs/add', '/jobs/add/short-job']) {
      await ask(base, 'GET', `/v2/inputs${route}?${inQuery}`);
    }
    await ask(base, 'GET', '/inputs?page=1&per_page=5&status.code=INPUT_DOWNLOAD_SUCCESS&ids=short&ids=far');
    await ask(base, 'PATCH', '/inputs/jobs/add/short-job', {});
    await ask(base, 'PATCH', '/concepts', { action: 'overwrite', concepts: [{ id: 'tree', name: 'Baum' }] });
    await ask(base, 'GET', '/concepts/status');
    await ask(base, 'POST', '/annotations', {
      annotations: [
        { input_id: 'short', data: { concepts: [{ id: 'tree', value: 1 }] }, annotation_info: { a: 1 } },
      ],
    });
    await ask(base, 'GET', `/v2/annotations?${inQuery}&input_ids=short&list_all_annotations=true`);
    await ask(base, 'DELETE', '/inputs/short/annotations/none');
    await ask(base, 'DELETE', '/v2/inputs/annotations', { user_app_id, input_ids: ['short'] });
    await ask(base, 'DELETE', '/inputs/far');
    throwProblems(practice.proxy.problems());
  });

  it.each<[string, string, string, unknown?, object?]>([
    ['a path that is none', 'GET', '/v2/nowhere'],
    ['a method that is none', 'PUT', '/inputs', {}],
    ['a part it does not have', 'POST', '/inputs/searches', { searches: [] }],
    ['another app', 'GET', '/v2/users/somebody/apps/else/inputs'],
    ['no token', 'GET', '/inputs', undefined, { Authorization: '' }],
    ['a wrong token', 'GET', '/inputs', undefined, { Authorization: 'Key wrong' }],
    ['a token without its word', 'GET', '/inputs', undefined, { Authorization: 'Bearer x' }],
    ['a body that is no JSON', 'POST', '/inputs', '{"inputs":'],
    ['a body of another shape', 'POST', '/inputs', '{"inputs":{"id":1}}'],
    ['no inputs', 'POST', '/inputs', { inputs: [] }],
    [
      '129 inputs',
      'POST',
      '/inputs',
      { inputs: Array.from({ length: 129 }, (_, index) => ({ id: `n${index}` })) },
    ],
    ['an unknown action', 'PATCH', '/inputs', { inputs: [{ id: 'full' }], action: 'improve' }],
    ['nonsense for a page', 'GET', '/inputs?page=x'],
    ['an unknown code', 'GET', '/inputs?status.code=NONE'],
    ['a concept that is there', 'POST', '/concepts', { concepts: [{ id: 'tree' }] }],
    ['an id that is too long', 'POST', '/inputs', { inputs: [{ id: 'x'.repeat(500), data: {} }] }],
    ['annotations of no input', 'DELETE', '/annotations', { ids: ['x'] }],
    [
      'the ways of the old client',
      'POST',
      '/inputs',
      { inputs: [{ id: null, data: { concepts: ['plain'] } }] },
    ],
    ['a delete of everything', 'DELETE', '/inputs', { delete_all: true }],
  ])('when it refuses %s', async (_name, method, route, body, headers) => {
    const before = lenient.exchanges().length;
    const answer = await ask(lenient.url, method, route, body, headers);
    expect(answer.http).toBeGreaterThanOrEqual(400);
    expect(lenient.exchanges().slice(before)).toMatchObject([
      { reply: { status: { code: expect.any(Number) } } },
    ]);
    throwProblems(lenient.problems());
  });

  it('when it is bent on purpose, as far as it still answers in JSON', async () => {
    const inputs = ['f1', 'f2'].map((id) => ({ id, data: { image: { base64: pictures[3] } } }));
    await practice.setFaults([{ kind: 'per-input', inputIds: ['f1'], code: 30002, details: 'no', times: 1 }]);
    expect((await ask(practice.apiBase, 'POST', '/inputs', { inputs })).http).toBe(207);
    await practice.setFaults([{ kind: 'status', http: 503, times: 1 }]);
    expect((await ask(practice.apiBase, 'GET', '/inputs')).http).toBe(503);
    await practice.setFaults([{ kind: 'status', http: 429, times: 1 }]);
    expect((await ask(practice.apiBase, 'GET', '/inputs')).http).toBe(429);
    await practice.setFaults([{ kind: 'revoke-pat' }]);
    expect((await ask(practice.apiBase, 'GET', '/inputs')).http).toBe(401);
    await practice.setFaults([{ kind: 'quota', after: 0 }]);
    expect((await ask(practice.apiBase, 'POST', '/inputs', { inputs })).http).toBe(403);
    await practice.setFaults([{ kind: 'html', times: 1 }, { kind: 'wrong-json' }]);
    expect((await ask(practice.apiBase, 'GET', '/inputs')).text).toMatch(/<html/i);
    await ask(practice.apiBase, 'GET', '/inputs');
    await practice.clearFaults();
    throwProblems(practice.proxy.problems());
  });
});
