/**
 * The personal access token, in hosts without a keychain: from the environment, or from a file only its owner reads.
 * A token is for one base URL and goes to no other: whoever gets one can act as its owner.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_API_BASE } from './account-options.ts';

/** Name of the tokens' file in the data folder. */
const PAT_FILE = 'pat';

/** The file with the token can be read by others. */
export class PatFileError extends Error {
  override readonly name = 'PatFileError';
}

/** Where tokens come from. */
export interface PatSources {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Base URL that the environment's token is for; default: `CLARIFAI_API_BASE`, else the service's own. */
  readonly tokenBase?: string | undefined;
}

/**
 * The token for a base URL: `CLARIFAI_PAT` when it is for this one, else the first fitting line of the file, which is
 * `TOKEN` (for the service's own base URL) or `BASE_URL TOKEN`; null when there is neither.
 *
 * @throws PatFileError when others may read the file
 */
export async function readPat(baseUrl: string, sources: PatSources): Promise<string | null> {
  const { dataFolder, env } = sources;
  const fromEnvironment = named(env, 'CLARIFAI_PAT');
  const tokenBase = sources.tokenBase ?? named(env, 'CLARIFAI_API_BASE') ?? DEFAULT_API_BASE;
  if (fromEnvironment !== undefined && isSameBase(baseUrl, tokenBase)) return fromEnvironment;
  const path = join(dataFolder, PAT_FILE);
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new PatFileError(`Others can read ${path}. Run: chmod 600 '${path}'`);
    }
    return patIn(await readFile(path, 'utf8'), baseUrl);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function patIn(text: string, baseUrl: string): string | null {
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/u);
    const [base, token] = words.length === 1 ? [DEFAULT_API_BASE, words[0]] : words;
    if (token !== undefined && token !== '' && isSameBase(baseUrl, base ?? '')) return token;
  }
  return null;
}

function named(env: PatSources['env'], name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function isSameBase(one: string, other: string): boolean {
  return plainBase(one) === plainBase(other);
}

function plainBase(base: string): string {
  return (URL.parse(base)?.href ?? base).replace(/\/+$/u, '');
}
