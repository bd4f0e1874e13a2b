/** Which hold a failed request places, and until when. Pure. */
import { HOLDS, RESTS } from '#shared/problems.ts';
import type { HoldKind } from '#shared/problems.ts';
import { HOLD_OF_PROBLEM } from '../clarifai/errors.ts';
import type { RequestProblem, RequestProblemKind } from '../clarifai/errors.ts';
import { nextAttempt } from './pacer.ts';

/** Shortest time between two tries under a hold, in ms. */
export const LEAST_HOLD_MS = 250;

/**
 * The hold for a request that only asks: whatever keeps it from being answered stops the sending, since what cannot be
 * asked cannot be settled.
 */
export function kindForAsking(kind: RequestProblemKind): HoldKind {
  return HOLD_OF_PROBLEM[kind] ?? (kind === 'cut' || kind === 'timeout' ? 'offline' : 'service-down');
}

/** When a hold of this kind is tried again, after the given number of failures in a row. */
export function holdUntil(
  kind: HoldKind,
  failed: {
    readonly attempt: number;
    readonly random: number;
    readonly now: number;
    readonly retryAfterMs?: number | undefined;
  },
): number | null {
  if (HOLDS[kind].lifts === 'owner') return null;
  const { attempt, random, now, retryAfterMs } = failed;
  return now + Math.max(LEAST_HOLD_MS, nextAttempt({ attempt, random, retryAfterMs }));
}

/** Whether a hold of this kind keeps requests from going out. A full disk only keeps renditions from being made. */
export function stopsRequests(kind: HoldKind): boolean {
  return kind !== 'disk-full';
}

/**
 * Whether an answered probe shows that a hold is over. A probe only asks, so that it says nothing about a used-up
 * quota: that one is tried when the owner wants it.
 */
export function isOverAfterProbe(kind: HoldKind, wantedByOwner: boolean): boolean {
  if (RESTS.has(kind) || kind === 'disk-full') return false;
  return wantedByOwner || kind !== 'over-quota';
}

/** The words of a problem in one line. */
export function problemWords(problem: RequestProblem): string | null {
  const said = [problem.description, problem.details].filter(
    (part) => part !== undefined && part.trim() !== '',
  );
  const words = [...new Set(said)].join(': ');
  const numbers = [
    problem.http === undefined ? null : `HTTP ${String(problem.http)}`,
    problem.code === undefined || problem.code === 0 ? null : `code ${String(problem.code)}`,
  ].filter((part) => part !== null);
  if (numbers.length === 0) return words === '' ? null : words;
  return words === '' ? numbers.join(', ') : `${words} (${numbers.join(', ')})`;
}
