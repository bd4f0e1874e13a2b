import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elsewhereParts, mainHold, statusParts } from '../../../renderer/src/frame/status-line.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../../renderer/src/text/format.ts';
import { connectionSentence, editSentence } from '../../../renderer/src/text/frame.ts';
import { PHOTO_STATES, type StateCounts } from '#shared/photo.ts';
import { EMPTY_GLANCE, NO_COUNTS } from '../../support/empty-glance.ts';
import { HOLDS, type Hold, type HoldKind } from '#shared/problems.ts';

const NOW = new Date(2026, 4, 2, 15, 0).getTime();
const SINCE = new Date(2026, 4, 2, 14, 2).getTime();
const UNTIL = new Date(2026, 4, 2, 15, 20).getTime();

type StatusGlance = Parameters<typeof statusParts>[0];

function counts(some: Partial<StateCounts>): StateCounts {
  return { ...NO_COUNTS, ...some };
}

function glance(some: Partial<StatusGlance>): StatusGlance {
  return {
    ...EMPTY_GLANCE,
    bytesPerSecond: 0,
    secondsLeft: null,
    editsNextAt: null,
    ...some,
  };
}

function hold(kind: HoldKind, some: Partial<Hold> = {}): Hold {
  const until = HOLDS[kind].lifts === 'itself' ? UNTIL : null;
  const { sentence, remedy } = HOLDS[kind];
  return { kind, sentence, remedy, since: SINCE, until, detail: null, ...some };
}

function sentence(some: Partial<StatusGlance>): string {
  return statusParts(glance(some), NOW)
    .map(({ text }) => text)
    .join(' · ');
}

