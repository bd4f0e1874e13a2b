import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterAnswer,
  afterReply,
  afterStart,
  afterThrottle,
  createLimiter,
  createLimiters,
  FASTEST_PER_SECOND,
  FULL_PACE,
  SLOWEST_PER_SECOND,
  startsAt,
} from '../../../electron/engine/clarifai/limiter.ts';
import type { Limiter, Pace } from '../../../electron/engine/clarifai/limiter.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** Most starts in any window of `windowMs`. */
function mostIn(starts: readonly number[], windowMs: number): number {
  return Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + windowMs).length));
}

test('never more than 15 starts in any 1,180 ms, however work arrives and timers are late', () => {
  const request = fc.record({
    restMs: fc.constantFrom(0, 0, 0, 1, 30, 500),
    lateMs: fc.double({ min: 0, max: 200, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(request, { minLength: 20, maxLength: 120 }), (requests) => {
      let pace = FULL_PACE;
      let now = 0;
      const starts = requests.map(({ restMs, lateMs }) => {
        now += restMs;
        const due = startsAt(pace);
        if (due > now) now = due + lateMs;
        pace = afterStart(pace, now);
        return now;
      });
      expect(mostIn(starts, 1180)).toBeLessThanOrEqual(15);
    }),
  );
});

test('never more than 15 arrivals in any second, however the ways differ, up to five seconds', () => {
  const request = fc.record({
    restMs: fc.constantFrom(0, 0, 0, 1, 30, 500),
    wayMs: fc.oneof(fc.constantFrom(1, 5000), fc.double({ min: 0, max: 600, noNaN: true })),
    backMs: fc.constantFrom(0, 1, 40, 3000),
  });
  fc.assert(
    fc.property(fc.array(request, { minLength: 20, maxLength: 120 }), (requests) => {
      let pace = FULL_PACE;
      let now = 0;
      let out: { readonly startedAt: number; readonly answeredAt: number }[] = [];
      const arrivals = requests.map(({ restMs, wayMs, backMs }) => {
        now += restMs;
        for (;;) {
          const due = Math.max(now, startsAt(pace));
          const [next] = out.toSorted((left, right) => left.answeredAt - right.answeredAt);
          if (next === undefined || next.answeredAt > due) {
            now = due;
            break;
          }
          now = Math.max(now, next.answeredAt);
          out = out.filter((one) => one !== next);
          pace = afterAnswer(pace, next.answeredAt, next.startedAt);
        }
        pace = afterStart(pace, now);
        out.push({ startedAt: now, answeredAt: now + wayMs + backMs });
        return now + wayMs;
      });
      expect(mostIn(arrivals, 999.999)).toBeLessThanOrEqual(15);
    }),
  );
});

test('at least 12 a second while work waits, with answers in 150 ms and timers up to 20 ms late', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 121, maxLength: 121 }),
      (late) => {
        let pace = FULL_PACE;
        let now = 0;
        for (const lateMs of late) {
          const due = startsAt(pace);
          if (due > now) now = due + lateMs;
          pace = afterAnswer(afterStart(pace, now), now + 150, now);
        }
        expect(120 / (now / 1000)).toBeGreaterThanOrEqual(12);
      },
    ),
  );
});

test('a throttled reply halves the rate once for all requests that were out, down to one a second', () => {
  const lowered = afterThrottle(FULL_PACE, 1000, 900);
  const again = afterThrottle(lowered, 1010, 950);
  expect([lowered.perSecond, again.perSecond]).toEqual([FASTEST_PER_SECOND / 2, FASTEST_PER_SECOND / 2]);
  let pace: Pace = again;
  for (let at = 2000; at < 20_000; at += 1000) pace = afterThrottle(pace, at, at - 10);
  expect(pace.perSecond).toBe(SLOWEST_PER_SECOND);
});

