import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

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
