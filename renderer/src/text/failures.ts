/** Words of the failures: causes as cards, what can be done, and what became of it. */
import { counted, formatCount, formatMoment, formatTime } from './format.ts';
import type { FailureGroup, LeftReason, RetryDone, RetryWay } from '#shared/failures.ts';
import { REMEDIES, type Remedy } from '#shared/problems.ts';

export const failuresText = {
  none: 'Nothing needs you',
  noneWords: 'Photos that cannot be read or sent, and why, are listed here.',
  retryAll: 'Try all again',
  asking: 'Asking …',
  exportCsv: 'Export as CSV',
  exportFailed: 'The list could not be written. Nothing was changed; try it again.',
  exported: 'The list of failures was saved.',
  csvName: 'tagalong-failures.csv',
  skip: 'Leave out for good',
  show: (count: number) => (count === 1 ? 'Show it' : `Show all ${formatCount(count)}`),
  hide: (count: number) => (count === 1 ? 'Hide it' : 'Hide them'),
  next: (at: number) => `Next attempt ${formatTime(at)}`,
  leftOut: 'Left out',
  leftOutByYou: (what: string) => `You left out ${what}.`,
  takeIn: 'Take in again',
  chosen: (count: number) => `${formatCount(count)} chosen`,
  chooseNone: 'Choose none',
  chooseAll: 'Choose all',
  choose: (name: string) => `Choose ${name}`,
  rows: (sentence: string) => `What failed: ${sentence}`,
  showInSheet: 'Show in the sheet',
  noPath: 'No file of it is known.',
  gone: 'It is not there any more.',
  tries: (count: number) => `tried ${counted(count, 'time', 'times')}`,
  failedAt: (at: number) => formatMoment(at),
  outcome: 'What became of it',
  dismiss: 'Close',
  failed: 'That was not done',
  waiting: 'Asking for the photos',
  removeTitle: (count: number) =>
    `Remove ${counted(count, 'input', 'inputs')} at the service and send again?`,
  removeWords:
    'What the service could not index is deleted there, with whatever was said of it there, and sent again from your files. Your files stay as they are. No undo brings the inputs back.',
  remove: 'Remove and send again',
  cancel: 'Cancel',
} as const;

/** `12`, and what it counts: photos, files, or both. */
export function groupCount({
  photoCount,
  fileCount,
}: Pick<FailureGroup, 'photoCount' | 'fileCount'>): string {
  const photos = photoCount === 0 ? [] : [counted(photoCount, 'photo', 'photos')];
  const files = fileCount === 0 ? [] : [counted(fileCount, 'file', 'files')];
  return [...photos, ...files].join(', ');
}

/** How a remedy is done here, and what its button says. */
export const REMEDY_ACTS: Readonly<Record<Remedy, { readonly label: string; readonly way: RetryWay }>> = {
  'retries-itself': { label: 'Try now', way: 'again' },
  retry: { label: 'Try again', way: 'again' },
  'send-as-it-is': { label: 'Send as it is', way: 'as-it-is' },
  'send-smaller-copy': { label: 'Send smaller copies', way: 'smaller-copy' },
  'choose-file-again': { label: 'Look again', way: 'again' },
  'check-permissions': { label: 'Look again', way: 'again' },
  'repair-file': { label: 'Look again', way: 'again' },
  'remove-there-and-send-again': { label: 'Remove there and send again', way: 'remove-there' },
  'fix-token': { label: 'Try again', way: 'again' },
  'see-plan': { label: 'Try again', way: 'again' },
  'free-space': { label: 'Try again', way: 'again' },
  'send-all-the-same': { label: 'Try again', way: 'again' },
  resume: { label: 'Try again', way: 'again' },
  report: { label: 'Try again', way: 'again' },
};

/** Remedies that begin outside of the program: they are told as a sentence above the button. */
const OUTSIDE: readonly Remedy[] = ['choose-file-again', 'check-permissions', 'repair-file', 'report'];

/** What the owner does first; null when the button does it all. */
export function remedyHint(remedy: Remedy): string | null {
  return OUTSIDE.includes(remedy) ? REMEDIES[remedy] : null;
}

const LEFT: Readonly<Record<LeftReason, (count: number) => string>> = {
  unchanged: (count) =>
    `${stay(count)}: as ${count === 1 ? 'it was' : 'they were'} last read, the same would happen again`,
  gone: (count) => `${stay(count)}: no file is known that holds ${them(count)}`,
  'still-there': (count) =>
    `${stay(count)}: the service has ${them(count)}, and ${count === 1 ? 'it has' : 'they have'} to be removed there first`,
  'not-failed': (count) => `${counted(count, 'had', 'had')} not failed any more`,
  'not-reached': (count) =>
    `${stay(count)}: the service could not be asked, or did not remove ${them(count)} in time`,
};

function stay(count: number): string {
  return counted(count, 'stays as it is', 'stay as they are');
}

function them(count: number): string {
  return count === 1 ? 'it' : 'them';
}

/** What a retry did, a sentence each: what was queued, what was not, and why. */
export function retrySentences(done: Omit<RetryDone, 'asOf'>): string[] {
  const { queuedCount, readAgainCount, left, folderCount, holds } = done;
  const [hold] = holds;
  const parts = [
    ...(queuedCount > 0 ? [counted(queuedCount, 'photo is queued again', 'photos are queued again')] : []),
    ...(queuedCount > 0 && hold !== undefined
      ? [`For now ${them(queuedCount) === 'it' ? 'it waits' : 'they wait'}: ${lowered(hold.sentence)}`]
      : []),
    ...(readAgainCount > 0 ? [counted(readAgainCount, 'file is read again', 'files are read again')] : []),
    ...(queuedCount + readAgainCount === 0 ? ['Nothing is tried again'] : []),
    ...left.map(({ why, count }) => LEFT[why](count)),
    ...(folderCount > 0 && left.length > 0
      ? ['The folders are looked through: what was repaired or brought back is taken in']
      : []),
  ];
  return parts.map((part) => `${part}.`);
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/u, '');
}

/** What a skip did. */
export function skipSentence({
  photoCount,
  fileCount,
}: Pick<FailureGroup, 'photoCount' | 'fileCount'>): string {
  if (photoCount + fileCount === 0) return 'Nothing was left out: none of it had failed any more.';
  return `Left out for good: ${groupCount({ photoCount, fileCount })}.`;
}
