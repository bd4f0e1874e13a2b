import { expect, it } from 'vitest';
import { createTraffic, PACE_STEP_COUNT, PACE_STEP_MS } from '../../../electron/engine/upload/traffic.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const NO_LIMIT = { now: () => null };

it('keeps a bounded history, in which nothing is lost but what is too old', async () => {
  const clock = createFakeClock();
  const traffic = createTraffic(clock, NO_LIMIT);
  expect([traffic.history(), traffic.pace()]).toEqual([[], null]);
  traffic.begin(1, 1_000_000);
  for (let step = 0; step < PACE_STEP_COUNT * 2; step += 1) {
    traffic.left(1, step);
    traffic.arrived('posted');
    await clock.advance(PACE_STEP_MS);
  }
  const points = traffic.history();
  expect(points).toHaveLength(PACE_STEP_COUNT);
  expect(points).toEqual(
    Array.from({ length: PACE_STEP_COUNT }, (_, index) => ({
      bytes: PACE_STEP_COUNT + index,
      photoCount: 1,
    })),
  );
  // A rest longer than the whole history leaves nothing of it.
  await clock.advance(PACE_STEP_MS * PACE_STEP_COUNT * 5);
  expect(traffic.history().every(({ bytes, photoCount }) => bytes + photoCount === 0)).toBe(true);
  expect([traffic.pace(), traffic.rate()]).toEqual([null, { bytesPerSecond: 0, photosPerSecond: 0 }]);
});

it('tells the rate of the last seconds, and the pace of the steps in which something left', async () => {
  const clock = createFakeClock();
  const traffic = createTraffic(clock, NO_LIMIT);
  for (let step = 0; step < 10; step += 1) {
    await clock.advance(PACE_STEP_MS);
    traffic.left(1, 2000);
  }
  // Four steps, of which the last one has just begun.
  expect(traffic.rate().bytesPerSecond).toBeCloseTo(8000 / 6, 5);
  await clock.advance(PACE_STEP_MS * 20);
  expect([traffic.rate().bytesPerSecond, traffic.pace()]).toEqual([0, 1000]);
});

it('tells the pace under the limit of now only, and loses nothing of the history', async () => {
  const clock = createFakeClock();
  let limit: number | null = 500;
  const traffic = createTraffic(clock, { now: () => limit });
  const sendSteps = async (count: number, bytes: number): Promise<void> => {
    for (let step = 0; step < count; step += 1) {
      traffic.left(1, bytes);
      await clock.advance(PACE_STEP_MS);
    }
  };
  await sendSteps(5, 1000);
  expect(traffic.pace()).toBe(500);
  limit = null;
  expect(traffic.pace()).toBeNull();
  // The step in which it changed is of both.
  traffic.left(1, 7000);
  expect(traffic.pace()).toBeNull();
  await clock.advance(PACE_STEP_MS);
  await sendSteps(3, 8000);
  expect([traffic.pace(), traffic.history().map(({ bytes }) => bytes)]).toEqual([
    4000,
    [1000, 1000, 1000, 1000, 1000, 7000, 8000, 8000, 8000],
  ]);
});

it('moves the bytes of a batch forward only, also when it is sent again', async () => {
  const clock = createFakeClock();
  const traffic = createTraffic(clock, NO_LIMIT);
  const startedAt = clock.now();
  traffic.begin(7, 100);
  expect(traffic.of(7)).toMatchObject({ phase: 'waiting', sentBytes: 0, bodyBytes: 100, sinceAt: startedAt });
  await clock.advance(500);
  traffic.left(7, 60);
  expect(traffic.of(7)).toMatchObject({ phase: 'sending', sentBytes: 60, sinceAt: startedAt + 500 });
  traffic.again(7);
  expect(traffic.of(7)).toMatchObject({ phase: 'again', sentBytes: 60 });
  traffic.left(7, 20);
  expect(traffic.of(7)).toMatchObject({ phase: 'sending', sentBytes: 60 });
  traffic.left(7, 80);
  expect(traffic.of(7)).toMatchObject({ phase: 'answer', sentBytes: 100 });
  traffic.end(7);
  expect(traffic.of(7)).toBeNull();
});

it('counts a run from its first batch until everything has gone; the next one counts anew', async () => {
  const clock = createFakeClock();
  const traffic = createTraffic(clock, NO_LIMIT);
  traffic.rest();
  expect(traffic.run()).toBeNull();
  const sinceAt = clock.now();
  traffic.begin(1, 10);
  traffic.left(1, 10);
  traffic.arrived('posted');
  traffic.arrived('adopted');
  await clock.advance(1000);
  traffic.rest();
  await clock.advance(1000);
  traffic.rest();
  const first = { sinceAt, endedAt: sinceAt + 1000, sentCount: 1, thereCount: 1, sentBytes: 10 };
  expect(traffic.run()).toEqual(first);
  traffic.arrived('posted');
  expect(traffic.run()).toMatchObject({
    sinceAt: sinceAt + 2000,
    endedAt: null,
    sentCount: 1,
    thereCount: 0,
  });
});
