/** Orders that meet what is there: copies with tags of their own, nested folders, the data folder, repeated names. */
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { ingest, tagalong } from './command.ts';

let practice: CheckedPractice;
let folder: TemporaryFolder;
let seed = 1000;

const at = (...names: string[]): string => path.join(folder.path, ...names);
const picture = (): Promise<Buffer> => jpeg({ seed: seed++ });
const concepts = async (): Promise<Record<string, number>[]> =>
  (await practice.inputs()).map((input) => input.concepts);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

async function fresh(act: () => Promise<void>): Promise<void> {
  practice = await startCheckedPractice();
  try {
    await act();
  } finally {
    await practice.stop();
  }
}

it('tags of a copy reach the picture that the account has', () =>
  fresh(async () => {
    await writeTree(at('first'), { 'a.jpg': await picture() });
    await ingest(practice, at('copies-data'), [at('first'), '--concept', 'one']);
    await mkdir(at('second'));
    await cp(at('first', 'a.jpg'), at('second', 'b.jpg'));
    const { code, report } = await ingest(practice, at('copies-data'), [at('second'), '--concept', 'two']);
    expect([code, report.alreadyThere, report.tagsPending]).toEqual([0, 1, 0]);
    expect(await concepts()).toEqual([{ one: 1, two: 1 }]);
  }));

it('a data folder inside an ordered folder is not taken in', () =>
  fresh(async () => {
    await writeTree(at('home'), { 'a.jpg': await picture() });
    for (const found of [1, 1]) {
      const { report } = await ingest(practice, at('home', 'data'), [at('home')]);
      expect(report.found).toBe(found);
    }
    expect(await practice.inputs()).toHaveLength(1);
    const own = at('home', 'data', 'thumbnails');
    const { code, stderr } = await tagalong(['ingest', own, '--data-dir', at('home', 'data')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('belongs to Tagalong itself')]);
  }));

it('a folder inside an ordered one gets its account and its patterns', () =>
  fresh(async () => {
    const data = at('nested-data');
    await writeTree(at('outer'), { 'a.jpg': await picture(), 'inner/b.jpg': await picture() });
    await tagalong(['ingest', at('outer', 'inner'), '--practice', '--data-dir', data]);
    const left = await ingest(practice, data, [at('outer'), '--exclude', 'inner/**']);
    expect([left.code, left.report.found]).toEqual([0, 1]);
    const whole = await ingest(practice, data, [at('outer')]);
    expect([whole.code, whole.report.found, whole.report.uploaded]).toEqual([0, 2, 1]);
    expect(await practice.inputs()).toHaveLength(2);
  }));

it('a name that is given twice, or written in two ways, is one concept', () =>
  fresh(async () => {
    await writeTree(at('twice'), { 'a.jpg': await picture() });
    const names = ['a', 'a', 'caf\u00E9', 'cafe\u0301'].flatMap((name) => ['--concept', name]);
    const { code } = await ingest(practice, at('twice-data'), [at('twice'), ...names]);
    expect(code).toBe(0);
    expect((await concepts()).map((one) => Object.values(one))).toEqual([[1, 1]]);
    const both = ['--concept', 'caf\u00E9', '--not-concept', 'cafe\u0301'];
    const refused = await tagalong(['ingest', at('twice'), ...both, '--data-dir', at('twice-data')]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('both as a concept')]);
  }));

it('names that differ only in case are two concepts, and nothing loops', () =>
  fresh(async () => {
    await writeTree(at('cases'), { 'a.jpg': await picture() });
    const names = ['--concept', 'São Paulo', '--concept', 'são paulo'];
    const { code } = await ingest(practice, at('cases-data'), [at('cases'), ...names]);
    expect(code).toBe(0);
    expect((await concepts()).map((one) => Object.values(one))).toEqual([[1, 1]]);
  }));

it('time that runs out before anything was seen is no success', () =>
  fresh(async () => {
    await writeTree(at('short'), { 'a.jpg': await picture() });
    const { code } = await ingest(practice, at('short-data'), [at('short'), '--wait', '0']);
    expect(code).toBe(4);
  }));
