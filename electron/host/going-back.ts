/** Going back to a backup in a host that runs: its engine ends, the ledger is exchanged, and it begins again. */
import { join } from 'node:path';
import { BACKUP_FOLDER, listBackups } from '../engine/care/backups.ts';
import { restoreInto } from '../engine/care/restore.ts';
import type { Backup } from '#shared/care.ts';

/** The finished backups of a data folder, newest first. */
export function backupsOf(dataFolder: string): readonly Backup[] {
  return listBackups(join(dataFolder, BACKUP_FOLDER));
}

/**
 * Makes the backup that was begun at `at` (UTC ms) the ledger. It blocks for as long as the backup takes to be checked
 * and copied.
 *
 * @returns where the ledger that was there lies now; null when there was none
 * @throws Error in words for the owner; then nothing was changed
 */
export function goBackTo(at: number, dataFolder: string): { readonly asidePath: string | null } {
  const backup = backupsOf(dataFolder).find((one) => one.at === at);
  if (backup === undefined) {
    throw new Error('This backup is not there any more, and nothing was changed. Choose another one.');
  }
  return restoreInto(dataFolder, { backupPath: backup.path, at: Date.now() });
}
