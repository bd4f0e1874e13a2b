/**
 * The client's calls against an account: the practice account, or, when `CLARIFAI_PAT`, `CLARIFAI_USER_ID` and
 * `CLARIFAI_APP_ID` are set (and `CLARIFAI_API_BASE` for another address), the one they name. It only reads there,
 * apart from the inputs that it makes itself, which it removes again, and one concept, `tagalong-conformance`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { annotationCalls } from '../../electron/engine/clarifai/annotations.ts';
import { createCaller } from '../../electron/engine/clarifai/caller.ts';
import type { Caller } from '../../electron/engine/clarifai/caller.ts';
import { clientOver } from '../../electron/engine/clarifai/client.ts';
import type { Client } from '../../electron/engine/clarifai/client.ts';
import { deleteInputs } from '../../electron/engine/clarifai/delete-inputs.ts';
import { createLimiter } from '../../electron/engine/clarifai/limiter.ts';
import { judgeAnnotation, judgeInput } from '../../electron/engine/clarifai/status.ts';
import type { WireInput } from '../../electron/engine/clarifai/wire.ts';
import { realClock } from '../../electron/engine/clock.ts';
import { createInputsBody } from '../../electron/engine/upload/body.ts';
import type { BodyEntry } from '../../electron/engine/upload/body.ts';
import { startCheckedPractice } from '../support/checked-practice.ts';
import type { CheckedPractice } from '../support/checked-practice.ts';
import { POST } from '../support/practice.ts';

const { CLARIFAI_PAT, CLARIFAI_USER_ID, CLARIFAI_APP_ID, CLARIFAI_API_BASE } = process.env;
const CONCEPT = 'tagalong-conformance';
/** In all ids of this run, so that runs on one account do not meet. */
const RUN = randomBytes(6).toString('hex');

let practice: CheckedPractice | null = null;
let folder = '';
let caller: Caller;
let client: Client;
const made = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conformance-'));
  if (CLARIFAI_PAT === undefined) practice = await startCheckedPractice();
  const pat = CLARIFAI_PAT ?? practice?.pat ?? '';
  caller = createCaller({
    apiBase: practice?.apiBase ?? CLARIFAI_API_BASE ?? 'https://api.clarifai.com',
    userId: practice?.userId ?? CLARIFAI_USER_ID ?? '',
    appId: practice?.appId ?? CLARIFAI_APP_ID ?? '',
    pat: () => Promise.resolve(pat),
    fetch,
    limiter: createLimiter(realClock),
    clock: realClock,
  });
  client = clientOver(caller);
});

