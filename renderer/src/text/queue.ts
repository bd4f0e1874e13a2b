/** Words of the queue: what is on the way, what waits and why, what would be sent. */
import { counted, formatBytes, formatCount, formatDuration, formatTime } from './format.ts';
import { folderName } from './folders.ts';
import { HOLDS, type Hold, type HoldKind } from '#shared/problems.ts';
import type { Amount, AskedAhead, Plan, QueueBatch, QueueRun, QueueWait } from '#shared/queue.ts';

export const queueText = {
  empty: 'Nothing is on the way',
  emptyWords: 'Photos that are found, sent or indexed are counted here until they have arrived.',
  plan: 'To be sent',
  planning: 'Counting what is to be sent …',
  nothingToSend: 'No photo waits to be sent.',
  ask: 'Ask which are there',
  asking: 'Asking …',
  notSent: 'Not sent',
  seeFailures: 'See what can be done',
  batches: 'In flight',
  waits: 'Waiting',
  run: 'This run',
  lastRun: 'The last run',
  tags: 'Tags and removals',
  edits: 'Photos whose tags the service does not know yet',
  editsWithPhoto: 'Photos that take their tags with them',
  deleting: 'Photos being removed there',
  pace: 'Pace',
  paceName: 'Pace of the last ten minutes',
  resume: 'Resume sending',
  holds: 'What holds the sending',
  token: 'Enter another token',
  tryNow: 'Try now',
  seePlan: 'See the plan',
  showData: 'Show data folder',
  copyData: 'Copy the data folder’s path',
  sendAllTheSame: 'Send all the same',
} as const;

export type HoldAct = 'resume' | 'token' | 'tryNow' | 'sendAllTheSame' | 'seePlan' | 'showData' | 'copyData';

const HOLD_ACTS: Readonly<Record<HoldKind, HoldAct>> = {
  paused: 'resume',
  scheduled: 'sendAllTheSame',
  'on-battery': 'sendAllTheSame',
  'on-metered': 'sendAllTheSame',
  'token-rejected': 'token',
  'not-permitted': 'token',
  'over-quota': 'tryNow',
  throttled: 'tryNow',
  offline: 'tryNow',
  'service-down': 'tryNow',
  'disk-full': 'showData',
};

/** What the acts that may end a hold depend on. */
export interface HoldPlace {
  /** Nobody enters a token for the practice account. */
  readonly isPractice: boolean;
  /** The account is one of clarifai.com, which has a page about its plan. */
  readonly isClarifai: boolean;
  /** The data folder can be shown in a file manager. */
  readonly canReveal: boolean;
}

/** The acts that may end a hold, or lead to what does. */
export function holdActs(
  kind: HoldKind,
  { isPractice, isClarifai, canReveal }: HoldPlace,
): readonly HoldAct[] {
  const act = HOLD_ACTS[kind];
  if (act === 'token' && isPractice) return ['tryNow'];
  if (act === 'showData' && !canReveal) return ['copyData'];
  return kind === 'over-quota' && isClarifai ? ['seePlan', act] : [act];
}

/** What stands small below a hold: when it is tried by itself, and the service's or the system's own words. */
export function holdDetails({ kind, until, detail }: Hold, now: number): string | null {
  const isTried = until !== null && HOLDS[kind].remedy === 'retries-itself';
  const parts = [isTried ? `Next try ${formatTime(until, now)}.` : null, detail];
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? null : said.join(' ');
}

/** `about 236 MB`, or without the word when it is known. */
function amount({ isExact }: Amount, words: string): string {
  return isExact ? words : `about ${words}`;
}

/** `412 photos, 236 MB, 4 batches, about 6 min`. */
export function planSentence(plan: Plan): string {
  const { photoCount, unaskedCount, pictureBytes, batches, secondsLeft } = plan;
  if (photoCount === 0) return queueText.nothingToSend;
  const photos = counted(photoCount, 'photo', 'photos');
  const parts = [
    unaskedCount > 0 ? `Up to ${photos}` : photos,
    amount(pictureBytes, formatBytes(pictureBytes.value)),
    amount(batches, counted(batches.value, 'batch', 'batches')),
    ...(secondsLeft === null ? [] : [`about ${formatDuration(secondsLeft)}`]),
  ];
  return `${parts.join(', ')}.`;
}

