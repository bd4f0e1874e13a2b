/** Looks at something one after the other: soon after it may have changed, and not too often. */
import type { Clock, Timer } from './engine/clock.ts';

export interface Looks {
  /** Something may have changed. */
  soon(): void;
  /** Nothing may change, and yet it has to be looked at (UTC ms). */
  at(time: number): void;
  stop(): void;
}

/**
 * @param gapMs between the end of a look and the next one; the first comes so long after it is asked for
 * @param look never rejects
 */
export function createLooks(clock: Clock, gapMs: number, look: () => Promise<void>): Looks {
  let timer: Timer | null = null;
  let dueAt = Infinity;
  let isLooking = false;
  let isStopped = false;

  function schedule(time: number): void {
    dueAt = Math.min(dueAt, Math.max(time, clock.now() + gapMs));
    if (isLooking || isStopped) return;
    timer?.cancel();
    timer = clock.setTimer(() => void run(), Math.max(0, dueAt - clock.now()));
  }

  async function run(): Promise<void> {
    timer = null;
    dueAt = Infinity;
    isLooking = true;
    await look();
    isLooking = false;
    if (dueAt !== Infinity) schedule(dueAt);
  }

  return {
    soon: () => schedule(clock.now()),
    at: schedule,
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}
