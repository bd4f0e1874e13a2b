/** The key that opens the window, where its owner wants it to stay over restarts: a bookmark then goes on to work. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivate, writePrivate } from './private-file.ts';
import { isSecret, newSecret } from './secrets.ts';

const KEY_FILE = 'window-key';

/**
 * The kept key; made when there is none.
 *
 * @throws Error that says what to do when others may have read it, or it is none
 */
export function keptKey(dataFolder: string): string {
  const path = join(dataFolder, KEY_FILE);
  const kept = readPrivate(path);
  if (kept === null) {
    const key = newSecret();
    writePrivate(path, key);
    return key;
  }
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  if (isOpen || !isSecret(kept)) {
    const why = isOpen ? 'Others can read' : 'There is no key in';
    throw new Error(`${why} ${path}. Remove it, and a new key is made; the bookmark is a new one then.`);
  }
  return kept;
}

/** Whoever has it is let in no more. */
export function forgetKey(dataFolder: string): void {
  rmSync(join(dataFolder, KEY_FILE), { force: true });
}
