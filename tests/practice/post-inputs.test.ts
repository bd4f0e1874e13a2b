import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/listen.ts';
import { codeOf, inputOf, outcomes, picture, startAccount, type TestAccount } from './account.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

const post = (inputs: unknown[], more: Record<string, unknown> = {}) =>
  account.call('POST', '/inputs', { inputs, ...more });

describe('POST /inputs', () => {
  it('takes what it is given and indexes it a moment later', async () => {
    const bytes = await picture(1);
    const data = {
      concepts: [{ id: 'cat', name: 'A cat', value: 1 }, { id: 'dog', value: 0 }, { id: 'owl' }],
      metadata: { roll: 7, nested: { list: [1, 'two', null] } },
      geo: { geo_point: { longitude: 0, latitude: 47.5 } },
    };
    const reply = await post([{ ...inputOf('full', bytes, data), dataset_ids: ['d1'], future_field: 1 }]);
    expect([reply.http, codeOf(reply), outcomes(reply)]).toStrictEqual([200, 10000, [['full', 30001]]]);
    expect(reply.json['status']).toMatchObject({
      description: 'Ok',
      details: 'All inputs successfully added',
    });
    await account.settled();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { input } = (await account.call('GET', '/inputs/full')).json as { input: Record<string, never> };
    const hosted = {
      prefix: `${account.apiBase}/data`,
      suffix: sha256,
      sizes: ['orig'],
      crossorigin: 'use-credentials',
    };
    expect(input).toStrictEqual({
      id: 'full',
      data: {
        image: {
          url: `${account.apiBase}/data/orig/${sha256}`,
          hosted,
          image_info: { width: 40, height: 30, format: 'JPEG' },
        },
        concepts: [
          { id: 'cat', name: 'A cat', value: 1, app_id: 'photos' },
          { id: 'dog', name: 'dog', value: 0, app_id: 'photos' },
          { id: 'owl', name: 'owl', value: 1, app_id: 'photos' },
        ],
        metadata: data.metadata,
        geo: data.geo,
      },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      modified_at: expect.stringMatching(/Z$/) as string,
      status: { code: 30000, description: 'Download complete' },
      dataset_ids: ['d1'],
    });
    expect((await account.inputs()).find(({ id }) => id === 'full')).toStrictEqual({
      id: 'full',
      status: 30000,
      sha256,
      bytes: bytes.length,
      concepts: { cat: 1, dog: 0, owl: 1 },
      metadata: data.metadata,
      geo: data.geo,
    });
    const image = await fetch(hosted.prefix + '/orig/' + sha256, {
      headers: { Authorization: `Key ${account.pat}` },
    });
    expect(Buffer.from(await image.arrayBuffer())).toStrictEqual(bytes);
  });

  it('takes the quirks of the official client', async () => {
    const base64 = (await picture(2)).toString('base64');
    const concepts = ['plain', { id: 'yes', value: true }, { id: 'no', value: false, language: null }];
    const reply = await post([
      { id: null, data: { image: { base64, url: null }, concepts, metadata: null, geo: null } },
    ]);
    const [one] = reply.json['inputs'] as {
      id: string;
      data: { concepts: { id: string; value: number }[] };
    }[];
    expect(one?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(one?.data.concepts.map(({ id, value }) => [id, value])).toStrictEqual([
      ['plain', 1],
      ['yes', 1],
      ['no', 0],
    ]);
  });

  it('judges every input on its own: MIXED_STATUS over HTTP 207', async () => {
    const bytes = await picture(3);
    const url = 'https://example.com/a.jpg';
    const reply = await post([
      inputOf('m1', bytes),
      inputOf('m1', bytes),
      { id: 'm2', data: { image: { url } } },
      { id: 'm3', data: { image: { url } } },
      { id: 'm4', data: { image: { url, allow_duplicate_url: true } } },
      { id: 'm5', data: { image: { url: 'no url' } } },
      { id: 'm6' },
      inputOf('m7', Buffer.from('This is a letter, not a picture.')),
      inputOf('m8', await picture(3, 'avif')),
      { id: 'm9', data: { image: { base64: '*not base64*' } } },
      inputOf('m10', bytes.subarray(0, 20)),
      inputOf('a/b', bytes),
      inputOf('m11', bytes, { geo: { geo_point: { longitude: 200, latitude: 0 } } }),
    ]);
    expect([reply.http, codeOf(reply)]).toStrictEqual([207, 10010]);
    expect(outcomes(reply).map(([id, code]) => [id, code])).toStrictEqual([
      ['m1', 30001],
      ['m1', 30100],
      ['m2', 30001],
      ['m3', 30100],
      ['m4', 30001],
      ['m5', 30106],
      ['m6', 30104],
      ['m7', 30300],
      ['m8', 30101],
      ['m9', 30300],
      ['m10', 30300],
      ['a/b', 30104],
      ['m11', 30104],
    ]);
    expect(outcomes(reply)[1]?.[2]).toBe('Input has a duplicate ID.');
    expect(outcomes(reply)[3]?.[2]).toBe('Input has a duplicate URL.');
    const kept = (await account.inputs())
      .map(({ id }) => id)
      .filter((id) => id.startsWith('m') || id === 'a/b');
    expect(kept).toStrictEqual(['m1', 'm2', 'm4']);
  });

  it('refuses a batch of which nothing was taken with 10020', async () => {
    await post([inputOf('twice', await picture(4))]);
    const reply = await post([inputOf('twice', await picture(5))]);
    expect([reply.http, codeOf(reply), outcomes(reply)]).toStrictEqual([
      400,
      10020,
      [['twice', 30100, 'Input has a duplicate ID.']],
    ]);
  });

  it('makes a new id when asked to by SUFFIX', async () => {
    const bytes = await picture(6);
    const ids = [];
    for (const resolution of ['SUFFIX', 2, 'SUFFIX', 1]) {
      const reply = await post([inputOf('series', bytes)], { input_id_conflict_resolution: resolution });
      ids.push(outcomes(reply)[0]?.slice(0, 2));
    }
    expect(ids).toStrictEqual([
      ['series', 30001],
      ['series-1', 30001],
      ['series-2', 30001],
      ['series', 30100],
    ]);
  });

  it('takes every format of the service, and refuses what is over its limits', async () => {
    const bmp = Buffer.alloc(54 + 40 * 30 * 4);
    bmp.write('BM');
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(40, 18);
    bmp.writeInt32LE(-30, 22);
    bmp.writeUInt16LE(32, 28);
    const huge = Buffer.from(bmp.subarray(0, 60));
    huge.writeInt32LE(9_300, 18);
    huge.writeInt32LE(9_300, 22);
    const heavy = Buffer.concat([await picture(8), Buffer.alloc(20_000_000)]);
    const formats = await Promise.all(
      (['jpeg', 'png', 'webp', 'gif', 'tiff'] as const).map((f) => picture(7, f)),
    );
    const reply = await post([
      ...formats.map((bytes, at) => inputOf(`f${at}`, bytes)),
      inputOf('bmp', bmp),
      inputOf('pixels', huge),
      inputOf('bytes', heavy),
      inputOf('bmp-cut', bmp.subarray(0, 1_000)),
    ]);
    expect(outcomes(reply).map(([id, code]) => [id, code])).toStrictEqual([
      ['f0', 30001],
      ['f1', 30001],
      ['f2', 30001],
      ['f3', 30001],
      ['f4', 30001],
      ['bmp', 30001],
      ['pixels', 30105],
      ['bytes', 30105],
      ['bmp-cut', 30001],
    ]);
    await account.settled();
    const stored = await account.call(
      'GET',
      '/inputs?ids=f0&ids=f1&ids=f2&ids=f3&ids=f4&ids=bmp&ids=bmp-cut',
    );
    expect(outcomes(stored).map(([id, code]) => [id, code])).toStrictEqual([
      ['f0', 30000],
      ['f1', 30000],
      ['f2', 30000],
      ['f3', 30000],
      ['f4', 30000],
      ['bmp', 30000],
      ['bmp-cut', 30002],
    ]);
  });

  it('keeps an image that it cannot index as failed', async () => {
    const whole = await picture(9, 'png');
    expect(outcomes(await post([inputOf('torn', whole.subarray(0, whole.length - 40))]))).toStrictEqual([
      ['torn', 30001],
    ]);
    await account.settled();
    const { input } = (await account.call('GET', '/inputs/torn')).json as {
      input: { status: { code: number } };
    };
    expect(input.status.code).toBe(30002);
  });

  it('refuses 0 and 129 inputs as a whole, and stores nothing', async () => {
    const before = (await account.stats()).inputs;
    const bytes = await picture(10);
    const over = await post(Array.from({ length: 129 }, (_, n) => inputOf(`over-${n}`, bytes)));
    expect([over.http, codeOf(over), over.json['inputs']]).toStrictEqual([400, 11100, undefined]);
    expect((over.json['status'] as { details: string }).details).toMatch(/128 inputs at most/);
    expect(codeOf(await post([]))).toBe(11100);
    expect((await account.stats()).inputs).toBe(before);
    const full = await post(Array.from({ length: 128 }, (_, n) => inputOf(`over-${n}`, bytes)));
    expect([full.http, (await account.stats()).inputs]).toStrictEqual([200, before + 128]);
    expect((await account.stats()).inputsStoredTwice).toBeGreaterThanOrEqual(127);
  });

  it('reads a URL on 127.0.0.1, and no other', async () => {
    const bytes = await picture(11);
    const asked: string[] = [];
    const site = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.statusCode = request.url === '/a.jpg' ? 200 : 404;
      response.end(bytes);
    });
    const port = await listen(site);
    await post([
      { id: 'near', data: { image: { url: `http://127.0.0.1:${port}/a.jpg` } } },
      { id: 'gone', data: { image: { url: `http://127.0.0.1:${port}/b.jpg` } } },
      { id: 'shut', data: { image: { url: 'http://127.0.0.1:1/c.jpg' } } },
      { id: 'far', data: { image: { url: 'http://192.0.2.1/a.jpg' } } },
    ]);
    await account.settled();
    site.close();
    const rows = (await account.inputs()).filter(({ id }) => ['near', 'gone', 'shut', 'far'].includes(id));
    expect(rows.map(({ id, status, bytes: size }) => [id, status, size])).toStrictEqual([
      ['near', 30000, bytes.length],
      ['gone', 30002, null],
      ['shut', 39996, null],
      ['far', 30000, null],
    ]);
    expect(asked.sort()).toStrictEqual(['/a.jpg', '/b.jpg']);
  });

  it('keeps masks of regions as they came', async () => {
    const mask = (await picture(12, 'png')).toString('base64');
    const region_info = { mask: { image: { base64: mask } } };
    await post([inputOf('masked', await picture(12), { regions: [{ id: 'r', region_info }] })]);
    const { input } = (await account.call('GET', '/inputs/masked')).json as {
      input: { data: { regions: unknown } };
    };
    expect(input.data.regions).toStrictEqual([{ id: 'r', region_info }]);
  });
});