describe('the status sentence', () => {
  it('counts what is there, what moves, and what needs the owner', () => {
    const busy = {
      counts: counts({ indexed: 2298, found: 5, queued: 10, sending: 12, accepted: 4, failed: 12 }),
      bytesPerSecond: 4_100_000,
      secondsLeft: 180,
      failureCount: 12,
    };
    expect(sentence(busy)).toBe(
      `${formatCount(2298)} indexed · 31 on the way, ${formatBytes(4_100_000)}/s, about ${formatDuration(180)} · 12 need you`,
    );
    expect(statusParts(glance(busy), NOW).map(({ tone }) => tone)).toEqual(['quiet', 'quiet', 'alert']);
    // What is tried again by itself wants nobody, and says so in another colour.
    const some = { counts: counts({ indexed: 1, failed: 3 }), failureCount: 3 };
    expect(sentence({ ...some, retryingCount: 2 })).toBe('1 indexed · 2 tried again later · 1 needs you');
    expect(statusParts(glance({ ...some, retryingCount: 3 }), NOW).map(({ tone }) => tone)).toEqual([
      'quiet',
      'wait',
    ]);
  });

  it('says what holds, since when, what waits and what ends it', () => {
    const held = {
      counts: counts({ indexed: 9, queued: 100, sending: 12 }),
      editsWaiting: { there: 30, withPhoto: 7 },
    };
    const since = formatTime(SINCE, NOW);
    expect({
      offline: sentence({ ...held, holds: [hold('offline')] }),
      one: sentence({ counts: counts({ queued: 1 }), holds: [hold('service-down')] }),
      paused: sentence({ ...held, holds: [hold('paused')], failureCount: 1 }),
      token: sentence({ counts: counts({ found: 2 }), holds: [hold('token-rejected')] }),
      nothing: sentence({ holds: [hold('offline')] }),
    }).toEqual({
      offline: `Offline since ${since}. 112 photos and edits on 37 photos wait; they go by themselves.`,
      one: `The service has had trouble of its own since ${since}. 1 photo waits; it goes by itself.`,
      paused: `Paused since ${since}. 112 photos and edits on 37 photos wait until sending is resumed. · 1 needs you`,
      token: `The token has not been accepted since ${since}. 2 photos wait until a valid token is entered.`,
      nothing: `Offline since ${since}. Nothing waits; next try ${formatTime(UNTIL, NOW)}.`,
    });
  });

  it('says of edits whether they wait or go, and of nothing that it is nothing', () => {
    const edits = { there: 3, withPhoto: 0 };
    expect(sentence({ counts: counts({ indexed: 3 }), editsWaiting: edits })).toBe(
      '3 indexed · edits on 3 photos on the way',
    );
    expect(sentence({ counts: counts({ indexed: 3 }), editsWaiting: edits, editsNextAt: UNTIL })).toBe(
      `3 indexed · edits on 3 photos wait, next try ${formatTime(UNTIL, NOW)}`,
    );
    expect(sentence({ counts: counts({ indexed: 3 }) })).toBe('3 indexed · everything is there');
    expect(sentence({})).toBe('No photos yet');
    const leftOut = { counts: counts({ indexed: 2, skipped: 3 }), leftOutCount: 7 };
    expect(sentence(leftOut)).toBe('2 indexed · everything else is there · 7 left out');
    expect(statusParts(glance(leftOut), NOW).at(-1)).toMatchObject({ tone: 'quiet', place: 'failures' });
    expect(sentence({ ...leftOut, failureCount: 1 })).toBe('2 indexed · 7 left out · 1 needs you');
    expect(sentence({ leftOutCount: 7 })).toBe('7 left out');
    expect(sentence({ counts: counts({ indexed: 2, deleting: 1 }) })).toBe('2 indexed · 1 being removed');
  });

  it('never claims that everything is there while something is not', () => {
    // Mostly nothing, so that not something is always on its way.
    const count = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat({ max: 3 }));
    const anyCounts = fc.record(
      Object.fromEntries(PHOTO_STATES.map((state) => [state, count])) as Record<
        keyof StateCounts,
        typeof count
      >,
    );
    fc.assert(
      fc.property(
        anyCounts,
        count,
        count,
        count,
        count,
        (some, waitingPaths, there, failedFiles, leftOutFiles) => {
          const failureCount = some.failed + failedFiles;
          const leftOutCount = some.skipped + leftOutFiles;
          const said = sentence({
            counts: some,
            waitingPaths,
            failureCount,
            leftOutCount,
            editsWaiting: { there, withPhoto: 0 },
          });
          const open = some.found + some.queued + some.sending + some.accepted + some.deleting;
          const isOver = some.indexed > 0 && open + waitingPaths + failureCount + there === 0;
          expect(said.includes('everything is there')).toBe(isOver && leftOutCount === 0);
          expect(said.includes('everything else is there')).toBe(isOver && leftOutCount > 0);
          expect(said).not.toBe('');
        },
      ),
    );
  });

  it('tells the hold that only the owner can end before those that end by themselves', () => {
    const holds = [
      hold('offline', { since: 1 }),
      hold('over-quota', { since: 3 }),
      hold('paused', { since: 2 }),
    ];
    expect([mainHold(holds)?.kind, mainHold([])]).toEqual(['paused', null]);
  });
});

describe('accounts that are not shown', () => {
  const account = {
    baseUrl: '',
    userId: 'me',
    isPractice: false,
    photoCount: 9,
    needYouCount: 0,
    hold: null,
  };
  const said = (...troubles: { needYouCount?: number; hold?: Hold }[]) =>
    elsewhereParts({
      destinationId: 0,
      destinations: [
        { ...account, id: 0, appId: 'shown', needYouCount: 5 },
        ...troubles.map((trouble, index) => ({
          ...account,
          id: index + 1,
          appId: `app-${index}`,
          ...trouble,
        })),
      ],
    }).map(({ text, place }) => [text, place]);

  it('are named in one piece when something there needs the owner, and only then', () => {
    expect(said({}, { hold: hold('paused') }, { hold: hold('offline') })).toEqual([]);
    expect(said({}, { hold: hold('token-rejected') })).toEqual([['me / app-1 needs you', 'account']]);
    expect(said({ needYouCount: 2 }, { hold: hold('over-quota') })).toEqual([
      ['2 other accounts need you', 'account'],
    ]);
  });
});

