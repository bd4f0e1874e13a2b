/** What a retry did, in the words of the terminal. */
import type { LeftReason, RetryDone } from '#shared/failures.ts';
import { photos, remedyWords } from './wording.ts';

/** Why photos stay as they are; what helps each is in the list of failures. */
const WHY: Readonly<Record<LeftReason, (it: string) => string>> = {
  unchanged: () => 'as last read, the same would happen again',
  gone: (it) => `no file is known that holds ${it}`,
  'still-there': (it) => `the service has ${it} and could not index ${it}, which is removed there first`,
  'not-failed': () => 'not failed any more',
  'not-reached': () => 'the service could not be asked',
};

/** Lines that say what was queued, what is read again, and what stays as it is, and why. */
export function retryLines({
  queuedCount,
  readAgainCount,
  left,
  folderCount,
  holds,
}: Omit<RetryDone, 'asOf'>): string[] {
  const isNothing = queuedCount + readAgainCount + left.length === 0;
  return [
    ...(isNothing ? ['Nothing has failed.'] : []),
    ...(queuedCount > 0 ? [`${photos(queuedCount)} queued again.`] : []),
    ...(queuedCount > 0 ? holds.map((hold) => `! ${hold.sentence} ${remedyWords(hold.remedy)}`) : []),
    ...(readAgainCount > 0 ? [`${files(readAgainCount)} read again.`] : []),
    ...left.map(
      ({ why, count }) => `${count.toLocaleString('en')} left: ${WHY[why](count === 1 ? 'it' : 'them')}.`,
    ),
    ...(left.length > 0 ? ['What helps each: tagalong failures'] : []),
    ...(folderCount > 0 && left.length > 0
      ? ['The folders are looked through: what was repaired or brought back is taken in.']
      : []),
  ];
}

function files(number: number): string {
  return number === 1 ? '1 file' : `${number.toLocaleString('en')} files`;
}
