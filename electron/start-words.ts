/** What the command line of a start says. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from './host/data-folder.ts';

export interface StartWords {
  readonly isDemo: boolean;
  /** Begins without a window: the system started it as its user logged in. */
  readonly isHidden: boolean;
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute paths of folders to take in. */
  readonly folders: readonly string[];
}

/**
 * Reads `[--demo] [--hidden] [--data-dir DIR] [FOLDER…]`. Anything else is passed over: the system and Chromium add words of
 * their own.
 *
 * @param words without the program and its script
 */
export function readStartWords(words: readonly string[], workingFolder: string): StartWords {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { demo: { type: 'boolean' }, hidden: { type: 'boolean' }, 'data-dir': { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const isDemo = values.demo === true;
  const given = values['data-dir'];
  return {
    isDemo,
    isHidden: values.hidden === true,
    dataFolder:
      typeof given === 'string'
        ? resolve(workingFolder, given)
        : `${defaultDataFolder()}${isDemo ? '-demo' : ''}`,
    folders: foldersAmong(positionals.map((word) => pathOf(word, workingFolder))),
  };
}

/** File managers of Linux name what is opened by its address (`Exec=… %U`). */
function pathOf(word: string, workingFolder: string): string {
  if (!word.startsWith('file:')) return resolve(workingFolder, word);
  try {
    return fileURLToPath(word);
  } catch (error) {
    // A place on another machine, or no address at all: it is no folder here, and is passed over as such.
    if (error instanceof TypeError) return word;
    throw error;
  }
}

/** The paths that are folders. */
export function foldersAmong(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}
