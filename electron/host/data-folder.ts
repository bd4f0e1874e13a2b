import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What the choice of the data folder looks at. */
interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where ledger, thumbnails and the practice account live unless `--data-dir` says otherwise: the system's place for
 * an application's data.
 */
export function defaultDataFolder(
  { platform, home, env }: Surroundings = {
    platform: process.platform,
    home: homedir(),
    env: process.env,
  },
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Tagalong');
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Tagalong');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'tagalong');
  }
}

/** The data folder of a command. */
export function dataFolderOf(option: string | undefined): string {
  return option === undefined ? defaultDataFolder() : resolve(option);
}

/** The data folder is not there and cannot be made. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
  constructor(path: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super(`The data folder ${path} cannot be made (${words}). Choose another one with --data-dir.`, {
      cause,
    });
  }
}

/**
 * Makes a data folder, and the folders above it, unless they are there. Only its user may look into it.
 *
 * @throws DataFolderError
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new DataFolderError(path, error);
  }
}

/** Level by level: Node's own recursive way never ends on file systems that take no folders (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another start was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
