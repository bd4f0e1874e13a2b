/** A command called wrongly ends with 2 and says what to change, and a token that others can read is not used. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPractice, type Practice } from '../support/practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { accountOf, tagalong } from './command.ts';

let practice: Practice;
let folder: TemporaryFolder;
let photos: string;

beforeAll(async () => {
  practice = await startPractice();
  folder = await temporaryFolder();
  photos = path.join(folder.path, 'photos');
  await writeTree(photos, { 'a.jpg': await jpeg() });
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await practice.stop();
});

const ACCOUNT = ['--user-id', 'jane', '--app-id', 'trips'];

it.each<{ words: string[]; says: string; env?: Record<string, string> }>([
  { words: [], says: 'Usage: tagalong' },
  { words: ['upload'], says: "unknown command 'upload'" },
  { words: ['ingest'], says: "missing required argument 'folder'" },
  { words: ['ingest', 'PHOTOS', '--quick'], says: "unknown option '--quick'" },
  { words: ['ingest', 'PHOTOS', '--wait', 'long'], says: 'It has to be a number from 0 to' },
  { words: ['ingest', 'PHOTOS', '--batch-bytes', '12'], says: 'It has to be a number from 10000 to' },
  {
    words: ['ingest', 'PHOTOS', '--metadata', '{shoot'],
    says: '--metadata is not valid JSON: Expected property name',
  },
  { words: ['ingest', 'PHOTOS', '--metadata', '[1]'], says: '--metadata has to be a JSON object' },
  { words: ['ingest', 'PHOTOS', '--exclude', 'a\\b'], says: 'The pattern "a\\b" cannot be used: write / ' },
  {
    words: ['ingest', 'PHOTOS', '--exclude', '[x'],
    says: 'The pattern "[x" cannot be used: a bracket is not closed.',
  },
  { words: ['ingest', 'PHOTOS', '--exclude', '[x', '--dry-run'], says: 'The pattern "[x" cannot be used' },
  { words: ['ingest', 'PHOTOS', '--concept', ' '], says: 'tagalong: A concept needs a name.\n' },
  { words: ['ingest', 'PHOTOS', '--concept', '!!!'], says: 'A name needs at least one letter or digit.' },
  {
    words: ['ingest', 'PHOTOS', '--concept', 'the  sea', '--not-concept', 'the sea'],
    says: '"the sea" is given both as a concept and as not a concept.',
  },
  {
    words: ['ingest', 'PHOTOS', '--concept', 'sea', '--not-concept', 'sea'],
    says: '"sea" is given both as a concept and as not a concept.',
  },
  {
    words: ['ingest', 'nowhere'],
    says: 'The folder nowhere cannot be opened: there is nothing of this name.',
  },
  { words: ['ingest', 'PHOTOS/a.jpg'], says: 'a.jpg is not a folder.' },
  { words: ['ingest', 'PHOTOS', '--user-id', 'jane'], says: 'An account needs both a user id and an app id' },
  {
    words: ['ingest', 'PHOTOS'],
    env: { CLARIFAI_PAT: 'x' },
    says: 'An account needs both a user id and an app id',
  },
  {
    words: ['ingest', 'PHOTOS', ...ACCOUNT, '--api-base', 'http://api.example.com'],
    says: 'The API base "http://api.example.com" is not encrypted',
  },
  {
    words: ['ingest', 'PHOTOS', ...ACCOUNT, '--api-base', 'here'],
    says: 'The API base "here" is no address',
  },
  { words: ['retry', '--cause', 'gremlins'], says: 'There is no cause "gremlins". Causes: cannot-decode,' },
  { words: ['export', '--csv', '--json'], says: "cannot be used with option '--json'" },
])('ends with 2 on $words $env', async ({ words, says, env = {} }) => {
  const data = words.length < 2 ? [] : ['--data-dir', path.join(folder.path, 'ledger')];
  const all = [...words.map((word) => word.replace('PHOTOS', photos)), ...data];
  const { code, stdout, stderr } = await tagalong(all, { env, cwd: folder.path });
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+|Zod|\[object/u);
});

it('takes the token from a file that only its owner can read, and from no other', async () => {
  const dataDir = path.join(folder.path, 'with-pat');
  await mkdir(dataDir);
  await writeFile(path.join(dataDir, 'pat'), `another-token\n${practice.apiBase} ${practice.pat}\n`);
  await chmod(path.join(dataDir, 'pat'), 0o644);
  const words = ['ingest', photos, '--data-dir', dataDir, ...accountOf(practice), '--json'];
  const open = await tagalong(words);
  expect(open).toMatchObject({ code: 4, stderr: expect.stringContaining('Run: chmod 600 /') });
  await chmod(path.join(dataDir, 'pat'), 0o600);
  expect((await tagalong(words)).code).toBe(0);
});

it.each(['status', 'failures', 'export'])('says that there is no ledger yet: %s', async (word) => {
  const { code, stderr } = await tagalong([word, '--data-dir', path.join(folder.path, 'none')]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('tagalong ingest makes one.')]);
});

it.each([['--help'], ['ingest', '--help'], ['retry', '--help']])(
  'explains itself with %s %s, on lines of 80 columns',
  async (...words) => {
    const { code, stdout, stderr } = await tagalong(words);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: tagalong/u);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);