/** What else is to be said about the plan, a sentence each. */
export function planNotes(plan: Plan): readonly string[] {
  const { photoCount, secondsLeft, sendingCount, thereCount, awayCount, undecidedCount, unaskedCount } = plan;
  const { restingCount } = plan;
  const notes: (string | false)[] = [
    photoCount > 0 && secondsLeft === null && 'How long it takes shows once photos are leaving.',
    sendingCount > 0 && `${counted(sendingCount, 'is', 'are')} in flight now.`,
    thereCount > 0 && `${counted(thereCount, 'is', 'are')} already there.`,
    unaskedCount > 0 &&
      `The account was not asked about ${formatCount(unaskedCount)} yet: some may be there already. It is asked before they are sent.`,
    awayCount > 0 && `${counted(awayCount, 'waits', 'wait')} for a folder that cannot be reached.`,
    restingCount > 0 && `${counted(restingCount, 'rests', 'rest')} with paused folders.`,
    undecidedCount > 0 && `${counted(undecidedCount, 'is', 'are')} still looked at and may come to it.`,
  ];
  return notes.filter((note) => note !== false);
}

/** What asking ahead found. */
export function askedSentence({ askedCount, foundCount, problem }: AskedAhead): string {
  const found = `Asked about ${counted(askedCount, 'photo', 'photos')}: ${counted(foundCount, 'is', 'are')} there already.`;
  return problem === null ? found : `${found} The others could not be asked about. ${problem}`;
}

const PHASES: Readonly<Record<QueueBatch['phase'], string>> = {
  waiting: 'About to leave',
  sending: 'Sending',
  answer: 'Sent, waiting for the answer',
  again: 'The service had trouble with it, it goes again',
  asking: 'Interrupted, the account will be asked which photos arrived',
};

/** `128 photos`. */
export function batchName({ photoCount }: Pick<QueueBatch, 'photoCount'>): string {
  return `Batch of ${counted(photoCount, 'photo', 'photos')}`;
}

/** `Sending since 14:02 · 4.1 MB of 9.8 MB`. */
export function batchState(batch: QueueBatch, now: number): string {
  const { phase, sinceAt, sentBytes, bodyBytes } = batch;
  const bytes =
    phase === 'asking' ? formatBytes(bodyBytes) : `${formatBytes(sentBytes)} of ${formatBytes(bodyBytes)}`;
  return `${PHASES[phase]}, since ${formatTime(sinceAt, now)} · ${bytes}`;
}

/** `3 more`: photos of a batch that are not pictured. */
export function morePhotos(count: number): string {
  return `${formatCount(count)} more`;
}

/** What a press on that does. */
export function showSending(count: number): string {
  return `${morePhotos(count)}. Show all that are being sent`;
}

const lists = new Intl.ListFormat(undefined, { type: 'conjunction' });

/** Words around a count of photos. */
interface Numbered {
  readonly photos: string;
  readonly is: string;
  readonly wait: string;
  readonly go: string;
  readonly copies: string;
}

/** What waits, for what, and what ends it. */
const WAITS: Readonly<
  Record<QueueWait['reason'], (words: Numbered, wait: QueueWait, now: number) => string>
