/** Where the window of a data folder is, for a second start: a file that only its owner can read. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivate, writePrivate } from './private-file.ts';

const ADDRESS_FILE = 'window-address';

/** Writes the address, its key included. */
export function writeAddress(dataFolder: string, address: string): void {
  writePrivate(join(dataFolder, ADDRESS_FILE), address);
}

/** The address that was written last; null when nobody serves a window there. */
export function readAddressFile(dataFolder: string): string | null {
  return readPrivate(join(dataFolder, ADDRESS_FILE));
}

/** Nobody serves a window there any more. */
export function removeAddress(dataFolder: string): void {
  rmSync(join(dataFolder, ADDRESS_FILE), { force: true });
}
