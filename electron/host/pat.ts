/**
 * The personal access token, in hosts without a keychain: from the environment, or from a file only its owner reads.
 * A token is for one base URL and goes to no other: whoever gets one can act as its owner.
 */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_API_BASE } from './account-options.ts';
import type { PatPlace } from '#shared/host-api.ts';

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
  return patOfEnvironment(baseUrl, sources) ?? readPatFile(baseUrl, sources);
}

/** The environment's token, when it is for this base URL. */
export function patOfEnvironment(baseUrl: string, { env, tokenBase }: PatSources): string | null {
  const pat = named(env, 'CLARIFAI_PAT');
  const itsBase = tokenBase ?? named(env, 'CLARIFAI_API_BASE') ?? DEFAULT_API_BASE;
  return pat !== undefined && isSameBase(baseUrl, itsBase) ? pat : null;
}

/** Where the token that {@link readPat} would give is kept. */
export async function patPlace(baseUrl: string, sources: PatSources): Promise<PatPlace> {
  if (patOfEnvironment(baseUrl, sources) !== null) return { store: 'environment', trouble: null };
  try {
    const pat = await readPatFile(baseUrl, sources);
    return { store: pat === null ? null : 'file', trouble: null };
  } catch (error) {
    if (error instanceof PatFileError) return { store: 'file', trouble: error.message };
    throw error;
  }
}

async function readPatFile(baseUrl: string, { dataFolder }: PatSources): Promise<string | null> {
  const path = join(dataFolder, PAT_FILE);
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new PatFileError(`Others can read ${path}. Run: chmod 600 ${inShell(path)}`);
    }
    return patIn(await readFile(path, 'utf8'), baseUrl);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Where no quotes are needed there are none: the home folder is shown as `~`, which they would take its meaning. */
function inShell(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** A token that cannot be kept; the message says what to change. */
export class PatRefusedError extends Error {
  override readonly name = 'PatRefusedError';
}

/**
 * Keeps the token of a base URL in the file, whose other lines stay. The file is written whole, for its owner only.
 *
 * @throws PatRefusedError when it is no token, or the environment's would be used all the same
 */
export async function savePat(
  { baseUrl, pat }: { readonly baseUrl: string; readonly pat: string },
  sources: PatSources,
): Promise<void> {
  const token = pat.trim();
  if (!/^[\x21-\x7e]+$/u.test(token) || /\s/u.test(baseUrl)) {
    throw new PatRefusedError(
      'This is no token: a token has no spaces and no special letters. Copy it again.',
    );
  }
  const tokenBase = sources.tokenBase ?? named(sources.env, 'CLARIFAI_API_BASE') ?? DEFAULT_API_BASE;
  if (named(sources.env, 'CLARIFAI_PAT') !== undefined && isSameBase(baseUrl, tokenBase)) {
    throw new PatRefusedError(
      'Tagalong was started with a token for this address (CLARIFAI_PAT), which goes before any other. ' +
        'Start it without, and enter the token again.',
    );
  }
  const path = join(sources.dataFolder, PAT_FILE);
  await writeLines(path, [...linesOfOthers(await textOf(path), baseUrl), `${plainBase(baseUrl)} ${token}`]);
}

/** Removes the token of a base URL from the file, whose other lines stay; without any there is no file. */
export async function forgetPat(
  baseUrl: string,
  { dataFolder }: Pick<PatSources, 'dataFolder'>,
): Promise<void> {
  const path = join(dataFolder, PAT_FILE);
  const text = await textOf(path);
  const others = linesOfOthers(text, baseUrl);
  if (others.length === 0) await rm(path, { force: true });
  else if (patIn(text, baseUrl) !== null) await writeLines(path, others);
}

/** The lines about other base URLs. */
function linesOfOthers(text: string, baseUrl: string): readonly string[] {
  return text.split('\n').filter((line) => {
    const words = line.trim().split(/\s+/u);
    const base = words.length === 1 ? DEFAULT_API_BASE : words[0];
    return line.trim() !== '' && !isSameBase(base ?? '', baseUrl);
  });
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  await writeFile(partial, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await rename(partial, path);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
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
