/** Folders inside folders, folders that go to another account, and ledgers that cannot be used. */
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCheckedPractice, type CheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder, type Tree } from '../support/tree.ts';
import { ingest, postCount, tagalong } from './command.ts';

let practice: CheckedPractice;
let other: CheckedPractice;
let folder: TemporaryFolder;

const at = (...names: string[]): string => path.join(folder.path, ...names);

beforeAll(async () => {
  practice = await startCheckedPractice();
  other = await startCheckedPractice({ userId: 'jane', appId: 'trips' });
  folder = await temporaryFolder();
  let seed = 1;
  const shoot = async (): Promise<Tree> => ({
    'a.jpg': await jpeg({ seed: seed++ }),
    'inner/b.jpg': await jpeg({ seed: seed++ }),
    'inner/deep/c.jpg': await jpeg({ seed: seed++ }),
  });
  for (const name of ['down', 'up', 'moves', 'plain']) await writeTree(at(name), await shoot());
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
  await other.stop();
});

/** Paths of the export with their input ids. */
async function exported(dataDir: string): Promise<Map<string, string>> {
  const { stdout } = await tagalong(['export', '--data-dir', dataDir]);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; inputId: string });
  expect(new Set(rows.map((row) => row.path)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.path, row.inputId]));
}

it.each([
  { name: 'down', order: ['', 'inner'], words: 'a folder, then one inside it' },
  { name: 'up', order: ['inner', ''], words: 'a folder, then the one around it' },
])('takes $words, and sends each picture once', async ({ name, order }) => {
  const before = (await practice.stats()).inputs;
  const dataDir = at('ledgers', name);
  const taken: number[] = [];
  for (const inner of order) {
    const { code, report } = await ingest(practice, dataDir, [at(name, inner), '--concept', 'coast']);
    expect([code, report.failed, report.pending]).toEqual([0, 0, 0]);
    taken.push(report.found);
  }
  expect(taken).toEqual(order.map((inner) => (inner === '' ? 3 : 2)));
  expect((await practice.stats()).inputs).toBe(before + 3);
  expect([...(await exported(dataDir)).keys()].toSorted()).toEqual(
    ['a.jpg', 'inner/b.jpg', 'inner/deep/c.jpg'].map((file) => at(name, file)),
  );
  // What is moved across the border between the two stays what it is.
  await practice.resetStats();
  await rename(at(name, 'a.jpg'), at(name, 'inner', 'a.jpg'));
  await rename(at(name, 'inner', 'b.jpg'), at(name, 'b.jpg'));
  const { code, report } = await ingest(practice, dataDir, [at(name)]);
  expect({ code, report }).toMatchObject({ code: 0, report: { files: 3, found: 3, alreadyThere: 3 } });
  expect(await postCount(practice)).toBe(0);
});

it('sends a folder that is given to another account there, and keeps what is known of the first', async () => {
  const dataDir = at('ledgers', 'moves');
  const first = await ingest(practice, dataDir, [at('moves')]);
  const second = await ingest(other, dataDir, [at('moves')]);
  expect([first, second]).toMatchObject([
    { code: 0, report: { uploaded: 3 } },
    { code: 0, report: { uploaded: 3, alreadyThere: 0 } },
  ]);
  expect((await other.inputs()).length).toBe(3);
  const status = await tagalong(['status', '--json', '--data-dir', dataDir]);
  expect(JSON.parse(status.stdout)).toMatchObject({
    folders: [{ path: at('moves'), destination: { userId: 'jane', appId: 'trips' } }],
    destinations: [{ counts: { indexed: 3 } }, { counts: { indexed: 3 } }],
  });
  await practice.resetStats();
  const back = await ingest(practice, dataDir, [at('moves')]);
  expect(back).toMatchObject({ code: 0, report: { uploaded: 0, alreadyThere: 3 } });
  expect(await postCount(practice)).toBe(0);
});

it.each(['ingest', 'status'])('leaves a ledger of a newer version alone: %s', async (word) => {
  const dataDir = at('ledgers', `future-${word}`);
  await ingest(practice, dataDir, [at('plain')]);
  const db = new Database(path.join(dataDir, 'ledger.db'));
  db.pragma('user_version = 999');
  db.close();
  const words = word === 'ingest' ? ['ingest', at('plain')] : [word];
  const { code, stdout, stderr } = await tagalong([...words, '--data-dir', dataDir]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('was written by a newer version of Tagalong (ledger version 999;');
  expect(stderr).toContain('Nothing was changed. Update Tagalong, or choose another data folder.');
});

it('names a database that is no ledger, and leaves it alone', async () => {
  const dataDir = at('ledgers', 'foreign');
  await mkdir(dataDir, { recursive: true });
  const db = new Database(path.join(dataDir, 'ledger.db'));
  db.exec('CREATE TABLE recipe (name TEXT)');
  db.close();
  const { code, stderr } = await tagalong(['ingest', at('plain'), '--data-dir', dataDir]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not a Tagalong ledger.')]);
});
