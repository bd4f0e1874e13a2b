/**
 * The ledger: the only truth and the only queue. Nothing outside this folder knows SQL; nothing in it knows the disk's
 * pictures or the network. Transactions are synchronous; nothing is awaited inside one.
 */
import type Database from 'better-sqlite3';
import { createBatches } from './batches.ts';
import { createCounts } from './counts.ts';
import { openDatabase, type OpenOptions } from './database.ts';
import { createDestinations } from './destinations.ts';
import { createEditTables, type EditTables } from './edit-tables.ts';
import { createFailures } from './failures.ts';
import { createFiles } from './files.ts';
import { createFolders } from './folders.ts';
import { createDamageGuard } from './guard.ts';
import { createHolds } from './holds.ts';
import { createLazyCommits } from './lazy-commits.ts';
import { createPhotos } from './photos.ts';
import { createReadModels, type ReadModels } from './read-models.ts';
import { createScans } from './scans.ts';
import { createSettings } from './settings.ts';
import { createTurns } from './turns.ts';
import { createUploadSets } from './upload-sets.ts';
import { createUploads } from './uploads.ts';
import { createWorkLists } from './work-lists.ts';
import { createWrites } from './writes.ts';

/** How a transaction is written. */
export interface TransactionOptions {
  /**
   * What its rows outlive from the moment it returns. `power-cut`: they are on the disk; the wait for it is a
   * millisecond or two, and tens when the disk is busy. `kill`: they outlive the process, and a power cut from about a
   * second later; for what a scan or the next start finds and makes again. Inner transactions are as the outermost.
   * Default `power-cut`.
   */
  readonly outlives?: 'power-cut' | 'kill';
}

/** All tables, over one connection. */
export interface Ledger extends EditTables, ReadModels {
  readonly db: Database.Database;
  readonly batches: ReturnType<typeof createBatches>;
  readonly counts: ReturnType<typeof createCounts>;
  readonly destinations: ReturnType<typeof createDestinations>;
  readonly failures: ReturnType<typeof createFailures>;
  readonly files: ReturnType<typeof createFiles>;
  readonly folders: ReturnType<typeof createFolders>;
  readonly holds: ReturnType<typeof createHolds>;
  readonly photos: ReturnType<typeof createPhotos>;
  readonly scans: ReturnType<typeof createScans>;
  readonly settings: ReturnType<typeof createSettings>;
  readonly turns: ReturnType<typeof createTurns>;
  readonly uploads: ReturnType<typeof createUploads>;
  readonly uploadSets: ReturnType<typeof createUploadSets>;
  readonly workLists: ReturnType<typeof createWorkLists>;
  readonly writes: ReturnType<typeof createWrites>;
  /**
   * Runs `write` as one transaction; it is rolled back when it throws. May be nested.
   *
   * @throws LedgerDamagedError when the file turns out to be damaged, like every read and write of the tables
   */
  transaction<T>(write: () => T, options?: TransactionOptions): T;
  close(): void;
}

/**
 * Opens the ledger file and prepares every statement, so that a misspelt column fails here.
 *
 * @throws LedgerDamagedError, LedgerLockedError, LedgerFromFutureError, NotALedgerError
 */
export function openLedger(path: string, options: OpenOptions = {}): Ledger {
  const db = openDatabase(path, options);
  const guard = createDamageGuard(path);
  const lazily = createLazyCommits(db, `${path}-wal`);
  return {
    db,
    ...guard.tables(createEditTables(db)),
    ...guard.tables(createReadModels(db)),
    batches: guard.table(createBatches(db)),
    counts: guard.table(createCounts(db)),
    destinations: guard.table(createDestinations(db)),
    failures: guard.table(createFailures(db)),
    files: guard.table(createFiles(db)),
    folders: guard.table(createFolders(db)),
    holds: guard.table(createHolds(db)),
    photos: guard.table(createPhotos(db)),
    scans: guard.table(createScans(db)),
    settings: guard.table(createSettings(db)),
    turns: guard.table(createTurns(db)),
    uploads: guard.table(createUploads(db)),
    uploadSets: guard.table(createUploadSets(db)),
    workLists: guard.table(createWorkLists(db)),
    writes: createWrites(db),
    transaction: (write, { outlives = 'power-cut' } = {}) =>
      guard.run(() => {
        const run = db.transaction(write);
        return outlives === 'kill' && !db.inTransaction ? lazily.run(() => run.immediate()) : run.immediate();
      }),
    close: () => {
      lazily.stop();
      db.close();
    },
  };
}
