/** `tagalong retry`: every photo is decided on by itself, as in the window, at all accounts; and what it says is so. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { damagedPng, heavyJpeg, jpeg, png, truncatedJpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { ingest, patOf, postCount, tagalong, type Ended } from './command.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;

const at = (...names: string[]): string => path.join(folder.path, ...names);

beforeAll(async () => {
  practice = await startCheckedPractice({ indexing: 'header' });
  folder = await temporaryFolder();
  await writeTree(at('files'), {
    'heavy.jpg': await heavyJpeg({ seed: 1 }),
    'half.jpg': await truncatedJpeg(0.5, { seed: 2 }),
    'noise.png': await damagedPng({ seed: 3 }),
    'stuck.jpg': await jpeg({ seed: 4 }),
    'empty.jpg': '',
  });
  await writeTree(at('elsewhere'), { 'half.jpg': await truncatedJpeg(0.5, { seed: 5 }) });
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});

const retry = (...words: string[]): Promise<Ended> =>
  tagalong(['retry', '--data-dir', at('ledger'), ...words], { env: patOf(practice) });

/** What was said for people, and for programs. */
async function retried(...words: string[]) {
  const { code, stdout, stderr } = await retry('--json', ...words);
  const [line = ''] = stdout.trimEnd().split('\n');
  const { left, ...done } = JSON.parse(line) as {
    readonly left: readonly { readonly why: string; readonly count: number }[];
    readonly queuedCount: number;
    readonly readAgainCount: number;
    readonly stillFailed: number;
  };
  return {
    code,
    ...done,
    left: Object.fromEntries(left.map(({ why, count }) => [why, count])),
    said: stderr,
  };
}

it('sends what can end in another way, says what was left and why, and sends nothing in vain', async () => {
  await practice.setFaults([{ kind: 'indexing-failure' }]);
  const first = await ingest(practice, at('ledger'), [at('files'), '--original']);
  expect(first.report).toMatchObject({ failed: 5, uploaded: 0 });
  expect(first.stderr).toContain('Send a smaller copy: tagalong retry --smaller-copy');
  const two = await tagalong(['ingest', at('elsewhere'), '--practice', '--data-dir', at('ledger')]);
  expect([two.code, two.stdout]).toEqual([3, expect.stringContaining('tagalong retry --as-it-is')]);
  await practice.clearFaults();
  await practice.resetStats();

  // Nothing changed: nothing is sent.
  const again = await retried();
  expect(again).toMatchObject({
    code: 3,
    queuedCount: 0,
    readAgainCount: 1,
    left: { unchanged: 4, 'still-there': 1 },
    stillFailed: 6,
  });
  expect(again.said).toContain('1 file read again.\n');
  expect(again.said).toContain('4 left: as last read, the same would happen again.\n');
  expect(again.said).toContain(
    '1 left: the service has it and could not index it, which is removed there first.\n',
  );
  expect(again.said).toContain('The folders are looked through');
  const named = await retried('--cause', 'cannot-decode');
  expect(named).toMatchObject({ queuedCount: 0, left: { unchanged: 1 }, stillFailed: 6 });
  expect(await postCount(practice)).toBe(0);

  // Other bytes of the same picture.
  const smaller = await retried('--smaller-copy');
  expect(smaller).toMatchObject({ queuedCount: 1, left: { unchanged: 3, 'still-there': 1 }, stillFailed: 5 });
  expect(smaller.said).toContain('1 photo queued again.\n');
  expect(await postCount(practice)).toBe(1);
  const asItIs = await retried('--cause', 'incomplete', '--as-it-is');
  // One of each account; the built-in one decodes what it gets, and cannot.
  expect(asItIs).toMatchObject({ queuedCount: 2, left: {}, stillFailed: 4 });
  expect(await postCount(practice)).toBe(2);
  expect((await practice.inputs()).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    30_000, 30_000, 30_002,
  ]);

  // Another picture in the place of the damaged one.
  await writeFile(at('files', 'noise.png'), await png({ seed: 6 }));
  await rm(at('files', 'empty.jpg'));
  expect(await retried()).toMatchObject({
    code: 3,
    queuedCount: 0,
    left: { unchanged: 1, 'still-there': 2 },
    stillFailed: 2,
  });
  expect(await postCount(practice)).toBe(3);
  expect((await practice.stats()).requests['DELETE /inputs']).toBeUndefined();
}, 120_000);

it('is asked for one way at a time', async () => {
  const { code, stderr } = await retry('--as-it-is', '--smaller-copy');
  expect([code, stderr]).toEqual([2, expect.stringContaining("cannot be used with option '--smaller-copy'")]);
});

it('says so when nothing has failed', async () => {
  const { code, stderr } = await tagalong(['retry', '--data-dir', at('new')]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('Nothing has failed.\n')]);
});
