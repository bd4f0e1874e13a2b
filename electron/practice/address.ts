/** Where the practice account of a folder listens now: a file that only its user can read, for others who want to come. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How to reach a running practice account. */
export interface PracticeAddress {
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
}

const ADDRESS_FILE = 'address.json';

export function writeAddress(dataDir: string, { apiBase, userId, appId, pat }: PracticeAddress): void {
  const text = JSON.stringify({ apiBase, userId, appId, pat });
  writeFileSync(path.join(dataDir, ADDRESS_FILE), text, { mode: 0o600 });
}

export function removeAddress(dataDir: string): void {
  rmSync(path.join(dataDir, ADDRESS_FILE), { force: true });
}

/** The address that was last written; after a kill it may be of a process that is gone. Null when there is none. */
export function readAddress(dataDir: string): PracticeAddress | null {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, ADDRESS_FILE), 'utf8')) as PracticeAddress;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
