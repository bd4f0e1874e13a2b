/** What a scan works with, is asked and answers. */
import type { Clock } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import type { LookParts } from './look.ts';

/** What a scan works with. */
export interface ScanParts {
  readonly ledger: Ledger;
  /** Absolute path of the ledger file, for the worker. */
  readonly ledgerPath: string;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** A file (absolute path) is worth looking at once it has settled. */
  readonly see: (path: string, stamp: FileStamp) => void;
  /** Whether a path (absolute) is on its way already, because something hinted at it. */
  readonly isOnItsWay: (path: string) => boolean;
}

/** Which folder, how much of it, and why. */
export interface ScanRequest {
  readonly folder: Folder;
  /** Relative path; null for all. */
  readonly subtree: string | null;
  /** `start`, `returned`, `timer`, `wake`, `watcher`, `more`, `owner`. */
  readonly reason: string;
  readonly nestedRoots: readonly string[];
  readonly trustsBlocks: boolean;
  readonly signal: AbortSignal;
}

/** How a scan went. */
export type Scanned =
  | {
      readonly kind: 'scanned';
      readonly seenCount: number;
      /** Changes (relative paths) that were not on their way already, gone files included; at most 1,000. */
      readonly surprises: readonly string[];
      /** Photos that lost a file; those without any other wait for the looks that may bring them back. */
      readonly lostPhotoIds: readonly number[];
      /** Folders and names that could not be read, in words. */
      readonly unread: readonly { readonly path: string; readonly detail: string }[];
    }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'stopped' };
