/** Keywords whose concept was merged, or taken from sight by an undo. */
import { expect, test } from 'vitest';
import { tagByKeywords } from '../../electron/engine/edits/keyword-edits.ts';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import { hashOf } from '../ledger/fixture.ts';
import { taggingBench, type TaggingBench } from './tagging-bench.ts';

/** Puts a file with keywords into the bench's folder, as after it was read. */
function addFile(
  { ledger, destinationId }: TaggingBench,
  photoId: number,
  keywords: readonly string[],
): void {
  const folder = ledger.folders.add('/photos', destinationId, 1);
  ledger.files.record({
    folderId: folder.id,
    path: `${photoId}.jpg`,
    stamp: { size: 10, mtimeMs: 1, ctimeMs: 1, inode: photoId },
    at: 1,
    kind: 'photo',
    photoId,
    fileHash: hashOf(photoId),
    format: 'jpeg',
    facts: { ...NO_CAPTURE_FACTS, keywords, hierarchicalKeywords: [] },
    sortAt: 1,
  });
}

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
  addFile(bench, one, ['brid']);
  addFile(bench, two, ['brid', 'bride']);
  const { suggestions } = await api.commonTags({ target: { photoIds } });
  expect(suggestions).toEqual([{ keyword: 'brid', conceptName: 'bride', photoCount: 2 }]);
  await api.saveKeywordMapping({ defaultMode: 'automatic', rules: [] });
  addFile(bench, three, ['brid']);
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
  addFile(bench, two, ['heron']);
  expect(tagByKeywords(ledger, two, 5)).toBe(true);
  expect([await offered(bench), bench.tags()]).toEqual([['heron'], { [two]: { heron: 1 } }]);
});
