/**
 * Photos whose tags were changed there and back have nothing to send: that is noted without asking the service, so that
 * nothing is said to wait that does not, also while there is no line.
 */
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';

/** Acts come in bursts; it may wait until they are over. In ms. */
const GATHER_MS = 100;
/** Photos that are compared at once: a tag key never waits for many. */
const SLICE = 500;

export interface TagSettling {
  /** An act changed tags of photos. */
  add(editId: number): void;
  stop(): void;
}

/** Compares the photos of acts for one destination, a few at a time. */
export function createTagSettling(parts: {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly clock: Clock;
  readonly log: Log;
}): TagSettling {
  const { ledger, destinationId, clock, log } = parts;
  const waiting: number[] = [];
  let after = 0;
  let timer: Timer | null = null;
  let isStopped = false;

  function plan(ms: number): void {
    if (isStopped || timer !== null || waiting.length === 0) return;
    timer = clock.setTimer(() => {
      timer = null;
      try {
        settleSome();
      } catch (error) {
        // What is not settled here is compared when it is sent.
        waiting.length = 0;
        log.error('tag-settle-failed', { error: String(error) });
      }
      plan(0);
    }, ms);
  }

  function settleSome(): void {
    const [editId] = waiting;
    if (editId === undefined) return;
    const photoIds = ledger.editLog.photosOf(editId, SLICE, after);
    if (photoIds.length > 0) ledger.tags.settle(photoIds, destinationId);
    after = photoIds.at(-1) ?? 0;
    if (photoIds.length === SLICE) return;
    waiting.shift();
    after = 0;
  }

  return {
    add(editId) {
      waiting.push(editId);
      plan(GATHER_MS);
    },
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}
