import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codeOf,
  inputOf,
  outcomes,
  picture,
  startAccount,
  type Answered,
  type TestAccount,
} from './account.ts';

interface Annotation {
  readonly id: string;
  readonly input_id: string;
  readonly input_level?: boolean;
  readonly status: { readonly code: number };
  readonly data?: {
    readonly concepts?: { id: string; value: number }[];
    readonly regions?: Record<string, unknown>[];
  };
}

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
  const bytes = await picture(30);
  const concepts = [{ id: 'sky' }];
  await account.call('POST', '/inputs', { inputs: [inputOf('a', bytes, { concepts }), inputOf('b', bytes)] });
  await account.settled();
});
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

const box = (top_row: number, bottom_row: number) => ({
  bounding_box: { top_row, left_col: 0, bottom_row, right_col: 0.5 },
});
const boxed = (id: string, input_id: string, region_info: object = box(0, 0.5)) => ({
  id,
  input_id,
  data: { regions: [{ id: `${id}-r`, region_info, data: { concepts: [{ id: 'tree', value: 1 }] } }] },
});
const post = (...annotations: unknown[]) => account.call('POST', '/annotations', { annotations });
const patch = (action: string, annotation: object, more: object = {}) =>
  account.call('PATCH', '/annotations', { action, annotations: [annotation], ...more });
const all = (reply: Answered): Annotation[] => reply.json['annotations'] as Annotation[];
const list = async (query: string): Promise<string[]> =>
  all(await account.call('GET', `/annotations?${query}`)).map(({ id, input_level: level }) =>
    level ? 'input-level' : id,
  );
const get = async (inputId: string, id: string): Promise<Annotation> =>
  (await account.call('GET', `/inputs/${inputId}/annotations/${id}`)).json['annotation'] as Annotation;

/** A patch of the tags in the region of the annotation `edit`, and what that annotation is tagged with. */
const region = (concepts: object[]) => ({
  id: 'edit',
  input_id: 'b',
  data: { regions: [{ id: 'edit-r', data: { concepts } }] },
});
const tags = async (): Promise<[string, number][]> => {
  const [first] = (await get('b', 'edit')).data?.regions ?? [];
  const { concepts = [] } = (first?.['data'] ?? {}) as { concepts?: { id: string; value: number }[] };
  return concepts.map(({ id, value }) => [id, value]);
};

