/** Gives all queued photos their turns anew, a piece at a time, so that no tag key waits for it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from './clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import { LedgerDamagedError } from './ledger/open-errors.ts';
import type { Shield } from './upload/shield.ts';

/** Photos in one transaction: a few ms. */
export const TURNS_AT_ONCE = 500;
/** When a walk that failed, as on a full disk, is tried again, in ms. */
const AGAIN_MS = 1000;

export interface TurnTaking {
  /** Whether every turn is that of now. The ledger counts what changes them, whoever changes it. */
  isSettled(): boolean;
  /** Looks whether turns have to be taken anew, and begins. A kill in between costs nothing: the next start goes on. */
  look(): void;
  /** Resolves when turns are settled, or nothing is done any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface TurnTakingOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly shield: Shield;
  /** Something changed them: told once of each change, before the first turn is taken. */
  readonly onChanged: () => void;
  /** All turns are taken. */
  readonly onSettled: () => void;
  /** They could not be taken, which is tried again by itself; no photo is claimed before it works. */
  readonly onFailed: (error: unknown) => void;
}

/** Goes on with what a kill interrupted. */
export function createTurnTaking({
  ledger,
  clock,
  shield,
  onChanged,
  onSettled,
  onFailed,
}: TurnTakingOptions): TurnTaking {
  let isStopped = false;
  let walking: Promise<void> | null = null;
  let again: Timer | null = null;
  /** The change that was told of last. */
  let told: number | null = null;

  function isSettled(): boolean {
    const { made, taken } = ledger.turns.changes();
    return made === taken;
  }

  async function walk(): Promise<void> {
    for (;;) {
      const { made, taken } = ledger.turns.changes();
      if (made === taken) return;
      if (made !== told) onChanged();
      told = made;
      const last = ledger.turns.lastPhotoId();
      for (let from = 1; from <= last && ledger.turns.changes().made === made; from += TURNS_AT_ONCE) {
        ledger.transaction(() => ledger.turns.take(from, from + TURNS_AT_ONCE - 1), { outlives: 'kill' });
        await nextTurn();
        if (isStopped) return;
      }
      // What has changed meanwhile is taken by the next round.
      if (ledger.turns.changes().made === made) ledger.turns.setTaken(made);
    }
  }

  function begin(): void {
    if (isStopped || walking !== null || isSettled()) return;
    again?.cancel();
    walking = walk().then(ended, failed);
  }

  function ended(): void {
    walking = null;
    if (!isStopped) shield.run('turns-not-followed', {}, onSettled);
    // Whoever looked since the last round was told that somebody is at it.
    look();
  }

  function failed(error: unknown): void {
    walking = null;
    shield.caught('turns-not-taken', {}, error);
    if (isStopped || error instanceof LedgerDamagedError) return;
    again = clock.setTimer(look, AGAIN_MS);
    onFailed(error);
  }

  function look(): void {
    shield.run('turns-not-looked-at', {}, begin);
  }

  return {
    isSettled,
    look,
    async settled() {
      await walking;
    },
    async stop() {
      isStopped = true;
      again?.cancel();
      await walking;
    },
  };
}
