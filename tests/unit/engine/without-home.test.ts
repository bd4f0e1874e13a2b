import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sayingNoHome, withoutHome } from '../../../electron/engine/without-home.ts';
import { temporaryFolder } from '../../support/tree.ts';

it.each([
  ['There is no folder /home/jané/Pictures.', 'There is no folder ~/Pictures.'],
  ['There is no folder /home/jané. Was it renamed?', 'There is no folder ~. Was it renamed?'],
  ["open '/home/jané/a', not '/home/jané'", "open '~/a', not '~'"],
  ['at file:///home/jan%C3%A9/tagalong/main.ts:3:1', 'at file://~/tagalong/main.ts:3:1'],
  // Somebody else's folder is not this one's.
  ['/home/janés/Pictures', '/home/janés/Pictures'],
  ['/home/jané.old/Pictures', '/home/jané.old/Pictures'],
  ['/home/jané-2/Pictures', '/home/jané-2/Pictures'],
])('%s', (text, plain) => {
  expect(withoutHome(text, '/home/jané')).toBe(plain);
});

it('knows a path that is escaped, and a home that is a link to another folder', async () => {
  expect(withoutHome(String.raw`{"at":"C:\\Users\\jane\\x"}`, String.raw`C:\Users\jane`)).toBe(
    String.raw`{"at":"~\\x"}`,
  );
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const real = path.join(realpathSync(folder.path), 'volume', 'jane');
  const home = path.join(folder.path, 'home');
  mkdirSync(real, { recursive: true });
  symlinkSync(real, home);
  expect(withoutHome(`${home}/a ${real}/b`, home)).toBe('~/a ~/b');
  expect(withoutHome('/a /b', '/')).toBe('/a /b');
});

it('keeps an error what it is', async () => {
  class OddError extends Error {}
  const home = process.env['HOME'] ?? '';
  const calls = sayingNoHome({ ask: () => Promise.reject(new OddError(`No folder ${home}/x`)) });
  const error = await calls.ask().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OddError);
  expect(String(error)).toBe('Error: No folder ~/x');
});

it('keeps an error that was aborted what it is, also one that names the home', async () => {
  const home = process.env['HOME'] ?? '';
  for (const [words, said] of [
    ['This operation was aborted', 'This operation was aborted'],
    [`${home}/x was aborted`, '~/x was aborted'],
  ]) {
    const aborted = new DOMException(words, 'AbortError');
    const calls = sayingNoHome({ ask: () => Promise.reject(aborted) });
    await expect(calls.ask()).rejects.toBe(aborted);
    expect([aborted.name, aborted.message]).toEqual(['AbortError', said]);
  }
});
