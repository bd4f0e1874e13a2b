/** The folder chooser of a host without a dialog: folders at or below the home folder, and nothing else. */
import { opendir, realpath } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { isAtOrBelow } from '../engine/path-relations.ts';
import type { ListedFolder } from '#shared/host-api.ts';

/** Entries that are looked at in one folder. */
const ENTRY_LIMIT = 20_000;
/** Folders that are named. */
const FOLDER_LIMIT = 2000;
const PHOTO_LIMIT = 1000;

/** Endings that a chooser counts as photos; a scan looks into the files. */
const PHOTO_ENDINGS = new Set(
  'jpg jpeg jpe png webp gif tif tiff bmp avif heic heif dng cr2 cr3 nef arw raf orf rw2 pef'.split(' '),
);

/** A folder cannot be shown; the message says why. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

/**
 * Lists a folder at or below `home`, links followed; null: `home`.
 *
 * @throws FolderError when it lies elsewhere, is none, or cannot be read
 */
export async function listFolder(home: string, path: string | null): Promise<ListedFolder> {
  const top = await realpath(home);
  const folder = path === null ? top : await placeOf(path);
  if (!isAtOrBelow(folder, top)) {
    throw new FolderError('Only folders in your home folder can be chosen here.');
  }
  const names: string[] = [];
  let photoCount = 0;
  let entryCount = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      entryCount += 1;
      if (entryCount > ENTRY_LIMIT || names.length >= FOLDER_LIMIT) break;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) names.push(entry.name);
      else if (entry.isFile() && photoCount < PHOTO_LIMIT && isPhotoName(entry.name)) photoCount += 1;
    }
  } catch (error) {
    throw new FolderError(`The folder cannot be read (${codeOf(error)}). Choose another one.`);
  }
  const inOrder = new Intl.Collator(undefined, { numeric: true });
  return {
    path: folder,
    parent: folder === top ? null : dirname(folder),
    folders: names.sort((one, other) => inOrder.compare(one, other)),
    photoCount,
    isCut: entryCount > ENTRY_LIMIT || names.length >= FOLDER_LIMIT,
  };
}

async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(join(path));
  } catch (error) {
    throw new FolderError(`The folder cannot be opened (${codeOf(error)}). Choose another one.`);
  }
}

function isPhotoName(name: string): boolean {
  return PHOTO_ENDINGS.has(extname(name).slice(1).toLowerCase());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
