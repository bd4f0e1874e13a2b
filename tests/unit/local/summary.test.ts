import { expect, it } from 'vitest';
import type { IngestReport, ReportedFailure } from '#shared/report.ts';
import { summaryOf } from '../../../electron/local/summary.ts';

const EMPTY: IngestReport = {
  files: 0,
  found: 0,
  uploaded: 0,
  alreadyThere: 0,
  skipped: 0,
  failed: 0,
  pending: 0,
  batches: 0,
  requests: 0,
  bytesSent: 0,
  seconds: 0.4,
  holds: [],
  failures: [],
  skips: [],
  recovered: [],
  unreadable: [],
  notices: [],
  tagsPending: 0,
  tagsRefused: 0,
};

it('is three lines when all is well', () => {
  expect(summaryOf(EMPTY)).toEqual([
    '0 photos in 0 files, 0.4 s',
    '  uploaded             0',
    '  already there        0',
  ]);
  const sent = { files: 1234, found: 1230, uploaded: 1229, alreadyThere: 1, batches: 10, bytesSent: 5e8 };
  expect(summaryOf({ ...EMPTY, ...sent, seconds: 754 })).toEqual([
    '1,230 photos in 1,234 files, 13 min',
    '  uploaded         1,229   in 10 batches, 500.0 MB',
    '  already there        1',
  ]);
});

const failure = (number: number): ReportedFailure => ({
  path: `/photos/${number}\n.jpg`,
  cause: 'incomplete',
  message: 'The picture is cut off.',
  remedy: 'send-as-it-is',
});

it('names everything that is not, and what helps', () => {
  const report: IngestReport = {
    ...EMPTY,
    files: 20,
    found: 20,
    skipped: 2,
    failed: 7,
    pending: 11,
    seconds: 12,
    tagsPending: 1,
    tagsRefused: 2,
    holds: [
      {
        kind: 'offline',
        sentence: 'The service cannot be reached.',
        remedy: 'retries-itself',
        since: 1,
        until: 2,
        detail: 'ECONNREFUSED',
      },
    ],
    failures: [1, 2, 3, 4, 5, 6, 7].map(failure),
    skips: [
      { path: '/a.heic', reason: 'format-not-yet-supported' },
      { path: '/b.nef', reason: 'format-not-yet-supported' },
    ],
    recovered: [{ path: '/c.jpg', share: 0.987 }],
    unreadable: [{ path: '/locked', detail: 'EACCES: permission denied' }],
    notices: ['The ledger is damaged.'],
  };
  const summary = summaryOf(report);
  expect(summary.slice(0, 12)).toEqual([
    '20 photos in 20 files, 12 s',
    '  uploaded             0',
    '  already there        0',
    '  skipped              2',
    '  failed               7',
    '  pending             11',
    '! The service cannot be reached. (ECONNREFUSED) Nothing to do: it is tried again by itself.',
    '! 7 photos (incomplete): The picture is cut off. Send it as it is: tagalong retry --as-it-is',
    ...[1, 2, 3, 4].map((number) => `    /photos/${number}\\n.jpg`),
  ]);
  expect(summary.slice(12)).toEqual([
    '    /photos/5\\n.jpg',
    '    and 2 more: tagalong failures',
    '- 2 photos left out: This format (HEIC or RAW) cannot be decoded yet.',
    '~ /c.jpg is damaged; 98.7 % of it could be recovered and was sent.',
    '! /locked could not be read: EACCES: permission denied',
    '! The ledger is damaged.',
    '! The tags of 1 photo still have to be sent.',
    '! The service refused the tags of 2 photos; they are tried again next time.',
  ]);
});
