/** Gives all queued photos their turns anew, a piece at a time, so that no tag key waits for it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';

/** The setting that says that some turns are those of before; private to this file and to whoever changes turns. */
const STALE_SETTING = 'turns-stale';
/** Photos in one transaction: a few ms. */
export const TURNS_AT_ONCE = 500;

export interface TurnTaking {
  /** Whether every turn is that of now. */
  isSettled(): boolean;
  /**
   * Runs `change` in a transaction that also notes that turns have to be taken anew, and does that after it. A kill in
   * between costs nothing: the next start does it.
   */
  after<T>(change: () => T): T;
  /** Resolves when turns are settled, or nothing is done any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface TurnTakingOptions {
  readonly ledger: Ledger;
  readonly log: Log;
  /** All turns are taken. */
  readonly onSettled: () => void;
}

/** Goes on with what a kill interrupted. */
export function createTurnTaking({ ledger, log, onSettled }: TurnTakingOptions): TurnTaking {
  let isStopped = false;
  let isAgain = false;
  let walking: Promise<void> | null = null;

  async function walk(): Promise<void> {
    do {
      isAgain = false;
      const last = ledger.turns.lastPhotoId();
      for (let from = 1; from <= last && !isAgain; from += TURNS_AT_ONCE) {
        await nextTurn();
        if (isStopped) return;
        ledger.transaction(() => ledger.turns.take(from, from + TURNS_AT_ONCE - 1), { outlives: 'kill' });
      }
    } while (isAgain);
    ledger.settings.set(STALE_SETTING, false);
  }

  function start(): void {
    isAgain = true;
    if (walking !== null) return;
    walking = walk()
      .then(() => {
        walking = null;
        if (!isStopped) onSettled();
      })
      .catch((error: unknown) => {
        // What is not settled stays noted: nothing is sent in the wrong order meanwhile, and the next start goes on.
        log.error('turns-not-taken', { error: String(error) });
      });
  }

  if (ledger.settings.get(STALE_SETTING) === true) start();

  return {
    isSettled: () => walking === null,
    after(change) {
      const done = ledger.transaction(() => {
        ledger.settings.set(STALE_SETTING, true);
        return change();
      });
      start();
      return done;
    },
    async settled() {
      await walking;
    },
    async stop() {
      isStopped = true;
      await walking;
    },
  };
}
