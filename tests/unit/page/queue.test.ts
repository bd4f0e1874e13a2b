import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceColumns, pacePath } from '../../../renderer/src/places/pace-plot.ts';
import { formatBytes, formatDuration, formatTime } from '../../../renderer/src/text/format.ts';
import {
  askedSentence,
  batchState,
  holdActs,
  paceSentence,
  paceWords,
  planNotes,
  planSentence,
  runSentence,
  waitSentence,
} from '../../../renderer/src/text/queue.ts';
import { HOLDS, type HoldKind } from '#shared/problems.ts';
import type { Plan, QueueBatch, QueueWait } from '#shared/queue.ts';

const NOW = new Date(2026, 4, 2, 15, 0).getTime();
const SINCE = new Date(2026, 4, 2, 14, 2).getTime();

function plan(some: Partial<Plan>): Plan {
  return {
    asOf: 1,
    destinationId: 1,
    photoCount: 412,
    unaskedCount: 0,
    pictureBytes: { value: 236_000_000, isExact: true },
    bodyBytes: { value: 315_000_000, isExact: false },
    batches: { value: 4, isExact: true },
    secondsLeft: 360,
    sendingCount: 0,
    thereCount: 0,
    awayCount: 0,
    restingCount: 0,
    undecidedCount: 0,
    notSent: [],
    ...some,
  };
}

describe('what may end a hold', () => {
  const place = { isPractice: false, isClarifai: true, canReveal: true };

  it('is offered for every hold, and leads out of the program where its remedy is outside', () => {
    for (const kind of Object.keys(HOLDS) as HoldKind[]) expect(holdActs(kind, place), kind).not.toEqual([]);
    expect(holdActs('over-quota', place)).toEqual(['seePlan', 'tryNow']);
    expect(holdActs('over-quota', { ...place, isClarifai: false })).toEqual(['tryNow']);
    expect(holdActs('disk-full', place)).toEqual(['showData']);
    expect(holdActs('disk-full', { ...place, canReveal: false })).toEqual(['copyData']);
    expect(holdActs('token-rejected', place)).toEqual(['token']);
    expect(holdActs('token-rejected', { ...place, isPractice: true })).toEqual(['tryNow']);
  });
});

describe('the plan in words', () => {
  it('says about only of what is not known', () => {
    expect(planSentence(plan({}))).toBe(
      `412 photos, ${formatBytes(236_000_000)}, 4 batches, about ${formatDuration(360)}.`,
    );
    expect(
      planSentence(
        plan({
          photoCount: 1,
          unaskedCount: 1,
          pictureBytes: { value: 500_000, isExact: false },
          batches: { value: 1, isExact: false },
          secondsLeft: null,
        }),
      ),
    ).toBe(`Up to 1 photo, about ${formatBytes(500_000)}, about 1 batch.`);
    expect(planSentence(plan({ photoCount: 0 }))).toBe('No photo waits to be sent.');
  });

  it('tells what else there is, and nothing of what there is not', () => {
    expect(planNotes(plan({}))).toEqual([]);
    expect(
      planNotes(
        plan({
          thereCount: 12,
          sendingCount: 1,
          awayCount: 2,
          undecidedCount: 3,
          unaskedCount: 9,
          secondsLeft: null,
        }),
      ),
    ).toEqual([
      'How long it takes shows once photos are leaving.',
      '1 is in flight now.',
      '12 are already there.',
      'The account was not asked about 9 yet: some may be there already. It is asked before they are sent.',
      '2 wait for a folder that cannot be reached.',
      '3 are still looked at and may come to it.',
    ]);
    expect(askedSentence({ askedCount: 9, foundCount: 1, problem: null })).toBe(
      'Asked about 9 photos: 1 is there already.',
    );
  });
});

