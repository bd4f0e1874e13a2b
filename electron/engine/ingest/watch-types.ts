/** What watching is given and what it tells. */
import type { FileSystem } from './file-system.ts';
import type { WatchChoice, WatchMode } from './watch-choice.ts';

/** A folder to be watched. */
export interface WatchFolder {
  readonly id: number;
  /** Absolute path. */
  readonly path: string;
  readonly choice: WatchChoice;
  readonly fileSystem: FileSystem;
  /** The owner's globs, as for `createFilter`. What they leave out is not told. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Files that the last scan saw; absent or null while unknown. Only small folders are polled. */
  readonly fileCount?: number | null;
}

export interface FolderState {
  readonly mode: WatchMode;
  /** Why this mode and not what one would expect: a sentence; null when there is nothing to explain. */
  readonly reason: string | null;
  readonly health: 'ok' | 'unreachable';
  /** Why it is unreachable. */
  readonly detail: string | null;
}

/** Tells one folder from another that came in its place. */
export interface RootFacts {
  readonly device: number;
  readonly inode: number;
}

export interface WatchLog {
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
}

/** All in ms but `retryLimit`. */
export interface WatchTimes {
  /** Between two scans of a folder watched by events. Default 15 min: only for what the events missed. */
  readonly eventsScanMs: number;
  /** Between two scans of any other folder. Default 60 s; 100,000 files take about 0.3 s. */
  readonly scanMs: number;
  /** Between two looks whether the root is there. Default 10 s. */
  readonly rootCheckMs: number;
  /** Between two polls of a file. Default 5 s. */
  readonly pollMs: number;
  /** Until failed events are tried again, doubling each time. Default 60 s. */
  readonly retryMs: number;
  /** How often failed events are tried again before the folder stays with scans. Default 5. */
  readonly retryLimit: number;
  /** A wall clock that runs ahead by more means that the computer slept. Default 30 s. */
  readonly sleepMs: number;
}

export const WATCH_TIMES: WatchTimes = {
  eventsScanMs: 900_000,
  scanMs: 60_000,
  rootCheckMs: 10_000,
  pollMs: 5_000,
  retryMs: 60_000,
  retryLimit: 5,
  sleepMs: 30_000,
};

/**
 * Why there is a hint: the watch begins, or begins again on a root that was away; the system (or a poll) told; the time
 * of a scan has come; the computer slept.
 */
export type HintReason = 'start' | 'returned' | 'watcher' | 'timer' | 'wake';
