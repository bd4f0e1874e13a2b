import type Database from 'better-sqlite3';
import { LedgerFromFutureError, NotALedgerError } from './open-errors.ts';
import { MIGRATIONS, type Migration } from './migrations/list.ts';

/** 'Tgal' in ASCII: marks the file as ours (SQLite's application_id). */
export const APPLICATION_ID = 0x5467616c;

/** The version that this program writes. */
export const LEDGER_VERSION = MIGRATIONS.length;

/**
 * Brings a ledger to the newest version, each step in a transaction of its own, so that an interrupted run goes on
 * where it stopped.
 *
 * @throws NotALedgerError when the database belongs to another program.
 * @throws LedgerFromFutureError when it was written by a newer version; nothing is changed then.
 */
export function migrate(db: Database.Database, migrations: readonly Migration[] = MIGRATIONS): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new Error(`Migration ${migration.version} stands at place ${index + 1}; versions rise by one.`);
    }
  });
  const found = checkVersion(db, migrations.length);
  for (const migration of migrations.slice(found)) {
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

/** Reads the version and refuses what is not ours or from the future; 0 for an empty file. */
export function checkVersion(db: Database.Database, known: number = LEDGER_VERSION): number {
  const applicationId = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true }) as number;
  const isEmpty = db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0;
  if (isEmpty && applicationId === 0 && version === 0) return 0;
  if (applicationId !== APPLICATION_ID) throw new NotALedgerError(db.name);
  if (version > known) throw new LedgerFromFutureError(db.name, version, known);
  return version;
}
