/** The files that the local server gives out: the built page, and thumbnails behind the session's token. */
import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isBelow } from '../engine/path-relations.ts';
import { sizeInName, thumbnailPlace } from '#shared/thumbnail-names.ts';

/** What can be in a built page. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Names with a hash in them never change what they hold. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

/** An open file, to be closed by whoever got it. */
export interface ServedFile {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly type: string;
  readonly cacheControl: string;
}

/** A file of the page; null when there is none of this name, or it lies elsewhere. */
export async function openPageFile(
  pageFolder: string,
  segments: readonly string[],
): Promise<ServedFile | null> {
  const names = segments.length === 0 ? ['index.html'] : segments;
  const type = TYPES[extname(names.at(-1) ?? '')];
  if (type === undefined) return null;
  const path = await unlessAbsent(() => realpath(join(pageFolder, ...names)));
  // A link may lead out of the folder.
  if (path === null || !isBelow(path, await realpath(pageFolder))) return null;
  return openFile(path, type, names[0] === 'assets' ? FOR_GOOD : 'no-store');
}

/** A thumbnail by its name; null when it is no such name, or not made (yet). */
export async function openThumbnail(thumbnailFolder: string, name: string): Promise<ServedFile | null> {
  if (sizeInName(name) === null) return null;
  return openFile(join(thumbnailFolder, thumbnailPlace(name)), 'image/webp', FOR_GOOD);
}

async function openFile(path: string, type: string, cacheControl: string): Promise<ServedFile | null> {
  // Windows has no O_NOFOLLOW; there a link needs the rights of an administrator.
  const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;
  const handle = await unlessAbsent(() => open(path, constants.O_RDONLY | noFollow));
  if (handle === null) return null;
  const facts = await handle.stat();
  if (!facts.isFile()) {
    await handle.close();
    return null;
  }
  return { handle, bytes: facts.size, type, cacheControl };
}

/** What cannot be opened under a name is not there, for whoever asks from outside. */
async function unlessAbsent<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
