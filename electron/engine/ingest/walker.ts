/** The state of one walk, and the notes it takes. */
import { isPlaceAtOrBelow } from '../path-relations.ts';
import type { KnownFiles } from './known-files.ts';
import { countsWithParents } from './path-filter.ts';
import { createLinkFollower, type LinkFollower } from './link-follower.ts';
import type { FoundFile, UnreadFolder, WalkPart, WalkRequest } from './walk-types.ts';

/** A walk in progress. */
export interface Walker {
  readonly request: WalkRequest;
  readonly known: KnownFiles;
  /** Folders that are still to be read, last first. */
  readonly folders: string[];
  /** Links to folders, held back until all else is done. */
  readonly links: string[];
  readonly follower: LinkFollower;
  readonly nested: ReadonlySet<string>;
  /** Folders that were read. */
  readonly visited: Set<string>;
  /** Folders that were not, though they may hold known files. */
  readonly unread: Set<string>;
  /** False when the subtree is none of this walk's business (excluded, nested, unreadable). */
  covered: boolean;
  readonly missing: string[];
  readonly excluded: string[];
  readonly unreadableFolders: UnreadFolder[];
  readonly unreadableNames: string[];
  readonly linkedFolders: string[];
  readonly counts: { seen: number; changed: number; placeholders: number };
  changed: FoundFile[];
  placeholders: FoundFile[];
  flush(): void;
}

export function createWalker(
  request: WalkRequest,
  known: KnownFiles,
  emit: (part: WalkPart) => void,
): Walker {
  const walker: Walker = {
    request,
    known,
    folders: [],
    links: [],
    follower: createLinkFollower(request.root),
    nested: new Set(relativeRoots(request.root, request.nestedRoots)),
    visited: new Set(),
    unread: new Set(),
    covered: true,
    missing: [],
    excluded: [],
    unreadableFolders: [],
    unreadableNames: [],
    linkedFolders: [],
    counts: { seen: 0, changed: 0, placeholders: 0 },
    changed: [],
    placeholders: [],
    flush() {
      if (walker.changed.length + walker.placeholders.length === 0) return;
      emit({ changed: walker.changed, placeholders: walker.placeholders });
      walker.changed = [];
      walker.placeholders = [];
    },
  };
  return walker;
}

/** Those of `others` that lie inside `root`, relative to it. */
export function relativeRoots(root: string, others: readonly string[]): string[] {
  const top = withSlashes(root);
  return others
    .map(withSlashes)
    .filter((other) => other !== top && isPlaceAtOrBelow(other, top))
    .map((other) => other.slice(top === '' ? 1 : top.length + 1));
}

/** Forward slashes on Windows, no slash at the end, so that `/` itself is ''. */
function withSlashes(folder: string): string {
  const path = process.platform === 'win32' ? folder.replaceAll('\\', '/') : folder;
  return path.replace(/\/+$/u, '');
}

/** A known file that was not seen in a folder that was read. */
export function leaveOut(walker: Walker, path: string): void {
  if (countsWithParents(walker.request.filter, path, 'file')) walker.missing.push(path);
  else walker.excluded.push(path);
}

export function leaveUnread(walker: Walker, path: string, detail: string): void {
  walker.unread.add(path);
  walker.unreadableFolders.push({ path, detail });
}

export function absolute(walker: Walker, path: string): string {
  const { root } = walker.request;
  if (path === '') return root;
  return root.endsWith('/') ? root + path : `${root}/${path}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
