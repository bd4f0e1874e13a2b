/** Keywords whose concept was merged, or taken from sight by an undo. */
import { expect, test } from 'vitest';
import { tagByKeywords } from '../../electron/engine/edits/keyword-edits.ts';
import { taggingBench, type TaggingBench } from './tagging-bench.ts';

async function offered({ api }: TaggingBench): Promise<string[]> {
  return (await api.concepts({ text: '', limit: 9 })).matches.map(({ name }) => name).toSorted();
}

test('a keyword whose concept was merged stands for what it was merged into', async () => {
  await using bench = await taggingBench(3);
  const { api, ledger, photoIds } = bench;
  const [one = 0, two = 0, three = 0] = photoIds;
  const { conceptId: fromId } = await api.createConcept({ name: 'brid' });
  const { conceptId: intoId } = await api.createConcept({ name: 'bride' });
  await api.mergeConcepts({ fromId, intoId });
  bench.addFile(one, ['brid']);
  bench.addFile(two, ['brid', 'bride']);
  const { suggestions } = await api.commonTags({ target: { photoIds } });
  expect(suggestions).toEqual([{ keyword: 'brid', conceptName: 'bride', photoCount: 2 }]);
  await api.saveKeywordMapping({ defaultMode: 'automatic', rules: [] });
  bench.addFile(three, ['brid']);
  expect(tagByKeywords(ledger, three, 5)).toBe(true);
  expect(bench.tags()).toEqual({ [one]: { bride: 1 }, [two]: { bride: 1 }, [three]: { bride: 1 } });
  expect(await offered(bench)).toEqual(['bride']);
});

test('a concept that an undo hid is offered again once a keyword gives it to a photo', async () => {
  await using bench = await taggingBench(2);
  const { api, ledger, photoIds, destinationId } = bench;
  const [one = 0, two = 0] = photoIds;
  await api.saveKeywordMapping({ defaultMode: 'automatic', rules: [] });
  await api.tag({
    target: { photoIds: [one] },
    wishes: [{ concept: { name: 'heron' }, value: 1 }],
    destinationId,
  });
  await api.undo({ destinationId });
  expect(await offered(bench)).toEqual([]);
  bench.addFile(two, ['heron']);
  expect(tagByKeywords(ledger, two, 5)).toBe(true);
  expect([await offered(bench), bench.tags()]).toEqual([['heron'], { [two]: { heron: 1 } }]);
});
