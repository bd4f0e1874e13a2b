/** The bounded folder of renditions that wait for sending. Flat, one file per key, small enough to be listed at start. */
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRenditionKey } from './rendition-recipe.ts';

export interface SpoolOptions {
  /** Made when missing. Everything in it belongs to the spool. */
  readonly folder: string;
  /** Above this no further rendition should be started. */
  readonly limitBytes: number;
}

export interface Spool {
  /** Bytes of all complete renditions. */
  readonly usedBytes: number;
  /** Whether another rendition may be started. What is being made meanwhile may exceed the limit by a few files. */
  room(): boolean;
  has(key: string): boolean;
  /** Keys of all complete renditions. */
  keys(): readonly string[];
  /** Bytes of a complete rendition; null when it is not there. */
  bytesOf(key: string): number | null;
  /** Where the rendition of this key is, or has to be written to (by temporary name and rename). */
  targetFor(key: string): string;
  /** Notes a complete rendition; a second call for one key replaces the first. */
  added(key: string, bytes: number): void;
  /** Removes a rendition that is no longer needed; nothing happens when it is not there. */
  release(key: string): Promise<void>;
}

const ENDING = '.jpg';

function keyOf(name: string): string | null {
  const key = name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : '';
  return isRenditionKey(key) ? key : null;
}

/** Size of a rendition that ends as a JPEG does; null for half a file (a power cut, a full disk). */
async function wholeBytes(path: string): Promise<number | null> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const end = Buffer.alloc(2);
  if (size < 4) {
    return null;
  }
  await file.read(end, 0, 2, size - 2);
  return end[0] === 0xff && end[1] === 0xd9 ? size : null;
}

/** Takes stock of the folder: keeps complete renditions of today's recipe, removes all other files in it. */
export async function createSpool({ folder, limitBytes }: SpoolOptions): Promise<Spool> {
  await mkdir(folder, { recursive: true });
  const sizes = new Map<string, number>();
  let usedBytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      continue;
    }
    const path = join(folder, entry.name);
    const key = entry.isFile() ? keyOf(entry.name) : null;
    const bytes = key === null ? null : await wholeBytes(path);
    if (key === null || bytes === null) {
      await rm(path, { force: true });
    } else {
      sizes.set(key, bytes);
      usedBytes += bytes;
    }
  }
  const targetFor = (key: string): string => {
    if (!isRenditionKey(key)) {
      throw new RangeError(`"${key}" is no key of a rendition.`);
    }
    return join(folder, key + ENDING);
  };
  const forget = (key: string): void => {
    usedBytes -= sizes.get(key) ?? 0;
    sizes.delete(key);
  };
  return {
    get usedBytes() {
      return usedBytes;
    },
    room: () => usedBytes < limitBytes,
    has: (key) => sizes.has(key),
    keys: () => [...sizes.keys()],
    bytesOf: (key) => sizes.get(key) ?? null,
    targetFor,
    added: (key, bytes) => {
      forget(key);
      sizes.set(key, bytes);
      usedBytes += bytes;
    },
    release: async (key) => {
      const path = targetFor(key);
      await rm(path, { force: true });
      forget(key);
    },
  };
}