test('the rate recovers step by step and never beyond the fastest', () => {
  let pace = afterThrottle(FULL_PACE, 0, -1);
  let replies = 0;
  for (let before = 0; pace.perSecond > before; replies += 1) {
    before = pace.perSecond;
    pace = afterReply(pace);
  }
  expect(pace.perSecond).toBe(FASTEST_PER_SECOND);
  expect(replies).toBeGreaterThan(100);
});

test('nothing starts before Retry-After is over, and the longest one counts', () => {
  const told = afterThrottle(FULL_PACE, 1000, 990, 5000);
  const toldLess = afterThrottle(told, 1001, 991, 10);
  expect([startsAt(told), startsAt(toldLess)]).toEqual([6000, 6000]);
});

/** Acquires `count` times and notes when each was let go, in ms since now; `answers`: each is answered at once. */
function acquireMany(limiter: Limiter, count: number, elapsed: () => number, answers = false) {
  const begin = elapsed();
  const starts: { index: number; at: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    void limiter.acquire().then((start) => {
      starts.push({ index, at: elapsed() - begin });
      if (answers) limiter.replied(start, { throttled: false });
    });
  }
  return starts;
}

test('requests are let go in the order they came', async () => {
  const clock = createFakeClock();
  const starts = acquireMany(createLimiter(clock), 30, () => clock.elapsed(), true);
  await clock.advance(5000);
  expect(starts.map(({ index }) => index)).toEqual(Array.from({ length: 30 }, (_, index) => index));
  expect(
    mostIn(
      starts.map(({ at }) => at),
      1000,
    ),
  ).toBe(15);
  expect(clock.timerCount()).toBe(0);
});

test('after a rest ten may start at once, then they are spaced', async () => {
  const clock = createFakeClock();
  const starts = acquireMany(createLimiter(clock), 18, () => clock.elapsed(), true);
  await clock.advance(5000);
  expect(starts.map(({ at }) => at)).toEqual([
    ...Array.from({ length: 10 }, () => 0),
    80,
    160,
    240,
    320,
    400,
    1180,
    1180,
    1180,
  ]);
});

test('requests that are not answered are reckoned with for five seconds more', async () => {
  const clock = createFakeClock();
  const starts = acquireMany(createLimiter(clock), 17, () => clock.elapsed());
  await clock.advance(7000);
  expect(starts.slice(14).map(({ at }) => at)).toEqual([400, 6000, 6000]);
});

test('a pause asked for while others wait holds them back, then the slower rate holds', async () => {
  const clock = createFakeClock();
  const limiter = createLimiter(clock);
  const [first = { startedAt: Number.NaN }] = await Promise.all(
    Array.from({ length: 10 }, () => limiter.acquire()),
  );
  const starts = acquireMany(limiter, 5, () => clock.elapsed());
  limiter.replied(first, { throttled: true, retryAfterMs: 3000 });
  await clock.advance(2999);
  expect(starts).toEqual([]);
  await clock.advance(5000);
  expect(starts.map(({ at }) => Math.round(at / 10) * 10)).toEqual([3000, 3140, 3300, 3460, 3620]);
});

test('who gives up waiting gets the reason and holds nobody back', async () => {
  const clock = createFakeClock();
  const limiter = createLimiter(clock);
  await Promise.all(Array.from({ length: 10 }, () => limiter.acquire()));
  const stop = new AbortController();
  const given = limiter.acquire(stop.signal);
  const starts = acquireMany(limiter, 1, () => clock.elapsed());
  stop.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  await expect(limiter.acquire(stop.signal)).rejects.toThrow('enough');
  await clock.advance(100);
  expect(starts).toEqual([{ index: 0, at: 80 }]);
  expect(clock.timerCount()).toBe(0);
});

test('one limiter for each base URL and token', () => {
  const limiterFor = createLimiters(createFakeClock());
  const [a, b, c, d] = [
    limiterFor('https://x', 'one'),
    limiterFor('https://x', 'one'),
    limiterFor('https://x', 'two'),
    limiterFor('https://y', 'one'),
  ];
  expect(new Set([a, b, c, d]).size).toBe(3);
  expect(a).toBe(b);
});
