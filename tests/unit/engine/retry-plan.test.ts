import { expect, test } from 'vitest';
import { stepFor, type FailedFacts } from '../../../electron/engine/failures/retry-plan.ts';

const FACTS: FailedFacts = {
  cause: 'refused-by-service',
  hasFile: true,
  isDecoded: true,
  sends: 'copy',
  refused: 'copy',
};

test.each<readonly [Partial<FailedFacts>, Parameters<typeof stepFor>[1], string]>([
  [{}, 'again', 'queue'],
  [{ isDecoded: false, cause: 'decoder-crashed' }, 'again', 'read'],
  [{ hasFile: false }, 'again', 'gone'],
  [{ cause: 'cannot-decode' }, 'as-it-is', 'unchanged'],
  [{ cause: 'incomplete' }, 'again', 'unchanged'],
  [{ cause: 'incomplete' }, 'as-it-is', 'queue'],
  [{ cause: 'indexing-failed' }, 'again', 'still-there'],
  [{ cause: 'indexing-failed' }, 'remove-there', 'remove'],
  [{ cause: 'indexing-failed', hasFile: false }, 'remove-there', 'gone'],
  // What was too much as a file may go as a copy, once; the folder may send copies by now.
  [{ cause: 'too-large', sends: 'file', refused: 'file' }, 'again', 'unchanged'],
  [{ cause: 'too-large', sends: 'file', refused: 'file' }, 'smaller-copy', 'queue'],
  [{ cause: 'too-large', sends: 'copy', refused: 'file' }, 'again', 'queue'],
  [{ cause: 'too-large', sends: 'copy', refused: 'copy' }, 'smaller-copy', 'unchanged'],
  [
    { cause: 'format-not-accepted', sends: 'file', refused: 'both', isDecoded: false },
    'smaller-copy',
    'unchanged',
  ],
])('%j, %s: %s', (facts, way, wanted) => {
  const step = stepFor({ ...FACTS, ...facts }, way);
  expect(step.kind === 'left' ? step.why : step.kind).toBe(wanted);
});
