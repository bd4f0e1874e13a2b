/** The official JavaScript client, last released in 2019, runs against the practice account as it is. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, startAccount, until, type TestAccount } from './account.ts';

interface ClientConcept {
  readonly id: string;
  readonly name: string;
  readonly appId: string;
  readonly value: number | null;
}
interface ClientInput {
  readonly id: string;
  readonly imageUrl: string;
  readonly metadata: unknown;
  readonly geo?: { readonly geoPoint: unknown };
  readonly concepts: ArrayLike<ClientConcept>;
  readonly rawData: { readonly status: { readonly code: number } };
}
interface Client {
  readonly inputs: {
    create(inputs: unknown): Promise<ArrayLike<ClientInput>>;
    list(options?: { page: number; perPage: number }): Promise<ArrayLike<ClientInput>>;
    get(id: string): Promise<ClientInput>;
    getStatus(): Promise<{ counts: Record<string, number> }>;
    mergeConcepts(inputs: unknown): Promise<ArrayLike<ClientInput>>;
    deleteConcepts(inputs: unknown): Promise<ArrayLike<ClientInput>>;
    overwriteConcepts(inputs: unknown): Promise<ArrayLike<ClientInput>>;
    delete(ids?: string | string[]): Promise<unknown>;
  };
  readonly concepts: {
    create(concepts: unknown): Promise<ArrayLike<ClientConcept>>;
    list(): Promise<ArrayLike<ClientConcept>>;
    get(id: string): Promise<ClientConcept>;
    search(name: string): Promise<ArrayLike<ClientConcept>>;
  };
}

const clarifai = createRequire(import.meta.url)('clarifai') as { App: new (options: object) => Client };

let account: TestAccount;
let client: Client;
beforeAll(async () => {
  account = await startAccount();
  const { pat: apiKey, apiBase: apiEndpoint, userId, appId } = account;
  client = new clarifai.App({ apiKey, apiEndpoint, userId, appId });
  const base64 = (await picture(70)).toString('base64');
  const created = await client.inputs.create([
    {
      id: 'first',
      base64,
      concepts: [
        { id: 'cat', value: true },
        { id: 'dog', value: false },
      ],
      metadata: { roll: 7 },
      geo: { latitude: 1.5, longitude: 2.5 },
    },
    { base64: (await picture(71)).toString('base64'), concepts: ['plain'] },
    { id: 'by-url', url: 'https://example.com/a.jpg', allowDuplicateUrl: true },
  ]);
  expect(Array.from(created).map((input) => input.rawData.status.code)).toStrictEqual([30001, 30001, 30001]);
  await until(async () => (await client.inputs.getStatus()).counts['processed'] === 3);
});
afterAll(async () => {
  expect(account.problems).toStrictEqual([]);
  await account.close();
});

const tagsOf = async (id: string): Promise<Record<string, number>> =>
  (await account.inputs()).find((input) => input.id === id)?.concepts ?? {};

describe('clarifai 2.9.1', () => {
  it('reads back what it created', async () => {
    const input = await client.inputs.get('first');
    expect({
      ...input,
      tags: Array.from(input.concepts).map(({ id, appId, value }) => [id, appId, value]),
    }).toMatchObject({
      id: 'first',
      imageUrl: expect.stringMatching(/\/data\/orig\/[0-9a-f]{64}$/) as string,
      metadata: { roll: 7 },
      geo: { geoPoint: { latitude: 1.5, longitude: 2.5 } },
      tags: [
        ['cat', 'photos', 1],
        ['dog', 'photos', null],
      ],
    });
    expect(await tagsOf('first')).toStrictEqual({ cat: 1, dog: 0 });
  });

  it('lists in pages', async () => {
    const all = Array.from(await client.inputs.list());
    expect([all.length, all[0]?.id, all[2]?.imageUrl]).toStrictEqual([
      3,
      'first',
      'https://example.com/a.jpg',
    ]);
    expect(Array.from(await client.inputs.list({ page: 2, perPage: 2 })).map(({ id }) => id)).toStrictEqual([
      'by-url',
    ]);
  });

  it('patches concepts', async () => {
    await client.inputs.mergeConcepts({
      id: 'first',
      concepts: [{ id: 'cat', value: false }, { id: 'owl' }],
    });
    expect(await tagsOf('first')).toStrictEqual({ cat: 0, dog: 0, owl: 1 });
    await client.inputs.deleteConcepts([{ id: 'first', concepts: [{ id: 'dog' }] }]);
    expect(await tagsOf('first')).toStrictEqual({ cat: 0, owl: 1 });
    await client.inputs.overwriteConcepts([{ id: 'first', concepts: [{ id: 'elk', value: true }] }]);
    expect(await tagsOf('first')).toStrictEqual({ elk: 1 });
  });

  it('makes, lists, gets and searches concepts', async () => {
    await client.concepts.create(['gull', { id: 'tern', name: 'A tern' }]);
    expect((await client.concepts.get('tern')).name).toBe('A tern');
    expect(Array.from(await client.concepts.list()).map(({ id }) => id)).toContain('gull');
    expect(Array.from(await client.concepts.search('A t*')).map(({ id }) => id)).toStrictEqual(['tern']);
    await expect(client.concepts.create('gull')).rejects.toMatchObject({ response: { status: 400 } });
  });

  it('rejects with the reply of a batch that failed in part (207), which was taken for the rest', async () => {
    const base64 = (await picture(72)).toString('base64');
    const creating = client.inputs.create([
      { id: 'first', base64 },
      { id: 'second', base64 },
    ]);
    await expect(creating).rejects.toMatchObject({
      status: 207,
      data: {
        status: { code: 10010 },
        inputs: [{ status: { details: 'Input has a duplicate ID.' } }, { id: 'second' }],
      },
    });
    expect((await client.inputs.get('second')).id).toBe('second');
  });

  it('deletes one and many, and cannot delete everything', async () => {
    await client.inputs.delete('second');
    await client.inputs.delete(['by-url', 'none']);
    await until(async () => (await account.stats()).inputs === 2);
    await expect(client.inputs.get('by-url')).rejects.toMatchObject({ response: { status: 404 } });
    await expect(client.inputs.delete()).rejects.toMatchObject({ response: { status: 400 } });
    expect((await account.stats()).inputs).toBe(2);
  });
});
