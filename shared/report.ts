import type { FailureCause, Hold, Remedy, SkipReason } from './problems.ts';

/** One photo (or a file that could not become one) that failed. */
export interface ReportedFailure {
  /** Absolute path of a file that holds it. */
  readonly path: string;
  readonly cause: FailureCause;
  /** A sentence for people, with the system's or the service's own words behind it. */
  readonly message: string;
  readonly remedy: Remedy;
}

/** One photo (or file) that was left out. */
export interface ReportedSkip {
  readonly path: string;
  readonly reason: SkipReason;
}

/** What became of the photos of some folders. `found` = uploaded + alreadyThere + skipped + failed + pending. */
export interface IngestReport {
  /** Files that are photos, or should be. */
  readonly files: number;
  /** Photos, by content; files that could not be identified count as one each. */
  readonly found: number;
  /** Sent in this run, and indexed. */
  readonly uploaded: number;
  /** On the account before this run. */
  readonly alreadyThere: number;
  readonly skipped: number;
  readonly failed: number;
  readonly pending: number;
  /** POSTs of inputs that the service answered. */
  readonly batches: number;
  /** All requests of the run. */
  readonly requests: number;
  /** Bytes of request bodies that left. */
  readonly bytesSent: number;
  readonly seconds: number;
  readonly holds: readonly Hold[];
  readonly failures: readonly ReportedFailure[];
  readonly skips: readonly ReportedSkip[];
  /** Photos whose picture was damaged but could be recovered, with the share of rows that decoded. */
  readonly recovered: readonly { readonly path: string; readonly share: number }[];
  /** Folders and names that could not be read; what is in them is not counted anywhere. */
  readonly unreadable: readonly { readonly path: string; readonly detail: string }[];
  /** What the owner has to know about the program itself, in sentences. */
  readonly notices: readonly string[];
  /** Photos whose tags are not yet, or will not be, as wanted at the service. */
  readonly tagsPending: number;
  readonly tagsRefused: number;
}
