/**
 * Which paths of a watched folder count: everything but junk, narrowed by the owner's globs.
 *
 * A glob is relative to the watched folder, with `/` between names on every system. Without a slash it matches a name
 * at any depth (`*.png`, `Rejects`); with one it is held against the whole path (`2024/exports/**`); a leading slash
 * ties it to the top (`/Exports`), a trailing one to folders (`tmp/`). All match whatever the case, as `DSC.JPG` and
 * `dsc.jpg` are the same to a photographer. An excluded folder is not entered. With includes, a file has to match one
 * or lie in a folder that does. Junk stays out whatever is included.
 */
import picomatch from 'picomatch';
import { isJunkFile, isJunkFolder } from './junk.ts';

export interface FilterGlobs {
  /** When not empty, only these files count. */
  readonly include: readonly string[];
  /** These files and folders do not count; stronger than `include`. */
  readonly exclude: readonly string[];
}

/** Paths are relative to the watched folder, `/` between names. Ask about a folder before what lies in it. */
export interface PathFilter {
  /** Whether the folder is entered. Only its own name and path are judged, not its parents'. */
  directory(path: string): boolean;
  /** Whether the file counts. Only the file is judged, not its parents. */
  file(path: string): boolean;
}

/** A glob that cannot be used; the message is for the owner. */
export class GlobError extends Error {
  override readonly name = 'GlobError';
  readonly glob: string;

  constructor(glob: string, reason: string) {
    super(`The pattern "${glob}" cannot be used: ${reason}`);
    this.glob = glob;
  }
}

/** Compiles the globs once. Throws `GlobError` for one that makes no sense. */
export function createFilter(globs: FilterGlobs): PathFilter {
  const exclude = globs.exclude.map(compile);
  const include = globs.include.map(compile);
  return {
    directory(path) {
      if (isJunkFolder(nameOf(path))) return false;
      return !exclude.some((glob) => glob.matches(path));
    },
    file(path) {
      if (isJunkFile(nameOf(path))) return false;
      if (exclude.some((glob) => !glob.foldersOnly && glob.matches(path))) return false;
      return include.length === 0 || include.some((glob) => isIncluded(glob, path));
    },
  };
}

/** Whether `path` and every folder above it count; for paths that were not reached by walking down. */
export function countsWithParents(filter: PathFilter, path: string, kind: 'directory' | 'file'): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (!filter.directory(path.slice(0, slash))) return false;
  }
  return filter[kind](path);
}

interface CompiledGlob {
  readonly foldersOnly: boolean;
  matches(path: string): boolean;
}

function compile(glob: string): CompiledGlob {
  checkGlob(glob);
  const foldersOnly = glob.endsWith('/');
  const body = glob.replace(/^\.?\//u, '').replace(/\/+$/u, '');
  const anyDepth = !body.includes('/') && !/^\.?\//u.test(glob);
  const test = compilePattern(glob, body);
  return { foldersOnly, matches: anyDepth ? (path) => test(nameOf(path)) : test };
}

function compilePattern(glob: string, body: string): (path: string) => boolean {
  try {
    // Our paths have `/` on every system.
    return picomatch(body, { dot: true, nocase: true, strictBrackets: true, windows: false });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new GlobError(glob, words.startsWith('Missing') ? 'a bracket is not closed.' : `${words}.`);
  }
}

function checkGlob(glob: string): void {
  const body = glob.replaceAll('/', '').trim();
  if (body === '' || body === '.') throw new GlobError(glob, 'it is empty.');
  if (glob.length > 1_000) throw new GlobError(glob.slice(0, 60), 'it is longer than 1,000 characters.');
  if (glob.includes('\0')) throw new GlobError(glob, 'it contains a NUL character.');
  if (glob.includes('\\')) throw new GlobError(glob, 'write / between folders, not \\.');
  if (glob.startsWith('!')) throw new GlobError(glob, 'it begins with "!"; use the other list instead.');
  if (/^[a-z]:/iu.test(glob)) throw new GlobError(glob, 'it has to be relative to the watched folder.');
  if (glob.split('/').includes('..')) throw new GlobError(glob, 'it leaves the watched folder with "..".');
}

function isIncluded(glob: CompiledGlob, path: string): boolean {
  if (!glob.foldersOnly && glob.matches(path)) return true;
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    if (glob.matches(path.slice(0, slash))) return true;
  }
  return false;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
