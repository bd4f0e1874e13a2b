/**
 * What a timer's scan found and no hint had told. Hints may be late, so a change counts only when none has come for it
 * some time after the scan.
 */
import type { Clock, Timer } from '../clock.ts';
import { isPlaceAtOrBelow } from '../path-relations.ts';

export interface MissedOptions {
  readonly clock: Clock;
  /** How late a hint may be, ms. Default 3,000: back ends gather events for up to half a second. */
  readonly lateHintMs?: number;
  readonly onMissed: (folderId: number, count: number) => void;
}

/** Paths are relative to the folder. */
export interface Missed {
  /** A timer's scan begins. */
  begin(folderId: number): void;
  /** Something was told of a path, or of the whole folder (null). */
  hinted(folderId: number, path: string | null): void;
  /** The scan has ended with these changes, of which nothing had been told before. */
  end(folderId: number, surprises: readonly string[]): void;
  stop(): void;
}

const LATE_HINT_MS = 3000;
/** The changes of one folder that are told from those of its next scans. */
const COUNTED_LIMIT = 1000;

/** One scan: running, or over and waiting for late hints. */
interface Listening {
  readonly folderId: number;
  readonly hints: Set<string>;
  timer: Timer | null;
}

/** Starts without a scan. */
export function createMissed({ clock, lateHintMs = LATE_HINT_MS, onMissed }: MissedOptions): Missed {
  const listening = new Set<Listening>();
  /** What was counted already: a file that cannot be read is found changed by every scan. */
  const counted = new Map<number, Set<string>>();

  function count({ folderId, hints }: Listening, surprises: readonly string[]): void {
    const before = counted.get(folderId) ?? new Set();
    const missed = surprises.filter((path) => !before.has(path) && !isTold(path, hints));
    for (const path of missed) if (before.size < COUNTED_LIMIT) before.add(path);
    counted.set(folderId, before);
    if (missed.length > 0) onMissed(folderId, missed.length);
  }

  return {
    begin(folderId) {
      // One that failed has never ended.
      for (const one of listening) if (one.folderId === folderId && one.timer === null) listening.delete(one);
      listening.add({ folderId, hints: new Set(), timer: null });
    },
    hinted(folderId, path) {
      for (const one of listening) if (one.folderId === folderId) one.hints.add(path ?? '');
    },
    end(folderId, surprises) {
      for (const one of listening) {
        if (one.folderId !== folderId || one.timer !== null) continue;
        one.timer = clock.setTimer(() => {
          listening.delete(one);
          count(one, surprises);
        }, lateHintMs);
      }
    },
    stop() {
      for (const { timer } of listening) timer?.cancel();
      listening.clear();
    },
  };
}

function isTold(path: string, hints: ReadonlySet<string>): boolean {
  for (const hint of hints) if (isPlaceAtOrBelow(path, hint)) return true;
  return false;
}