> = {
  held: ({ photos, is, wait }) => `${photos} ${is} queued and ${wait} for what is said above.`,
  away: ({ photos, wait, go }, { folders }) =>
    `${photos} ${wait} for ${folders.length === 0 ? 'a folder' : lists.format(folders)}, which cannot be reached. ${go} when it is back.`,
  resting: ({ photos, wait, go }, { folders }) =>
    `${photos} ${wait} with ${folders.length === 0 ? 'a folder' : lists.format(folders.map(folderName))}, which you paused. ${go} when it is resumed.`,
  later: ({ photos, wait }, { until }, now) =>
    `${photos} could not go and ${wait} for another try${until === null ? '' : ` at ${formatTime(until, now)}`}.`,
  look: ({ wait }, { count }) => `${counted(count, 'file', 'files')} ${wait} to be looked at.`,
  decode: ({ photos, is }) => `${photos} ${is} found. Thumbnails are being made.`,
  ask: ({ photos, wait }) => `${photos} ${wait} until the account is asked whether it has them.`,
  prepare: ({ photos, wait, copies }) => `${photos} ${wait} for ${copies} to be made ready.`,
  fill: ({ photos, is }) =>
    `${photos} ${is} ready. The batch leaves when it is full, or when nothing more comes for a moment.`,
  turn: ({ photos, is, wait }) => `${photos} ${is} ready and ${wait} for the batches before.`,
  index: ({ photos, is, wait }) => `${photos} ${is} there and ${wait} to be indexed by the service.`,
};

/** One reason of waiting, as a sentence. */
export function waitSentence(wait: QueueWait, now: number): string {
  const isOne = wait.count === 1;
  const words: Numbered = {
    photos: counted(wait.count, 'photo', 'photos'),
    is: isOne ? 'is' : 'are',
    wait: isOne ? 'waits' : 'wait',
    go: isOne ? 'It goes' : 'They go',
    copies: isOne ? 'its copy' : 'their copies',
  };
  return WAITS[wait.reason](words, wait, now);
}

/** The pace at this moment, in words. */
export function paceSentence(pace: {
  readonly bytesPerSecond: number;
  readonly photosPerSecond: number;
  readonly secondsLeft: number | null;
}): string {
  const { bytesPerSecond, photosPerSecond, secondsLeft } = pace;
  if (bytesPerSecond < 1) return 'Nothing leaves at this moment.';
  const parts = [
    `${formatBytes(bytesPerSecond)}/s`,
    ...(photosPerSecond * 60 >= 1
      ? [`${counted(Math.round(photosPerSecond * 60), 'photo', 'photos')} a minute`]
      : []),
    ...(secondsLeft === null || secondsLeft === 0 ? [] : [`about ${formatDuration(secondsLeft)} left`]),
  ];
  return `${parts.join(', ')}.`;
}

/** What the plot shows, for those who do not see it. @param minutes bytes per second of each minute, oldest first */
export function paceWords(minutes: readonly number[]): string {
  if (minutes.every((pace) => pace < 1)) return 'Nothing left in the last ten minutes.';
  const words = minutes.map((pace) => (pace < 1 ? 'nothing' : `${formatBytes(pace)}/s`));
  return `Minute by minute, the oldest first: ${words.join(', ')}.`;
}

/** The scale of the plot. */
export function peakWords(bytesPerSecond: number): string {
  return `highest ${formatBytes(bytesPerSecond)}/s over 10 s`;
}

/** `Since 14:02: 318 photos sent, 12 were there already, 1 failed.` */
export function runSentence(run: QueueRun, now: number): string {
  const { sinceAt, endedAt, sentCount, thereCount, failedCount, sentBytes } = run;
  const [begun, ended] = [sinceAt, endedAt ?? now].map((at) => formatTime(at, now));
  const over = begun === ended ? `At ${String(begun)}` : `${String(begun)} to ${String(ended)}`;
  const when = endedAt === null ? `Since ${String(begun)}` : over;
  const parts = [
    `${counted(sentCount, 'photo', 'photos')} sent`,
    ...(sentBytes > 0 ? [formatBytes(sentBytes)] : []),
    ...(thereCount > 0 ? [`${counted(thereCount, 'was', 'were')} there already`] : []),
    ...(failedCount > 0 ? [`${formatCount(failedCount)} failed`] : []),
  ];
  return `${when}: ${parts.join(', ')}.`;
}
