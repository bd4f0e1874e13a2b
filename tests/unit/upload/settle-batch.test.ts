import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleBatch, wordsOf } from '../../../electron/engine/upload/settle-batch.ts';

const status = (code: number, details = '') => ({ code, description: '', details, reqId: 'r' });
const sent = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ photoId: index, inputId: `id${String(index)}` }));
const CODES = [30_000, 30_001, 10_000, 40_010, 30_101, 30_105, 98_004, 77_777, 30_002] as const;
const kindOf = (code: number): unknown =>
  settleBatch(sent(1), [{ id: 'id0', status: status(code) }])[0]?.settlement;

test('what each code becomes', () => {
  expect(CODES.map((code) => kindOf(code))).toEqual([
    { kind: 'present', state: 'indexed' },
    { kind: 'present', state: 'accepted' },
    { kind: 'present', state: 'accepted' },
    { kind: 'ask', why: 'duplicate-id' },
    { kind: 'failed', cause: 'format-not-accepted' },
    { kind: 'failed', cause: 'too-large' },
    { kind: 'again' },
    { kind: 'failed', cause: 'reply-not-understood' },
    { kind: 'failed', cause: 'refused-by-service' },
  ]);
});

test('each photo gets its own outcome whatever the order, the gaps and the strangers of the answer', () => {
  const answer = fc.array(fc.record({ code: fc.constantFrom(...CODES), isMissing: fc.boolean() }), {
    minLength: 1,
    maxLength: 128,
  });
  fc.assert(
    fc.property(answer, fc.infiniteStream(fc.nat()), (made, random) => {
      const photos = sent(made.length);
      const inputs = made
        .map(({ code, isMissing }, index) => ({ id: `id${String(index)}`, status: status(code), isMissing }))
        .filter(({ isMissing }) => !isMissing);
      const order = new Map(inputs.map((input) => [input, random.next().value as number]));
      const shuffled = [...inputs, { id: 'stranger', status: status(30_000) }].sort(
        (a, b) => (order.get(a as never) ?? 0) - (order.get(b as never) ?? 0),
      );
      const settled = settleBatch(photos, shuffled);
      expect(settled.map(({ photo }) => photo)).toEqual(photos);
      expect(settled.map(({ settlement }) => settlement)).toEqual(
        made.map(({ code, isMissing }) => (isMissing ? { kind: 'ask', why: 'missing' } : kindOf(code))),
      );
    }),
  );
});

test('an answer without ids is read by position, but only when it has as many inputs as were sent', () => {
  const nameless = [30_000, 30_101, 40_010].map((code) => ({ id: '', status: status(code) }));
  const kinds = (count: number) =>
    settleBatch(sent(count), nameless).map(({ settlement }) => settlement.kind);
  expect([kinds(3), kinds(4)]).toEqual([
    ['present', 'failed', 'ask'],
    ['ask', 'ask', 'ask', 'ask'],
  ]);
  // A named input is never read for another photo.
  const mixed = [
    { id: 'id1', status: status(30_101) },
    { id: '', status: status(30_000) },
  ];
  expect(settleBatch(sent(2), mixed).map(({ settlement }) => settlement.kind)).toEqual(['ask', 'failed']);
});

test('words', () => {
  expect([
    wordsOf({ code: 1, description: 'Failure', details: 'no such format' }),
    wordsOf({ code: 1, description: 'same', details: 'same' }),
    wordsOf({ code: 77_777, description: '', details: ' ' }),
    wordsOf({ code: 0, description: '', details: '' }),
  ]).toEqual(['Failure: no such format', 'same', 'code 77777', null]);
});