it('gathers the statistics of a job', async () => {
  const bytes = await picture(13);
  const job = async () =>
    (await account.call('GET', '/inputs/jobs/add/job-1')).json['inputs_add_job'] as object;
  const first = await post([inputOf('j1', bytes), inputOf('j1', bytes)], { inputs_add_job_id: 'job-1' });
  expect(first.json['inputs_add_job']).toMatchObject({ id: 'job-1', status: { code: 64001 } });
  await post([inputOf('j2', bytes)], { inputs_add_job_id: 'job-1' });
  await account.settled();
  expect(await job()).toMatchObject({
    progress: { success_count: '2', failed_count: '1' },
    status: { code: 64002 },
  });
  expect((await account.call('GET', '/inputs/jobs/add/none')).http).toBe(404);
  const all = (await account.call('GET', '/inputs/jobs/add')).json['inputs_add_jobs'] as {
    id: string;
  }[];
  expect(all.map(({ id }) => id)).toStrictEqual(['job-1']);
  await account.setFaults([{ kind: 'never-index' }]);
  await post([inputOf('j3', bytes)], { inputs_add_job_id: 'job-2' });
  await account.setFaults([]);
  const cancelled = await account.call('PATCH', '/inputs/jobs/add/job-2');
  expect(cancelled.json['inputs_add_job']).toMatchObject({
    progress: { failed_count: '1' },
    status: { code: 64004 },
  });
});
