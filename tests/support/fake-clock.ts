import type { Clock } from '../../electron/engine/clock.ts';

/** A clock that stands still until it is told to move. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass on both clocks, firing timers in their order and letting promises run after each. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back without time passing. */
  jump(ms: number): void;
  /** Timers that wait. */
  timerCount(): number;
}

/** Starts at `startAt` (UTC ms; default 1 January 2026). */
export function createFakeClock(startAt = Date.UTC(2026, 0, 1)): FakeClock {
  let wall = startAt;
  let elapsed = 1_000;
  let order = 0;
  const timers = new Map<number, { dueAt: number; run: () => void }>();
  const nextDue = (until: number) => {
    let found: { id: number; dueAt: number; run: () => void } | undefined;
    for (const [id, timer] of timers) {
      if (timer.dueAt <= until && (!found || timer.dueAt < found.dueAt)) found = { id, ...timer };
    }
    return found;
  };
  const move = (to: number) => {
    wall += to - elapsed;
    elapsed = to;
  };
  return {
    now: () => wall,
    elapsed: () => elapsed,
    setTimer(run, ms) {
      const id = order++;
      timers.set(id, { dueAt: elapsed + Math.max(0, ms), run });
      return { cancel: () => timers.delete(id) };
    },
    async advance(ms) {
      const until = elapsed + ms;
      await letPromisesRun();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due.id);
        move(Math.max(elapsed, due.dueAt));
        due.run();
        await letPromisesRun();
      }
      move(until);
    },
    jump(ms) {
      wall += ms;
    },
    timerCount: () => timers.size,
  };
}

/** Enough turns of the event loop for chains of in-memory promises to finish. */
async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
}
