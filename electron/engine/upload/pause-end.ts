/** Ends a pause of the owner's when its time comes. */
import type { Clock, Timer } from '../clock.ts';
import type { HoldBook } from './hold-book.ts';
import type { Shield } from './shield.ts';

/** Longest time between two looks at the clock, in ms: it may be set, and timers stand still in a sleep. */
const PAUSE_LOOK_MS = 60_000;

export interface PauseEndOptions {
  readonly book: HoldBook;
  readonly clock: Clock;
  readonly shield: Shield;
}

/** Calls `resume` in time; `schedule` looks how long the pause of now lasts. */
export function createPauseEnd({ book, clock, shield }: PauseEndOptions, resume: () => void) {
  let timer: Timer | null = null;
  const stop = (): void => {
    timer?.cancel();
    timer = null;
  };
  function schedule(): void {
    stop();
    const until = book.inForce().find(({ kind }) => kind === 'paused')?.until ?? null;
    if (until === null) return;
    const ms = until - clock.now();
    if (ms > 0) timer = clock.setTimer(schedule, Math.min(ms, PAUSE_LOOK_MS));
    else shield.run('upload.pause-not-ended', {}, resume);
  }
  return { schedule, stop };
}
