/** Words of the frame: rail, status strip, palette, keys, undo. */
import { counted, formatBytes, formatCount, formatDuration, formatTime } from './format.ts';
import type { ConnectionState } from '../engine/connection.ts';
import type { DestinationChoice } from '#shared/glance.ts';
import { RESTS, type Hold } from '#shared/problems.ts';

/** The five places. */
export const PLACES = ['sheet', 'queue', 'failures', 'account', 'settings'] as const;
export type Place = (typeof PLACES)[number];

export const placeNames: Readonly<Record<Place, string>> = {
  sheet: 'Sheet',
  queue: 'Queue',
  failures: 'Failures',
  account: 'Account',
  settings: 'Settings',
};

export const frameText = {
  appName: 'Tagalong',
  places: 'Places',
  status: 'Status',
  /** Beside a place's name, for screen readers. */
  placeCounts: {
    sheet: (count: number) => counted(count, 'photo', 'photos'),
    queue: (count: number) => `${formatCount(count)} on the way`,
    failures: (count: number) => (count === 1 ? '1 needs you' : `${formatCount(count)} need you`),
    account: () => '',
    settings: () => '',
  } as Readonly<Record<Place, (count: number) => string>>,
  goTo: (place: Place) => `Go to ${placeNames[place].toLowerCase()}`,
  groups: { go: 'Places', program: 'Tagalong', edits: 'Edits', sending: 'Sending' },
  openPalette: 'Find a command',
  interfaceSizes: {
    larger: 'Larger interface',
    smaller: 'Smaller interface',
    normal: 'Interface at its normal size',
  },
  showKeys: 'Show all keys',
  undo: 'Undo',
  redo: 'Redo',
  show: 'Show',
  pause: 'Pause sending',
  pauseFor: (label: string) => `Pause sending: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  resume: 'Resume sending',
  resumed: 'Sending goes on.',
  addFolder: 'Add a folder',
  starting: 'Opening your photos',
  cannotOpen: 'Your photos cannot be shown. They are safe where they are.',
  tryAgain: 'Try again',
  notices: 'Notices',
  palette: {
    title: 'Find a command',
    placeholder: 'Type what you want to do',
    none: 'No command is called that.',
  },
  keys: {
    title: 'All keys',
    change: 'Change keys',
    find: 'Find by name',
    none: 'No command that has keys is called that.',
    held: 'held',
  },
  destinations: {
    menu: 'Account that is shown',
    practice: 'Practice account',
    heading: 'Show photos for',
    manage: 'Accounts and folders',
  },
} as const;

/** The name of an account as it is shown everywhere. */
export function destinationName(
  destination: Pick<DestinationChoice, 'isPractice' | 'userId' | 'appId'>,
): string {
  return destination.isPractice
    ? frameText.destinations.practice
    : `${destination.userId} / ${destination.appId}`;
}

/** What waits while the sending is held. */
export interface Waiting {
  /** Photos with edits that wait, not the edits. */
  readonly editCount: number;
  /** Photos that are not there yet. */
  readonly photoCount: number;
}

/** `112 photos and edits on 37 photos wait`, `1 photo waits`; null: nothing does. Edits are counted by their photos. */
export function waitingWords({ editCount, photoCount }: Waiting): string | null {
  const photos = photoCount > 0 ? counted(photoCount, 'photo', 'photos') : null;
  if (editCount === 0) return photos === null ? null : `${photos} ${photoCount === 1 ? 'waits' : 'wait'}`;
  if (photos === null) return `Edits on ${counted(editCount, 'photo', 'photos')} wait`;
  return `${photos} and edits on ${counted(editCount, 'photo', 'photos')} wait`;
}

/** What a hold is called at the sentence's beginning: what, since when. */
const HOLD_BEGINNINGS: Readonly<Record<Hold['kind'], (since: string) => string>> = {
  paused: (since) => `Paused since ${since}.`,
  scheduled: (since) => `Resting by your timetable since ${since}.`,
  'on-battery': (since) => `Resting since ${since}: the computer runs on its battery.`,
  'on-metered': (since) => `Resting since ${since}: the network is metered.`,
  'token-rejected': (since) => `The token has not been accepted since ${since}.`,
  'not-permitted': (since) => `The token has not been allowed to send since ${since}.`,
  'over-quota': (since) => `The quota of the account has been used up since ${since}.`,
  throttled: (since) => `The service has asked for fewer requests since ${since}.`,
  offline: (since) => `Offline since ${since}.`,
  'service-down': (since) => `The service has had trouble of its own since ${since}.`,
  'disk-full': (since) => `The disk has been full since ${since}.`,
};

/** What ends a hold, after "112 photos wait". @param until when it does; null: not known */
const HOLD_ENDS: Readonly<Record<Hold['kind'], (until: string | null) => string>> = {
  paused: (until) => `until ${until ?? 'sending is resumed'}`,
  scheduled: (until) => `until ${until ?? 'the timetable says otherwise'}`,
  'on-battery': () => 'until it is on mains',
  'on-metered': () => 'until it is another one',
  'token-rejected': () => 'until a valid token is entered',
  'not-permitted': () => 'until a token with the right scopes is entered',
  'over-quota': () => 'until the plan allows more',
  throttled: () => 'they go by themselves',
  offline: () => 'they go by themselves',
  'service-down': () => 'they go by themselves',
  'disk-full': () => 'they go once there is room',
};

/** A hold in one sentence or two: what, since when, what waits, what ends it. */
export function holdSentence(hold: Hold, waiting: Waiting, now: number): string {
  const beginning = HOLD_BEGINNINGS[hold.kind](formatTime(hold.since, now));
  const words = waitingWords(waiting);
  const until = hold.until === null ? null : formatTime(hold.until, now);
  const end = HOLD_ENDS[hold.kind](until);
  if (words === null) {
    if (hold.kind === 'paused' && until !== null) return `${beginning} It ends at ${until}. Nothing waits.`;
    if (until === null || RESTS.has(hold.kind)) return `${beginning} Nothing waits.`;
    return `${beginning} Nothing waits; next try ${until}.`;
  }
  const isOne = waiting.editCount === 0 && waiting.photoCount === 1;
  const fitting = isOne ? end.replace('they go', 'it goes').replace('themselves', 'itself') : end;
  const joined = end.startsWith('until') ? `${words} ${fitting}` : `${words}; ${fitting}`;
  return `${beginning} ${joined}.`;
}

/** Parts of the status sentence. */
export const statusWords = {
  indexed: (count: number) => `${formatCount(count)} indexed`,
  onTheWay: (count: number) => `${formatCount(count)} on the way`,
  resting: (count: number) => `${formatCount(count)} ${count === 1 ? 'rests' : 'rest'} with paused folders`,
  rate: (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)}/s`,
  left: (seconds: number) => `about ${formatDuration(seconds)}`,
  looking: (count: number) => `${counted(count, 'file', 'files')} to look at`,
  deleting: (count: number) => `${formatCount(count)} being removed`,
  retrying: (count: number) => `${formatCount(count)} tried again later`,
  needYou: (count: number) => (count === 1 ? '1 needs you' : `${formatCount(count)} need you`),
  edits: (count: number, nextAt: number | null, now: number) =>
    nextAt !== null && nextAt > now
      ? `edits on ${counted(count, 'photo', 'photos')} wait, next try ${formatTime(nextAt, now)}`
      : `edits on ${counted(count, 'photo', 'photos')} on the way`,
  leftOut: (count: number) => `${formatCount(count)} left out`,
  upToDate: 'everything is there',
  restUpToDate: 'everything else is there',
  empty: 'No photos yet',
} as const;

