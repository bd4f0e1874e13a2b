/** What a walk is asked and what it answers. Plain data but for the filter and the signal. */
import type { PathFilter } from './path-filter.ts';
import type { FileStamp } from '#shared/file-stamp.ts';

/** What to walk. */
export interface WalkRequest {
  /** Absolute path of the watched folder. */
  readonly root: string;
  readonly filter: PathFilter;
  /** Absolute paths of other watched folders; those inside this one are not entered. */
  readonly nestedRoots: readonly string[];
  /** Walk only this path (relative); it may be a folder, a file, or gone. Absent: everything. */
  readonly subtree?: string;
  /** Device number of the root at the last walk: tells a vanished mount from an emptied folder. */
  readonly expectedDevice?: number;
  /** Whether a file without blocks is a cloud placeholder here (`countsBlocks` of its file system). Default true. */
  readonly trustsBlocks?: boolean;
  /** Ends the walk early with `stopped`. */
  readonly signal?: AbortSignal;
}

export interface FoundFile extends FileStamp {
  /** Relative, `/` between names, each name as the system gives it. */
  readonly path: string;
}

/** At most 256 differences. */
export interface WalkPart {
  /** New or changed files. */
  readonly changed: readonly FoundFile[];
  /** New or changed files whose content is only in the cloud: not to be read. `path` has the real name. */
  readonly placeholders: readonly FoundFile[];
}

export interface UnreadFolder {
  readonly path: string;
  readonly detail: string;
}

export interface Walked {
  readonly kind: 'walked';
  /** Files that count, changed or not, placeholders included. */
  readonly seenCount: number;
  readonly changedCount: number;
  readonly placeholderCount: number;
  readonly folderCount: number;
  /** Known files that are gone. */
  readonly missing: readonly string[];
  /** Known files that are left out now, by junk rules or the owner's globs. */
  readonly excluded: readonly string[];
  readonly unreadableFolders: readonly UnreadFolder[];
  /** Paths with a name that is not valid UTF-8 (shown with U+FFFD); they cannot be kept in the ledger. */
  readonly unreadableNames: readonly string[];
  /** Links to folders that were entered. Watchers see them only where they follow links. */
  readonly linkedFolders: readonly string[];
  readonly rootDevice: number;
}

export type WalkSummary =
  | Walked
  /** The root is not there, or its drive is not: nothing is missing because of that. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'stopped' };
