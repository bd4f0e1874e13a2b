/** What is told unasked: as few words as there are ends of runs and things that need the owner. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hearNews,
  NOTHING_HEARD,
  RUN_GAP_MS,
  RUN_REST_MS,
  runProgress,
  type News,
  type NewsMemory,
} from '#shared/news.ts';
import { needCount, standingAt, standingOf, type Standing } from '#shared/standing.ts';
import { EMPTY_GLANCE, NO_COUNTS } from '../../support/empty-glance.ts';
import { HOLDS, type Hold, type HoldKind } from '#shared/problems.ts';

const REST: Standing = {
  unsentCount: 0,
  onTheWayCount: 0,
  restingCount: 0,
  thereCount: 100,
  indexedCount: 100,
  waitingPaths: 0,
  failureCount: 2,
  retryingCount: 0,
  leftOutCount: 0,
  holds: [],
  moving: null,
  shown: { failureCount: 2, retryingCount: 0, holds: [] },
};

function hold(kind: HoldKind, since = 0): Hold {
  const { sentence, remedy } = HOLDS[kind];
  return { kind, sentence, remedy, since, until: null, detail: null };
}

/** Looks again and again, also when the rules want it; returns all news with their times. */
function follow(looks: readonly (readonly [number, Partial<Standing>])[], endAt: number) {
  const told: (News & { readonly at: number })[] = [];
  let memory: NewsMemory = NOTHING_HEARD;
  let againAt: number | null = null;
  let standing = REST;
  const look = (at: number): void => {
    const heard = hearNews(memory, standing, at);
    ({ memory, againAt } = heard);
    told.push(...heard.news.map((news) => ({ ...news, at })));
  };
  const untilThen = (at: number): void => {
    while (againAt !== null && againAt <= at) look(againAt);
  };
  for (const [at, part] of looks) {
    untilThen(at);
    standing = { ...REST, ...part };
    // There is one account.
    standing = { ...standing, shown: part.shown ?? standing };
    look(at);
  }
  untilThen(endAt);
  return told;
}

const working = { unsentCount: 5, onTheWayCount: 5 };
const SECOND = 1000;

describe('the news of runs', () => {
  it('are told once everything has rested, with what came since it rested before', () => {
    const told = follow(
      [
        [0, {}],
        [SECOND, { unsentCount: 40, onTheWayCount: 40 }],
        [9 * SECOND, { ...working, thereCount: 135, indexedCount: 135 }],
        [10 * SECOND, { thereCount: 140, indexedCount: 140 }],
      ],
      3600 * SECOND,
    );
    expect(told).toEqual([
      {
        kind: 'run-ended',
        title: '40 photos are indexed',
        words: 'Nothing is on the way any more.',
        place: 'sheet',
        at: 10 * SECOND + RUN_REST_MS,
      },
    ]);
  });

  it('say what needs the owner, and nothing about what was so before', () => {
    const told = follow(
      [
        [0, {}],
        [SECOND, working],
        [2 * SECOND, { indexedCount: 101, failureCount: 3 }],
      ],
      3600 * SECOND,
    );
    expect(told.map(({ kind, words, place }) => [kind, words, place])).toEqual([
      ['needs-owner', '1 photo is indexed. 1 needs you.', 'failures'],
    ]);
    // A start that finds everything as it was.
    expect(follow([[0, {}]], 3600 * SECOND)).toEqual([]);
    // Looked through, and nothing new.
    expect(
      follow(
        [
          [0, {}],
          [SECOND, { waitingPaths: 9 }],
          [2 * SECOND, {}],
        ],
        3600 * SECOND,
      ),
    ).toEqual([]);
  });

  it('claim of nothing that it is there while it rests with a paused folder', () => {
    const told = follow(
      [
        [0, {}],
        [SECOND, { unsentCount: 540, onTheWayCount: 540 }],
        // A folder with 500 of them is paused.
        [2 * SECOND, { unsentCount: 40, onTheWayCount: 40, restingCount: 500 }],
        [3 * SECOND, { restingCount: 500, indexedCount: 139, failureCount: 3 }],
        [4 * SECOND, { restingCount: 500, indexedCount: 140 }],
      ],
      3600 * SECOND,
    );
    expect(told.map(({ title, words }) => [title, words])).toEqual([
      ['40 photos are indexed', '500 rest with paused folders.'],
    ]);
  });

  it('ask the owner for nothing that is tried again by itself, however often it fails', () => {
    const later = { indexedCount: 137, failureCount: 5, retryingCount: 3 };
    const told = follow(
      [
        [0, {}],
        [SECOND, { unsentCount: 40, onTheWayCount: 40 }],
        [2 * SECOND, later],
        [3600 * SECOND, { ...later, failureCount: 2, retryingCount: 0, ...working }],
        [3601 * SECOND, later],
        [7200 * SECOND, { ...later, failureCount: 2, retryingCount: 0, ...working }],
        [7201 * SECOND, { ...later, retryingCount: 2 }],
      ],
      9999 * SECOND,
    );
    expect(told.map(({ kind, title, words }) => [kind, title, words])).toEqual([
      ['run-ended', '37 photos are indexed', '3 are tried again later.'],
      ['needs-owner', 'Some photos need you', '1 needs you. 2 are tried again later.'],
    ]);
  });

  it('are few: a camera that sends photo by photo is one run, and runs are told ten minutes apart', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ gapS: fc.integer({ min: 1, max: 300 }), workS: fc.integer({ min: 1, max: 60 }) }),
          {
            maxLength: 60,
          },
        ),
        (shots) => {
          const looks: [number, Partial<Standing>][] = [[0, {}]];
          let at = 0;
          let indexed = REST.indexedCount;
          for (const { gapS, workS } of shots) {
            at += gapS * SECOND;
            looks.push([at, { ...working, indexedCount: indexed }]);
            at += workS * SECOND;
            indexed += 1;
            looks.push([at, { indexedCount: indexed }]);
          }
          const told = follow(looks, at + 2 * RUN_GAP_MS);
          const gaps = told.slice(1).map((news, index) => news.at - (told[index]?.at ?? 0));
          expect(gaps.every((gap) => gap >= RUN_GAP_MS)).toBe(true);
          // And each photo is in one of them.
          const sum = told.reduce((total, { title }) => total + Number.parseInt(title, 10), 0);
          expect(sum).toBe(shots.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the news of holds', () => {
  it('come at once, once while it lasts, and not again when it flickers; a pause is none', () => {
    const rejected = { ...working, holds: [hold('token-rejected')] };
    const told = follow(
      [
        [0, { ...working, holds: [hold('paused'), hold('offline')] }],
        [SECOND, rejected],
        [2 * SECOND, working],
        [3 * SECOND, rejected],
        [700 * SECOND, { ...working, holds: [hold('token-rejected'), hold('over-quota')] }],
      ],
      1000 * SECOND,
    );
    expect(new Set(told.map(({ place }) => place))).toEqual(new Set(['queue']));
    expect(told.map(({ at, words }) => [at, words.split('.')[0]])).toEqual([
      [SECOND, 'The service does not accept the personal access token'],
      [700 * SECOND, 'The service does not accept the personal access token'],
      [700 * SECOND, 'The quota of the account is used up'],
    ]);
  });
});

