/**
 * Holds a path until its file stands still, however the path was found. A file that has not been touched for a while
 * passes at once, so an old folder is not delayed; anything younger has to show the same size and times twice, the
 * quiet time apart. Repeats of a path collapse into one answer; gone-then-made is one change.
 *
 * Standing still is measured with the clock that does not jump. The wall clock is compared with a file's times only
 * to let old files pass; a file from the future (a wrong clock, a server ahead of ours) has to stand still.
 */
import type { Clock, Timer } from '../clock.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import { isSameStamp } from './known-files.ts';

export interface SettlerOptions {
  readonly clock: Clock;
  /** Facts of the path, or undefined when nothing is there. */
  readonly lstat: (path: string) => Promise<FileStamp | undefined>;
  /** How long a file has to stand still, ms. Default 2,000: pauses of card readers and network copies are shorter. */
  readonly quietMs?: number;
  /** Most paths held at a time; `see` refuses more, and a later scan finds them. Default 100,000. */
  readonly pathLimit?: number;
  /** The file stands still as `stamp`. Called once for all that was seen of the path until then. */
  readonly onSettled: (path: string, stamp: FileStamp) => void;
  /** Nothing is there, and was not for the quiet time. It may have been a folder: all below is gone too. */
  readonly onGone: (path: string) => void;
  /** The path cannot be looked at; it is dropped. */
  readonly onUnreadable: (path: string, error: unknown) => void;
}

export interface SeeOptions {
  /**
   * A longer quiet time for this path, ms; also the age below which it has to stand still. For a file that settled
   * before but turned out to be cut off: {@link INCOMPLETE_QUIET_MS}.
   */
  readonly quietMs?: number;
}

/** Quiet time for a picture that was cut off when it was looked at: its copier may have stalled. */
export const INCOMPLETE_QUIET_MS = 30_000;

const QUIET_MS = 2_000;
const PATH_LIMIT = 100_000;
/** Paths that are due within this time are looked at together. */
const ROUND_MS = 100;
/** Looks at the same time; more would only queue in the thread pool. */
const LOOKS_AT_ONCE = 16;

/** A path that is held. */
interface Held {
  stamp: FileStamp | undefined;
  /** When, on the clock that does not jump, it was first seen as it is; null before the first look. */
  sinceMs: number | null;
  dueMs: number;
  quietMs: number;
}

export interface Settler {
  /**
   * A path is worth looking at. With a `stamp` (a walk has just made one) an old file passes without another look.
   * False when too many paths are held already; then the folder has to be scanned later.
   */
  see(path: string, stamp?: FileStamp, options?: SeeOptions): boolean;
  /** Drops what the test says, for folders that are no longer watched. */
  forget(isForgotten: (path: string) => boolean): void;
  heldCount(): number;
  /** Whether the path is held. */
  holds(path: string): boolean;
  /** Drops everything; nothing is called afterwards. */
  stop(): Promise<void>;
}

/** Starts with nothing held and no timer. */
export function createSettler(options: SettlerOptions): Settler {
  const state = new Settling(options);
  return {
    see: (path, stamp, more) => state.see(path, stamp, more),
    forget: (isForgotten) => state.forget(isForgotten),
    heldCount: () => state.held.size,
    holds: (path) => state.held.has(path),
    stop: () => state.stop(),
  };
}

class Settling {
  readonly held = new Map<string, Held>();
  readonly #options: SettlerOptions;
  readonly #quietMs: number;
  readonly #pathLimit: number;
  #timer: { readonly dueMs: number; readonly timer: Timer } | undefined;
  #round: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: SettlerOptions) {
    this.#options = options;
    this.#quietMs = options.quietMs ?? QUIET_MS;
    this.#pathLimit = options.pathLimit ?? PATH_LIMIT;
  }

  see(path: string, stamp: FileStamp | undefined, more: SeeOptions | undefined): boolean {
    if (this.#isStopped) return false;
    const quietMs = more?.quietMs ?? this.#quietMs;
    const held = this.held.get(path);
    if (held !== undefined) {
      held.quietMs = Math.max(held.quietMs, quietMs);
      if (stamp !== undefined) this.#judge(path, held, stamp);
      return true;
    }
    if (this.held.size >= this.#pathLimit) return false;
    const fresh: Held = { stamp: undefined, sinceMs: null, dueMs: this.#options.clock.elapsed(), quietMs };
    this.held.set(path, fresh);
    if (stamp === undefined) this.#schedule(fresh.dueMs);
    else this.#judge(path, fresh, stamp);
    return true;
  }

  forget(isForgotten: (path: string) => boolean): void {
    for (const path of this.held.keys()) if (isForgotten(path)) this.held.delete(path);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.held.clear();
    this.#timer?.timer.cancel();
    await this.#round;
  }

  /** Takes note of what is at the path now; lets it go or holds it on. */
  #judge(path: string, held: Held, stamp: FileStamp | undefined): void {
    const { clock } = this.#options;
    const elapsed = clock.elapsed();
    if (held.sinceMs === null || !isSame(held.stamp, stamp)) {
      held.stamp = stamp;
      held.sinceMs = elapsed;
    }
    if (elapsed - held.sinceMs >= held.quietMs || isOld(stamp, clock.now(), held.quietMs)) {
      this.held.delete(path);
      if (stamp === undefined) this.#options.onGone(path);
      else this.#options.onSettled(path, stamp);
      return;
    }
    held.dueMs = held.sinceMs + held.quietMs;
    this.#schedule(held.dueMs);
  }

  /** One timer for all, for the earliest that is due. */
  #schedule(dueMs: number): void {
    if (this.#round !== undefined || this.#isStopped) return;
    if (this.#timer !== undefined && this.#timer.dueMs <= dueMs) return;
    this.#timer?.timer.cancel();
    const { clock } = this.#options;
    const run = () => {
      this.#timer = undefined;
      this.#round = this.#lookAtDue().finally(() => {
        this.#round = undefined;
        this.#scheduleNext();
      });
    };
    this.#timer = { dueMs, timer: clock.setTimer(run, Math.max(0, dueMs - clock.elapsed())) };
  }

  #scheduleNext(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const held of this.held.values()) next = Math.min(next, held.dueMs);
    // Paths that come due in a row share a round.
    if (next !== Number.POSITIVE_INFINITY) {
      this.#schedule(Math.max(next, this.#options.clock.elapsed() + ROUND_MS));
    }
  }

  async #lookAtDue(): Promise<void> {
    const nowMs = this.#options.clock.elapsed();
    const due = [...this.held].filter(([, held]) => held.dueMs <= nowMs);
    const next = due.values();
    const lane = async () => {
      for (const [path, held] of next) await this.#look(path, held);
    };
    await Promise.all(Array.from({ length: Math.min(LOOKS_AT_ONCE, due.length) }, lane));
  }

  async #look(path: string, held: Held): Promise<void> {
    if (this.held.get(path) !== held) return;
    try {
      const stamp = await this.#options.lstat(path);
      if (this.held.get(path) === held) this.#judge(path, held, stamp);
    } catch (error) {
      if (this.held.get(path) !== held) return;
      this.held.delete(path);
      this.#options.onUnreadable(path, error);
    }
  }
}

/** A file whose times are long enough ago, seen from a wall clock that is not behind them. */
function isOld(stamp: FileStamp | undefined, now: number, quietMs: number): boolean {
  return stamp !== undefined && now - Math.max(stamp.mtimeMs, stamp.ctimeMs) >= quietMs;
}

function isSame(one: FileStamp | undefined, other: FileStamp | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isSameStamp(one, other);
}
