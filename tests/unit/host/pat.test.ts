/** A token goes to the base URL that it is for, and to no other. */
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { childEnvironment } from '../../../electron/host/child-environment.ts';
import { forgetPat, patPlace, readPat } from '../../../electron/host/pat.ts';
import { temporaryFolder } from '../../support/tree.ts';

const REAL = 'https://api.clarifai.com';
const OTHER = 'https://photos.example.com';
const ENV = { CLARIFAI_PAT: 'from-env' };

it.each([
  ['the service itself by default', REAL, ENV, undefined, 'from-env'],
  ['no other by default', OTHER, ENV, undefined, null],
  ['the base of the environment', OTHER, { ...ENV, CLARIFAI_API_BASE: `${OTHER}/` }, undefined, 'from-env'],
  [
    'not the service when the environment has a base',
    REAL,
    { ...ENV, CLARIFAI_API_BASE: OTHER },
    undefined,
    null,
  ],
  ['the base of the command', OTHER, { ...ENV, CLARIFAI_API_BASE: REAL }, OTHER, 'from-env'],
  ['no other than the base of the command', REAL, ENV, OTHER, null],
])('sends the token of the environment to %s', async (_, baseUrl, env, tokenBase, expected) => {
  await using folder = await temporaryFolder();
  expect(await readPat(baseUrl, { dataFolder: folder.path, env, tokenBase })).toBe(expected);
});

it('reads from the file the token of a base URL', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'pat');
  await writeFile(file, `\n${OTHER}/ second\nfirst\n`);
  await chmod(file, 0o600);
  const read = (baseUrl: string) => readPat(baseUrl, { dataFolder: folder.path, env: {} });
  expect([await read(REAL), await read(OTHER), await read('https://elsewhere.example.com')]).toEqual([
    'first',
    'second',
    null,
  ]);
});

it('forgets the token of a base URL and no other, and the file with the last one', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'pat');
  await writeFile(file, `${OTHER}/ second\nfirst\n`, { mode: 0o600 });
  const forget = (baseUrl: string) => forgetPat(baseUrl, { dataFolder: folder.path });
  await forget('https://elsewhere.example.com');
  expect(await readFile(file, 'utf8')).toBe(`${OTHER}/ second\nfirst\n`);
  await forget(`${REAL}/`);
  expect(await readFile(file, 'utf8')).toBe(`${OTHER}/ second\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await forget(OTHER);
  expect(await readdir(folder.path)).toEqual([]);
  await forget(OTHER);
});

it('tells where a token is kept, and why one is not used, but not the token', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'pat');
  const place = (env: Readonly<Record<string, string>> = {}) =>
    patPlace(REAL, { dataFolder: folder.path, env });
  expect(await place()).toEqual({ store: null, trouble: null });
  await writeFile(file, 'first\n', { mode: 0o600 });
  expect(await place()).toEqual({ store: 'file', trouble: null });
  expect(await place(ENV)).toEqual({ store: 'environment', trouble: null });
  await chmod(file, 0o644);
  if (process.platform !== 'win32')
    expect(await place()).toEqual({ store: 'file', trouble: expect.stringContaining('chmod 600') });
});

it('gives nothing of an account to processes that it starts', () => {
  const env = { PATH: '/bin', CLARIFAI_PAT: 'x', CLARIFAI_USER_ID: 'y', clarifai_pat: 'z' };
  expect(childEnvironment(env)).toEqual({ PATH: '/bin' });
});
