import { expect, test } from 'vitest';
import { taggingBench, type TaggingBench } from './tagging-bench.ts';

async function make({ api }: TaggingBench, ...names: readonly string[]): Promise<number[]> {
  const made = [];
  for (const name of names) made.push((await api.createConcept({ name })).conceptId);
  return made;
}

test('a rename keeps tags and keys, and is refused when the name is taken', async () => {
  await using bench = await taggingBench(1);
  const { api, photoIds, destinationId } = bench;
  const [brid = 0, groom = 0] = await make(bench, 'brid', 'groom');
  await api.tag({
    target: { photoIds },
    wishes: [{ concept: { conceptId: brid }, value: 1 }],
    destinationId,
  });
  const sets = [{ id: 'a', name: 'Wedding', bindings: [{ key: '1', conceptId: brid, name: '' }] }];
  await api.saveKeySets({ sets, activeId: 'a', label: 'Wedding' });
  await expect(api.renameConcept({ conceptId: brid, name: 'groom' })).rejects.toThrow('Merge the two');
  expect(await api.renameConcept({ conceptId: brid, name: ' bride ' })).toMatchObject({
    kind: 'concept-rename',
    label: 'brid → bride',
  });
  expect(bench.tags()).toEqual({ [photoIds[0] ?? 0]: { bride: 1 } });
  expect((await api.keySets({})).sets[0]?.bindings).toEqual([{ key: '1', conceptId: brid, name: 'bride' }]);
  await expect(
    api.saveKeySets({
      sets: [{ id: 'a', name: 'Wedding', bindings: [{ key: 'T', conceptId: groom, name: '' }] }],
      activeId: 'a',
      label: '',
    }),
  ).rejects.toThrow('type a concept');
});

test('a merge moves tags, folders, keys and rules, and comes back with its undo', async () => {
  await using bench = await taggingBench(3);
  const { api, photoIds, destinationId, ledger } = bench;
  const [one = 0, two = 0, three = 0] = photoIds;
  const [cat = 0, kitty = 0] = await make(bench, 'cat', 'kitty');
  const tag = async (photoId: number, conceptId: number, value: 0 | 1) =>
    api.tag({ target: { photoIds: [photoId] }, wishes: [{ concept: { conceptId }, value }], destinationId });
  await tag(one, kitty, 1);
  await tag(two, kitty, 0);
  await tag(three, kitty, 1);
  await tag(three, cat, 0);
  const folder = ledger.folders.add('/photos', destinationId, 1);
  ledger.folders.setTags(folder.id, [{ conceptId: kitty, value: 1, editId: null }]);
  const bindings = [
    { key: '1', conceptId: kitty, name: '' },
    { key: '2', conceptId: cat, name: '' },
  ];
  await api.saveKeySets({ sets: [{ id: 'a', name: 'Pets', bindings }], activeId: 'a', label: 'Pets' });
  await api.saveKeywordMapping({
    defaultMode: 'off',
    rules: [{ keyword: 'kitten', mode: 'suggest', conceptName: 'kitty' }],
  });
  const shown = async () => ({
    tags: bench.tags(),
    offered: (await api.concepts({ text: '', limit: 9 })).matches.map(({ name }) => name).toSorted(),
    folder: ledger.folders.tagsOf(folder.id).map(({ conceptId }) => conceptId),
    keys: (await api.keySets({})).sets[0]?.bindings.map(({ key, name }) => `${key} ${name}`),
    rule: (await api.keywordMapping({})).keywords[0]?.conceptName,
  });
  const before = await shown();
  expect(await api.mergeConcepts({ fromId: kitty, intoId: cat })).toMatchObject({
    kind: 'concept-merge',
    label: 'kitty → cat',
    photoCount: 3,
  });
  const after = {
    tags: { [one]: { cat: 1 }, [two]: { cat: 0 }, [three]: { cat: 0 } },
    offered: ['cat'],
    folder: [cat],
    keys: ['1 cat'],
    rule: 'cat',
  };
  expect(await shown()).toEqual(after);
  // Whoever still means the one that is gone means the other.
  expect(await tag(one, kitty, 1)).toMatchObject({ editId: null });
  await api.undo({ destinationId });
  expect(await shown()).toEqual(before);
  await api.redo({ destinationId });
  expect(await shown()).toEqual(after);
  // Its name is free for a new beginning.
  expect(await api.createConcept({ name: 'kitty' })).toMatchObject({ conceptId: kitty, presentCount: 0 });
});

test('used concepts: the last ones, and the most used', async () => {
  await using bench = await taggingBench(2);
  const { api, photoIds, destinationId, clock } = bench;
  await make(bench, 'never');
  for (const [name, ids] of [
    ['much', photoIds],
    ['little', photoIds.slice(0, 1)],
  ] as const) {
    await clock.advance(1000);
    await api.tag({ target: { photoIds: ids }, wishes: [{ concept: { name }, value: 1 }], destinationId });
  }
  const { recent, frequent } = await api.usedConcepts({ limit: 5 });
  expect([recent, frequent].map((list) => list.map(({ name }) => name))).toEqual([
    ['little', 'much'],
    ['much', 'little'],
  ]);
  expect((await api.concepts({ text: 'mcuh', limit: 5 })).draft?.near).toEqual([]);
  expect((await api.concepts({ text: 'littel', limit: 5 })).draft?.near).toMatchObject([{ name: 'little' }]);
});
