/** How many backups are kept: a setting of the ledger. */
import type { Ledger } from '../ledger/ledger.ts';
import { BACKUP_COUNTS, type BackupCount } from '#shared/care.ts';

const KEY = 'backups-kept';
const DEFAULT: BackupCount = 5;

/** As it was chosen; 5 when it was not, or is not understood. */
export function keptCountOf({ settings }: Pick<Ledger, 'settings'>): BackupCount {
  const stored = settings.get(KEY);
  return BACKUP_COUNTS.find((count) => count === stored) ?? DEFAULT;
}

/** Holds from the next backup on. */
export function saveKeptCount({ settings }: Pick<Ledger, 'settings'>, count: BackupCount): void {
  settings.set(KEY, count);
}
