import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { taggingBench, type TaggingBench } from './tagging-bench.ts';

const NAMES = ['bride', 'Groom', 'first kiss', 'Café'];

/** Everything that acts change, as people see it. */
async function shown(bench: TaggingBench): Promise<unknown> {
  const { api } = bench;
  const { sets } = await api.keySets({});
  const { matches } = await api.concepts({ text: '', limit: 100 });
  const { keywords, defaultMode } = await api.keywordMapping({});
  return {
    tags: bench.tags(),
    // Their order is no act's: what was used last is offered first, also when its use was undone.
    offered: matches
      .map(({ name, presentCount, absentCount }) => ({ name, presentCount, absentCount }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    keys: sets.flatMap(({ bindings }) => bindings.map(({ key, name }) => `${key} ${name}`)),
    rules: keywords.map(({ keyword, mode, conceptName }) => `${keyword} ${mode} ${conceptName}`),
    defaultMode,
  };
}

type Step =
  | {
      readonly act: 'tag';
      readonly photos: readonly number[];
      readonly wishes: readonly (readonly [number, 0 | 1 | null])[];
    }
  | { readonly act: 'rename' | 'merge'; readonly from: number; readonly to: number }
  | { readonly act: 'keys' | 'rule' | 'import' | 'create'; readonly name: number }
  | { readonly act: 'undo' | 'redo' | 'restart' };

const name = fc.nat({ max: NAMES.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('tag' as const),
      photos: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1 }),
      wishes: fc.array(fc.tuple(name, fc.constantFrom(0 as const, 1 as const, null)), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('rename' as const, 'merge' as const), from: name, to: name }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('keys' as const, 'rule' as const, 'import' as const, 'create' as const),
      name,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const, 'restart' as const),
    }),
  },
);

const nameAt = (index: number): string => NAMES[index] ?? '';

/** Does a step; null when it was refused. */
async function take(bench: TaggingBench, done: Step): Promise<{ readonly editId: number | null } | null> {
  const { api, destinationId, photoIds } = bench;
  const idOf = (index: number): number => bench.ledger.concepts.byName(nameAt(index))?.id ?? 0;
  const ledgerEdit = (): number | null => bench.ledger.editLog.nextUndo()?.id ?? null;
  switch (done.act) {
    case 'tag':
      return api.tag({
        target: { photoIds: done.photos.map((index) => photoIds[index] ?? 0) },
        wishes: done.wishes.map(([index, value]) => ({ concept: { name: nameAt(index) }, value })),
        destinationId,
      });
    case 'rename':
      return api.renameConcept({ conceptId: idOf(done.from), name: nameAt(done.to) }).catch(() => null);
    case 'merge':
      return api.mergeConcepts({ fromId: idOf(done.from), intoId: idOf(done.to) }).catch(() => null);
    case 'keys': {
      const bindings = [{ key: '1', conceptId: idOf(done.name), name: '' }];
      const sets = [{ id: 'a', name: 'Wedding', bindings }];
      return api.saveKeySets({ sets, activeId: 'a', label: 'Wedding' }).catch(() => null);
    }
    case 'rule':
      return api.saveKeywordMapping({
        defaultMode: done.name % 2 === 0 ? 'suggest' : 'off',
        rules: [{ keyword: 'kiss', mode: 'automatic', conceptName: nameAt(done.name) }],
      });
    case 'import':
      return api.importKeywordFile({ text: `${nameAt(done.name)}\nveil`, takes: 'leaves' });
    case 'create': {
      // Its answer is the concept: whether that was an act shows in the line.
      const before = ledgerEdit();
      await api.createConcept({ name: nameAt(done.name) });
      return { editId: ledgerEdit() === before ? null : ledgerEdit() };
    }
    case 'undo':
      return api.undo({ destinationId });
    case 'redo':
      return api.redo({ destinationId });
    case 'restart':
      bench.restart();
      return null;
    default:
      return null;
  }
}

