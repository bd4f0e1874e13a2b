import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  DEFAULT_SENDING,
  limitAt,
  PAUSE_LENGTHS,
  pauseEnd,
  type SendingSettings,
  type TimetableEntry,
} from '#shared/sending.ts';

/** By the clock of the machine that runs the test, as the owner's. 2 November 2026 is a Monday. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const utc = (month: number, day: number, hour: number, minute = 0): number =>
  Date.UTC(2027, month - 1, day, hour, minute);
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WEEKDAYS = [1, 2, 3, 4, 5];
const with_ = (...timetable: TimetableEntry[]): SendingSettings => ({ ...DEFAULT_SENDING, timetable });

describe('the limit of a moment', () => {
  test('without a timetable it is the limit, for ever', () => {
    expect(limitAt({ ...DEFAULT_SENDING, limit: 20_000 }, at(2, 12))).toEqual({
      limit: 20_000,
      isTimed: false,
      until: null,
    });
  });

  test('an entry counts from its first minute up to its last', () => {
    const settings = with_({ days: WEEKDAYS, from: 9 * 60, to: 17 * 60 + 30, limit: 500_000 });
    expect(limitAt(settings, at(2, 8, 59))).toEqual({ limit: null, isTimed: false, until: at(2, 9) });
    expect(limitAt(settings, at(2, 9))).toEqual({ limit: 500_000, isTimed: true, until: at(2, 17, 30) });
    expect(limitAt(settings, at(2, 17, 29)).isTimed).toBe(true);
    // Friday evening: nothing changes before Monday.
    expect(limitAt(settings, at(6, 17, 30))).toEqual({ limit: null, isTimed: false, until: at(9, 9) });
  });

  test('an entry over midnight belongs to the day on which it begins', () => {
    const settings = with_({ days: [5], from: 22 * 60, to: 6 * 60, limit: 0 });
    expect(limitAt(settings, at(6, 21, 59)).limit).toBe(null);
    expect(limitAt(settings, at(6, 22))).toEqual({ limit: 0, isTimed: true, until: at(7, 6) });
    expect(limitAt(settings, at(7, 5, 59)).limit).toBe(0);
    expect(limitAt(settings, at(7, 22)).limit).toBe(null);
    // Thursday night into Friday is not meant.
    expect(limitAt(settings, at(6, 3)).limit).toBe(null);
  });

  test('of two in force the first counts, and the second takes over where it ends', () => {
    const settings = with_(
      { days: EVERY_DAY, from: 12 * 60, to: 13 * 60, limit: null },
      { days: EVERY_DAY, from: 8 * 60, to: 18 * 60, limit: 100_000 },
    );
    expect(limitAt(settings, at(3, 12, 30))).toEqual({ limit: null, isTimed: true, until: at(3, 13) });
    expect(limitAt(settings, at(3, 13))).toEqual({ limit: 100_000, isTimed: true, until: at(3, 18) });
  });

  test('one that begins when it ends is the whole day', () => {
    const settings = with_({ days: [2], from: 7 * 60, to: 7 * 60, limit: 0 });
    expect(limitAt(settings, at(3, 7)).limit).toBe(0);
    expect(limitAt(settings, at(4, 6, 59))).toMatchObject({ limit: 0, until: at(4, 7) });
    expect(limitAt(settings, at(4, 7)).limit).toBe(null);
  });

  test('it stays the same until the time it names, whatever the timetable', () => {
    const entry = fc.record({
      days: fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 7 }),
      from: fc.nat({ max: 1439 }),
      to: fc.nat({ max: 1439 }),
      limit: fc.constantFrom(null, 0, 50_000),
    });
    const minutes = fc.nat({ max: 60 * 24 * 400 });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 4 }),
        minutes,
        fc.nat({ max: 20_000 }),
        (timetable, start, later) => {
          const settings = with_(...timetable);
          const now = at(1, 0) + start * 60_000;
          const { limit, until } = limitAt(settings, now);
          const then = now + later * 60_000;
          if (until === null || then < until) expect(limitAt(settings, then).limit).toBe(limit);
          else expect(limitAt(settings, until).limit).not.toBe(limit);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the limit where clocks are put forward and back', () => {
  // Berlin: at 2:00 it is 3:00 on 28 March 2027, and at 3:00 it is 2:00 on 31 October.
  const night = with_({ days: EVERY_DAY, from: 2 * 60 + 30, to: 2 * 60 + 45, limit: 0 });
  const morning = with_({ days: EVERY_DAY, from: 2 * 60 + 30, to: 6 * 60, limit: 0 });
  beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));
  afterEach(() => vi.unstubAllEnvs());

  test('what begins in the hour that is left out begins when it is over', () => {
    expect(limitAt(morning, utc(3, 28, 0, 30))).toEqual({
      limit: null,
      isTimed: false,
      until: utc(3, 28, 1),
    });
    expect(limitAt(morning, utc(3, 28, 1))).toEqual({ limit: 0, isTimed: true, until: utc(3, 28, 4) });
    // What begins and ends in it is not that day.
    expect(limitAt(night, utc(3, 28, 0, 30)).until).toBe(utc(3, 29, 0, 30));
  });

  test('what begins in the hour that comes twice begins twice', () => {
    expect(limitAt(night, utc(10, 31, 0, 20)).until).toBe(utc(10, 31, 0, 30));
    expect(limitAt(night, utc(10, 31, 0, 30)).until).toBe(utc(10, 31, 0, 45));
    expect(limitAt(night, utc(10, 31, 0, 45)).until).toBe(utc(10, 31, 1, 30));
    expect(limitAt(night, utc(10, 31, 1, 45)).until).toBe(utc(11, 1, 1, 30));
    // Put back, the clock shows a time before its beginning once more.
    expect(limitAt(morning, utc(10, 31, 0, 40)).until).toBe(utc(10, 31, 1));
    expect(limitAt(morning, utc(10, 31, 1))).toEqual({
      limit: null,
      isTimed: false,
      until: utc(10, 31, 1, 30),
    });
  });

  test.each([
    ['Europe/Berlin', utc(3, 26, 0)],
    ['Europe/Berlin', utc(10, 29, 0)],
    ['America/Santiago', utc(4, 2, 0)],
    ['America/Santiago', utc(9, 3, 0)],
    ['Australia/Lord_Howe', utc(4, 2, 0)],
    ['Australia/Lord_Howe', utc(10, 1, 0)],
  ])('it stays the same until the time it names in %s (%#)', (zone, from) => {
    vi.stubEnv('TZ', zone);
    const minuteOfNight = fc.nat({ max: 4 * 60 });
    const entry = fc.record({
      days: fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1, maxLength: 7 }),
      from: minuteOfNight,
      to: minuteOfNight,
      limit: fc.constantFrom(null, 0, 50_000),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), fc.nat({ max: 4 * 1440 }), (timetable, start) => {
        const settings = with_(...timetable);
        const now = from + start * 60_000;
        const { limit, until } = limitAt(settings, now);
        const end = until ?? now + 2 * 1440 * 60_000;
        for (let then = now; then < end; then += 15 * 60_000)
          expect(limitAt(settings, then).limit).toBe(limit);
        if (until !== null) {
          expect(limitAt(settings, until - 60_000).limit).toBe(limit);
          expect(limitAt(settings, until).limit).not.toBe(limit);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the end of a pause', () => {
  test('an hour is an hour, and until resumed has none', () => {
    expect([pauseEnd('hour', at(2, 23, 30)), pauseEnd('resumed', at(2, 9))]).toEqual([at(3, 0, 30), null]);
  });

  test.each([
    [at(2, 9), at(3, 6)],
    [at(2, 23, 59), at(3, 6)],
    [at(3, 1), at(3, 6)],
    [at(3, 3), at(4, 6)],
    [at(3, 6), at(4, 6)],
  ])('tomorrow is the next morning that is a night away (%#)', (now, end) => {
    expect(pauseEnd('tomorrow', now)).toBe(end);
  });

  test('it is never over already', () => {
    for (const length of PAUSE_LENGTHS)
      for (let hour = 0; hour < 48; hour += 1)
        expect(pauseEnd(length, at(28, hour)) ?? Infinity).toBeGreaterThan(at(28, hour));
  });
});
