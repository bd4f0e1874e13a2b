/** How the owner steers the sending: its order, its pace, when it rests, and which photos go first. */
import type { AsOf } from './changes.ts';
import type { TagTarget } from './tagging.ts';

/**
 * Which photos leave first. `found`: as they came; `newest`, `oldest`: by capture time; `smallest`: by the size of the
 * file; `best-rated`: by stars, among equals the oldest first. Photos that the owner chose to go first lead in all.
 */
export const SENDING_ORDERS = ['found', 'newest', 'oldest', 'smallest', 'best-rated'] as const;
export type SendingOrder = (typeof SENDING_ORDERS)[number];

/** Bytes of bodies per second, of all accounts together; null: as fast as it goes; 0: nothing is sent. */
export type SendingLimit = number | null;

/** What may be chosen. A limit below would leave the service waiting longer than it does. */
export const SENDING_BOUNDS = {
  batchesInFlight: { least: 1, most: 8 },
  limit: { least: 10_000, most: 1_000_000_000 },
  timetable: { most: 24 },
} as const;

/** Another limit at some times of the week, by the clock of this computer. */
export interface TimetableEntry {
  /** Days on which it begins: 0 is Sunday, 6 Saturday. */
  readonly days: readonly number[];
  /** Minutes after midnight, 0 to 1,439. */
  readonly from: number;
  /** The same. At or before `from`: it ends on the next day. */
  readonly to: number;
  readonly limit: SendingLimit;
}

/** Kept in the ledger; one for all accounts. */
export interface SendingSettings {
  readonly order: SendingOrder;
  /** Requests with photos that are out at once, for each account. */
  readonly batchesInFlight: number;
  /** Whenever no entry of the timetable is in force. */
  readonly limit: SendingLimit;
  /** Of two entries in force the one that stands first counts. */
  readonly timetable: readonly TimetableEntry[];
}

/** Before anybody chose anything. */
export const DEFAULT_SENDING: SendingSettings = {
  order: 'found',
  batchesInFlight: 4,
  limit: null,
  timetable: [],
};

/** The limit of a moment. */
export interface LimitNow {
  readonly limit: SendingLimit;
  /** It is the timetable's. */
  readonly isTimed: boolean;
  /** When the timetable next says something else, UTC ms; null: never. */
  readonly until: number | null;
}

const DAY_MINUTES = 1440;

function entryAt({ timetable }: SendingSettings, at: Date): TimetableEntry | null {
  const minute = at.getHours() * 60 + at.getMinutes();
  const day = at.getDay();
  const dayBefore = (day + 6) % 7;
  const isIn = ({ days, from, to }: TimetableEntry): boolean =>
    from < to
      ? days.includes(day) && from <= minute && minute < to
      : (days.includes(day) && from <= minute) || (days.includes(dayBefore) && minute < to);
  return timetable.find(isIn) ?? null;
}

/** The limit at a moment. @param now UTC ms */
export function limitAt(settings: SendingSettings, now: number): LimitNow {
  const entry = entryAt(settings, new Date(now));
  const limit = entry === null ? settings.limit : entry.limit;
  return { limit, isTimed: entry !== null, until: nextChange(settings, now, limit) };
}

function nextChange(settings: SendingSettings, now: number, limit: SendingLimit): number | null {
  const change = edgesFrom(settings, now).find((at) => {
    const entry = entryAt(settings, new Date(at));
    return (entry === null ? settings.limit : entry.limit) !== limit;
  });
  return change ?? null;
}

/** Moments of the week after `now` at which something may begin or end, in their order; UTC ms. */
function edgesFrom({ timetable }: SendingSettings, now: number): readonly number[] {
  const today = new Date(now);
  const minutes = new Set(timetable.flatMap(({ from, to }) => [from, to]));
  const moments = new Set<number>();
  for (let day = 0; day <= 8; day += 1) {
    const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate() + day];
    const [begins, ends] = [new Date(year, month, date), new Date(year, month, date + 1)];
    const offsets = new Set([begins, ends].map((at) => at.getTimezoneOffset()));
    // A time of a day on which clocks are put back may come twice; one that is left out is none of the two.
    for (const minute of minutes)
      for (const offset of offsets) moments.add(Date.UTC(year, month, date, 0, minute + offset));
    if (offsets.size > 1) moments.add(clockChange(begins.getTime(), ends.getTime()));
  }
  return [...moments].filter((at) => at > now).toSorted((a, b) => a - b);
}

/** The moment between two at which clocks are put forward or back, UTC ms. */
function clockChange(before: number, after: number): number {
  const offset = new Date(after).getTimezoneOffset();
  let [from, to] = [before, after];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (new Date(middle).getTimezoneOffset() === offset) to = middle;
    else from = middle;
  }
  return to;
}

/** How long a pause can be. `resumed`: until the owner resumes. */
export const PAUSE_LENGTHS = ['hour', 'tomorrow', 'resumed'] as const;
export type PauseLength = (typeof PAUSE_LENGTHS)[number];

const HOUR_MS = 3_600_000;
/** When a day begins for somebody who paused the day before. */
const MORNING_MINUTES = 6 * 60;
/** A morning nearer than this is not yet tomorrow. */
const LEAST_NIGHT_MS = 4 * HOUR_MS;

/** When a pause that begins now ends by itself, UTC ms; null: it does not. `tomorrow` is six in the morning. */
export function pauseEnd(length: PauseLength, now: number): number | null {
  if (length === 'resumed') return null;
  if (length === 'hour') return now + HOUR_MS;
  const today = new Date(now);
  const morningOf = (day: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + day, 0, MORNING_MINUTES).getTime();
  const mornings = [0, 1, 2].map(morningOf);
  return mornings.find((morning) => morning - now >= LEAST_NIGHT_MS) ?? now + DAY_MINUTES * 60_000;
}

/** What the rules of this computer ask for: that nothing is sent. Told by the host, which sees battery and network. */
export interface HostRests {
  readonly onBattery: boolean;
  readonly onMetered: boolean;
}

/** The settings, and what holds now. */
export interface SendingState extends AsOf {
  readonly settings: SendingSettings;
  readonly now: LimitNow;
}

/** Rests that the owner can send through: they stay away until their reason is over. */
export const OVERRULABLE_RESTS = ['scheduled', 'on-battery', 'on-metered'] as const;
export type OverrulableRest = (typeof OVERRULABLE_RESTS)[number];

/** Calls that steer the sending. */
export interface SendingCalls {
  sending(nothing: Record<string, never>): SendingState;
  /** Changes the parts that are given. No edit: undo does not touch it. */
  saveSending(part: { readonly settings: Partial<SendingSettings> }): SendingState;
  /** Nothing is sent to any account. `until` (UTC ms): it ends by itself then; null or absent: by `resume` only. */
  pause(length: { readonly until?: number | null }): null;
  resume(nothing: Record<string, never>): null;
  /** Photos that lie in this folder only are not sent. `until` as for `pause`. */
  pauseFolder(which: { readonly folderId: number; readonly until: number | null }): null;
  resumeFolder(which: { readonly folderId: number }): null;
  /** Sends although a rule says that it rests; the rule counts again when what it is about has been over. */
  sendAllTheSame(which: { readonly kind: OverrulableRest }): null;
  /** Photos lead in every order, or no longer. Counts those that wait to be sent; the others have gone or cannot go. */
  sendFirst(which: {
    readonly target: TagTarget;
    readonly destinationId: number;
    readonly isFirst: boolean;
  }): AsOf & { readonly photoCount: number; readonly leftCount: number };
  /** Told by the host whenever it changes. */
  hostRests(rests: HostRests): null;
}
