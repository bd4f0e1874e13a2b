/** A sleep is told once, soon after it, and nothing else is taken for one. */
import { expect, it } from 'vitest';
import { watchSleep } from '../../../electron/local/sleep-watch.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const MINUTE_MS = 60_000;

function watched() {
  const clock = createFakeClock();
  const wokenAt: number[] = [];
  const watch = watchSleep(clock, () => wokenAt.push(clock.now()));
  return { clock, wokenAt, watch };
}

it('is told once, within half a minute', async () => {
  const { clock, wokenAt, watch } = watched();
  await clock.advance(20 * MINUTE_MS);
  expect(wokenAt).toEqual([]);
  clock.jump(8 * 60 * MINUTE_MS);
  const endedAt = clock.now();
  await clock.advance(20 * MINUTE_MS);
  expect(wokenAt).toHaveLength(1);
  expect((wokenAt[0] ?? 0) - endedAt).toBeLessThanOrEqual(MINUTE_MS / 2);
  clock.jump(2 * MINUTE_MS);
  await clock.advance(20 * MINUTE_MS);
  expect(wokenAt).toHaveLength(2);
  watch.stop();
  expect(clock.timerCount()).toBe(0);
});

it('is neither a late timer nor a clock that is set back or by a minute', async () => {
  const { clock, wokenAt } = watched();
  for (const ms of [MINUTE_MS, -MINUTE_MS, -8 * 60 * MINUTE_MS]) {
    clock.jump(ms);
    await clock.advance(20 * MINUTE_MS);
  }
  expect(wokenAt).toEqual([]);
});
