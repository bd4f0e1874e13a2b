/** Where the window of a data folder is, for a second start: a file that only its owner can read. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ADDRESS_FILE = 'window-address';

/** Writes the address, its key included. */
export function writeAddress(dataFolder: string, address: string): void {
  const path = join(dataFolder, ADDRESS_FILE);
  rmSync(`${path}.partial`, { force: true });
  writeFileSync(`${path}.partial`, address, { mode: 0o600, flag: 'wx' });
  renameSync(`${path}.partial`, path);
}

/** The address that was written last; null when nobody serves a window there. */
export function readAddressFile(dataFolder: string): string | null {
  try {
    return readFileSync(join(dataFolder, ADDRESS_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Nobody serves a window there any more. */
export function removeAddress(dataFolder: string): void {
  rmSync(join(dataFolder, ADDRESS_FILE), { force: true });
}