describe('what moves and what waits', () => {
  it('says where a batch is and since when', () => {
    const batch: QueueBatch = {
      id: 1,
      photoCount: 128,
      photos: [],
      bodyBytes: 9_800_000,
      sentBytes: 4_100_000,
      phase: 'sending',
      sinceAt: SINCE,
    };
    expect(batchState(batch, NOW)).toBe(
      `Sending, since ${formatTime(SINCE, NOW)} · ${formatBytes(4_100_000)} of ${formatBytes(9_800_000)}`,
    );
    expect(batchState({ ...batch, phase: 'asking' }, NOW)).not.toContain(' of ');
  });

  it('has a sentence with an end for each reason', () => {
    const wait = (some: Partial<QueueWait>): string =>
      waitSentence({ reason: 'fill', count: 2, until: null, folders: [], ...some }, NOW);
    expect(wait({ reason: 'later', until: SINCE })).toBe(
      `2 photos could not go and wait for another try at ${formatTime(SINCE, NOW)}.`,
    );
    expect(wait({ reason: 'away', count: 1, folders: ['/card'] })).toBe(
      '1 photo waits for /card, which cannot be reached. It goes when it is back.',
    );
    expect(wait({ reason: 'look', count: 1 })).toBe('1 file waits to be looked at.');
  });

  it('says what a run did, and when', () => {
    const run = {
      sinceAt: SINCE,
      endedAt: null,
      sentCount: 318,
      thereCount: 12,
      failedCount: 1,
      sentBytes: 0,
    };
    expect(runSentence(run, NOW)).toBe(
      `Since ${formatTime(SINCE, NOW)}: 318 photos sent, 12 were there already, 1 failed.`,
    );
    expect(runSentence({ ...run, endedAt: NOW }, NOW)).toContain(formatTime(NOW, NOW));
  });

  it('tells the pace, and that nothing leaves', () => {
    expect(paceSentence({ bytesPerSecond: 0, photosPerSecond: 1, secondsLeft: 5 })).toBe(
      'Nothing leaves at this moment.',
    );
    expect(paceSentence({ bytesPerSecond: 2_000_000, photosPerSecond: 2, secondsLeft: 180 })).toBe(
      `${formatBytes(2_000_000)}/s, 120 photos a minute, about ${formatDuration(180)} left.`,
    );
    expect(paceWords([0, 0])).toBe('Nothing left in the last ten minutes.');
    expect(paceWords([0, 1000])).toContain('nothing, ');
  });
});

describe('the plot of the pace', () => {
  const history = fc.record({
    stepMs: fc.constantFrom(1000, 2000, 5000),
    points: fc.array(
      fc.record({ bytes: fc.integer({ min: 0, max: 1_000_000 }), photoCount: fc.constant(0) }),
      { maxLength: 300 },
    ),
  });

  it('has ten minutes, the newest at the right, and no byte twice', () => {
    fc.assert(
      fc.property(history, ({ stepMs, points }) => {
        const { columns, peak, minutes } = paceColumns({ stepMs, points });
        expect([columns.length, minutes.length]).toEqual([60, 10]);
        const shown = points.slice(-Math.floor(600_000 / stepMs));
        const sent = shown.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(columns.reduce((sum, pace) => sum + pace * 10, 0)).toBeCloseTo(sent, 3);
        expect(peak).toBe(Math.max(...columns));
      }),
    );
    const { columns } = paceColumns({ stepMs: 2000, points: [{ bytes: 10_000, photoCount: 1 }] });
    expect(columns.at(-1)).toBe(1000);
  });

  it('draws inside its box, and nothing when nothing left', () => {
    expect(pacePath(paceColumns({ stepMs: 2000, points: [] }), 600, 50)).toBe('');
    const path = pacePath(paceColumns({ stepMs: 2000, points: [{ bytes: 9, photoCount: 0 }] }), 600, 50);
    const numbers = path.match(/[\d.]+/gu)?.map(Number) ?? [];
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter((_, index) => index % 2 === 1).every((y) => y >= 0 && y <= 50)).toBe(true);
    expect(path.endsWith('L590 0 L600 0 L600 50 Z')).toBe(true);
  });
});
