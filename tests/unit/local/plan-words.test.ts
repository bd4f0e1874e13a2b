import { expect, it } from 'vitest';
import { planLines, type PlanSaid } from '../../../electron/local/plan-words.ts';

const PLAN: PlanSaid = {
  photoCount: 0,
  unaskedCount: 0,
  pictureBytes: { value: 0, isExact: true },
  bodyBytes: { value: 0, isExact: true },
  batches: { value: 0, isExact: true },
  secondsLeft: null,
  sendingCount: 0,
  thereCount: 0,
  awayCount: 0,
  restingCount: 0,
  undecidedCount: 0,
  notSent: [],
};
const RUN = { pending: 0, failures: [], skips: [] };

it('is a line when all is known, or nothing is to be sent', () => {
  expect(planLines({ ...PLAN, secondsLeft: 0 }, RUN)).toEqual(['Nothing would be sent.']);
  const exact = { photoCount: 1, pictureBytes: { value: 812_000, isExact: true } };
  expect(
    planLines({ ...PLAN, ...exact, batches: { value: 1, isExact: true } }, { ...RUN, pending: 1 }),
  ).toEqual(['Would be sent: 1 photo, 812 kB in 1 batch']);
});

it('says what is guessed, what the account may have, what waited before and what has to wait', () => {
  const plan = {
    ...PLAN,
    photoCount: 1412,
    unaskedCount: 1400,
    pictureBytes: { value: 236_000_000, isExact: false },
    batches: { value: 12, isExact: false },
    secondsLeft: 372,
    awayCount: 1,
    restingCount: 5,
    undecidedCount: 7,
  };
  expect(planLines(plan, { ...RUN, pending: 1400 })).toEqual([
    'Would be sent: 1,412 photos, about 236.0 MB in about 12 batches, about 6 min',
    '  The account was not asked about 1,400 of them: what it has is not sent again.',
    '  12 of them waited before.',
    '  1 photo more, once a folder can be reached that cannot.',
    '  5 photos more, once their folder is resumed.',
    '  7 photos were not looked at yet.',
  ]);
});

it('names what would not be sent, but not what the report has named', () => {
  const failure = { path: '/a', message: '', remedy: 'repair-file' } as const;
  const report = {
    pending: 3,
    failures: [{ ...failure, cause: 'cannot-decode' as const }],
    skips: [{ path: '/b.heic', reason: 'format-not-yet-supported' as const }],
  };
  const notSent = [
    { kind: 'failed', reason: 'too-large', count: 2 },
    { kind: 'file', reason: 'cannot-decode', count: 1 },
    { kind: 'skipped', reason: 'format-not-yet-supported', count: 4 },
  ] as const;
  expect(planLines({ ...PLAN, notSent }, report).slice(1)).toEqual([
    '- 2 photos would not be sent: The pictures are larger than the service takes (20 MB, 85 megapixels).',
    '- 3 photos would not be sent: This format (HEIC or RAW) cannot be decoded yet.',
  ]);
});
