/** What is said, and what is noted, of an error that nothing took care of. */
import { isDiskFull, LedgerDamagedError } from '../engine/ledger/open-errors.ts';

/** One sentence for whoever runs the command. */
export function lastWords(error: unknown): string {
  if (error instanceof LedgerDamagedError) return error.message;
  if (isDiskFull(error)) {
    return (
      'The disk with the data folder is full. Make room and run the same command again; what was done so far is ' +
      'in the ledger.'
    );
  }
  const { message } = error instanceof Error ? error : { message: String(error) };
  return `unexpected: ${message.split('\n')[0]}; details in the log (tagalong.log in the data folder)`;
}

/** Kind and place of an error for the log. Its words stay out: they may name photos. */
export function factsOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return {
    kind: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: frames.map((line) => line.trim()).join('; '),
  };
}
