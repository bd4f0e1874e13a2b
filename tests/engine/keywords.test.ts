import { expect, test } from 'vitest';
import { tagByKeywords } from '../../electron/engine/edits/keyword-edits.ts';
import type { KeywordMode } from '#shared/tagging.ts';
import { taggingBench } from './tagging-bench.ts';

function rule(keyword: string, mode: KeywordMode, conceptName = keyword) {
  return { keyword, mode, conceptName };
}

test('a keyword file makes concepts, and its undo hides those that nothing uses', async () => {
  await using bench = await taggingBench(1);
  const { api, photoIds, destinationId } = bench;
  await api.createConcept({ name: 'dog' });
  const file = { text: 'dog\nDog\ncat\nheron', takes: 'leaves' } as const;
  expect(await api.readKeywordFile(file)).toMatchObject({
    newNames: ['Dog', 'cat', 'heron'],
    knownNames: ['dog'],
    near: [{ name: 'Dog', like: 'dog' }],
    problems: [],
  });
  expect(await api.importKeywordFile(file)).toMatchObject({
    kind: 'keywords',
    label: '3 keywords',
    photoCount: 0,
  });
  expect(await api.importKeywordFile(file)).toMatchObject({ editId: null });
  const names = async () =>
    (await api.concepts({ text: '', limit: 9 })).matches.map(({ name }) => name).toSorted();
  expect(await names()).toEqual(['Dog', 'cat', 'dog', 'heron']);
  bench.ledger.tags.set(photoIds[0] ?? 0, bench.ledger.concepts.byName('cat')?.id ?? 0, 1);
  await api.undo({ destinationId });
  expect(await names()).toEqual(['cat', 'dog']);
  await api.redo({ destinationId });
  expect(await names()).toEqual(['Dog', 'cat', 'dog', 'heron']);
});

test('keywords of files are counted, suggested, and turned off', async () => {
  await using bench = await taggingBench(3);
  const { api, photoIds, destinationId } = bench;
  const [one = 0, two = 0, three = 0] = photoIds;
  bench.addFile(one, ['bride', 'Paris'], ['Places|Paris']);
  bench.addFile(two, ['bride']);
  bench.addFile(three, ['raw edit']);
  expect(await api.keywordMapping({})).toMatchObject({
    defaultMode: 'suggest',
    keywords: [
      { keyword: 'bride', mode: 'suggest', conceptName: 'bride', photoCount: 2, hasOwnRule: false },
      { keyword: 'Paris', conceptName: 'Paris', photoCount: 1 },
      { keyword: 'Places|Paris', conceptName: 'Paris', photoCount: 1 },
      { keyword: 'raw edit', photoCount: 1 },
    ],
  });
  await api.saveKeywordMapping({
    defaultMode: 'suggest',
    rules: [rule('raw edit', 'off'), rule('Paris', 'suggest', 'paris')],
  });
  await api.tag({
    target: { photoIds: [two] },
    wishes: [{ concept: { name: 'bride' }, value: 0 }],
    destinationId,
  });
  expect((await api.commonTags({ target: { photoIds } })).suggestions).toEqual([
    { keyword: 'bride', conceptName: 'bride', photoCount: 1 },
    { keyword: 'Paris', conceptName: 'paris', photoCount: 1 },
  ]);
  // Taken over, a suggestion goes to those photos only that it was for.
  const done = await api.tag({
    target: { photoIds, suggested: 'bride' },
    wishes: [{ concept: { name: 'bride' }, value: 1 }],
    destinationId,
  });
  expect(done.photoIds).toEqual([one]);
  expect((await api.commonTags({ target: { photoIds } })).suggestions).toHaveLength(1);
});

test('an automatic rule tags what is there and what comes, never what the owner took away', async () => {
  await using bench = await taggingBench(4);
  const { api, photoIds, destinationId } = bench;
  const [one = 0, two = 0, three = 0, four = 0] = photoIds;
  bench.addFile(one, ['bride']);
  bench.addFile(two, ['bride']);
  await api.tag({
    target: { photoIds: [two] },
    wishes: [{ concept: { name: 'Bride' }, value: 0 }],
    destinationId,
  });
  const saved = await api.saveKeywordMapping({
    defaultMode: 'suggest',
    rules: [rule('bride', 'automatic', 'Bride'), rule('cake', 'automatic', 'Food')],
  });
  expect(saved).toMatchObject({ kind: 'keywords', photoCount: 1, photoIds: [one] });
  expect(bench.tags()).toEqual({ [one]: { Bride: 1 }, [two]: { Bride: 0 } });

  bench.addFile(three, ['bride', 'cake']);
  expect(tagByKeywords(bench.ledger, three, 5)).toBe(true);
  expect(bench.tags()[three]).toEqual({ Bride: 1, Food: 1 });
  await api.tag({
    target: { photoIds: [one, three] },
    wishes: [{ concept: { name: 'Bride' }, value: null }],
    destinationId,
  });
  for (const photoId of [one, two, three, four]) expect(tagByKeywords(bench.ledger, photoId, 6)).toBe(false);
  // A keyword that was not in the file before is another matter.
  bench.addFile(one, ['bride', 'cake']);
  expect(tagByKeywords(bench.ledger, one, 7)).toBe(true);
  expect(bench.tags()).toEqual({ [one]: { Food: 1 }, [two]: { Bride: 0 }, [three]: { Food: 1 } });

  await api.undo({ destinationId });
  // What came by the rule goes with its undo.
  expect(await api.undo({ destinationId })).toMatchObject({ kind: 'keywords', photoCount: 2 });
  expect(bench.tags()).toEqual({ [two]: { Bride: 0 } });
  expect((await api.keywordMapping({})).keywords.map(({ mode }) => mode)).toEqual(['suggest', 'suggest']);
});

test('rules that stood stay as they are when others are saved', async () => {
  await using bench = await taggingBench(1);
  const { api, photoIds, destinationId } = bench;
  const [one = 0] = photoIds;
  bench.addFile(one, ['bride', 'cake'], ['Food|cake']);
  const wanted = rule('bride', 'automatic');
  await api.saveKeywordMapping({ defaultMode: 'off', rules: [wanted] });
  await api.tag({
    target: { photoIds },
    wishes: [{ concept: { name: 'bride' }, value: null }],
    destinationId,
  });
  expect(await api.saveKeywordMapping({ defaultMode: 'off', rules: [wanted] })).toMatchObject({
    editId: null,
  });
  await api.saveKeywordMapping({ defaultMode: 'automatic', rules: [wanted] });
  expect(bench.tags()).toEqual({ [one]: { cake: 1 } });
});
