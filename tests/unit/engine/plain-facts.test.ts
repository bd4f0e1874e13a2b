/** Of a log line only what is known to be harmless is taken over. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainLine, speakingParts } from '../../../electron/engine/care/plain-facts.ts';

const line = (facts: object): string =>
  JSON.stringify({ level: 40, time: 0, pid: 7, msg: 'scan-failed', ...facts });

it.each([
  ["Error: ENOENT: no such file or directory, open '/home/jane/Anna & Ben/EVA.jpg'", 'ENOENT'],
  ['SqliteError: database disk image is malformed', 'SqliteError'],
  ['TypeError: fetch failed (ECONNREFUSED 10.0.0.7:8443)', 'TypeError ECONNREFUSED'],
  ['HTTP 503 for Key 0123456789abcdef0123456789abcdef', 'HTTP 503'],
  [
    'at scan (file:///home/jane/tagalong/electron/engine/ingest/scan.ts:28:9); at async run (node:internal/x:3)',
    'scan.ts:28:9',
  ],
  ['/home/jane/EIO/ENOENT.jpg', null],
  ['EMILY and EVA at 47.376887, 8.541694', null],
])('tells of %j only %j', (text, told) => {
  expect(speakingParts(text)).toBe(told);
});

it('takes numbers by key, words by shape, and nothing that is not known', () => {
  const told = plainLine(
    line({
      folderId: 3,
      photoCount: 47.376887,
      hold: 'token-rejected',
      reason: '/home/jane',
      caption: 'Anna',
      gps: [47.376887, 8.541694],
      latitude: 47,
      error: 'Error: EACCES: permission denied',
    }),
  );
  expect(told).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'warn',
    event: 'scan-failed',
    folderId: 3,
    hold: 'token-rejected',
    error: 'EACCES',
  });
  expect(plainLine(line({ msg: 'cannot read /home/jane/a.jpg' }))?.['event']).toBe('(left out)');
  expect(['{"time":', '[1]', '7', '', '{"msg":"x"}'].map(plainLine)).toEqual([null, null, null, null, null]);
});

const KEYS = [
  'error',
  'detail',
  'at',
  'how',
  'words',
  'trouble',
  'msg',
  'reason',
  'kind',
  'code',
  'job',
  'path',
  'x',
];
const SECRETS = [
  '0123456789abcdef0123456789abcdef',
  '/home/jane',
  'C:\\Users\\jane',
  '47.376887',
  'DSC_0001.jpg',
];

it('lets no token, home, position or name of a file through, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KEYS),
      fc.constantFrom(...SECRETS),
      fc.string(),
      fc.string(),
      (key, secret, before, after) => {
        const told = plainLine(line({ [key]: `${before}${secret}${after}` }));
        expect(JSON.stringify(told)).not.toContain(JSON.stringify(secret).slice(1, -1));
        expect(JSON.stringify(told)).not.toContain('jane');
      },
    ),
  );
});
