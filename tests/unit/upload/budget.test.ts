import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  budgetAfterCut,
  budgetAfterSuccess,
  FIRST_BUDGET_BYTES,
  LEAST_BUDGET_BYTES,
  MOST_BUDGET_BYTES,
} from '../../../electron/engine/upload/budget.ts';
import { createByteLimit } from '../../../electron/engine/upload/byte-limit.ts';
import { withinLimit } from '../../../electron/engine/upload/link-budget.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** Budgets while full batches go over a link of this speed. */
function budgetsOver(bytesPerSecond: number, batches: number): number[] {
  let budget = FIRST_BUDGET_BYTES;
  return Array.from({ length: batches }, () => {
    budget = budgetAfterSuccess(budget, budget, (budget / bytesPerSecond) * 1000);
    return budget;
  });
}

test('it doubles towards what the link sends in 30 s', () => {
  expect(budgetsOver(100_000_000, 5)).toEqual([16_000_000, 32_000_000, 64_000_000, 96_000_000, 96_000_000]);
  expect(budgetsOver(1_000_000, 4)).toEqual([16_000_000, 30_000_000, 30_000_000, 30_000_000]);
  expect(budgetsOver(100_000, 2)).toEqual([3_000_000, 3_000_000]);
});

test('a small batch, which measures the way there and back only, changes nothing', () => {
  expect(budgetAfterSuccess(8_000_000, 1_999_999, 60_000)).toBe(8_000_000);
});

test('it stays within its bounds, at most doubles, and halves after a cut', () => {
  const bytes = fc.integer({ min: LEAST_BUDGET_BYTES, max: MOST_BUDGET_BYTES });
  fc.assert(
    fc.property(
      bytes,
      fc.integer({ min: 1, max: 128_000_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (budget, body, ms) => {
        const next = budgetAfterSuccess(budget, body, ms);
        expect(next).toBeGreaterThanOrEqual(LEAST_BUDGET_BYTES);
        expect(next).toBeLessThanOrEqual(Math.min(MOST_BUDGET_BYTES, budget * 2));
        expect(budgetAfterCut(budget)).toBe(Math.max(LEAST_BUDGET_BYTES, Math.round(budget / 2)));
      },
    ),
  );
});

test('under a limit of pace a batch is what the limit lets out in its time, and the link learns nothing', () => {
  const learned: number[] = [];
  const link = {
    bytes: () => MOST_BUDGET_BYTES,
    isFixed: false,
    succeeded: (bytes: number) => void learned.push(bytes),
    cut: () => undefined,
  };
  const limit = createByteLimit(createFakeClock());
  const budget = withinLimit(link, { limit, batchesInFlight: () => 3 });
  expect(budget.bytes()).toBe(MOST_BUDGET_BYTES);
  limit.set(100_000);
  budget.succeeded(5, 1);
  expect([budget.bytes(), learned]).toEqual([1_000_000, []]);
  limit.set(10_000);
  expect(budget.bytes()).toBe(100_000);
  limit.set(null);
  budget.succeeded(7, 1);
  expect([budget.bytes(), learned]).toEqual([MOST_BUDGET_BYTES, [7]]);
  expect(withinLimit({ ...link, isFixed: true }, { limit, batchesInFlight: () => 3 }).bytes()).toBe(
    MOST_BUDGET_BYTES,
  );
});
