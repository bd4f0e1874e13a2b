/**
 * What a host (Electron, plain Node, a test) gives to the engine. The engine looks nothing up for itself: no
 * environment variables, no keychain, no `process.exit`.
 */

import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** One worker process, seen from the engine. Messages are plain data. */
export interface WorkerHandle {
  /** Process id, for memory readings and for tests. */
  readonly pid: number;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone for whatever reason; `reason` is for the log. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Where the practice account listens at present, and how to enter it. */
export interface PracticeAccount {
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
}

/** What the program is made of, as its manifest says. */
export interface ProgramVersions {
  readonly tagalong: string;
  readonly sharp: string;
}

/** The few powers that a host hands to the engine. */
export interface EngineHost {
  /** Absolute path of the data folder: ledger, thumbnails, spool. On a local disk. */
  readonly dataFolder: string;
  readonly program: ProgramVersions;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  startWorker(): WorkerHandle;
  /**
   * The PAT for a base URL, or null when the owner has not given one. Asked anew for every request. Rejects, with words
   * for the owner, when there is one that must not be used.
   */
  pat(baseUrl: string): Promise<string | null>;
  /** It tells with `hostRests` whether its rules want rest, soon after the engine serves; nothing is sent before. Default false. */
  readonly tellsRests?: boolean;
  /** Starts the practice account when it is not running, and says where it is: the same place each time. */
  practice(): Promise<PracticeAccount>;
}
