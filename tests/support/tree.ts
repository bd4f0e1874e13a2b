/** Folders for tests: written from an object literal, thrown away with `await using`. */
import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * What a folder holds: names (with `/` for deeper ones) to bytes, text, or another folder. `'sub/': {}` and `sub: {}`
 * both make a folder.
 */
export interface Tree {
  readonly [name: string]: Uint8Array | string | Tree;
}

/**
 * Writes `tree` into `folder`, making folders as needed; files that are there are overwritten.
 * Resolves to the absolute paths of the files, in the order of the literal.
 */
export async function writeTree(folder: string, tree: Tree): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const [name, content] of Object.entries(tree)) {
    const target = path.join(folder, name);
    if (typeof content === 'string' || content instanceof Uint8Array) {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content);
      written.push(target);
    } else {
      written.push(...(await writeTree(target, content)));
    }
  }
  return written;
}

/** A folder of one's own; it goes, with all that is in it, at the end of the `await using` block. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute path without links in it, so that it equals what watchers and `realpath` report. */
  readonly path: string;
}

/** Makes an empty folder under the system's temporary folder. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const made = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tagalong-test-')));
  return {
    path: made,
    // The retries are for systems that hold files of a process that has just ended.
    [Symbol.asyncDispose]: () => rm(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}

/** Sets modification and access time of files or folders (UTC ms); nothing else of them changes but the ctime. */
export async function setTimes(modifiedAt: number, ...paths: readonly string[]): Promise<void> {
  for (const target of paths) await utimes(target, modifiedAt / 1000, modifiedAt / 1000);
}
