import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DataFolderError, makeDataFolder } from '../../../electron/host/data-folder.ts';

const home = mkdtempSync(join(tmpdir(), 'data-folder-'));
afterAll(() => rmSync(home, { recursive: true }));

it('makes the folders above a data folder too, for its user alone, and leaves one that is there', () => {
  const path = join(home, 'a/b');
  makeDataFolder(path);
  writeFileSync(join(path, 'kept'), '');
  makeDataFolder(path);
  expect([statSync(path).mode & 0o777, statSync(join(path, 'kept')).isFile()]).toEqual([0o700, true]);
});

it('says in words when it cannot be made', () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  expect(() => makeDataFolder(join(file, 'data'))).toThrow(DataFolderError);
});

it.runIf(process.platform === 'linux')('ends where the file system takes no folders', () => {
  expect(() => makeDataFolder('/proc/tagalong/data')).toThrow(
    /data folder \/proc\/tagalong\/data cannot be made/,
  );
});
