/** The practice account's own SQLite file: opening it for one process alone, and its tables. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS input (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  status INTEGER NOT NULL,
  details TEXT,
  url TEXT,
  pack TEXT, offset INTEGER, bytes INTEGER, sha256 TEXT,
  format TEXT, width INTEGER, height INTEGER,
  data TEXT NOT NULL,                 -- concepts (id, value), metadata, geo, regions as JSON
  dataset_ids TEXT,
  job_id TEXT,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  due_at INTEGER,                     -- when its status moves on; NULL: settled, or being decoded
  planned_code INTEGER,               -- a fault's outcome of indexing
  planned_details TEXT,
  deleting_at INTEGER                 -- when its deletion is carried out
) STRICT;
CREATE INDEX IF NOT EXISTS input_due ON input (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS input_deleting ON input (deleting_at) WHERE deleting_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS input_url ON input (url) WHERE url IS NOT NULL;
CREATE INDEX IF NOT EXISTS input_pack ON input (pack) WHERE pack IS NOT NULL;
CREATE INDEX IF NOT EXISTS input_job ON input (job_id, status) WHERE job_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS input_sha256 ON input (sha256) WHERE sha256 IS NOT NULL;
CREATE TABLE IF NOT EXISTS concept (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  definition TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS annotation (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  input_id TEXT NOT NULL REFERENCES input (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  input_level INTEGER NOT NULL,       -- 1: its data are those of the input
  data TEXT NOT NULL,
  status INTEGER NOT NULL,
  user_id TEXT, model_version_id TEXT, workflow_version_id TEXT, task_id TEXT,
  annotation_info TEXT,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (input_id, id)
) STRICT;
CREATE TABLE IF NOT EXISTS add_job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  refused_count INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
`;

/** How long a start waits for another process to let go of the file. */
const LOCK_WAIT_MS = 3_000;
const LOCK_RETRY_MS = 100;

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

const tryOpen = (file: string): Database.Database => {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.transaction(() => db.exec(SCHEMA)).exclusive();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Another process serves this practice account. */
export class PracticeRunsError extends Error {
  override readonly name = 'PracticeRunsError';
  constructor(file: string, cause: unknown) {
    super(`Another practice account is running on ${file}. End it, or choose another data folder.`, {
      cause,
    });
  }
}

/**
 * Opens the file for this process alone. While another practice account holds it, it is tried again for 3 s;
 * then it rejects with a sentence for people.
 */
export const openStore = async (file: string): Promise<Database.Database> => {
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return tryOpen(file);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= giveUpAt) {
        throw new PracticeRunsError(file, error);
      }
      await sleep(LOCK_RETRY_MS);
    }
  }
};
export type Store = Database.Database;
