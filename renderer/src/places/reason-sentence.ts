import { FAILURES, SKIPS } from '#shared/problems.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FAILURES).map(([cause, { sentence }]) => [cause, sentence])),
  ...SKIPS,
};

/** Why a photo failed or is left out; a reason that this page does not know is told as it is called. */
export function reasonSentence(reason: string): string {
  return SENTENCES[reason] ?? reason;
}
