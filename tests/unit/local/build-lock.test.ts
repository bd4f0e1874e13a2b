import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '../../../electron/local/build-lock.ts';
import { temporaryFolder } from '../../support/tree.ts';

test('a lock is had by one process at a time, and by nobody who was killed', async () => {
  await using folder = await temporaryFolder();
  const lock = path.join(folder.path, 'lock');
  expect(takeLock(lock)).toBe(true);
  expect(await readFile(lock, 'utf8')).toBe(String(process.pid));
  expect(takeLock(lock)).toBe(false);
  await rm(lock);

  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
  await writeFile(lock, String(other.pid));
  expect(takeLock(lock)).toBe(false);
  expect(await readFile(lock, 'utf8')).toBe(String(other.pid));
  other.kill('SIGKILL');
  await once(other, 'close');
  expect([takeLock(lock), takeLock(lock)]).toEqual([false, true]);
  await rm(lock);

  const gone = spawnSync(process.execPath, ['-e', '']);
  await writeFile(lock, String(gone.pid));
  expect([takeLock(lock), takeLock(lock)]).toEqual([false, true]);
  // Made, but its owner has not written into it yet.
  await writeFile(lock, '');
  expect([takeLock(lock), takeLock(lock)]).toEqual([false, false]);
});
