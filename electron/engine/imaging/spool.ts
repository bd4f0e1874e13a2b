/** The bounded folder of renditions that wait for sending. Flat, one file per key, small enough to be listed at start. */
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRenditionKey } from './rendition-recipe.ts';

export interface SpoolOptions {
  /** Made when missing. Everything in it belongs to the spool. */
  readonly folder: string;
  /** Above this no further rendition should be started. */
  readonly limitBytes: number;
  /**
   * Renditions that each destination may have in a full spool, in bytes: one that cannot send does not starve the
   * others, and the spool exceeds its limit by no more than this for each. Default 32 MB, more than a batch.
   */
  readonly reserveBytes?: number;
}

export interface Spool {
  /** Bytes of all complete renditions. */
  readonly usedBytes: number;
  /**
   * Whether another rendition may be started for the destination: below the limit, or when `maySpendReserve` while it
   * has not used up its reserve. What is being made meanwhile may exceed that by a few files.
   */
  room(destinationId: number, maySpendReserve: boolean): boolean;
  has(key: string): boolean;
  /** Keys of all complete renditions. */
  keys(): readonly string[];
  /** Bytes of a complete rendition; null when it is not there. */
  bytesOf(key: string): number | null;
  /** Where the rendition of this key is, or has to be written to (by temporary name and rename). */
  targetFor(key: string): string;
  /** Notes a complete rendition made for the destination; a second call for one key replaces the first. */
  added(key: string, bytes: number, destinationId: number): void;
  /** Removes a rendition that is no longer needed; nothing happens when it is not there. */
  release(key: string): Promise<void>;
}

const ENDING = '.jpg';
const RESERVE_BYTES = 32_000_000;

/** A complete rendition; one from before the start is nobody's. */
interface Rendition {
  readonly bytes: number;
  readonly destinationId: number | null;
}

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
export async function createSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, limitBytes, reserveBytes = RESERVE_BYTES } = options;
  await mkdir(folder, { recursive: true });
  const renditions = new Map<string, Rendition>();
  /** Bytes by the destination that they were made for. */
  const shares = new Map<number, number>();
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
      renditions.set(key, { bytes, destinationId: null });
      usedBytes += bytes;
    }
  }
  const targetFor = (key: string): string => {
    if (!isRenditionKey(key)) {
      throw new RangeError(`"${key}" is no key of a rendition.`);
    }
    return join(folder, key + ENDING);
  };
  const count = ({ bytes, destinationId }: Rendition, sign: 1 | -1): void => {
    usedBytes += sign * bytes;
    if (destinationId === null) return;
    shares.set(destinationId, (shares.get(destinationId) ?? 0) + sign * bytes);
  };
  const forget = (key: string): void => {
    const known = renditions.get(key);
    if (known !== undefined) count(known, -1);
    renditions.delete(key);
  };
  return {
    get usedBytes() {
      return usedBytes;
    },
    room: (destinationId, maySpendReserve) =>
      usedBytes < limitBytes || (maySpendReserve && (shares.get(destinationId) ?? 0) < reserveBytes),
    has: (key) => renditions.has(key),
    keys: () => [...renditions.keys()],
    bytesOf: (key) => renditions.get(key)?.bytes ?? null,
    targetFor,
    added: (key, bytes, destinationId) => {
      forget(key);
      const rendition = { bytes, destinationId };
      renditions.set(key, rendition);
      count(rendition, 1);
    },
    release: async (key) => {
      const path = targetFor(key);
      await rm(path, { force: true });
      forget(key);
    },
  };
}
