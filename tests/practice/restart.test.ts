import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startPractice, type Practice } from '../support/practice.ts';
import { inputOf, picture, until } from './account.ts';

const MAIN = path.join(import.meta.dirname, '../../electron/practice/main.ts');

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'practice-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const statuses = async (practice: Practice): Promise<[string, number][]> =>
  (await practice.inputs()).map(({ id, status }) => [id, status]);
const indexed = (practice: Practice, count: number) =>
  until(async () => (await statuses(practice)).filter(([, status]) => status === 30000).length === count);

it('what it accepted outlives a kill; indexing and deletion go on', async () => {
  const bytes = await picture(60);
  let practice = await startPractice({ dataDir, unlimitedRate: true, indexingMs: 1_000, deletionMs: 1_000 });
  const first = practice;
  await practice.call('POST', '/inputs', { inputs: [inputOf('gone', bytes)] });
  await indexed(practice, 1);
  const inputs = Array.from({ length: 20 }, (_, n) => inputOf(`k${n}`, bytes, { concepts: ['sea'] }));
  await practice.call('POST', '/inputs', { inputs });
  await practice.call('DELETE', '/inputs/gone');
  await practice.kill();
  practice = await startPractice({ dataDir, unlimitedRate: true });
  expect([practice.pat, practice.userId, practice.appId]).toStrictEqual([
    first.pat,
    first.userId,
    first.appId,
  ]);
  await indexed(practice, 20);
  await until(async () => (await practice.call('GET', '/inputs/gone')).status === 404);
  expect((await practice.inputs()).every(({ concepts }) => concepts['sea'] === 1)).toBe(true);
  await practice.stop();
});

it('a reply that was lost with the connection was durable before', async () => {
  const practice = await startPractice({ dataDir, unlimitedRate: true });
  await practice.setFaults([{ kind: 'cut', when: 'after-storing' }]);
  await expect(
    practice.call('POST', '/inputs', { inputs: [inputOf('lost', await picture(61))] }),
  ).rejects.toThrow('fetch failed');
  await practice.kill();
  const again = await startPractice({ dataDir, port: Number(new URL(practice.apiBase).port) });
  expect(again.apiBase).toBe(practice.apiBase);
  await indexed(again, 1);
  await again.stop();
});

it('keeps bytes only as long as an input needs them', async () => {
  const practice = await startPractice({ dataDir, unlimitedRate: true, deletionMs: 1 });
  const packs = () => readdir(path.join(dataDir, 'images'));
  const bytes = await picture(62);
  await practice.call('POST', '/inputs', { inputs: [inputOf('one', bytes), inputOf('two', bytes)] });
  await practice.call('POST', '/inputs', { inputs: [inputOf('one', bytes)] });
  expect(await packs()).toHaveLength(1);
  await practice.call('DELETE', '/inputs/one');
  await until(async () => (await practice.call('GET', '/inputs/one')).status === 404);
  expect(await packs()).toHaveLength(1);
  await practice.call('DELETE', '/inputs/two');
  await until(async () => (await packs()).length === 0);
  await practice.stop();
});

it('one folder belongs to one process; the second waits and then says so', async () => {
  const practice = await startPractice({ dataDir });
  await expect(startPractice({ dataDir })).rejects.toThrow(/Another practice account is running/);
  const waiting = startPractice({ dataDir });
  await practice.kill();
  const second = await waiting;
  expect(second.pat).toBe(practice.pat);
  await second.stop();
});

it('prints where it is, keeps its PAT to its owner, and ends on SIGTERM', async () => {
  const child = spawn(
    process.execPath,
    [MAIN, '--data-dir', dataDir, '--user-id', 'ann', '--app-id', 'trip'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) if (lines.push(line) === 4) break;
  const [apiBase = '', , , pat = ''] = lines.map((line) => line.replace(/^[^:]+: /, ''));
  expect(lines).toStrictEqual([`API base: ${apiBase}`, 'User id: ann', 'App id: trip', `PAT: ${pat}`]);
  expect(apiBase).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(pat).toMatch(/^[0-9a-f]{32}$/);
  expect((await stat(path.join(dataDir, 'pat'))).mode & 0o777).toBe(0o600);
  const reply = await fetch(`${apiBase}/v2/users/ann/apps/trip/inputs`, {
    headers: { Authorization: `Key ${pat}` },
  });
  expect(reply.status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toStrictEqual([0, null]);
});

it('ends with its parent', async () => {
  const child = fork(MAIN, ['--data-dir', dataDir, '--with-parent'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  await once(child, 'message');
  child.disconnect();
  expect(await exited).toStrictEqual([0, null]);
});

it('says what is wrong with its options', async () => {
  const child = spawn(process.execPath, [MAIN, '--data-dir', dataDir, '--port', 'x'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  expect(await once(child, 'close')).toStrictEqual([1, null]);
  expect(errors).toMatch(/--port has to be a whole number, not x/);
});