type Closed = Exclude<ConnectionState, 'open'>;

/** A line that is not open, by the kind of host. @param told the host's own sentence, which says more */
export function connectionSentence(state: Closed, isDesktop: boolean, told?: string): string {
  if (told !== undefined) return told;
  return isDesktop && state === 'lost'
    ? 'The engine has ended. Nothing is lost. Starting it again …'
    : CLOSED_WORDS[state];
}

const CLOSED_WORDS: Readonly<Record<Closed, string>> = {
  connecting: 'Opening your photos …',
  lost: 'The line to Tagalong broke. Nothing is lost. Reconnecting …',
  refused:
    'The address of this page is not the right one, or no longer. Open the one that Tagalong prints when it starts, and close this page.',
  ended:
    'The engine has ended several times and stays down. Your photos and tags are safe. Quit Tagalong and start it again.',
};

/** Before the label, where it alone would not say what kind of act it was. */
const EDIT_BEGINNINGS: Readonly<Record<string, string>> = {
  'concept-rename': 'renaming ',
  'concept-merge': 'merging ',
  folder: 'the change of ',
};

/** What an undo left besides photos, by the kind of act; other kinds in the words for all. */
const EDIT_RESTS: Readonly<Record<string, string>> = {
  tag: 'A concept that is in use by now stays',
  'concept-rename': 'The name was left: another concept has it, or a later change stands',
};
/** Why an undo left photos, by the kind of act. */
const EDIT_LATER: Readonly<Record<string, string>> = { skip: 'they went their way since' };
const EDIT_REST = 'Some of it was left: a later change stands';

/** What an undo or redo did: `Undid: bride on 12 photos`. Kinds are open; one that is not known is called by its label. */
export function editSentence(
  verb: 'undo' | 'redo',
  {
    kind,
    label,
    photoCount,
    leftCount,
    isPartial,
  }: {
    readonly kind: string;
    readonly label: string;
    readonly photoCount: number;
    readonly leftCount: number;
    readonly isPartial?: true;
  },
): string {
  // Its one change is the one that is left.
  if (kind === 'concept' && isPartial) return `Not undone: ${label}. The concept is in use by now, and stays`;
  const did = verb === 'undo' ? 'Undid' : 'Redid';
  const where = photoCount > 0 ? ` on ${counted(photoCount, 'photo', 'photos')}` : '';
  const left =
    leftCount > 0
      ? `. ${counted(leftCount, 'photo was', 'photos were')} left: ${EDIT_LATER[kind] ?? 'a later act changed the same tag'}`
      : '';
  const rest = isPartial ? `. ${EDIT_RESTS[kind] ?? EDIT_REST}` : '';
  return `${did}: ${EDIT_BEGINNINGS[kind] ?? ''}${label}${where}${left}${rest}`;
}

export const nothingTo: Readonly<Record<'undo' | 'redo', string>> = {
  undo: 'There is nothing to undo.',
  redo: 'There is nothing to redo.',
};
