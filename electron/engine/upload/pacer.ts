/** When to try again: exponential back-off with full jitter, so that many clients do not come back at once. */

/** Upper bound of the first delay. */
export const FIRST_DELAY_MS = 1000;
/** Longest delay by itself; only Retry-After goes beyond. */
export const LONGEST_DELAY_MS = 5 * 60_000;

export interface FailedAttempt {
  /** How many attempts have failed, from 1. */
  readonly attempt: number;
  /** What the service asked for; it wins over the back-off. */
  readonly retryAfterMs?: number | undefined;
  /** From 0 up to, not including, 1, as `Math.random()` gives it. */
  readonly random: number;
}

/**
 * How long to wait before the next attempt, in whole ms.
 *
 * @throws RangeError for an attempt below 1
 */
export function nextAttempt({ attempt, retryAfterMs, random }: FailedAttempt): number {
  if (!Number.isInteger(attempt) || attempt < 1) {
    throw new RangeError(`Expected the number of failed attempts, 1 or more, got ${String(attempt)}.`);
  }
  // A little on top of Retry-After keeps those who were told the same time apart.
  if (retryAfterMs !== undefined) return Math.ceil(retryAfterMs + random * FIRST_DELAY_MS);
  return Math.floor(random * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 30)));
}
