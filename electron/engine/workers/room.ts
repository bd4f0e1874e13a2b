/** Room that is left beside the workers for a while, because somebody uses the window. */
import type { Clock, Timer } from '../clock.ts';

/** Room for a while. */
export interface Room {
  /** Leaves room for so many ms from now on, unless it is left for longer already. */
  leave(ms: number): void;
  isLeft(): boolean;
  stop(): void;
}

/** Leaves none at first. `onEnd` is called each time that it is given back. */
export function createRoom(clock: Pick<Clock, 'elapsed' | 'setTimer'>, onEnd: () => void): Room {
  let until = Number.NEGATIVE_INFINITY;
  let timer: Timer | null = null;
  const isLeft = (): boolean => clock.elapsed() < until;

  function awaitEnd(): void {
    timer ??= clock.setTimer(() => {
      timer = null;
      if (isLeft()) awaitEnd();
      else onEnd();
    }, until - clock.elapsed());
  }

  return {
    leave(ms) {
      until = Math.max(until, clock.elapsed() + ms);
      awaitEnd();
    },
    isLeft,
    stop: () => timer?.cancel(),
  };
}
