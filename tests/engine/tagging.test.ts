import { expect, test } from 'vitest';
import { taggingBench } from './tagging-bench.ts';

test('one act tags a selection, makes the concept, and is undone and redone across restarts', async () => {
  await using bench = await taggingBench(3);
  const [one = 0, two = 0, three = 0] = bench.photoIds;
  const done = await bench.api.tag({
    target: { photoIds: [one, two] },
    wishes: [
      { concept: { name: ' bride ' }, value: 1 },
      { concept: { name: 'guest' }, value: 0 },
    ],
    destinationId: bench.destinationId,
  });
  expect(done).toMatchObject({ label: 'bride, not guest', kind: 'tag', photoCount: 2, photoIds: [one, two] });
  expect(done.rows.map(({ tags }) => tags.map(({ name, value }) => [name, value]))).toEqual([
    [
      ['bride', 1],
      ['guest', 0],
    ],
    [
      ['bride', 1],
      ['guest', 0],
    ],
  ]);
  const found = await bench.api.concepts({ text: 'BRI', limit: 10 });
  expect(found.matches).toMatchObject([{ name: 'bride', presentCount: 2, absentCount: 0 }]);
  const common = await bench.api.commonTags({ target: { photoIds: [one, three] } });
  expect(common).toMatchObject({
    photoCount: 2,
    concepts: [
      { name: 'bride', presentCount: 1, absentCount: 0 },
      { name: 'guest', presentCount: 0, absentCount: 1 },
    ],
  });

  bench.restart();
  expect(await bench.api.editLine({})).toMatchObject({
    undo: { label: 'bride, not guest', photoCount: 2 },
    redo: null,
  });
  expect(await bench.api.undo({ destinationId: bench.destinationId })).toMatchObject({
    label: 'bride, not guest',
    photoCount: 2,
    leftCount: 0,
  });
  // A name that nothing uses any more is not offered: the slip of the finger is gone with its undo.
  expect((await bench.api.concepts({ text: '', limit: 10 })).matches).toEqual([]);
  bench.restart();
  expect(await bench.api.editLine({})).toMatchObject({ undo: null, redo: { label: 'bride, not guest' } });
  await bench.api.redo({ destinationId: bench.destinationId });
  expect(bench.tags()).toEqual({ [one]: { bride: 1, guest: 0 }, [two]: { bride: 1, guest: 0 } });
});

test('a name that is tagged with is kept as a name that is made, or refused in the same words', async () => {
  await using bench = await taggingBench(1);
  const { api, photoIds, destinationId } = bench;
  const tag = async (name: string) =>
    api.tag({ target: { photoIds }, wishes: [{ concept: { name }, value: 1 }], destinationId });
  await api.createConcept({ name: 'first  kiss' });
  await tag('first \u00A0 ki\u00ADss\u200B');
  await tag('Cafe\u0301');
  expect(bench.tags()).toEqual({ [photoIds[0] ?? 0]: { 'first kiss': 1, Café: 1 } });
  await expect(tag('---')).rejects.toThrow('at least one letter');
  await expect(tag(' ')).rejects.toThrow(/^A concept needs a name\.$/);
  await expect(api.renameConcept({ conceptId: 1, name: 'x'.repeat(201) })).rejects.toThrow(
    /^A concept has at most 200 characters\.$/,
  );
  await expect(tag('a\u0007b')).rejects.toThrow('control characters');
  expect((await api.editLine({})).undo).toMatchObject({ label: 'Café' });
});

test('an act that changes nothing leaves no trace', async () => {
  await using bench = await taggingBench(1);
  const nothing = { editId: null, photoCount: 0, photoIds: [], rows: [] };
  const act = async (photoIds: readonly number[], name: string, value: 0 | 1 | null) =>
    bench.api.tag({
      target: { photoIds },
      wishes: [{ concept: { name }, value }],
      destinationId: bench.destinationId,
    });
  expect(await act([], 'bride', 1)).toMatchObject(nothing);
  expect(await act(bench.photoIds, 'bride', null)).toMatchObject(nothing);
  expect(await bench.api.concepts({ text: '', limit: 5 })).toMatchObject({ matches: [] });
  await act(bench.photoIds, 'bride', 1);
  expect(await act(bench.photoIds, 'bride', 1)).toMatchObject(nothing);
  await bench.api.undo({ destinationId: bench.destinationId });
  // Nothing was done since, so the undone act can still come back.
  expect(await act(bench.photoIds, 'bride', null)).toMatchObject(nothing);
  expect((await bench.api.editLine({})).redo?.label).toBe('bride');
});
