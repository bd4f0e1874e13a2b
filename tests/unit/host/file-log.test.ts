/** The log never costs the work that it is about: on a full disk, and when it grows. */
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openFileLog } from '../../../electron/host/file-log.ts';
import { factsOf, lastWords } from '../../../electron/host/last-words.ts';
import { temporaryFolder } from '../../support/tree.ts';

const FULL = '/dev/full';

it.runIf(existsSync(FULL))('leaves lines out when the disk is full', async () => {
  await using folder = await temporaryFolder();
  await symlink(FULL, path.join(folder.path, 'tagalong.log'));
  const log = openFileLog(folder.path);
  expect(() => log.error('first', { detail: 'x' })).not.toThrow();
  expect(() => log.info('second')).not.toThrow();
  log.close();
  expect(() => log.info('after the end')).not.toThrow();
});

it('ends with one line when a run has written enough', async () => {
  await using folder = await temporaryFolder();
  const log = openFileLog(folder.path, 1000);
  for (let count = 0; count < 100; count += 1) log.info('again');
  log.close();
  const lines = (await readFile(path.join(folder.path, 'tagalong.log'), 'utf8')).trimEnd().split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(events.at(-1)).toBe('log-full');
  expect(new Set(events.slice(0, -1))).toEqual(new Set(['again']));
  expect(lines.join('\n').length).toBeLessThan(1300);
});

it('says in one sentence what nothing took care of, and notes where without its words', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const odd = new TypeError('no such thing: /photos/secret.jpg\nsecond line');
  expect([lastWords(full), lastWords(odd)]).toEqual([
    expect.stringMatching(/^The disk with the data folder is full\. /u),
    'unexpected: no such thing: /photos/secret.jpg; details in the log (tagalong.log in the data folder)',
  ]);
  expect(factsOf(full)).toMatchObject({ kind: 'Error', code: 'SQLITE_FULL' });
  const facts = factsOf(odd);
  expect(facts).toMatchObject({ kind: 'TypeError', at: expect.stringContaining('file-log.test.ts') });
  expect(JSON.stringify(facts)).not.toContain('secret');
});
