import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurns, mergeByTurn } from '../../../electron/engine/upload/in-turns.ts';

interface Place {
  readonly turn: number;
  readonly photoId: number;
}

function byPlace(left: Place, right: Place): number {
  return left.turn - right.turn || left.photoId - right.photoId;
}

test('lists in order make one list in order, with everything in it', () => {
  const place = fc.record({ turn: fc.integer({ min: -5, max: 5 }), photoId: fc.nat({ max: 50 }) });
  fc.assert(
    fc.property(fc.array(fc.array(place), { maxLength: 4 }), (lists) => {
      expect(mergeByTurn(lists.map((list) => list.toSorted(byPlace)))).toEqual(
        lists.flat().toSorted(byPlace),
      );
    }),
  );
});

test('everything is visited in order, and others get their turn in between', async () => {
  const seen: (number | string)[] = [];
  const visiting = inTurns([1, 2, 3, 4, 5], 2, (item) => seen.push(item));
  await nextTurn();
  seen.push('another');
  await visiting;
  expect(seen.filter((one) => one !== 'another')).toEqual([1, 2, 3, 4, 5]);
  expect(seen.indexOf('another')).toBeLessThan(seen.length - 1);
});
