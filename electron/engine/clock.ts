/**
 * Time, handed in. Whatever waits or asks for the time gets a `Clock`, so that a test moves it by hand.
 */

/** A timer that has not fired yet. */
export interface Timer {
  /** Takes it back; nothing happens when it has fired already. */
  cancel(): void;
}

export interface Clock {
  /** Wall clock, UTC ms. It may jump: sleep, a corrected clock, a change by hand. */
  now(): number;
  /** Ms since some moment in the past; never jumps back, and does not follow changes of the wall clock. */
  elapsed(): number;
  /** Calls `run` once after `ms`. A timer does not keep the process alive. */
  setTimer(run: () => void, ms: number): Timer;
}

export const realClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimer(run, ms) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
