/** Failures as the page sees them: by cause, photo by photo, and what the owner can have done about them. */
import type { AsOf } from './changes.ts';
import type { Hold, Remedy } from './problems.ts';
import type { SheetRow } from './sheet.ts';
import type { EditDone } from './tagging.ts';

/** Everything that failed at a destination for one cause. */
export interface FailureGroup {
  /** A `FailureCause`, or one of a later version. */
  readonly cause: string;
  readonly sentence: string;
  readonly remedy: Remedy;
  readonly photoCount: number;
  /** Files that could not become a photo. */
  readonly fileCount: number;
  /** When the first of them is tried again by itself (UTC ms); null: none is. */
  readonly nextAt: number | null;
  /** False: it is tried again by itself. */
  readonly wantsOwner: boolean;
}

/** Photos and files that are left out for one reason. */
export interface LeftOut {
  /** A `SkipReason`, or one of a later version. */
  readonly reason: string;
  readonly photoCount: number;
  readonly fileCount: number;
}

export interface FailureGroups extends AsOf {
  /** Those that want the owner first, the larger before the smaller. */
  readonly groups: readonly FailureGroup[];
  /** What is left out and why, most first; the owner's own wish is one reason. */
  readonly skipped: readonly LeftOut[];
  /** What the owner left out. */
  readonly leftOut: { readonly photoCount: number; readonly fileCount: number };
}

/** One photo that failed, or one file that could not become a photo. */
export interface FailedPhoto {
  /** Null for a file without a photo, which has `fileId`. */
  readonly photoId: number | null;
  readonly fileId: number | null;
  /** Null for a file without a photo. */
  readonly row: SheetRow | null;
  /** Absolute; null when no file was ever known. */
  readonly path: string | null;
  /** Whether the file is there. */
  readonly isThere: boolean;
  /** The service's or the system's own words. */
  readonly detail: string | null;
  readonly statusCode: number | null;
  readonly requestId: string | null;
  /** How often it was sent; what never left: how often it failed here. */
  readonly attempts: number;
  /** When it failed (UTC ms). */
  readonly at: number;
  readonly nextAt: number | null;
}

/** Rows of a group from `from` on: photos first, then files without one. */
export interface FailedPhotos extends AsOf {
  readonly from: number;
  readonly total: number;
  readonly rows: readonly FailedPhoto[];
}

/** Photos, and files that could not become one, by their ids. */
export interface FailureIds {
  readonly photoIds: readonly number[];
  readonly fileIds: readonly number[];
}

/** Which failures an act is about. */
export type FailureTarget = FailureIds | { readonly cause: string } | { readonly all: true };

/**
 * How failures are tried again. `again`: as before. `as-it-is`: the bytes of the file, for incomplete pictures.
 * `smaller-copy`: a sized copy, where the file itself was too much. `remove-there`: what the service could not index is
 * removed there first.
 */
export const RETRY_WAYS = ['again', 'as-it-is', 'smaller-copy', 'remove-there'] as const;
export type RetryWay = (typeof RETRY_WAYS)[number];
/** Ways in which nothing is removed at the service. */
export const HARMLESS_WAYS = ['again', 'as-it-is', 'smaller-copy'] as const satisfies readonly RetryWay[];

/** Why a failure stays as it is. */
export const LEFT_REASONS = [
  /** The same bytes would fail the same way. */
  'unchanged',
  /** No file holds the picture. */
  'gone',
  /** The service has the input that it could not index; it has to be removed there first. */
  'still-there',
  /** It failed no longer: somebody or something was faster. */
  'not-failed',
  /** The service could not be asked to remove it. */
  'not-reached',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** What a retry did, as it was when it was done. */
export interface RetryDone extends AsOf {
  /** Photos that go to the service again. */
  readonly queuedCount: number;
  /** Photos and files that are read from the disk again, and sent when that succeeds. */
  readonly readAgainCount: number;
  /** The rest, by reason; reasons without any are missing. */
  readonly left: readonly { readonly why: LeftReason; readonly count: number }[];
  /** Folders that are looked through for files that changed or came back. */
  readonly folderCount: number;
  /** What keeps the queued ones waiting now. */
  readonly holds: readonly Hold[];
}

/** Calls about failures. */
export interface FailureCalls {
  failureGroups(which: { readonly destinationId: number }): FailureGroups;
  /** At most 500 rows. */
  failurePhotos(which: {
    readonly destinationId: number;
    readonly cause: string;
    readonly from: number;
    readonly count: number;
  }): FailedPhotos;
  /** The same rows by their ids alone, a million at most. */
  failureIds(which: {
    readonly destinationId: number;
    readonly cause: string;
    readonly from: number;
    readonly count: number;
  }): FailureIds & AsOf;
  /** Tries failures again. What would fail the same way is left: nothing is sent in vain. */
  retryFailures(order: {
    readonly destinationId: number;
    readonly which: FailureTarget;
    readonly way: RetryWay;
  }): Promise<RetryDone>;
  /** The same at every destination together, of one cause or (null) of all; nothing is removed at any service. */
  retryEverywhere(order: {
    readonly cause: string | null;
    readonly way: (typeof HARMLESS_WAYS)[number];
  }): Promise<RetryDone>;
  /** Leaves failures out for ever, as an act: undo brings them back as they were. */
  skipFailures(order: { readonly destinationId: number; readonly which: FailureTarget }): EditDone & {
    /** Files without a photo that are left out with it. */
    readonly fileCount: number;
  };
  /** Takes in again what the owner left out, whenever that was: it is read and sent as if it were new. */
  takeInLeftOut(which: { readonly destinationId: number }): RetryDone;
  /**
   * A part of all failures as CSV (RFC 4180), the first with the names of the columns; `nextFrom` asks for the next
   * part, null: that was the last. Paths begin with the name of their watched folder, nothing above it is told.
   */
  failuresCsv(which: { readonly destinationId: number; readonly from: number }): {
    readonly text: string;
    readonly nextFrom: number | null;
  };
}
