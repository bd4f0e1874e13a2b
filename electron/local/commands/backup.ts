/** `tagalong backup` and `tagalong restore`: the ledger, and nothing else; photos are where they are. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BACKUP_FOLDER, makeBackup } from '../../engine/care/backups.ts';
import { keptCountOf } from '../../engine/care/kept-count.ts';
import { restoreInto } from '../../engine/care/restore.ts';
import { LEDGER_FILE } from '../../engine/own-data-folder.ts';
import { openLedger } from '../../engine/ledger/ledger.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { plainPath } from '../plain-path.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface BackupOptions {
  readonly dataDir?: string;
  readonly to?: string;
  readonly keep?: number;
  readonly json?: boolean;
}

/** Copies the ledger beside whoever runs on it, checks the copy, and prints its path. */
export async function runBackup(options: BackupOptions, terminal: Terminal): Promise<number> {
  const dataFolder = dataFolderOf(options.dataDir);
  const ledgerPath = join(dataFolder, LEDGER_FILE);
  if (!existsSync(ledgerPath)) {
    terminal.say(`There is no ledger in ${dataFolder} yet: tagalong ingest makes one.`);
    return EXIT.couldNotRun;
  }
  const made = await makeBackup({
    ledgerPath,
    folder: options.to === undefined ? join(dataFolder, BACKUP_FOLDER) : resolve(options.to),
    at: Date.now(),
    keptCount: options.keep ?? keptCountIn(ledgerPath),
  });
  if (options.json === true) {
    terminal.print(JSON.stringify({ ...made, at: new Date(made.at).toISOString() }));
    return EXIT.ok;
  }
  terminal.print(plainPath(made.path));
  terminal.say('The backup is checked and whole. It holds paths and places of your photos, and no token.');
  return EXIT.ok;
}

/** Puts a backup in the ledger's place, which is set aside. Only while no Tagalong runs on the data folder. */
export function runRestore(
  backup: string,
  options: { readonly dataDir?: string },
  terminal: Terminal,
): Promise<number> {
  const dataFolder = dataFolderOf(options.dataDir);
  const path = resolve(backup);
  if (!existsSync(path)) throw new UsageError(`There is no backup ${plainPath(path)}.`);
  const { asidePath } = restoreInto(dataFolder, { backupPath: path, at: Date.now() });
  terminal.say(
    [
      'The backup is the ledger now.',
      ...(asidePath === null ? [] : [`The ledger that was there is set aside: ${plainPath(asidePath)}`]),
      'At the next start, what came to the folders or the account since is found again.',
    ].join('\n'),
  );
  return Promise.resolve(EXIT.ok);
}

function keptCountIn(ledgerPath: string): number {
  const ledger = openLedger(ledgerPath, { readonly: true });
  try {
    return keptCountOf(ledger);
  } finally {
    ledger.close();
  }
}
