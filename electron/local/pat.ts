/** The personal access token, in hosts without a keychain: from the environment, or from a file only its owner reads. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the token's file in the data folder. */
const PAT_FILE = 'pat';

/** The file with the token can be read by others. */
export class PatFileError extends Error {
  override readonly name = 'PatFileError';
}

/**
 * The token: `CLARIFAI_PAT`, else the first line of the file; null when there is neither.
 *
 * @throws PatFileError when others may read the file
 */
export async function readPat(
  dataFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const fromEnvironment = env['CLARIFAI_PAT']?.trim();
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  const path = join(dataFolder, PAT_FILE);
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new PatFileError(`Others can read ${path}. Run: chmod 600 '${path}'`);
    }
    const [line = ''] = (await readFile(path, 'utf8')).split('\n');
    return line.trim() === '' ? null : line.trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
