/** Takes a data folder for an engine's own. */
import { mkdirSync } from 'node:fs';
import type { fileSystemOf } from './ingest/file-system.ts';
import { DataFolderOnNetworkError } from './ledger/open-errors.ts';
import { takeOwnership } from './ledger/owner.ts';

/** Name of the ledger file in a data folder. */
export const LEDGER_FILE = 'ledger.db';

/**
 * Makes the folder where it is not there, and keeps other engines out until `release`.
 *
 * @throws DataFolderOnNetworkError, DataFolderOwnedError
 */
export async function ownDataFolder(
  dataFolder: string,
  askFileSystem: typeof fileSystemOf,
): Promise<{ release(): void }> {
  const fileSystem = await askFileSystem(dataFolder);
  if (fileSystem.kind === 'network') {
    throw new DataFolderOnNetworkError(dataFolder, fileSystem.type ?? 'network');
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  return takeOwnership(dataFolder);
}
