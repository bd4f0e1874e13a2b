import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurns } from '../../../electron/engine/upload/in-turns.ts';

test('everything is visited in order, and others get their turn in between', async () => {
  const seen: (number | string)[] = [];
  const visiting = inTurns([1, 2, 3, 4, 5], 2, (item) => seen.push(item));
  await nextTurn();
  seen.push('another');
  await visiting;
  expect(seen.filter((one) => one !== 'another')).toEqual([1, 2, 3, 4, 5]);
  expect(seen.indexOf('another')).toBeLessThan(seen.length - 1);
});