describe('annotations', () => {
  it('are taken one by one, only for what the reference allows', async () => {
    await account.setFaults([{ kind: 'never-index' }]);
    await account.call('POST', '/inputs', { inputs: [inputOf('pending', await picture(31))] });
    await account.setFaults([]);
    const two = {
      ...boxed('x', 'a'),
      data: { regions: [{ region_info: box(0, 1) }, { region_info: box(0, 1) }] },
    };
    const triangle = [
      { row: 0, col: 0 },
      { row: 1, col: 0.5, visibility: 1 },
      { row: 0, col: 1, z: 0.2 },
    ];
    const mask = { image: { base64: (await picture(32, 'png')).toString('base64') } };
    const reply = await post(
      boxed('box', 'a'),
      boxed('polygon', 'a', { polygon: { points: triangle } }),
      boxed('mask', 'b', { mask }),
      boxed('box', 'a'),
      boxed('flat', 'a', box(0.5, 0.5)),
      boxed('out', 'a', box(0, 1.1)),
      boxed('outside', 'a', { polygon: { points: [{ row: -0.1, col: 0 }] } }),
      two,
      boxed('early', 'pending'),
      boxed('lost', 'none'),
    );
    expect([reply.http, codeOf(reply)]).toStrictEqual([207, 10010]);
    expect(outcomes(reply, 'annotations').map(([id, code]) => [id, code])).toStrictEqual([
      ['box', 24150],
      ['polygon', 24150],
      ['mask', 24150],
      ['box', 40010],
      ['flat', 24155],
      ['out', 24155],
      ['outside', 24155],
      ['x', 24155],
      ['early', 24155],
      ['lost', 30102],
    ]);
    expect((await get('a', 'box')).data?.regions).toStrictEqual([
      {
        id: 'box-r',
        region_info: box(0, 0.5),
        data: { concepts: [{ id: 'tree', name: 'tree', value: 1, app_id: 'photos' }] },
      },
    ]);
    expect((await get('a', 'polygon')).data?.regions?.[0]?.['region_info']).toStrictEqual({
      polygon: { points: triangle },
    });
    expect((await get('b', 'mask')).data?.regions?.[0]?.['region_info']).toStrictEqual({ mask });
    expect(codeOf(await account.call('GET', '/inputs/a/annotations/none'))).toBe(11101);
  });

  it('come 128 at most in one call', async () => {
    const many = Array.from({ length: 129 }, () => ({ input_id: 'a' }));
    expect([codeOf(await post(...many)), codeOf(await post())]).toStrictEqual([11100, 11100]);
  });

  it('are listed by every filter, oldest first, users only unless asked otherwise', async () => {
    await post(
      { id: 'other', input_id: 'b', user_id: 'ann', status: { code: 'ANNOTATION_PENDING' } },
      { id: 'model', input_id: 'b', model_version_id: 'mv', data: { concepts: ['car'] } },
      { id: 'flow', input_id: 'b', workflow_version_id: 'wv' },
      { id: 'task', input_id: 'b', task_id: 't' },
    );
    const byUsers = ['box', 'polygon', 'mask', 'other', 'task'];
    const lists = {
      plain: (await list('')).filter((id) => id !== 'input-level'),
      everything: (await list('list_all_annotations=true')).filter((id) => id !== 'input-level'),
      ofA: await list('input_ids=a'),
      pairs: await list('input_ids=b&ids=model&input_ids=a&ids=box'),
      users: await list('user_ids=ann'),
      models: await list('model_version_ids=mv&workflow_version_ids=wv'),
      union: await list('model_version_ids=mv&user_ids=ann'),
      status: await list('statuses.code=24151'),
      statusName: await list('statuses=ANNOTATION_PENDING'),
      task: await list('task_id=t'),
      page: await list('input_ids=a&per_page=2&page=2'),
    };
    expect(lists).toStrictEqual({
      plain: byUsers,
      everything: ['box', 'polygon', 'mask', 'other', 'model', 'flow', 'task'],
      ofA: ['input-level', 'box', 'polygon'],
      pairs: ['box', 'model'],
      users: ['other'],
      models: ['model', 'flow'],
      union: ['other', 'model'],
      status: ['other'],
      statusName: ['other'],
      task: ['task'],
      page: ['polygon'],
    });
    expect(codeOf(await account.call('GET', '/annotations?ids=box'))).toBe(11100);
  });

  it('change by merge, remove and overwrite', async () => {
    await post(boxed('edit', 'b'));
    await patch('merge', region([{ id: 'tree', value: 0 }, { id: 'fern' }]));
    expect(await tags()).toStrictEqual([
      ['tree', 0],
      ['fern', 1],
    ]);
    await patch('remove', region([{ id: 'tree' }]));
    expect(await tags()).toStrictEqual([['fern', 1]]);
    const moved = { id: 'edit-r', region_info: box(0.25, 0.75) };
    await patch('overwrite', { id: 'edit', input_id: 'b', data: { regions: [moved] } });
    expect((await get('b', 'edit')).data).toStrictEqual({ regions: [moved] });
    await patch('merge', { id: 'edit', input_id: 'b', status: { code: 'ANNOTATION_AWAITING_REVIEW' } });
    expect((await get('b', 'edit')).status.code).toBe(24157);
    const bad = await patch('overwrite', { ...boxed('edit', 'b', box(0.9, 0.1)) });
    expect([bad.http, outcomes(bad, 'annotations')[0]?.[1]]).toStrictEqual([400, 24155]);
    await patch(
      'remove',
      { id: 'edit', input_id: 'b', data: { regions: [{ id: 'edit-r' }] } },
      { delete_if_empty_data: true },
    );
    expect((await account.call('GET', '/inputs/b/annotations/edit')).http).toBe(404);
  });

  it('of the input itself show and change its tags, and go only with it', async () => {
    const [level] = all(await account.call('GET', '/annotations?input_ids=a')).filter(
      (one) => one.input_level === true,
    );
    const id = level?.id ?? '';
    expect(level?.data?.concepts?.map((concept) => concept.id)).toStrictEqual(['sky']);
    await patch('merge', { id, input_id: 'a', data: { concepts: [{ id: 'sun' }] } });
    expect((await account.inputs()).find((input) => input.id === 'a')?.concepts).toStrictEqual({
      sky: 1,
      sun: 1,
    });
    expect((await account.call('DELETE', `/inputs/a/annotations/${id}`)).http).toBe(400);
    expect((await account.call('DELETE', '/inputs/a/annotations/polygon')).http).toBe(200);
    expect(await list('input_ids=a')).toStrictEqual(['input-level', 'box']);
    expect(
      (await account.call('DELETE', '/annotations', { input_ids: ['b', 'b'], ids: ['mask', 'other'] })).http,
    ).toBe(200);
    expect(await list('input_ids=b&list_all_annotations=true')).toStrictEqual([
      'input-level',
      'model',
      'flow',
      'task',
    ]);
    expect((await account.call('DELETE', '/inputs/annotations', { input_ids: ['a', 'b'] })).http).toBe(200);
    expect(await list('input_ids=a&input_ids=b&list_all_annotations=true')).toStrictEqual([
      'input-level',
      'input-level',
    ]);
    expect(codeOf(await account.call('DELETE', '/annotations', { ids: ['x'] }))).toBe(11100);
  });
});
