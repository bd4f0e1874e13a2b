/** What the command line of a start says. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from './host/data-folder.ts';

export interface StartWords {
  readonly isDemo: boolean;
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute paths of folders to take in. */
  readonly folders: readonly string[];
}

/**
 * Reads `[--demo] [--data-dir DIR] [FOLDER…]`. Anything else is passed over: the system and Chromium add words of
 * their own.
 *
 * @param words without the program and its script
 */
export function readStartWords(words: readonly string[], workingFolder: string): StartWords {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { demo: { type: 'boolean' }, 'data-dir': { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const isDemo = values.demo === true;
  const given = values['data-dir'];
  return {
    isDemo,
    dataFolder:
      typeof given === 'string'
        ? resolve(workingFolder, given)
        : `${defaultDataFolder()}${isDemo ? '-demo' : ''}`,
    folders: foldersAmong(positionals.map((path) => resolve(workingFolder, path))),
  };
}

/** The paths that are folders. */
export function foldersAmong(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}