describe('news of an account that is not shown', () => {
  it('lead to the list of accounts, where it is named', () => {
    const elsewhere = { shown: { failureCount: 0, retryingCount: 0, holds: [] } };
    const told = follow(
      [
        [0, {}],
        [SECOND, { ...working, holds: [hold('token-rejected')], ...elsewhere }],
        [2 * SECOND, { failureCount: 3, ...elsewhere }],
      ],
      100 * SECOND,
    );
    expect(told.map(({ title, place }) => [title, place])).toEqual([
      ['Sending needs you', 'account'],
      ['Some photos need you', 'account'],
    ]);
  });
});

function glance(counts: Partial<typeof NO_COUNTS>, holds: readonly Hold[] = []) {
  return {
    ...EMPTY_GLANCE,
    counts: { ...NO_COUNTS, ...counts },
    failureCount: counts.failed ?? 0,
    holds,
    waitingPaths: 3,
  };
}

describe('how everything stands', () => {
  it('adds accounts up, and puts first what only the owner can end', () => {
    const standing = standingOf([
      glance({ queued: 2, accepted: 1, failed: 4 }, [hold('offline', 1), hold('paused', 2)]),
      glance({ sending: 1, indexed: 7 }, [hold('over-quota', 3)]),
    ]);
    expect(standing).toMatchObject({ unsentCount: 3, onTheWayCount: 4, thereCount: 8, waitingPaths: 3 });
    expect(standing.holds.map(({ kind }) => kind)).toEqual(['over-quota', 'paused', 'offline']);
    // Four photos and the quota; neither the pause nor being offline needs anybody.
    expect(needCount(standing)).toBe(5);
    expect(needCount({ ...standing, retryingCount: 1 })).toBe(4);
    const resting = { ...glance({ queued: 500, sending: 1 }), restingCount: 499 };
    expect(standingOf([resting, resting])).toMatchObject({ unsentCount: 4, restingCount: 998 });
    expect(standingOf([])).toMatchObject({ unsentCount: 0, waitingPaths: 0, holds: [] });
  });

  it('is told by one glance too, with what needs the owner at accounts that are not shown', () => {
    const other = { id: 2, baseUrl: '', userId: 'me', appId: 'photos', isPractice: false, photoCount: 9 };
    const standing = standingAt({
      ...glance({ queued: 2, failed: 1 }, [hold('offline')]),
      destinationId: 1,
      destinations: [
        { ...other, id: 1, needYouCount: 1, hold: hold('offline') },
        { ...other, needYouCount: 4, hold: hold('token-rejected') },
        { ...other, id: 3, needYouCount: 0, hold: null },
      ],
    });
    expect(standing.holds.map(({ kind }) => kind)).toEqual(['token-rejected', 'offline']);
    expect([needCount(standing), needCount(standing.shown), standing.unsentCount]).toEqual([6, 1, 2]);
  });

  it('shows how far a run is, and what holds it', () => {
    const { memory } = hearNews(hearNews(NOTHING_HEARD, REST, 0).memory, { ...REST, ...working }, 1);
    const at = (part: Partial<Standing>) => runProgress(memory, { ...REST, ...part });
    expect(at({ unsentCount: 5, thereCount: 100 })).toEqual({ fraction: 0, tone: 'normal' });
    expect(at({ unsentCount: 15, thereCount: 105, holds: [hold('paused')] })).toEqual({
      fraction: 0.25,
      tone: 'paused',
    });
    expect(at({ unsentCount: 5, thereCount: 105, holds: [hold('token-rejected')] })?.tone).toBe('error');
    expect(at({ unsentCount: 0, thereCount: 110 })).toBeNull();
    expect(runProgress(NOTHING_HEARD, { ...REST, ...working })).toBeNull();
  });
});
