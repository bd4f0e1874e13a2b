/** Commits that wait for no disk, and are brought there soon after, off the engine's thread. */
import { close, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';
import type Database from 'better-sqlite3';

/** So long a commit is out of a power cut's reach at the latest, but for the time that the disk takes. In ms. */
const SYNC_MS = 500;

/** The lazy commits of one connection. */
export interface LazyCommits {
  /**
   * Runs a transaction whose commit waits for no disk. In WAL mode a power cut may take the newest such commits, in the
   * order in which they were made, and never leaves a broken file (https://sqlite.org/pragma.html#pragma_synchronous).
   */
  run<T>(transaction: () => T): T;
  /** Ends the syncing; closing the connection brings everything to the disk. */
  stop(): void;
}

/** Begins with none. `walPath` is the connection's WAL file, which is there once something was written. */
export function createLazyCommits(db: Database.Database, walPath: string): LazyCommits {
  let timer: NodeJS.Timeout | null = null;
  /** A disk that refuses is met by waiting for it again: then SQLite says so, where somebody listens. */
  let isRefused = false;

  function syncSoon(): void {
    timer ??= setTimeout(() => {
      syncNow()
        .catch(() => {
          isRefused = true;
        })
        .finally(() => {
          timer = null;
        });
    }, SYNC_MS).unref();
  }

  async function syncNow(): Promise<void> {
    const file = await promisify(open)(walPath, 'r+');
    try {
      await promisify(fdatasync)(file);
    } finally {
      await promisify(close)(file);
    }
  }

  return {
    run(transaction) {
      if (isRefused) return transaction();
      db.pragma('synchronous = NORMAL');
      try {
        return transaction();
      } finally {
        db.pragma('synchronous = FULL');
        syncSoon();
      }
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
