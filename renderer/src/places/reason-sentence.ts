import { FAILURES, SKIPS } from '#shared/problems.ts';

const SKIPPED: Readonly<Record<string, string>> = SKIPS;
const FAILED: Readonly<Record<string, { readonly sentence: string; readonly several: string }>> = FAILURES;

/** Why so many photos failed or are left out; a reason that this page does not know is told as it is called. */
export function reasonSentence(reason: string, count: number): string {
  const failure = FAILED[reason];
  if (failure === undefined) return SKIPPED[reason] ?? reason;
  return count === 1 ? failure.sentence : failure.several;
}
