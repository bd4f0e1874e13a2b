/** Paths, numbers, remedies, folders and exit codes of the command. */
import fc from 'fast-check';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { IngestReport } from '#shared/report.ts';
import { REMEDIES, type Remedy } from '#shared/problems.ts';
import { dataFolderOf, defaultDataFolder } from '../../../electron/host/data-folder.ts';
import { exitCodeOf } from '../../../electron/local/exit-codes.ts';
import { plainPath } from '../../../electron/local/plain-path.ts';
import { duration, megabytes, photos, remedyWords } from '../../../electron/local/wording.ts';

it.each([
  ['/a b/ü🦊.jpg', '/a b/ü🦊.jpg'],
  ['/a\nb', '/a\\nb'],
  ['/\u001B[2J\r\u0085\u2028', '/\\u{1b}[2J\\u{d}\\u{85}\\u{2028}'],
])('shows the path %j as %j', (given, shown) => {
  expect(plainPath(given)).toBe(shown);
});

it('never shows a path on more than one line, or with a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      expect(plainPath(given)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});

it('says numbers as people do', () => {
  expect([0, 1, 2, 12_345].map(photos)).toEqual(['0 photos', '1 photo', '2 photos', '12,345 photos']);
  expect([1, 999, 283_400, 1_500_000, 999_999_999, 2_340_000_000].map(megabytes)).toEqual([
    '1 kB',
    '1 kB',
    '283 kB',
    '1.5 MB',
    '1.0 GB',
    '2.3 GB',
  ]);
  expect([0, 1.94, 9.96, 45.4, 90, 3000, 5400, 90_000].map(duration)).toEqual([
    '0.0 s',
    '1.9 s',
    '10 s',
    '45 s',
    '2 min',
    '50 min',
    '1.5 h',
    '25.0 h',
  ]);
});

it('has words for every remedy', () => {
  for (const remedy of Object.keys(REMEDIES) as Remedy[]) expect(remedyWords(remedy)).toMatch(/\w[.)]?$/u);
  expect(remedyWords('send-as-it-is')).toContain('tagalong retry --as-it-is');
});

it.each([
  ['darwin', {}, '/home/jane/Library/Application Support/Tagalong'],
  ['linux', {}, '/home/jane/.local/share/tagalong'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/tagalong'],
  ['win32', {}, '/home/jane/AppData/Local/Tagalong'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Tagalong'],
] as const)('keeps its data on %s with %j in %s', (platform, env, expected) => {
  const chosen = defaultDataFolder({ platform, home: '/home/jane', env });
  expect(chosen.split(path.sep).join('/')).toBe(expected);
});

it('takes the data folder of a command as it is given from here', () => {
  expect(dataFolderOf('a/../b')).toBe(path.resolve('b'));
});

const FINE: IngestReport = {
  files: 1,
  found: 1,
  uploaded: 1,
  alreadyThere: 0,
  skipped: 0,
  failed: 0,
  pending: 0,
  batches: 1,
  requests: 3,
  bytesSent: 10,
  seconds: 1,
  holds: [],
  failures: [],
  skips: [],
  recovered: [],
  unreadable: [],
  notices: [],
  tagsPending: 0,
  tagsRefused: 0,
};

it.each<[number, Partial<IngestReport>]>([
  [0, {}],
  [0, { skipped: 3 }],
  [3, { failed: 1 }],
  [3, { unreadable: [{ path: '/locked', detail: 'EACCES' }] }],
  [3, { tagsRefused: 1 }],
  [4, { pending: 1 }],
  [4, { tagsPending: 1 }],
  [4, { pending: 1, failed: 1 }],
])('ends with %i after %j', (code, more) => {
  expect(exitCodeOf({ ...FINE, ...more })).toBe(code);
});
