import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codeOf,
  inputOf,
  outcomes,
  picture,
  startAccount,
  until,
  type Answered,
  type TestAccount,
} from './account.ts';

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

const ids = (reply: Answered, field = 'inputs'): string[] =>
  (reply.json[field] as { id: string }[]).map(({ id }) => id);
const tagsOf = async (id: string): Promise<Record<string, number>> =>
  (await account.inputs()).find((input) => input.id === id)?.concepts ?? {};

const patch = (action: string | undefined, inputs: unknown[]) =>
  account.call('PATCH', '/inputs', { action, inputs });
const get = (id: string) => account.call('GET', `/inputs/${id}`);

describe('lists of inputs', () => {
  beforeAll(async () => {
    const bytes = await picture(20);
    await account.setFaults([{ kind: 'indexing-failure', inputIds: ['l3'], details: 'The model choked' }]);
    const inputs = ['l2', 'l1', 'l3', 'l5', 'l4'].map((id) => inputOf(id, bytes));
    await account.call('POST', '/inputs', { inputs });
    await account.setFaults([]);
    await account.settled();
  });

  it('pages, oldest first', async () => {
    expect(ids(await account.call('GET', '/inputs'))).toStrictEqual(['l2', 'l1', 'l3', 'l5', 'l4']);
    expect(ids(await account.call('GET', '/inputs?page=2&per_page=2'))).toStrictEqual(['l3', 'l5']);
    expect(codeOf(await account.call('GET', '/inputs?per_page=1001'))).toBe(11100);
    expect(codeOf(await account.call('GET', '/inputs?page=x'))).toBe(11100);
  });

  it('filters by ids and by status, as a number or a name', async () => {
    const named = '/inputs?ids=l4&ids=l3&ids=none&ids=l4';
    expect(ids(await account.call('GET', named))).toStrictEqual(['l3', 'l4']);
    expect(ids(await account.call('GET', `${named}&status.code=30000`))).toStrictEqual(['l4']);
    expect(outcomes(await account.call('GET', '/inputs?status.code=INPUT_FAILED'))).toStrictEqual([
      ['l3', 30002, 'The model choked'],
    ]);
    const many = Array.from({ length: 129 }, (_, n) => `ids=${n}`).join('&');
    expect(codeOf(await account.call('GET', `/inputs?${many}`))).toBe(11100);
  });

  it('streams behind last_id, in four orders', async () => {
    const stream = async (query: string) =>
      ids(await account.call('GET', `/inputs/stream?per_page=2&${query}`));
    expect(await stream('')).toStrictEqual(['l2', 'l1']);
    expect(await stream('last_id=l1')).toStrictEqual(['l3', 'l5']);
    expect(await stream('last_id=l5&descending=true')).toStrictEqual(['l3', 'l1']);
    expect(await stream('last_id=l2&order_by_id=true')).toStrictEqual(['l3', 'l4']);
    expect(await stream('descending=true&order_by_id=true')).toStrictEqual(['l5', 'l4']);
    expect((await account.call('GET', '/inputs/stream?last_id=none')).http).toBe(404);
  });

  it('counts by status', async () => {
    const { json } = await account.call('GET', '/inputs/status');
    expect(json['counts']).toStrictEqual({
      processed: 4,
      to_process: 0,
      errors: 1,
      processing: 0,
      reindexed: 0,
      to_reindex: 0,
      reindex_errors: 0,
      reindexing: 0,
    });
  });
});

describe('PATCH /inputs', () => {
  it('merges, removes and overwrites; the image stays', async () => {
    const bytes = await picture(21);
    await account.call('POST', '/inputs', {
      inputs: [inputOf('p1', bytes, { concepts: [{ id: 'cat', value: 1 }] })],
    });
    await account.settled();
    await patch('merge', [
      { id: 'p1', data: { concepts: [{ id: 'cat', value: 0 }, { id: 'owl' }], metadata: { a: 1 } } },
    ]);
    expect(await tagsOf('p1')).toStrictEqual({ cat: 0, owl: 1 });
    await patch('remove', [{ id: 'p1', data: { concepts: [{ id: 'cat' }] } }]);
    expect(await tagsOf('p1')).toStrictEqual({ owl: 1 });
    const reply = await patch('overwrite', [{ id: 'p1', data: { concepts: ['dog', 'cow'] } }]);
    expect(outcomes(reply)).toStrictEqual([['p1', 30000]]);
    expect(await tagsOf('p1')).toStrictEqual({ dog: 1, cow: 1 });
    const row = (await account.inputs()).find(({ id }) => id === 'p1');
    expect([row?.metadata, row?.bytes]).toStrictEqual([{ a: 1 }, bytes.length]);
  });

  it('fails alone for an id that does not exist', async () => {
    const reply = await patch('merge', [
      { id: 'p1', data: {} },
      { id: 'none', data: {} },
    ]);
    expect([reply.http, codeOf(reply)]).toStrictEqual([207, 10010]);
    expect(outcomes(reply).map(([id, code]) => [id, code])).toStrictEqual([
      ['p1', 30000],
      ['none', 30102],
    ]);
  });

  it('needs an action and at most 128 inputs', async () => {
    const many = Array.from({ length: 129 }, () => ({ id: 'p1' }));
    const replies = [
      await patch(undefined, [{ id: 'p1' }]),
      await patch('replace', [{ id: 'p1' }]),
      await patch('merge', many),
    ];
    expect(replies.map((reply) => [reply.http, codeOf(reply)])).toStrictEqual([
      [400, 11100],
      [400, 11100],
      [400, 11100],
    ]);
  });
});

