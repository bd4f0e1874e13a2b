/** Stands around steps that nobody waits for (timers, ends of promises): thrown there, an error would end the process. */
import type { Clock, Timer } from '../clock.ts';
import { LedgerDamagedError } from '../ledger/open-errors.ts';
import type { Log } from '../log.ts';

/** Facts for the log; with the event they name a step. */
type Facts = Readonly<Record<string, unknown>>;

export interface Shield {
  /**
   * Runs the step; never throws. One that fails is logged as `event` and run again a second later until it succeeds:
   * a ledger on a full disk takes it once there is room. A damaged ledger is not tried again. A step of the same event
   * and facts takes the place of one that waits.
   */
  run(event: string, facts: Facts, step: () => void): void;
  /** Logs an error that was caught elsewhere and will be tried again there. */
  caught(event: string, facts: Facts, error: unknown): void;
  /** The first error that trying again does not mend: the ledger is damaged. */
  fault(): LedgerDamagedError | null;
  /** Nothing that waits is run any more. */
  stop(): void;
}

/** When a step that failed is run again, in ms. */
const RETRY_MS = 1000;

/** Makes a shield that has seen nothing yet. */
export function createShield({ clock, log }: { readonly clock: Clock; readonly log: Log }): Shield {
  const retries = new Map<string, Timer>();
  let fault: LedgerDamagedError | null = null;
  let isStopped = false;

  function caught(event: string, facts: Facts, error: unknown): void {
    if (error instanceof LedgerDamagedError) fault ??= error;
    log.error(event, { ...facts, error: String(error) });
  }

  function run(event: string, facts: Facts, step: () => void): void {
    const takePlace = (): string => {
      const key = JSON.stringify([event, facts]);
      retries.get(key)?.cancel();
      retries.delete(key);
      return key;
    };
    if (retries.size > 0) takePlace();
    try {
      step();
    } catch (error) {
      caught(event, facts, error);
      if (isStopped || error instanceof LedgerDamagedError) return;
      const again = (): void => run(event, facts, step);
      retries.set(takePlace(), clock.setTimer(again, RETRY_MS));
    }
  }

  return {
    run,
    caught,
    fault: () => fault,
    stop() {
      isStopped = true;
      for (const retry of retries.values()) retry.cancel();
      retries.clear();
    },
  };
}
