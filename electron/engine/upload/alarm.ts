import type { Clock, Timer } from '../clock.ts';

/** Wakes at times that come near each other once. */
export interface Alarm {
  /** Wake at this UTC ms, or up to a quarter of a second later. */
  at(time: number): void;
  stop(): void;
}

/** Times within so many ms share one timer. */
const BUCKET_MS = 250;

/** Makes an alarm without times. */
export function createAlarm(clock: Clock, wake: () => void): Alarm {
  const timers = new Map<number, Timer>();
  return {
    at(time) {
      const bucket = Math.ceil(time / BUCKET_MS) * BUCKET_MS;
      if (timers.has(bucket)) return;
      const ring = (): void => {
        timers.delete(bucket);
        wake();
      };
      timers.set(bucket, clock.setTimer(ring, Math.max(1, bucket - clock.now())));
    },
    stop() {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}
