import type { HoldKind } from '#shared/problems.ts';
import type { Clock } from '../clock.ts';
import type { HoldRow } from '../ledger/holds.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { holdUntil, stopsRequests } from './hold-rules.ts';

/** The holds of one destination as they stand in the ledger, and how long each new one lasts. */
export interface HoldBook {
  /** Holds that keep requests from going out. */
  inForce(): HoldRow[];
  diskFullUntil(): number | null;
  place(kind: HoldKind, detail: string | null, retryAfterMs?: number): void;
  /** Something wanted: no failure is counted. `until` (UTC ms): when it ends; null: not known. */
  rest(kind: HoldKind, until: number | null): void;
  /** True when there was one. */
  lift(kind: HoldKind): boolean;
  /** Sending works: the next failure is the first again. */
  forgetFailures(): void;
}

export interface HoldBookOptions {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** A hold was placed or lifted. */
  readonly onChange: () => void;
}

/** Failures in a row are forgotten after so long without one, in ms. */
const FORGET_MS = 15 * 60_000;

/** Opens the book. */
export function createHoldBook(options: HoldBookOptions): HoldBook {
  const { ledger, destinationId, clock, random, log, onChange } = options;
  // Failures in a row outlive a lifted hold, since asking may work while sending does not.
  const failures = new Map<HoldKind, { count: number; at: number }>();
  // A quota is lifted to try it, on nothing but the owner's wish: when it holds again, it has held all along.
  let quotaSince: number | null = null;

  function countFailure(kind: HoldKind): number {
    const before = failures.get(kind);
    const at = clock.elapsed();
    const count = before === undefined || at - before.at > FORGET_MS ? 1 : before.count + 1;
    failures.set(kind, { count, at });
    return count;
  }

  return {
    inForce: () => ledger.holds.of(destinationId).filter(({ kind }) => stopsRequests(kind)),
    diskFullUntil: () =>
      ledger.holds.of(destinationId).find(({ kind }) => kind === 'disk-full')?.until ?? null,
    place(kind, detail, retryAfterMs) {
      const at = clock.now();
      const attempt = countFailure(kind);
      const until = holdUntil(kind, { attempt, random: random(), now: at, retryAfterMs });
      const since = (kind === 'over-quota' ? quotaSince : null) ?? at;
      ledger.holds.place(destinationId, kind, { at: since, until, detail });
      log.warn('upload.held', { destinationId, hold: kind, until });
      onChange();
    },
    rest(kind, until) {
      const before = ledger.holds.of(destinationId).find((hold) => hold.kind === kind);
      if (before !== undefined && before.until === until) return;
      ledger.holds.place(destinationId, kind, { at: clock.now(), until, detail: null });
      log.info('upload.rests', { destinationId, hold: kind, until });
      onChange();
    },
    lift(kind) {
      if (kind === 'over-quota')
        quotaSince = ledger.holds.of(destinationId).find((hold) => hold.kind === kind)?.since ?? quotaSince;
      if (!ledger.holds.lift(destinationId, kind)) return false;
      log.info('upload.hold-lifted', { destinationId, hold: kind });
      onChange();
      return true;
    },
    forgetFailures() {
      failures.clear();
      quotaSince = null;
    },
  };
}
