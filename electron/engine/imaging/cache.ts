/**
 * The bounded cache of thumbnails and previews: `<two hex digits>/<name>` below one folder. Everything in it can be
 * made again, so nothing is flushed and nothing is mourned. Links are never followed: not to read, not to remove.
 */
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PREVIEW_SIZE, sizeInName, thumbnailPlace } from '#shared/thumbnail-names.ts';
import { UNFINISHED } from './write-whole.ts';

export interface FileCacheOptions {
  /** Made when missing. */
  readonly folder: string;
  readonly limitBytes: number;
}

export interface FileCache {
  /** Whether there is such a file now. */
  has(name: string): Promise<boolean>;
  /** Where a file of this name is or belongs; throws for what is no name of a thumbnail or preview. */
  pathOf(name: string): string;
  /** Notes that bytes were added; true when it is time to prune. */
  added(bytes: number): boolean;
  /**
   * Takes stock and, above the limit, removes files until a tenth below it: previews before thumbnails, the least
   * recently used first (the later of mtime and atime; systems may note reads only once a day). Also removes unfinished
   * files older than an hour.
   */
  prune(): Promise<Pruned>;
}

export interface Pruned {
  /** Bytes that are left. */
  readonly usedBytes: number;
  readonly removedCount: number;
}

interface Found {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
  readonly isPreview: boolean;
}

const UNFINISHED_MS = 3_600_000;
/** Part of the limit that is left after pruning, so that the next file does not prune again. */
const LEFT = 0.9;
const SHELF = /^[0-9a-f]{2}$/;

/** lstat that knows a missing file; other errors are thrown. */
async function statOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** One entry of a shelf; null when it is none of ours, or an unfinished file (removed when it is old). */
async function takeStockOf(path: string, name: string): Promise<Found | null> {
  const size = sizeInName(name);
  const unfinished = name.endsWith(UNFINISHED);
  const stat = size !== null || unfinished ? await statOf(path) : null;
  if (stat === null) {
    return null;
  }
  if (unfinished) {
    if (Date.now() - stat.mtimeMs > UNFINISHED_MS) {
      await rm(path, { force: true });
    }
    return null;
  }
  const usedAt = Math.max(stat.mtimeMs, stat.atimeMs);
  return { path, bytes: stat.size, usedAt, isPreview: size === PREVIEW_SIZE };
}

async function takeStockOfShelf(shelf: string): Promise<Found[]> {
  const entries = await readdir(shelf, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name }) => await takeStockOf(join(shelf, name), name)),
  );
  return found.filter((one) => one !== null);
}

async function takeStock(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && SHELF.test(entry.name)) {
      found.push(...(await takeStockOfShelf(join(folder, entry.name))));
    }
  }
  return found;
}

/** Which files go, so that at most `leftBytes` stay. Pure. */
function chooseToRemove(found: readonly Found[], leftBytes: number): Found[] {
  let bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  const byWorth = found.toSorted(
    (left, right) => Number(right.isPreview) - Number(left.isPreview) || left.usedAt - right.usedAt,
  );
  const chosen: Found[] = [];
  for (const one of byWorth) {
    if (bytes <= leftBytes) {
      break;
    }
    chosen.push(one);
    bytes -= one.bytes;
  }
  return chosen;
}

/** Opens the cache. Prune it soon, in the background: only then is its size known. */
export async function createFileCache({ folder, limitBytes }: FileCacheOptions): Promise<FileCache> {
  await mkdir(folder, { recursive: true });
  let usedBytes = 0;
  const pathOf = (name: string): string => {
    if (sizeInName(name) === null) {
      throw new RangeError(`"${name}" is no name of a thumbnail or preview.`);
    }
    return join(folder, thumbnailPlace(name));
  };
  const prune = async (): Promise<Pruned> => {
    const found = await takeStock(folder);
    const total = found.reduce((sum, one) => sum + one.bytes, 0);
    const chosen = total > limitBytes ? chooseToRemove(found, limitBytes * LEFT) : [];
    for (const { path } of chosen) {
      await rm(path, { force: true });
    }
    usedBytes = total - chosen.reduce((sum, one) => sum + one.bytes, 0);
    return { usedBytes, removedCount: chosen.length };
  };
  return {
    pathOf,
    prune,
    has: async (name) => {
      const path = pathOf(name);
      const shelf = await statOf(join(folder, name.slice(0, 2)));
      return shelf?.isDirectory() === true && (await statOf(path))?.isFile() === true;
    },
    added: (bytes) => {
      usedBytes += bytes;
      return usedBytes > limitBytes;
    },
  };
}
