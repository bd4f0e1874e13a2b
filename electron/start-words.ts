/** What the command line of a start says. */
import { statSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isNamedLikePhoto } from './engine/ingest/sniff.ts';
import { defaultDataFolder } from './host/data-folder.ts';

/** What a start, a file manager or an icon names. Absolute paths of folders. */
export interface Places {
  /** To be watched. */
  readonly folders: readonly string[];
  /** To be watched if the owner agrees: somebody opened a photo in one, or may not know that Tagalong opens folders. */
  readonly opened: readonly string[];
}

/** A start that names none. */
export const NOWHERE: Places = { folders: [], opened: [] };

export interface StartWords extends Places {
  readonly isDemo: boolean;
  /** Begins without a window: the system started it as its user logged in. */
  readonly isHidden: boolean;
  /** Absolute. */
  readonly dataFolder: string;
}

/**
 * Reads `[--demo] [--hidden] [--opened] [--data-dir DIR] [FOLDER|PHOTO…]`. Anything else is passed over: the system and
 * Chromium add words of their own. `--opened` is said by the desktop entry of Linux, where a program that takes folders may
 * have become the one that opens them all.
 *
 * @param words without the program and its script
 */
export function readStartWords(words: readonly string[], workingFolder: string): StartWords {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      demo: { type: 'boolean' },
      hidden: { type: 'boolean' },
      opened: { type: 'boolean' },
      'data-dir': { type: 'string' },
    },
    allowPositionals: true,
    strict: false,
  });
  const isDemo = values.demo === true;
  const given = values['data-dir'];
  const { folders, opened } = placesAmong(positionals.map((word) => pathOf(word, workingFolder)));
  return {
    isDemo,
    isHidden: values.hidden === true,
    dataFolder:
      typeof given === 'string'
        ? resolve(workingFolder, given)
        : `${defaultDataFolder()}${isDemo ? '-demo' : ''}`,
    ...(values.opened === true ? { folders: [], opened: [...folders, ...opened] } : { folders, opened }),
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

/** The paths that are folders, and the folders of those that are photos. */
export function placesAmong(paths: readonly string[]): Places {
  const folders: string[] = [];
  const opened = new Set<string>();
  for (const path of paths) {
    const found = factsOf(path);
    if (found?.isDirectory() === true) folders.push(path);
    else if (found?.isFile() === true && isNamedLikePhoto(path)) opened.add(dirname(path));
  }
  return { folders, opened: [...opened] };
}

function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    // Not there, or nothing that may be looked at, which is the same here: somebody else names these paths.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
