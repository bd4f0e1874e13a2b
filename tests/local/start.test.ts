/** How the command is started: under which Node, on a terminal, and as the practice account alone. */
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { begin, COMMAND, reportIn, tagalong } from './command.ts';

const run = promisify(execFile);
/** An older Node of the system, if there is one: the guard is for it. */
const OLD_NODE = '/usr/bin/node';
const oldVersion = existsSync(OLD_NODE) ? (await run(OLD_NODE, ['--version'])).stdout.trim() : '';
const isOld = /^v(?:1\d|2[0-3])\./u.test(oldVersion);
const hasScript = existsSync('/usr/bin/script') && process.platform === 'linux';

let folder: TemporaryFolder;
let photos: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  photos = path.join(folder.path, 'photos');
  await writeTree(photos, { 'a.jpg': await jpeg({ seed: 1 }), 'b.jpg': await jpeg({ seed: 2 }) });
});
afterAll(() => folder[Symbol.asyncDispose]());

it.runIf(isOld)(
  'runs under its own Node when an older one starts it, with options and exit code',
  async () => {
    const version = await tagalong(['--version'], { node: OLD_NODE });
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
    const wrong = await tagalong(['ingest', 'a folder that is not there'], { node: OLD_NODE });
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The folder a folder that is not there'),
    });
  },
);

it.runIf(isOld)('explains what is missing when an older Node starts it and there is no other', async () => {
  const alone = path.join(folder.path, 'alone', 'electron', 'local');
  await mkdir(alone, { recursive: true });
  await copyFile(COMMAND, path.join(alone, 'tagalong.mjs'));
  const failed = await run(OLD_NODE, [path.join(alone, 'tagalong.mjs'), '--version']).catch(
    (error: unknown) => error as { code: number; stderr: string },
  );
  expect(failed).toMatchObject({
    code: 1,
    stderr: `Tagalong needs Node 24 or newer; this is ${oldVersion}.\nRun \`npm install\` in its folder, which brings the right one along, or install Node from nodejs.org.\n`,
  });
});

it.skipIf(process.platform === 'win32')('runs through a link, as npm makes one', async () => {
  const link = path.join(folder.path, 'tagalong');
  await symlink(COMMAND, link);
  const { stdout } = await run(process.execPath, [link, '--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
});

it('prints four lines as the practice account, works as a target, and ends with 0 on Ctrl-C', async () => {
  const practice = begin(['practice', '--data-dir', path.join(folder.path, 'alone')]);
  await practice.shows('PAT: ');
  const lines = practice.said().trimEnd().split('\n');
  expect(lines.map((line) => line.split(': ')[0])).toEqual(['API base', 'User id', 'App id', 'PAT']);
  const [apiBase = '', userId = '', appId = '', pat = ''] = lines.map((line) => line.split(': ')[1] ?? '');
  const words = ['ingest', photos, '--data-dir', path.join(folder.path, 'target'), '--json'];
  const variables = { CLARIFAI_API_BASE: apiBase, CLARIFAI_USER_ID: userId, CLARIFAI_APP_ID: appId };
  const ended = await tagalong(words, { env: { ...variables, CLARIFAI_PAT: pat } });
  expect([ended.code, reportIn(ended).uploaded]).toEqual([0, 2]);
  practice.child.kill('SIGINT');
  expect((await practice.ended).code).toBe(0);
});

it('shows the ledger in words', async () => {
  const dataDir = path.join(folder.path, 'words');
  await tagalong(['ingest', photos, '--data-dir', dataDir]);
  const { stdout } = await tagalong(['status', '--data-dir', dataDir]);
  expect(stdout).toBe(`No Tagalong is running on this ledger.

Photos for the practice account
  indexed          2

Folders
  ${photos}
    goes to the practice account; not watched now
`);
});

it('ends quietly when the reader of its output has gone', async () => {
  const words = `"$0" "$1" export --data-dir "$2" | head -c 20; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await run('bash', [
    '-c',
    words,
    process.execPath,
    COMMAND,
    path.join(folder.path, 'words'),
  ]);
  expect([stdout.slice(20).trim(), stderr]).toEqual(['0', '']);
});

it.runIf(hasScript)('shows one line with a bar on a terminal, and takes it away at the end', async () => {
  const quoted = [process.execPath, COMMAND, 'ingest', photos, '--data-dir', path.join(folder.path, 'bar')]
    .map((word) => `'${word}'`)
    .join(' ');
  const child = spawn('/usr/bin/script', ['-qec', `stty cols 100; ${quoted}`, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm' },
  });
  let shown = '';
  for await (const text of child.stdout.setEncoding('utf8')) shown += String(text);
  const progress = shown.split('\r\u001B[K').slice(1);
  expect(progress.length).toBeGreaterThan(2);
  const [last = '', ...lines] = progress.toReversed();
  expect(lines.filter((line) => line !== '' && !/^[█░]{24} /u.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('\n') || line.length > 99)).toEqual([]);
  expect(last).toMatch(/^2 photos in 2 files, [\d.]+ s\r\n {2}uploaded {13}2 /u);
});
