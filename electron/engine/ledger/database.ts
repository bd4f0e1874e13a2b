import { copyFileSync, existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { checkVersion, LEDGER_VERSION, migrate } from './migrate.ts';
import { isDamaged, isLocked, LedgerDamagedError, LedgerLockedError } from './open-errors.ts';

/** How long a lock of somebody else is waited for, in ms. */
export const LOCK_WAIT_MS = 10_000;

/** Options of {@link openDatabase}. */
export interface OpenOptions {
  /** Open beside a running owner, for reading only. Default false. */
  readonly readonly?: boolean;
  /** How long to wait for a lock, in ms. Default {@link LOCK_WAIT_MS}. */
  readonly lockWaitMs?: number;
}

/**
 * Opens the ledger file, sets what we rely on (WAL, FULL, foreign keys) and reads it back, and brings it to the newest
 * version.
 *
 * @throws LedgerDamagedError, LedgerLockedError, LedgerFromFutureError, NotALedgerError
 */
export function openDatabase(path: string, options: OpenOptions = {}): Database.Database {
  const lockWaitMs = options.lockWaitMs ?? LOCK_WAIT_MS;
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: options.readonly === true, timeout: lockWaitMs });
    checkVersion(db);
    if (options.readonly === true) {
      if (checkVersion(db) < LEDGER_VERSION) {
        throw new Error(
          `The ledger ${path} is of an older version; start Tagalong once to bring it up to date.`,
        );
      }
    } else {
      setPragmas(db);
      migrate(db);
    }
    return db;
  } catch (error) {
    db?.close();
    if (isDamaged(error)) throw damaged(path, error);
    if (isLocked(error)) throw new LedgerLockedError(path, lockWaitMs);
    throw error;
  }
}

/**
 * Copies a damaged ledger (with its WAL) aside and describes it. The original is left as it is. The copy is named by
 * the time of the last write, so that the same damage met again makes no second copy.
 */
export function damaged(path: string, error: unknown): LedgerDamagedError {
  const detail = error instanceof Error ? error.message : String(error);
  try {
    const { mtimeMs, size } = statSync(path);
    const copyPath = `${path}.damaged-${new Date(mtimeMs).toISOString().replaceAll(/[:.]/g, '-')}`;
    if (!existsSync(copyPath) || statSync(copyPath).size !== size) {
      copyFileSync(path, copyPath);
      if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copyPath}-wal`);
    }
    return new LedgerDamagedError(path, detail, copyPath);
  } catch (copyError) {
    return new LedgerDamagedError(path, `${detail}; copying it aside failed: ${String(copyError)}`, null);
  }
}

function setPragmas(db: Database.Database): void {
  const wanted = [
    ['journal_mode', 'WAL', 'wal'],
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    ['cache_size', '-16000', -16_000],
    ['temp_store', 'MEMORY', 2],
  ] as const;
  for (const [name, value, readBack] of wanted) {
    db.pragma(`${name} = ${value}`);
    const found = db.pragma(name, { simple: true });
    if (found !== readBack) {
      throw new Error(`The ledger needs ${name} = ${value}, but SQLite says ${String(found)}.`);
    }
  }
}
