import { expect, test } from 'vitest';
import { nextAttempt } from '../../../electron/engine/upload/pacer.ts';

test('the delay before the next attempt', () => {
  const rows = [
    // attempt, retryAfterMs, random → delayMs
    [1, undefined, 0, 0],
    [1, undefined, 0.5, 500],
    [1, undefined, 0.999, 999],
    [2, undefined, 0.5, 1000],
    [3, undefined, 0.25, 1000],
    [9, undefined, 0.5, 128_000],
    [10, undefined, 0.5, 150_000],
    [1_000_000, undefined, 0.5, 150_000],
    [1, 0, 0, 0],
    [1, 7000, 0, 7000],
    [12, 7000, 0.5, 7500],
    [1, 3_600_000, 0.999, 3_600_999],
  ] as const;
  const got = rows.map(([attempt, retryAfterMs, random]) => nextAttempt({ attempt, retryAfterMs, random }));
  expect(got).toEqual(rows.map((row) => row[3]));
});

test('an attempt that cannot be is a bug of the caller', () => {
  for (const attempt of [0, -1, 1.5, Number.NaN]) {
    expect(() => nextAttempt({ attempt, random: 0 })).toThrow(RangeError);
  }
});
