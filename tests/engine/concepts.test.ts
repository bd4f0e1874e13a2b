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

test('making a concept is an act: undo takes it from the palette, redo brings it back, over restarts', async () => {
  await using bench = await taggingBench(1);
  const { destinationId } = bench;
  const offered = async () =>
    (await bench.api.concepts({ text: '', limit: 9 })).matches.map(({ name }) => name);
  const made = await bench.api.createConcept({ name: ' bride ' });
  expect(made).toEqual({
    conceptId: made.conceptId,
    name: 'bride',
    presentCount: 0,
    absentCount: 0,
    lastUsedAt: null,
  });
  const line = await bench.api.editLine({});
  expect(line).toMatchObject({
    undo: { kind: 'concept', label: 'new concept bride', photoCount: 0 },
    redo: null,
  });
  // Its name is there: nothing was done, and nothing is to be undone but the making.
  expect(await bench.api.createConcept({ name: 'bride' })).toEqual(made);
  expect((await bench.api.editLine({})).undo).toEqual(line.undo);
  await expect(bench.api.createConcept({ name: '---' })).rejects.toThrow('at least one letter');
  bench.restart();
  const undone = await bench.api.undo({ destinationId });
  expect(undone).toMatchObject({ kind: 'concept', label: 'new concept bride', photoCount: 0, leftCount: 0 });
  expect(undone).not.toHaveProperty('isPartial');
  expect(await offered()).toEqual([]);
  bench.restart();
  expect(await bench.api.redo({ destinationId })).toMatchObject({ label: 'new concept bride' });
  expect(await offered()).toEqual(['bride']);
  await bench.api.undo({ destinationId });
  // Making one that was taken back brings the same one, as a new act, which ends the line of what could be redone.
  expect(await bench.api.createConcept({ name: 'bride' })).toEqual(made);
  expect(await bench.api.editLine({})).toMatchObject({ undo: { label: 'new concept bride' }, redo: null });
  await bench.api.undo({ destinationId });
  expect([await offered(), await bench.api.undo({ destinationId })]).toEqual([[], null]);
});

test('a concept that came into use is not taken back by the undo of its making, which says so', async () => {
  await using bench = await taggingBench(1);
  const { api, ledger, photoIds, destinationId } = bench;
  const [bride = 0] = await make(bench, 'bride');
  // As the reading of a file may do it.
  ledger.tags.set(photoIds[0] ?? 0, bride, 1);
  expect(await api.undo({ destinationId })).toMatchObject({ label: 'new concept bride', isPartial: true });
  expect((await api.concepts({ text: '', limit: 9 })).matches).toMatchObject([
    { name: 'bride', presentCount: 1 },
  ]);
  const redone = await api.redo({ destinationId });
  expect(redone).toMatchObject({ label: 'new concept bride', photoCount: 0 });
  expect(redone).not.toHaveProperty('isPartial');
  expect(bench.tags()).toEqual({ [photoIds[0] ?? 0]: { bride: 1 } });
});

test('the undo of making a concept whose name was merged away gives the name back to the merge', async () => {
  await using bench = await taggingBench(1);
  const { api, ledger, destinationId } = bench;
  const [cat = 0, kitty = 0] = await make(bench, 'cat', 'kitty');
  await api.mergeConcepts({ fromId: kitty, intoId: cat });
  const merged = ledger.concepts.hiding(kitty);
  expect(merged).toMatchObject({ mergedInto: cat });
  expect(await make(bench, 'kitty')).toEqual([kitty]);
  expect(ledger.concepts.hiding(kitty)).toBeNull();
  await api.undo({ destinationId });
  expect(ledger.concepts.hiding(kitty)).toEqual(merged);
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
