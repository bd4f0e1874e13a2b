/**
 * Copies of the ledger. The copy is made in one step of SQLite's online backup, under one read transaction: it is the
 * ledger as it was at one moment, whatever is written meanwhile, and nobody who writes waits for it. Copied in small
 * steps it would begin anew with every write of somebody else. The step blocks its thread: never call it on the
 * engine's.
 */
import Database from 'better-sqlite3';
import { checkLedger, type CheckOutcome } from './check.ts';
import { LOCK_WAIT_MS } from './database.ts';
import { checkVersion } from './migrate.ts';

/** More pages than a database can have. */
const ALL_PAGES = 0x7f_ff_ff_ff;

/**
 * Copies the ledger at `from` into a new file `to`, which needs no file beside it, and checks the copy.
 *
 * @returns what SQLite's quick_check found in the copy
 * @throws NotALedgerError, LedgerFromFutureError, and SQLite's words when it cannot be read or written
 */
export async function copyLedger(from: string, to: string): Promise<CheckOutcome> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    checkVersion(source);
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new Database(to, { fileMustExist: true });
  try {
    // The ledger's own mode travels with it, and would leave two more files wherever the copy is opened.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  return checkLedger(to);
}

/**
 * Looks whether a file is a whole ledger that this program understands.
 *
 * @returns its version
 * @throws NotALedgerError, LedgerFromFutureError, BackupDamagedError
 */
export function inspectBackup(path: string): number {
  const found = checkLedger(path);
  if (found !== 'ok') throw new BackupDamagedError(path, found);
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return checkVersion(db);
  } finally {
    db.close();
  }
}

/** A copy of the ledger that did not pass SQLite's check. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError';
  constructor(path: string, found: readonly string[]) {
    super(
      `The backup ${path} is damaged (${found.join('; ')}). Nothing was changed. Choose an older backup, or make ` +
        'one on another disk.',
    );
  }
}
