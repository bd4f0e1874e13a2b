import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DataFolderOwnedError, isLocked } from './open-errors.ts';

/** Ownership of a data folder. It ends with {@link Ownership.release} or with the process, however that dies. */
export interface Ownership {
  release(): void;
}

/**
 * Makes this process the one engine of a data folder: an exclusive SQLite transaction on a small `owner.db`, which the
 * operating system frees after a kill. The file is never read or written otherwise.
 *
 * @throws DataFolderOwnedError while another process owns the folder.
 */
export function takeOwnership(dataFolder: string): Ownership {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const db = new Database(join(dataFolder, 'owner.db'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isLocked(error)) throw new DataFolderOwnedError(dataFolder);
    throw error;
  }
  return {
    release() {
      if (!db.open) return;
      db.exec('ROLLBACK');
      db.close();
    },
  };
}
