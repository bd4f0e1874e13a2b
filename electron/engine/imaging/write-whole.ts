import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asWriteError } from './disk-full.ts';

/** Ending of files that are being written. What is left of them after a crash is removed by whoever owns the folder. */
export const UNFINISHED = '.tmp';

/**
 * Writes a file under a temporary name in its own folder (made when missing), then renames it: nobody ever sees half
 * of it. `durable` flushes it to the disk before the rename, so that a power cut leaves no empty file of that name.
 * Throws `DiskFullError` when there is no room.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  options: { readonly durable: boolean },
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `${basename(path)}.${randomBytes(6).toString('hex')}${UNFINISHED}`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      if (options.durable) {
        await file.datasync();
      }
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteError(error, path);
  }
}
