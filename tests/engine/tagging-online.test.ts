/** Acts of the owner and what the account holds after them: the whole engine, a real account, and a line that fails. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { exiftool } from '../support/exiftool.ts';
import { startEngineHere, type EngineHere } from '../support/engine-here.ts';
import { jpeg } from '../support/pictures.ts';

vi.setConfig({ testTimeout: 60_000 });

const OFFLINE = { kind: 'cut', when: 'before' } as const;

interface Shoot {
  readonly folder: string;
  readonly photoIds: readonly number[];
  readonly destinationId: number;
}

/** Takes photos in and waits until the account has them. */
async function shoot(here: EngineHere, count: number): Promise<Shoot> {
  const folder = path.join(path.dirname(here.dataFolder), 'shoot');
  await mkdir(folder);
  for (let n = 0; n < count; n += 1) {
    await writeFile(path.join(folder, `${n}.jpg`), await jpeg({ width: 64, height: 48, seed: n + 1 }));
  }
  await here.ingest(folder);
  await here.untilSynced(folder);
  const rows = here.engine.ledger.db
    .prepare<[], { photoId: number; destinationId: number }>(
      'SELECT photo_id AS photoId, destination_id AS destinationId FROM upload ORDER BY photo_id',
    )
    .all();
  return { folder, photoIds: rows.map(({ photoId }) => photoId), destinationId: rows[0]?.destinationId ?? 0 };
}

/** What the account holds, by the photos' order. */
async function there(here: EngineHere, photoIds: readonly number[]): Promise<unknown[]> {
  const inputId = here.engine.ledger.db
    .prepare<[number], string>('SELECT input_id FROM upload WHERE photo_id = ?')
    .pluck();
  const inputs = new Map((await here.practice.inputs()).map(({ id, concepts }) => [id, concepts]));
  return photoIds.map((photoId) => inputs.get(inputId.get(photoId) ?? ''));
}

test('acts done without a line go as patches when it is back: undo, merge and rename too', async () => {
  await using here = await startEngineHere({ watches: false });
  const { photoIds, destinationId } = await shoot(here, 3);
  const [one = 0, two = 0, three = 0] = photoIds;
  const { api } = here.engine;
  const tag = async (ids: readonly number[], name: string, value: 0 | 1 | null) =>
    api.tag({ target: { photoIds: ids }, wishes: [{ concept: { name }, value }], destinationId });
  const reaches = async (wanted: unknown[]): Promise<void> =>
    here.until(async () => expect(await there(here, photoIds)).toEqual(wanted));
  await here.practice.setFaults([OFFLINE]);
  const done = await tag([one, two], 'brid', 1);
  expect(done.rows.map(({ hasUnsentTags }) => hasUnsentTags)).toEqual([true, true]);
  await tag([three], 'groom', 0);
  await tag([one], 'oops', 1);
  await api.undo({ destinationId });
  expect(await there(here, photoIds)).toEqual([{}, {}, {}]);
  await here.practice.clearFaults();
  await reaches([{ brid: 1 }, { brid: 1 }, { groom: 0 }]);

  // Undone after it was sent: it is taken back there.
  await api.undo({ destinationId });
  await reaches([{ brid: 1 }, { brid: 1 }, {}]);
  await api.redo({ destinationId });
  await tag([one], 'bridal', 0);
  const { matches } = await api.concepts({ text: 'brid', limit: 5 });
  const idOf = (name: string): number => matches.find((match) => match.name === name)?.conceptId ?? 0;
  await api.mergeConcepts({ fromId: idOf('brid'), intoId: idOf('bridal') });
  await reaches([{ bridal: 0 }, { bridal: 1 }, { groom: 0 }]);
  await api.undo({ destinationId });
  await reaches([{ brid: 1, bridal: 0 }, { brid: 1 }, { groom: 0 }]);

  await here.practice.setFaults([OFFLINE]);
  await api.renameConcept({ conceptId: idOf('brid'), name: 'bride' });
  await here.practice.clearFaults();
  const nameThere = async (): Promise<unknown> => {
    const answer = await here.practice.call('GET', '/concepts/brid');
    return ((await answer.json()) as { concept: { name: string } }).concept.name;
  };
  await here.until(async () => expect(await nameThere()).toBe('bride'));
  expect(await there(here, photoIds)).toEqual([{ brid: 1, bridal: 0 }, { brid: 1 }, { groom: 0 }]);
});

test('what is tagged there and back waits no more, though nothing can be sent', async () => {
  await using here = await startEngineHere({ watches: false });
  const { photoIds, destinationId } = await shoot(here, 3);
  const { api } = here.engine;
  const [one = 0] = photoIds;
  const tag = async (ids: readonly number[], name: string, value: 0 | 1 | null) =>
    api.tag({ target: { photoIds: ids }, wishes: [{ concept: { name }, value }], destinationId });
  await tag(photoIds, 'bride', 1);
  await here.until(async () =>
    expect(await there(here, photoIds)).toEqual([{ bride: 1 }, { bride: 1 }, { bride: 1 }]),
  );
  const waiting = async (): Promise<number> => (await api.glance({ destinationId })).editsWaiting.there;
  await api.pause({});
  await here.practice.resetStats();
  for (let times = 0; times < 5; times += 1) {
    await tag(photoIds, 'bride', 0);
    await tag(photoIds, 'bride', 1);
  }
  await tag([one], 'guest', 1);
  await vi.waitFor(async () => expect(await waiting()).toBe(1));
  await api.undo({ destinationId });
  await vi.waitFor(async () => expect(await waiting()).toBe(0));
  // Taking it away is still known to be sent.
  await tag([one], 'bride', null);
  expect(await waiting()).toBe(1);
  expect((await here.practice.stats()).requests).toEqual({});
  await api.resume({});
  await here.until(async () => expect(await there(here, photoIds)).toEqual([{}, { bride: 1 }, { bride: 1 }]));
  expect(await waiting()).toBe(0);
});

test('all photos of a filter are tagged as one act, and keywords written into a file later become tags', async () => {
  await using here = await startEngineHere({ watches: false });
  const { folder, photoIds, destinationId } = await shoot(here, 4);
  const { api } = here.engine;
  const query = { destinationId, filter: { text: '1.jpg' }, groupBy: 'day', descending: false } as const;
  expect(
    await api.tag({
      target: { query: { ...query, filter: {} } },
      wishes: [{ concept: { name: 'all' }, value: 1 }],
      destinationId,
    }),
  ).toMatchObject({ photoCount: 4, label: 'all' });
  const common = await api.commonTags({ target: { query } });
  expect(common).toMatchObject({ photoCount: 1, concepts: [{ name: 'all', presentCount: 1 }] });

  await api.saveKeywordMapping({
    defaultMode: 'off',
    rules: [{ keyword: 'heron', mode: 'automatic', conceptName: 'heron' }],
  });
  await exiftool(['-overwrite_original', '-XMP-dc:Subject=heron', path.join(folder, '1.jpg')]);
  await here.ingest(folder);
  await here.until(async () => {
    const concepts = await there(here, photoIds);
    expect(concepts.filter((held) => JSON.stringify(held) === '{"all":1,"heron":1}')).toHaveLength(1);
  });
  expect((await api.editLine({})).undo).toMatchObject({ kind: 'keywords', photoCount: 1 });
});
