/** A backup becomes the ledger again. Nothing is thrown away: the ledger that was there is set aside. */
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inspectBackup } from '../ledger/backup.ts';
import { DataFolderOwnedError } from '../ledger/open-errors.ts';
import { takeOwnership, type Ownership } from '../ledger/owner.ts';
import { LEDGER_FILE } from '../own-data-folder.ts';
import { timeInName } from './backups.ts';

/**
 * Puts a backup in the place of a data folder's ledger, and keeps engines out meanwhile.
 *
 * @returns as {@link restoreLedger}
 * @throws Error in words for whoever wants to restore, as {@link restoreLedger}; then nothing was changed
 */
export function restoreInto(
  dataFolder: string,
  { backupPath, at }: { readonly backupPath: string; readonly at: number },
): { readonly asidePath: string | null } {
  const ownership = ownershipOf(dataFolder);
  try {
    return restoreLedger({ backupPath, ledgerPath: join(dataFolder, LEDGER_FILE), at });
  } finally {
    ownership.release();
  }
}

function ownershipOf(dataFolder: string): Ownership {
  try {
    return takeOwnership(dataFolder);
  } catch (error) {
    if (!(error instanceof DataFolderOwnedError)) throw error;
    throw new Error(`${error.message} Nothing was changed. End it, and restore again.`, { cause: error });
  }
}

/**
 * Puts a backup in the ledger's place. Whoever calls owns the data folder: no engine may run on it. A kill on the way
 * leaves the old ledger or the new one, and the old one aside.
 *
 * @returns where the old ledger lies now; null when there was none
 * @throws NotALedgerError, LedgerFromFutureError, BackupDamagedError; then nothing was changed
 */
export function restoreLedger({
  backupPath,
  ledgerPath,
  at,
}: {
  readonly backupPath: string;
  readonly ledgerPath: string;
  readonly at: number;
}): { readonly asidePath: string | null } {
  inspectBackup(backupPath);
  const arriving = `${ledgerPath}.restoring`;
  copyFileSync(backupPath, arriving);
  flush(arriving);
  const asidePath = existsSync(ledgerPath) ? `${ledgerPath}.before-restore-${timeInName(at)}` : null;
  if (asidePath !== null) {
    copyFileSync(ledgerPath, asidePath);
    if (existsSync(`${ledgerPath}-wal`)) copyFileSync(`${ledgerPath}-wal`, `${asidePath}-wal`);
    flush(asidePath);
  }
  // What was written behind the old ledger must never be taken for a part of the new one.
  for (const end of ['-wal', '-shm']) rmSync(`${ledgerPath}${end}`, { force: true });
  renameSync(arriving, ledgerPath);
  return { asidePath };
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
