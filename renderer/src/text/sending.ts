/** Words of how the sending is steered: order, pace, rests. */
import { counted, decimals, formatBytes, formatTime } from './format.ts';
import {
  SENDING_BOUNDS,
  type LimitNow,
  type PauseLength,
  type SendingLimit,
  type SendingOrder,
} from '#shared/sending.ts';

const { least, most } = SENDING_BOUNDS.limit;

export const sendingText = {
  heading: 'Sending photos',
  words: 'For all accounts. Changes hold at once.',
  order: 'Order',
  orderWords: 'Photos that you chose with “Send first” lead in every order.',
  inFlight: 'Requests at once',
  inFlightWords: 'Each carries up to 128 photos. More of them help on a fast line with long delays.',
  limit: 'Limit',
  unit: 'MB/s',
  limitProblem: `Type a number from ${megabytes(least)} to ${megabytes(most)}, as ${decimals.write(1.5)}.`,
  timetable: 'Timetable',
  timetableWords: 'Of two lines that hold at the same time the upper one counts.',
  timetableNone: 'The pace is the same all day.',
  addLine: 'Add a line',
  removeLine: (number: number) => `Remove line ${number}`,
  lineName: (number: number) => `Line ${number} of the timetable`,
  fromOf: (number: number) => `Line ${number}, from`,
  toOf: (number: number) => `Line ${number}, to`,
  daysOf: (number: number) => `Line ${number}, days`,
  limitOf: (number: number) => `Line ${number}, limit`,
  nextDay: 'next day',
  lastDay: 'A line holds on one day at least. If it is wanted no more, remove the line.',
  pauseMenu: 'Pause',
  pauseFolderOf: (name: string) => `Pause ${name}`,
  resumeFolder: 'Resume',
  resumeFolderOf: (name: string) => `Resume ${name}`,
  folderResumed: (name: string) => `The photos of ${name} are sent again.`,
  change: 'Change',
  changeName: 'Change how photos are sent',
  sendFirst: 'Send first',
  goesFirst: 'It goes before all others.',
  rests: 'Its folder is paused.',
  usualTurn: 'It waits for its turn.',
  notFirst: 'Not first',
  sendAsUsual: 'Send in its usual turn',
  pausedFolders: 'Paused folders',
} as const;

export const orderNames: Readonly<Record<SendingOrder, string>> = {
  found: 'As they come',
  newest: 'Newest first',
  oldest: 'Oldest first',
  smallest: 'Smallest files first',
  'best-rated': 'Best rated first',
};

/** What a limit can be. */
export const limitKinds = { none: 'As fast as it goes', some: 'At most …', rest: 'Nothing is sent' } as const;

/** `1.5 MB/s`, or what it is instead. */
export function limitWords(limit: SendingLimit): string {
  if (limit === null) return limitKinds.none;
  return limit === 0 ? limitKinds.rest : `At most ${formatBytes(limit)}/s`;
}

/** `At most 1.5 MB/s until 18:00, by the timetable`. */
export function limitSentence({ limit, isTimed, until }: LimitNow, now: number): string {
  const end = until === null ? '' : ` until ${formatTime(until, now)}`;
  return `${limitWords(limit)}${end}${isTimed ? ', by the timetable' : ''}`;
}

/** What can be chosen in a menu that pauses. What was chosen is told with its time. */
export const pauseLabels: Readonly<Record<PauseLength, string>> = {
  hour: 'For an hour',
  tomorrow: 'Until tomorrow',
  resumed: 'Until I resume',
};

/** What a pause did. */
export function pausedSentence(until: number | null, now: number): string {
  const end = until === null ? '' : ` until ${formatTime(until, now)}`;
  return `Sending is paused${end}. Tagging and taking in folders go on.`;
}

/** What resuming did. @param held what holds the sending all the same, in sentences */
export function resumedSentence(held: readonly string[]): string {
  return held.length === 0 ? 'Sending goes on.' : ['The pause is over.', ...held].join(' ');
}

/** What a pause of a folder did. */
export function folderPausedSentence(name: string, until: number | null, now: number): string {
  const end = until === null ? '' : ` until ${formatTime(until, now)}`;
  return `Photos of ${name} are not sent${end}. Those that lie in another folder too still are.`;
}

/** A folder that is paused. */
export function folderPaused(until: number | null, now: number): string {
  return until === null ? 'Paused until you resume it.' : `Paused until ${formatTime(until, now)}.`;
}

/** What sending first did, and what it could not do. */
export function sentFirstSentence(
  isFirst: boolean,
  { photoCount, leftCount }: { readonly photoCount: number; readonly leftCount: number },
): string {
  const goes = photoCount === 1 ? 'goes' : 'go';
  const photos = counted(photoCount, 'photo', 'photos');
  const did = isFirst ? `${photos} ${goes} first.` : `${photos} ${goes} in the usual turn.`;
  if (leftCount === 0) return did;
  const left = `${counted(leftCount, 'photo is', 'photos are')} not waiting to be sent.`;
  return photoCount === 0 ? left : `${did} ${left}`;
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const longWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
/** A Sunday. */
const SUNDAY = new Date(2026, 10, 1);

/** `Mon`, and in full for screen readers. @param day 0 is Sunday */
export function dayName(day: number): { readonly short: string; readonly long: string } {
  const date = new Date(SUNDAY.getFullYear(), SUNDAY.getMonth(), SUNDAY.getDate() + day);
  return { short: weekday.format(date), long: longWeekday.format(date) };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** `22:00` for a time field. @param minutes after midnight */
export function clockText(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes after midnight of a time field's value; null: it is none. */
export function minutesOf(text: string): number | null {
  const found = /^(?<hour>\d{2}):(?<minute>\d{2})$/u.exec(text)?.groups;
  return found === undefined ? null : Number(found['hour']) * 60 + Number(found['minute']);
}

/** Bytes per second as MB/s are typed: `1.5`. */
export function megabytes(bytes: number): string {
  return decimals.write(bytes / 1_000_000);
}

/** Bytes per second of what was typed as MB/s; null: it is none. */
export function bytesOf(text: string): number | null {
  const number = decimals.read(text);
  return number === null ? null : Math.round(number * 1_000_000);
}
