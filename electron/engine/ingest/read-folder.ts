/** One readdir, with names that are not valid UTF-8 set apart. */
import { readdirSync, type Dirent } from 'node:fs';

export type FolderListing =
  | {
      readonly kind: 'listed';
      readonly entries: readonly Dirent[];
      /** Names as they are shown, with U+FFFD in place of the bytes that make no sense. */
      readonly unreadableNames: readonly string[];
    }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly detail: string };

/**
 * Lists a folder. Names come as text, the fast way; only where one contains U+FFFD, the mark of undecodable bytes, is
 * the folder read again as bytes to tell such names from those that really contain that character.
 */
export function readFolder(path: string): FolderListing {
  let found: Dirent[];
  let undecodable: ReadonlySet<string> = NONE;
  try {
    found = readdirSync(path, { withFileTypes: true });
    if (found.some((entry) => entry.name.includes(REPLACEMENT))) undecodable = undecodableNames(path);
  } catch (error) {
    return failureOf(error);
  }
  const entries = undecodable.size === 0 ? found : found.filter((entry) => !undecodable.has(entry.name));
  return { kind: 'listed', entries, unreadableNames: [...undecodable] };
}

const REPLACEMENT = '\uFFFD';
const NONE: ReadonlySet<string> = new Set();

function undecodableNames(path: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const bytes of readdirSync(path, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    if (name.includes(REPLACEMENT) && !Buffer.from(name, 'utf8').equals(bytes)) names.add(name);
  }
  return names;
}

function failureOf(error: unknown): FolderListing {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  // Gone between its parent's listing and its own: the files in it are gone with it.
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? { kind: 'gone' }
    : { kind: 'failed', detail: error.message };
}
