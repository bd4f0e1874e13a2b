/** Why a ledger could not be opened, in words for the owner. Nothing is ever deleted or changed because of these. */

/** The ledger was written by a newer version of Tagalong. */
export class LedgerFromFutureError extends Error {
  override readonly name = 'LedgerFromFutureError';
  constructor(path: string, found: number, known: number) {
    super(
      `The ledger ${path} was written by a newer version of Tagalong (ledger version ${found}; this one knows ${known}). ` +
        'Nothing was changed. Update Tagalong, or choose another data folder.',
    );
  }
}

/** The file is an SQLite database, but not ours. */
export class NotALedgerError extends Error {
  override readonly name = 'NotALedgerError';
  constructor(path: string) {
    super(`${path} is not a Tagalong ledger. Nothing was changed. Choose another data folder.`);
  }
}

/** The file is damaged; a copy was put aside. */
export class LedgerDamagedError extends Error {
  override readonly name = 'LedgerDamagedError';
  readonly copyPath: string | null;
  constructor(path: string, detail: string, copyPath: string | null) {
    super(
      `The ledger ${path} is damaged (${detail}). ` +
        (copyPath === null
          ? 'It could not be copied aside; nothing was changed. '
          : `It was copied to ${copyPath}; the original is untouched. `) +
        'Restore it from a backup, or move it away: a new ledger finds by itself what the account already has.',
    );
    this.copyPath = copyPath;
  }
}

/** Another program keeps the file locked for longer than we wait. */
export class LedgerLockedError extends Error {
  override readonly name = 'LedgerLockedError';
  constructor(path: string, waitedMs: number) {
    super(
      `The ledger ${path} is locked by another program; waited ${Math.round(waitedMs / 1000)} s. ` +
        'Close that program (a backup or a database viewer, perhaps) and try again.',
    );
  }
}

/** The data folder is used by another running Tagalong. */
export class DataFolderOwnedError extends Error {
  override readonly name = 'DataFolderOwnedError';
  constructor(folder: string) {
    super(`The data folder ${folder} is in use by another running Tagalong.`);
  }
}

/** The data folder is on a network file system, where SQLite's WAL does not work. */
export class DataFolderOnNetworkError extends Error {
  override readonly name = 'DataFolderOnNetworkError';
  constructor(folder: string, fileSystem: string) {
    super(
      `The data folder ${folder} is on a network file system (${fileSystem}), where the ledger cannot be kept safely. ` +
        'Choose a folder on a local disk with --data-dir; the photos themselves may be on the network.',
    );
  }
}

/** Whether SQLite's error says that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC')
  );
}

/** Whether SQLite's error says that the database file is damaged. */
export function isDamaged(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** Whether SQLite's error says that somebody else holds a lock. */
export function isLocked(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED'))
  );
}