describe('deleting inputs', () => {
  it('is carried out later; until then the input is not listed as indexed', async () => {
    const slow = await startAccount({ deletionMs: 60_000 });
    await slow.call('POST', '/inputs', { inputs: [inputOf('d0', await picture(22))] });
    await slow.settled();
    expect((await slow.call('DELETE', '/inputs/d0')).json['status']).toMatchObject({ code: 10000 });
    const shown = await slow.call('GET', '/inputs/d0');
    expect((shown.json['input'] as { status: object }).status).toMatchObject({ code: 30201 });
    expect(ids(await slow.call('GET', '/inputs?status.code=30000'))).toStrictEqual([]);
    expect(
      outcomes(await slow.call('POST', '/inputs', { inputs: [inputOf('d0', await picture(22))] })),
    ).toStrictEqual([['d0', 30100, 'Input has a duplicate ID.']]);
    await slow.close();
  });

  it('ends with 404 + 11101, one or many, and the id is free again', async () => {
    const bytes = await picture(23);
    await account.call('POST', '/inputs', { inputs: ['d1', 'd2', 'd3'].map((id) => inputOf(id, bytes)) });
    expect((await account.call('DELETE', '/inputs/d1')).http).toBe(200);
    expect((await account.call('DELETE', '/inputs', { ids: ['d2', 'none'] })).http).toBe(200);
    await until(async () => (await get('d2')).http === 404 && (await get('d1')).http === 404);
    expect([codeOf(await get('d1')), codeOf(await get('d3'))]).toStrictEqual([11101, 10000]);
    expect((await account.call('DELETE', '/inputs/d1')).http).toBe(404);
    const again = await account.call('POST', '/inputs', { inputs: [inputOf('d1', bytes)] });
    expect(outcomes(again)).toStrictEqual([['d1', 30001]]);
  });

  it('never deletes everything', async () => {
    const before = (await account.stats()).inputs;
    const many = { ids: Array.from({ length: 129 }, (_, n) => `d${n}`) };
    for (const body of [{ delete_all: true }, { ids: [] }, many]) {
      expect(codeOf(await account.call('DELETE', '/inputs', body))).toBe(11100);
    }
    expect((await account.stats()).inputs).toBe(before);
  });
});

describe('concepts', () => {
  it('are made by POST, found, renamed, and counted', async () => {
    const made = await account.call('POST', '/concepts', {
      concepts: [{ id: 'gull', name: 'A gull' }, { id: 'tern' }],
    });
    expect(ids(made, 'concepts')).toStrictEqual(['gull', 'tern']);
    const twice = await account.call('POST', '/concepts', { concepts: [{ id: 'kite' }, { id: 'gull' }] });
    expect([twice.http, codeOf(twice), (twice.json['status'] as { details: string }).details]).toStrictEqual([
      400,
      40003,
      'Concept gull is a duplicate',
    ]);
    expect((await account.call('GET', '/concepts/kite')).http).toBe(404);
    await account.call('PATCH', '/concepts', {
      action: 'overwrite',
      concepts: [{ id: 'tern', name: 'A tern' }],
    });
    const { concept } = (await account.call('GET', '/concepts/tern')).json as { concept: object };
    expect(concept).toMatchObject({ id: 'tern', name: 'A tern', value: 1, app_id: 'photos' });
    expect(ids(await account.call('GET', '/concepts?id=ul'), 'concepts')).toStrictEqual(['gull']);
    const search = { concept_query: { name: 'A *', language: null } };
    expect(ids(await account.call('POST', '/concepts/searches', search), 'concepts')).toStrictEqual([
      'gull',
      'tern',
    ]);
    const concepts = [
      { id: 'gull', value: 1 },
      { id: 'tern', value: 0 },
    ];
    await account.call('POST', '/inputs', { inputs: [inputOf('c1', await picture(24), { concepts })] });
    const counts = (await account.call('GET', '/concepts/status')).json['concept_counts'] as { id: string }[];
    expect(counts.filter(({ id }) => id === 'gull' || id === 'tern')).toStrictEqual([
      { id: 'gull', name: 'A gull', concept_type_count: { positive: 1, negative: 0 } },
      { id: 'tern', name: 'A tern', concept_type_count: { positive: 0, negative: 1 } },
    ]);
  });
});