afterAll(async () => {
  if (made.size > 0) await deleteInputs(caller, [...made]);
  await practice?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A reply, or a failed test that shows the problem. */
async function reply<T extends { kind: string }>(call: Promise<T>): Promise<Extract<T, { kind: 'reply' }>> {
  const outcome = await call;
  // Compared whole, so that a failing test shows the problem.
  expect(outcome.kind === 'reply' ? null : outcome).toBeNull();
  return outcome as Extract<T, { kind: 'reply' }>;
}

/** Asks until `done`; the account's own pace decides how long that takes. */
async function asked<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (done(answer)) return answer;
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

async function entryOf(name: string, side: number): Promise<BodyEntry> {
  const file = path.join(folder, `${name}.jpg`);
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  await sharp({ create: { width: side, height: 64, channels: 3, background: 'gray', noise } })
    .jpeg()
    .toFile(file);
  const bytes = await readFile(file);
  const inputId = createHash('sha256').update(RUN).update(name).digest('hex').slice(0, 32);
  return { inputId, file, bytes: bytes.length, concepts: [] };
}

async function post(entries: readonly BodyEntry[]): Promise<readonly WireInput[]> {
  const body = await createInputsBody(entries);
  const { inputs } = await reply(client.postInputs(body));
  await body.close();
  for (const { inputId } of entries) made.add(inputId);
  return inputs;
}

async function indexed(ids: readonly string[]): Promise<readonly WireInput[]> {
  const listed = await asked(
    () => reply(client.listInputsByIds(ids)),
    ({ inputs }) => inputs.length === ids.length && inputs.every(({ status }) => status.code === 30000),
  );
  return [...listed.inputs].sort((left, right) => ids.indexOf(left.id) - ids.indexOf(right.id));
}

test('a concept is made once, and found by id, by page and by name', async () => {
  if ((await reply(client.getConcept(CONCEPT))).concept === null) {
    await reply(client.postConcepts([{ id: CONCEPT, name: 'Tagalong conformance' }]));
  }
  const again = await client.postConcepts([{ id: CONCEPT, name: 'Tagalong conformance' }]);
  expect(again).toMatchObject({ kind: 'problem', problem: { kind: 'refused-whole', code: 40003 } });
  expect((await reply(client.getConcept(CONCEPT))).concept).toMatchObject({ id: CONCEPT });
  expect((await reply(client.getConcept(`no-${RUN}`))).concept).toBeNull();
  const search = await reply(client.searchConcepts({ name: 'tagalong*', page: 1, perPage: 20 }));
  expect(search.concepts.map(({ id }) => id)).toContain(CONCEPT);
  await reply(client.listConcepts({ page: 1, perPage: 5 }));
});

test('inputs travel with all they carry, are listed, patched, annotated and removed', async () => {
  const geo = { geo_point: { longitude: 12.5, latitude: -41.25 } };
  const metadata = { run: RUN, rating: 4, deep: { list: [1, 'zwei', null] } };
  const concepts = [{ id: CONCEPT, value: 1 }];
  const entries = [
    { ...(await entryOf('one', 96)), concepts, metadata, geo },
    await entryOf('two', 97),
    await entryOf('three', 98),
  ];
  const ids = entries.map(({ inputId }) => inputId);
  const posted = await post(entries);
  expect(posted.map(({ id, status }) => [id, judgeInput(status, 'reply')])).toEqual(
    ids.map((id) => [id, expect.stringMatching(/^(pending|indexed)$/)]),
  );

  const [one, two] = await indexed(ids);
  expect(one).toMatchObject({ geo: { longitude: 12.5, latitude: -41.25 }, metadata });
  expect(one?.concepts.map(({ id, value }) => ({ id, value }))).toEqual(concepts);
  expect(one?.image?.info).toMatchObject({ width: 96, height: 64 });
  expect(two?.concepts).toEqual([]);

  const got = await reply(client.getInput(ids[0] ?? ''));
  expect(got.input).toMatchObject({ id: ids[0], metadata, status: { code: 30000 } });
  const some = await reply(client.listInputsByIds([`none-${RUN}`, ids[1] ?? '']));
  expect(some.inputs.map(({ id }) => id)).toEqual([ids[1]]);
  await reply(client.listInputs({ page: 1, perPage: 2, statusCode: 30000 }));
  const newest = await reply(client.streamInputs({ perPage: 3, descending: true }));
  const older = await reply(
    client.streamInputs({ perPage: 1, lastId: newest.inputs[0]?.id ?? '', descending: true }),
  );
  expect(older.inputs.map(({ id }) => id)).toEqual([newest.inputs[1]?.id]);
  expect((await reply(client.inputCounts())).counts?.processed).toBeGreaterThanOrEqual(3);
  expect((await reply(client.getInputsAddJob(`none-${RUN}`))).job).toBeNull();

  const patch = (action: 'merge' | 'remove', value: { value?: number }) =>
    reply(
      client.patchInputs({
        action,
        inputs: [{ id: ids[1] ?? '', data: { concepts: [{ id: CONCEPT, ...value }] } }],
      }),
    );
  const conceptsOfTwo = async () => (await indexed([ids[1] ?? '']))[0]?.concepts.map(({ value }) => value);
  const values: unknown[] = [];
  for (const [action, value] of [
    ['merge', { value: 0 }],
    ['merge', { value: 1 }],
    ['remove', {}],
  ] as const) {
    await patch(action, value);
    values.push(await conceptsOfTwo());
  }
  expect(values).toEqual([[0], [1], []]);

  const again = await post([entries[2] ?? (await entryOf('three', 98))]);
  expect(again.map(({ status }) => judgeInput(status, 'reply'))).toEqual(['duplicate-id']);

  await annotate(ids[0] ?? '');

  await reply(deleteInputs(caller, ids));
  await asked(
    () => reply(client.listInputsByIds(ids)),
    ({ inputs }) => inputs.length === 0,
  );
  for (const id of ids) made.delete(id);
  expect((await reply(client.getInput(ids[0] ?? ''))).input).toBeNull();
}, 180_000);

async function annotate(inputId: string): Promise<void> {
  const annotations = annotationCalls(caller);
  const region = (top: number) => ({
    region_info: { bounding_box: { top_row: top, left_col: 0.25, bottom_row: 0.75, right_col: 0.5 } },
    data: { concepts: [{ id: CONCEPT, value: 1 }] },
  });
  const posted = await reply(
    annotations.postAnnotations([{ input_id: inputId, data: { regions: [region(0.125)] } }]),
  );
  expect(posted.annotations.map(({ status }) => judgeAnnotation(status))).toEqual(['ok']);
  const id = posted.annotations[0]?.id ?? '';
  const box = { top: 0.125, left: 0.25, bottom: 0.75, right: 0.5 };
  const listed = await reply(annotations.listAnnotations({ inputIds: [inputId], page: 1, perPage: 100 }));
  expect(listed.annotations.find((each) => each.id === id)).toMatchObject({ inputId, regions: [{ box }] });

  const { annotation } = await reply(annotations.getAnnotation(inputId, id));
  const regionId = annotation?.regions[0]?.id ?? '';
  expect(annotation?.regions).toMatchObject([{ box, concepts: [{ id: CONCEPT, value: 1 }] }]);
  await reply(
    annotations.patchAnnotations({
      action: 'overwrite',
      annotations: [{ id, input_id: inputId, data: { regions: [{ id: regionId, ...region(0.5) }] } }],
    }),
  );
  const moved = await reply(annotations.getAnnotation(inputId, id));
  expect(moved.annotation?.regions).toMatchObject([{ box: { ...box, top: 0.5 } }]);
  await reply(annotations.deleteAnnotations([{ id, inputId }]));
  await asked(
    () => reply(annotations.getAnnotation(inputId, id)),
    (each) => each.annotation === null,
  );
}

test('a file that is no picture is refused or fails alone', async () => {
  const good = await entryOf('good', 99);
  const bad = { ...(await entryOf('bad', 100)), file: import.meta.filename };
  const sized = { ...bad, bytes: (await readFile(import.meta.filename)).length };
  const ids = [good.inputId, sized.inputId];
  const verdicts = new Map(
    (await post([good, sized])).map(({ id, status }) => [id, judgeInput(status, 'reply')] as const),
  );
  expect(verdicts.get(good.inputId)).toBe('pending');
  if (verdicts.get(sized.inputId) === 'refused') return;
  const last = await asked(
    () => reply(client.listInputsByIds(ids)),
    ({ inputs }) =>
      inputs.length === 2 && inputs.every(({ status }) => judgeInput(status, 'listing') !== 'pending'),
  );
  const final = Object.fromEntries(last.inputs.map(({ id, status }) => [id, judgeInput(status, 'listing')]));
  expect(final[good.inputId]).toBe('indexed');
  expect(['failed-there', 'refused']).toContain(final[sized.inputId]);
}, 180_000);

test('a wrong token and a wrong app are told apart', async () => {
  const options = {
    apiBase: practice?.apiBase ?? CLARIFAI_API_BASE ?? 'https://api.clarifai.com',
    userId: practice?.userId ?? CLARIFAI_USER_ID ?? '',
    appId: practice?.appId ?? CLARIFAI_APP_ID ?? '',
    fetch,
    limiter: createLimiter(realClock),
    clock: realClock,
  };
  const pat = CLARIFAI_PAT ?? practice?.pat ?? '';
  const wrongToken = clientOver(createCaller({ ...options, pat: () => Promise.resolve('0'.repeat(32)) }));
  const wrongApp = clientOver(
    createCaller({ ...options, appId: `no-${RUN}`, pat: () => Promise.resolve(pat) }),
  );
  expect([await wrongToken.inputCounts(), await wrongApp.inputCounts()]).toMatchObject([
    { problem: { kind: 'token-rejected' } },
    { problem: { kind: 'not-permitted' } },
  ]);
});

test.skipIf(CLARIFAI_PAT !== undefined)(
  'bent replies of the practice account become the right problems',
  async () => {
    const entry = await entryOf('bent', 101);
    const rows = [
      [{ kind: 'cut', when: 'before', on: POST }, { kind: 'cut' }],
      [
        { kind: 'cut', when: 'after-storing', on: POST },
        { kind: 'cut', maybeStored: true },
      ],
      [{ kind: 'html', on: POST }, { kind: 'not-the-service' }],
      [{ kind: 'wrong-json', on: POST }, { kind: 'not-the-service' }],
      [
        { kind: 'revoke-pat', on: POST },
        { kind: 'token-rejected', maybeStored: false },
      ],
      [
        { kind: 'quota', after: 0, on: POST },
        { kind: 'over-quota', maybeStored: false },
      ],
      [
        { kind: 'status', http: 503, on: POST },
        { kind: 'server-error', maybeStored: true },
      ],
      [
        { kind: 'status', http: 413, on: POST },
        { kind: 'too-large', maybeStored: false },
      ],
      [
        { kind: 'status', http: 429, code: 11005, headers: { 'Retry-After': '0' }, on: POST },
        { kind: 'throttled', retryAfterMs: 0 },
      ],
    ] as const;
    const problems: unknown[] = [];
    for (const [rule] of rows) {
      await practice?.setFaults([rule]);
      const body = await createInputsBody([entry]);
      problems.push(await client.postInputs(body));
      await body.close();
    }
    await practice?.clearFaults();
    expect(problems).toMatchObject(rows.map(([, problem]) => ({ kind: 'problem', problem })));
    made.add(entry.inputId);
    expect((await indexed([entry.inputId])).length).toBe(1);
  },
);
