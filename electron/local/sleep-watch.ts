/** Sleeps of the computer: no system tells a program in a terminal of them, so it looks at the clock. */
import type { Clock } from '../engine/clock.ts';

/** How often it is looked, in ms. */
const LOOK_MS = 30_000;
/** A look that comes later than this comes after a sleep; a busy machine is not that late. In ms. */
const LATE_MS = 60_000;

/**
 * Calls `onWake` within half a minute after the computer, or this process, slept for more than a minute; also after its
 * clock was set forward by as much. It asks the wall clock: the other one stands still in a sleep on some systems only.
 */
export function watchSleep(clock: Clock, onWake: () => void): { stop(): void } {
  let dueAt = 0;
  const wait = () => {
    dueAt = clock.now() + LOOK_MS;
    return clock.setTimer(look, LOOK_MS);
  };
  const look = (): void => {
    const isLate = clock.now() - dueAt > LATE_MS;
    timer = wait();
    if (isLate) onWake();
  };
  let timer = wait();
  return { stop: () => timer.cancel() };
}
