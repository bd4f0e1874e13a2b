/** `tagalong backup` beside an engine that runs, and `tagalong restore`, which waits for nobody and disturbs nobody. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCheckedPractice } from '../support/checked-practice.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';
import { accountOf, begin, patOf, tagalong } from './command.ts';

test('a backup is made beside a running engine, restored only without one, and sends nothing twice', async () => {
  const practice = await startCheckedPractice();
  const folder = await temporaryFolder();
  onTestFinished(async () => {
    await practice.stop();
    await folder[Symbol.asyncDispose]();
  });
  const [shoot, data, elsewhere] = ['shoot', 'data', 'drive'].map((name) => path.join(folder.path, name));
  if (shoot === undefined || data === undefined || elsewhere === undefined) throw new Error('No folders.');
  await writeTree(shoot, { 'a.jpg': await jpeg({ seed: 1 }) });
  const own = [...accountOf(practice), '--data-dir', data];
  const env = patOf(practice);
  const watching = begin(['watch', shoot, ...own], { env });
  onTestFinished(() => void watching.child.kill('SIGKILL'));
  await expect.poll(async () => (await practice.inputs()).length, { timeout: 30_000 }).toBe(1);

  const made = await tagalong(['backup', '--to', elsewhere, '--keep', '1', '--json', '--data-dir', data]);
  expect(made.code, made.stderr).toBe(0);
  const backup = (JSON.parse(made.stdout) as { path: string }).path;
  expect(readdirSync(elsewhere)).toEqual([path.basename(backup)]);
  await writeTree(shoot, { 'b.jpg': await jpeg({ seed: 2 }) });
  await expect.poll(async () => (await practice.inputs()).length, { timeout: 30_000 }).toBe(2);

  const refused = await tagalong(['restore', backup, '--data-dir', data]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('in use by another running Tagalong. Nothing was changed. End it, and');
  watching.child.kill('SIGINT');
  await watching.ended;

  const restored = await tagalong(['restore', backup, '--data-dir', data]);
  expect(restored.code, restored.stderr).toBe(0);
  const aside = /set aside: (.*)/u.exec(restored.stderr)?.[1] ?? '';
  expect(existsSync(aside)).toBe(true);
  const lines = async (): Promise<number> =>
    (await tagalong(['export', '--data-dir', data])).stdout.trimEnd().split('\n').length;
  expect(await lines()).toBe(1);

  const again = await tagalong(['ingest', shoot, ...own, '--json'], { env });
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ found: 2, uploaded: 0, alreadyThere: 2, failed: 0 });
  expect({ inputs: (await practice.inputs()).length, lines: await lines() }).toEqual({ inputs: 2, lines: 2 });
});
