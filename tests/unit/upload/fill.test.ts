import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fillBatch,
  splitIntoBatches,
  type FillCandidate,
  type FillMoment,
} from '../../../electron/engine/upload/fill.ts';

const moment: FillMoment = { budgetBytes: 1000, quietMs: 0, idleMs: 100, ending: false, moreToCome: false };
const photos = (...sizes: number[]): FillCandidate[] =>
  sizes.map((bodyBytes, index) => ({ photoId: index + 1, bodyBytes, mostTogether: 128 }));
const candidates = fc
  .array(
    fc.record({
      bodyBytes: fc.integer({ min: 1, max: 2000 }),
      mostTogether: fc.constantFrom(128, 128, 16, 4, 1),
    }),
    { maxLength: 300 },
  )
  .map((made) => made.map((one, index) => ({ ...one, photoId: index + 1 })));

test.each([
  ['nothing is ready', photos(), {}, 'wait', []],
  ['it is not full yet', photos(100, 100), {}, 'wait', [1, 2]],
  ['nothing came for a while', photos(100, 100), { quietMs: 100 }, 'idle', [1, 2]],
  ['no more will come', photos(100), { ending: true }, 'ending', [1]],
  ['the last ones are being made ready', photos(100), { ending: true, moreToCome: true }, 'wait', [1]],
  ['the next one does not fit', photos(600, 600), {}, 'full', [1]],
  ['it fits to the byte', photos(600, 400), {}, 'full', [1, 2]],
  ['one is larger than the budget', photos(5000, 1), {}, 'full', [1]],
  [
    'one behind travels by itself',
    [...photos(1), { photoId: 2, bodyBytes: 1, mostTogether: 1 }],
    {},
    'full',
    [1],
  ],
  [
    'the first travels by itself',
    [{ photoId: 9, bodyBytes: 1, mostTogether: 1 }, ...photos(1)],
    {},
    'full',
    [9],
  ],
  [
    'one travels with one other at most',
    [{ photoId: 9, bodyBytes: 1, mostTogether: 2 }, ...photos(1, 1)],
    {},
    'full',
    [9, 1],
  ],
  [
    'there are more than 128',
    photos(...Array.from({ length: 200 }, () => 1)),
    {},
    'full',
    Array.from({ length: 128 }, (_, i) => i + 1),
  ],
])('when %s', (_, ready, change, reason, photoIds) => {
  expect(fillBatch(ready, { ...moment, ...change })).toEqual({ reason, photoIds });
});

test('a batch is a row of neighbours within both limits, and as long as they allow', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 1, max: 5000 }), (ready, budgetBytes) => {
      const { reason, photoIds } = fillBatch(ready, { ...moment, budgetBytes });
      const taken = ready.slice(0, photoIds.length);
      expect(photoIds).toEqual(taken.map(({ photoId }) => photoId));
      const sum = taken.reduce((total, { bodyBytes }) => total + bodyBytes, 0);
      expect(photoIds.length <= 128 && (sum <= budgetBytes || photoIds.length === 1)).toBe(true);
      const most = Math.min(128, ...taken.map(({ mostTogether }) => mostTogether));
      expect(photoIds.length).toBeLessThanOrEqual(most);
      const next = ready[photoIds.length];
      const couldTakeMore =
        next !== undefined &&
        photoIds.length < Math.min(most, next.mostTogether) &&
        sum + next.bodyBytes <= budgetBytes;
      expect(couldTakeMore).toBe(false);
      expect(reason === 'wait').toBe(
        photoIds.length === 0 || (next === undefined && sum < budgetBytes && photoIds.length < most),
      );
    }),
  );
});

test('photos are split beforehand as the sending takes them one batch after the other', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 1, max: 3000 }), (all, budgetBytes) => {
      const taken: (readonly number[])[] = [];
      for (let left = all; left.length > 0;) {
        const { photoIds } = fillBatch(left, { ...moment, budgetBytes, ending: true });
        taken.push(photoIds);
        left = left.slice(photoIds.length);
      }
      const split = splitIntoBatches(all, budgetBytes);
      expect(split.map(({ photoIds }) => photoIds)).toEqual(taken);
      // Where no batch ends because of its bytes, a larger budget changes nothing.
      if (split.every(({ isBudgetFull }) => !isBudgetFull))
        expect(splitIntoBatches(all, budgetBytes * 10)).toEqual(split);
    }),
  );
});
