/**
 * Whether the ledger has to be checked for damage, and the check itself. A full check of a million photos takes many
 * seconds, so it never happens at open: after an unclean end and once a week it is due, and it runs in a worker.
 */
import Database from 'better-sqlite3';
import type { Ledger } from './ledger.ts';
import { isDamaged } from './open-errors.ts';

/** A ledger is checked once in this time, in ms, also when every run ended well. */
export const CHECK_EVERY_MS = 7 * 24 * 60 * 60 * 1000;

/** Whether the last run ended by itself: false while one is running, and after it was killed. */
const CLEAN_END = 'clean-end';
/** UTC ms of the last check that found nothing; null while one is due whatever the date. */
const CHECKED_AT = 'checked-at';
/** How many problems are listed at most. */
const PROBLEM_LIMIT = 20;

/** What a check found: nothing, or SQLite's words for each problem. */
export type CheckOutcome = 'ok' | readonly string[];

/** Whether a check is due: the last run did not end by itself, or the last check is a week old. Read before {@link beginRun}. */
export function needsCheck(ledger: Ledger, now: number): boolean {
  if (ledger.settings.get(CLEAN_END) === false) return true;
  const checkedAt = ledger.settings.get(CHECKED_AT);
  // A ledger that was just made has nothing to be checked.
  if (checkedAt === undefined) return false;
  return typeof checkedAt !== 'number' || now - checkedAt > CHECK_EVERY_MS;
}

/**
 * Notes that a run begins, to be called once after the ledger was opened by its owner. A check that is due stays due
 * over later runs, however they end, until {@link checkPassed}.
 *
 * @returns whether a check is due
 */
export function beginRun(ledger: Ledger, now: number): boolean {
  return ledger.transaction(() => {
    const isDue = needsCheck(ledger, now);
    if (isDue) ledger.settings.set(CHECKED_AT, null);
    else if (ledger.settings.get(CHECKED_AT) === undefined) ledger.settings.set(CHECKED_AT, now);
    ledger.settings.set(CLEAN_END, false);
    return isDue;
  });
}

/** Notes that the run ends by itself; the last write before the ledger is closed. */
export function endRun(ledger: Ledger): void {
  ledger.settings.set(CLEAN_END, true);
}

/** Notes that a check found nothing. */
export function checkPassed(ledger: Ledger, now: number): void {
  ledger.settings.set(CHECKED_AT, now);
}

/**
 * Checks the file with SQLite's quick_check on a read-only connection of its own: for a worker process, beside the
 * engine that owns the ledger. It blocks its thread for seconds when there are many photos.
 */
export function checkLedger(path: string): CheckOutcome {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const found = db.prepare<[], string>(`PRAGMA quick_check(${PROBLEM_LIMIT})`).pluck().all();
      return found.length === 1 && found[0] === 'ok' ? 'ok' : found;
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamaged(error)) return [error instanceof Error ? error.message : String(error)];
    throw error;
  }
}