test('whatever acts are done, undone and redone over restarts, everything is as it was then', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using bench = await taggingBench(3);
      let line = [await shown(bench)];
      let place = 0;
      for (const done of steps) {
        const answer = await take(bench, done);
        if (done.act === 'undo') {
          expect(answer === null).toBe(place === 0);
          place = Math.max(0, place - 1);
        } else if (done.act === 'redo') {
          expect(answer === null).toBe(place === line.length - 1);
          place = Math.min(line.length - 1, place + 1);
        } else if (answer !== null && answer.editId !== null) {
          line = [...line.slice(0, place + 1), await shown(bench)];
          place += 1;
        }
        expect(await shown(bench)).toEqual(line[place]);
        const next = await bench.api.editLine({});
        expect([next.undo === null, next.redo === null]).toEqual([place === 0, place === line.length - 1]);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('an undo leaves what changed since, and says on how many photos', async () => {
  await using bench = await taggingBench(2);
  const [one = 0, two = 0] = bench.photoIds;
  const { destinationId } = bench;
  await bench.api.tag({
    target: { photoIds: [one, two] },
    wishes: [
      { concept: { name: 'bride' }, value: 1 },
      { concept: { name: 'kiss' }, value: 1 },
    ],
    destinationId,
  });
  // As a sync with the account may do it.
  bench.ledger.tags.set(two, bench.ledger.concepts.byName('bride')?.id ?? 0, 0);
  expect(await bench.api.undo({ destinationId })).toMatchObject({ photoCount: 2, leftCount: 1 });
  expect(bench.tags()).toEqual({ [two]: { bride: 0 } });
  expect(await bench.api.redo({ destinationId })).toMatchObject({ photoCount: 2, leftCount: 0 });
  expect(bench.tags()).toEqual({ [one]: { bride: 1, kiss: 1 }, [two]: { bride: 0, kiss: 1 } });
});

test('an undo says when a name was taken or a concept is in use, and goes on to the act before', async () => {
  await using bench = await taggingBench(2);
  const { api, ledger, photoIds, destinationId } = bench;
  const [one = 0, two = 0] = photoIds;
  await api.tag({
    target: { photoIds: [one] },
    wishes: [{ concept: { name: 'bride' }, value: 1 }],
    destinationId,
  });
  const conceptId = ledger.concepts.byName('bride')?.id ?? 0;
  await api.renameConcept({ conceptId, name: 'Braut' });
  // As a sync with the account may do it.
  ledger.concepts.ensure('bride', 2);
  expect(await api.undo({ destinationId })).toMatchObject({ label: 'bride → Braut', isPartial: true });
  expect(bench.tags()).toEqual({ [one]: { Braut: 1 } });
  // As the reading of a file may do it.
  ledger.tags.set(two, conceptId, 1);
  expect(await api.undo({ destinationId })).toMatchObject({ label: 'bride', photoCount: 1, isPartial: true });
  expect(bench.tags()).toEqual({ [two]: { Braut: 1 } });
  const redone = await api.redo({ destinationId });
  expect(redone).toMatchObject({ label: 'bride', photoCount: 1, leftCount: 0 });
  expect(redone).not.toHaveProperty('isPartial');
});

test.each(['made', 'tagged with'])(
  'a name is given back though it was %s since, as that was undone',
  async (how) => {
    await using bench = await taggingBench(2);
    const { api, photoIds, destinationId } = bench;
    const tag = async (photoId = 0) =>
      api.tag({
        target: { photoIds: [photoId] },
        wishes: [{ concept: { name: 'bride' }, value: 1 }],
        destinationId,
      });
    const line = [await shown(bench)];
    for (const act of [
      async () => tag(photoIds[0]),
      async () =>
        api.renameConcept({ conceptId: bench.ledger.concepts.byName('bride')?.id ?? 0, name: 'Braut' }),
      async () => (how === 'made' ? api.createConcept({ name: 'bride' }) : tag(photoIds[1])),
    ]) {
      await act();
      line.push(await shown(bench));
    }
    for (const before of line.slice(0, -1).toReversed()) {
      expect(await api.undo({ destinationId })).not.toHaveProperty('isPartial');
      expect(await shown(bench)).toEqual(before);
    }
    for (const after of line.slice(1)) {
      expect(await api.redo({ destinationId })).not.toHaveProperty('isPartial');
      expect(await shown(bench)).toEqual(after);
    }
  },
);

test('an act of a later version is left as it is, and said so', async () => {
  await using bench = await taggingBench(1);
  const { api, ledger, photoIds, destinationId } = bench;
  await api.tag({ target: { photoIds }, wishes: [{ concept: { name: 'bride' }, value: 1 }], destinationId });
  const editId = ledger.editLog.add({ kind: 'annotation', label: 'Box', at: 2 });
  ledger.editLog.addItem(editId, {
    photoId: photoIds[0] ?? 0,
    before: '{"boxes":[]}',
    after: '{"boxes":[1]}',
  });
  const lineBefore = await api.editLine({});
  await expect(api.undo({ destinationId })).rejects.toThrow('"Box" was done by a later version of Tagalong');
  expect(await api.editLine({})).toEqual(lineBefore);
});
