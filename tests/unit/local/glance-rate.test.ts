import { expect, it } from 'vitest';
import { createRate } from '../../../electron/engine/glance-rate.ts';

it('tells the rate of the last seconds, whoever asks how often', () => {
  const rate = createRate();
  expect(rate.sample({ at: 0, bytes: 500, photoCount: 10 })).toEqual({
    bytesPerSecond: 0,
    bytesPerPhoto: null,
  });
  for (let at = 100; at <= 2000; at += 100) rate.sample({ at, bytes: 500 + at, photoCount: 10 });
  expect(rate.sample({ at: 2000, bytes: 2500, photoCount: 14 })).toEqual({
    bytesPerSecond: 1000,
    bytesPerPhoto: 500,
  });
  // A rest wears off, and what was sent long ago does not count.
  for (let at = 2500; at <= 12_000; at += 500) rate.sample({ at, bytes: 2500, photoCount: 14 });
  expect(rate.sample({ at: 12_100, bytes: 2500, photoCount: 14 })).toEqual({
    bytesPerSecond: 0,
    bytesPerPhoto: 500,
  });
  // Nobody asked for a while: the rate since the last look.
  expect(rate.sample({ at: 22_100, bytes: 12_500, photoCount: 34 }).bytesPerSecond).toBeCloseTo(1000, -1);
});