describe('rests', () => {
  const waits = { counts: counts({ queued: 3 }) };

  it('say what ends them, and nothing of tries', () => {
    const at = formatTime(UNTIL, NOW);
    const since = formatTime(SINCE, NOW);
    const timed = [hold('paused', { until: UNTIL }), hold('scheduled')].map((one) => [
      sentence({ ...waits, holds: [one] }),
      sentence({ holds: [one] }),
    ]);
    expect(timed).toEqual([
      [
        `Paused since ${since}. 3 photos wait until ${at}.`,
        `Paused since ${since}. It ends at ${at}. Nothing waits.`,
      ],
      [
        `Resting by your timetable since ${since}. 3 photos wait until ${at}.`,
        `Resting by your timetable since ${since}. Nothing waits.`,
      ],
    ]);
    expect(sentence({ ...waits, holds: [hold('on-battery', { until: null })] })).toBe(
      `Resting since ${since}: the computer runs on its battery. 3 photos wait until it is on mains.`,
    );
  });

  it('of folders are told beside what moves', () => {
    const resting = { counts: counts({ queued: 5, indexed: 2 }), restingCount: 3 };
    expect(sentence(resting)).toBe('2 indexed · 2 on the way · 3 rest with paused folders');
    expect(sentence({ counts: counts({ queued: 1, indexed: 2 }), restingCount: 1 })).toBe(
      '2 indexed · 1 rests with paused folders',
    );
  });
});

describe('other sentences of the frame', () => {
  it('say what was undone and where, and what was left', () => {
    expect(editSentence('undo', { kind: 'tag', label: 'bride', photoCount: 12, leftCount: 0 })).toBe(
      'Undid: bride on 12 photos',
    );
    expect(editSentence('redo', { kind: 'tag', label: 'not guest', photoCount: 1, leftCount: 2 })).toBe(
      'Redid: not guest on 1 photo. 2 photos were left: a later act changed the same tag',
    );
  });

  it('call each kind of act what it was, also one that is not known, and say what an undo left of it', () => {
    const labels = {
      tag: 'bride',
      concept: 'new concept bride',
      'concept-rename': 'bride → Braut',
      'concept-merge': 'kitty → cat',
      keywords: '3 keywords',
      setting: 'key set Wedding',
      annotation: 'Box',
    };
    const said = Object.entries(labels).map(([kind, label]) => {
      const done = { kind, label, photoCount: 0, leftCount: 0 };
      return [editSentence('redo', done), editSentence('undo', { ...done, isPartial: true })];
    });
    const left = 'Some of it was left: a later change stands';
    expect(said).toEqual([
      ['Redid: bride', 'Undid: bride. A concept that is in use by now stays'],
      ['Redid: new concept bride', 'Not undone: new concept bride. The concept is in use by now, and stays'],
      [
        'Redid: renaming bride → Braut',
        'Undid: renaming bride → Braut. The name was left: another concept has it, or a later change stands',
      ],
      ['Redid: merging kitty → cat', `Undid: merging kitty → cat. ${left}`],
      ['Redid: 3 keywords', `Undid: 3 keywords. ${left}`],
      ['Redid: key set Wedding', `Undid: key set Wedding. ${left}`],
      ['Redid: Box', `Undid: Box. ${left}`],
    ]);
  });

  it('give sizes a plural', () => {
    expect([0, 1, 163, 999.4].map(formatBytes)).toEqual(['0 bytes', '1 byte', '163 bytes', '999 bytes']);
    expect([4_100_000, 163_000].map(formatBytes)).toEqual([
      expect.stringMatching(/^4.1\sMB$/u),
      expect.stringMatching(/^163\skB$/u),
    ]);
  });

  it('tell a line that broke from one that stays closed, in the words of the host', () => {
    const said = (['lost', 'refused', 'ended'] as const).flatMap((state) => [
      connectionSentence(state, true),
      connectionSentence(state, false),
    ]);
    expect(new Set(said).size).toBe(4);
    expect(said.filter((text) => text.includes('!'))).toEqual([]);
  });
});
