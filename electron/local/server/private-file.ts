/** Small files with a secret in them, in the data folder: only their owner reads them. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes it whole, or not at all. */
export function writePrivate(path: string, text: string): void {
  rmSync(`${path}.partial`, { force: true });
  writeFileSync(`${path}.partial`, text, { mode: 0o600, flag: 'wx' });
  renameSync(`${path}.partial`, path);
}

/** Null when it is not there. */
export function readPrivate(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
