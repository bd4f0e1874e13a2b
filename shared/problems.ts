/**
 * Everything that can keep a photo from being indexed, in one place, with one sentence each for people.
 *
 * A **failure** is about one photo: cause, sentence, remedy. A **hold** is about a destination and costs no photo an
 * attempt. A **skip** is no failure: the photo is left out for a reason that is nobody's fault.
 */

/** What the owner can do; the window renders it as the button. */
export const REMEDIES = {
  'retries-itself': 'Nothing to do: it is tried again by itself.',
  retry: 'Try again.',
  'send-as-it-is': 'Send it as it is.',
  'send-smaller-copy': 'Send a smaller copy.',
  'choose-file-again': 'Bring the file back, or copy it again from its source.',
  'check-permissions': 'Give Tagalong the right to read the file.',
  'repair-file': 'Repair the picture in an image editor, or restore it from a backup.',
  'remove-there-and-send-again': 'Remove the input there and send the photo again.',
  'fix-token': 'Enter a valid personal access token (PAT).',
  'see-plan': 'Look at the plan of the account.',
  'free-space': 'Free some disk space.',
  resume: 'Resume sending.',
  'send-all-the-same': 'Send all the same.',
  report: 'Report this; the details help us.',
} as const;
export type Remedy = keyof typeof REMEDIES;

interface Explained {
  readonly sentence: string;
  readonly remedy: Remedy;
}

/** Why a photo (or a file that could not become one) failed; `several` says it of more than one. */
export const FAILURES = {
  'cannot-decode': {
    sentence: 'The file is not a readable picture: its data is damaged, or it is no picture at all.',
    several: 'The files are not readable pictures: their data is damaged, or they are no pictures at all.',
    remedy: 'repair-file',
  },
  incomplete: {
    sentence: 'The picture is cut off: too little of it can be decoded. It has not been sent.',
    several: 'The pictures are cut off: too little of them can be decoded. They have not been sent.',
    remedy: 'send-as-it-is',
  },
  'file-empty': {
    sentence: 'The file is empty.',
    several: 'The files are empty.',
    remedy: 'choose-file-again',
  },
  'file-unreadable': {
    sentence: 'The file cannot be read.',
    several: 'The files cannot be read.',
    remedy: 'check-permissions',
  },
  'file-gone': {
    sentence: 'The file was gone before its picture could be sent.',
    several: 'The files were gone before their pictures could be sent.',
    remedy: 'choose-file-again',
  },
  'too-large': {
    sentence: 'The picture is larger than the service takes (20 MB, 85 megapixels).',
    several: 'The pictures are larger than the service takes (20 MB, 85 megapixels).',
    remedy: 'send-smaller-copy',
  },
  'format-not-accepted': {
    sentence: 'The service does not take this format as it is.',
    several: 'The service does not take their formats as they are.',
    remedy: 'send-smaller-copy',
  },
  'decoder-crashed': {
    sentence: 'The picture made the decoder crash, twice. No other photo is affected.',
    several: 'The pictures made the decoder crash, twice each. No other photo is affected.',
    remedy: 'repair-file',
  },
  'decoder-timeout': {
    sentence: 'Decoding the picture took too long, twice. No other photo is affected.',
    several: 'Decoding the pictures took too long, twice each. No other photo is affected.',
    remedy: 'retry',
  },
  'decoder-memory': {
    sentence: 'Decoding the picture needed too much memory, twice. No other photo is affected.',
    several: 'Decoding the pictures needed too much memory, twice each. No other photo is affected.',
    remedy: 'repair-file',
  },
  'refused-by-service': {
    sentence: 'The service refused the picture.',
    several: 'The service refused the pictures.',
    remedy: 'retry',
  },
  'indexing-failed': {
    sentence: 'The service has the picture but could not index it.',
    several: 'The service has the pictures but could not index them.',
    remedy: 'remove-there-and-send-again',
  },
  'service-trouble': {
    sentence: 'The service kept failing on this picture.',
    several: 'The service kept failing on these pictures.',
    remedy: 'retries-itself',
  },
  'reply-not-understood': {
    sentence: 'The service answered with a code that Tagalong does not know.',
    several: 'The service answered with codes that Tagalong does not know.',
    remedy: 'retry',
  },
  'id-taken': {
    sentence: 'The service says that the id of this picture is taken, but does not show it.',
    several: 'The service says that the ids of these pictures are taken, but does not show them.',
    remedy: 'retry',
  },
} as const satisfies Record<string, Explained & { readonly several: string }>;
export type FailureCause = keyof typeof FAILURES;

/** Why a photo (or a file) is left out without being a failure. */
export const SKIPS = {
  'format-not-yet-supported': 'This format (HEIC or RAW) cannot be decoded yet.',
  'cloud-placeholder': 'The file is only in the cloud; reading it would download it.',
  superseded: 'The file has other content now; this version was never sent.',
  excluded: "The folder's patterns leave it out.",
  'other-destination': 'Its folder goes to another account now.',
  'folder-removed': 'Its folder is not watched any more.',
  'skipped-by-owner': 'You chose to leave it out.',
} as const;
export type SkipReason = keyof typeof SKIPS;

/** What stops the sending to a destination. `lifts` says who ends it: time by itself, or only the owner. */
export const HOLDS = {
  paused: { sentence: 'Sending is paused.', remedy: 'resume', lifts: 'owner' },
  scheduled: {
    sentence: 'Sending rests by your timetable.',
    remedy: 'send-all-the-same',
    lifts: 'itself',
  },
  'on-battery': {
    sentence: 'Sending rests while the computer runs on its battery.',
    remedy: 'send-all-the-same',
    lifts: 'itself',
  },
  'on-metered': {
    sentence: 'Sending rests while the network is metered.',
    remedy: 'send-all-the-same',
    lifts: 'itself',
  },
  'token-rejected': {
    sentence: 'The service does not accept the personal access token.',
    remedy: 'fix-token',
    lifts: 'owner',
  },
  'not-permitted': {
    sentence: 'The token is not allowed to do this, or the user or app does not exist.',
    remedy: 'fix-token',
    lifts: 'owner',
  },
  'over-quota': {
    sentence: 'The quota of the account is used up.',
    remedy: 'see-plan',
    lifts: 'owner',
  },
  throttled: {
    sentence: 'The service asks for fewer requests.',
    remedy: 'retries-itself',
    lifts: 'itself',
  },
  offline: {
    sentence: 'The service cannot be reached.',
    remedy: 'retries-itself',
    lifts: 'itself',
  },
  'service-down': {
    sentence: 'The service has trouble of its own.',
    remedy: 'retries-itself',
    lifts: 'itself',
  },
  'disk-full': {
    sentence: 'The disk with the data folder is full.',
    remedy: 'free-space',
    lifts: 'itself',
  },
} as const satisfies Record<string, Explained & { lifts: 'owner' | 'itself' }>;
export type HoldKind = keyof typeof HOLDS;

/** Holds that are wanted, by the owner or by a rule of the owner's: nothing is wrong, and nothing is tried under them. */
export const RESTS: ReadonlySet<HoldKind> = new Set(['paused', 'scheduled', 'on-battery', 'on-metered']);

/** A hold as it is shown. Times are UTC ms. */
export interface Hold {
  readonly kind: HoldKind;
  readonly sentence: string;
  readonly remedy: Remedy;
  /** When it began. */
  readonly since: number;
  /** When it ends or is tried again by itself; null: that is not known, or only the owner can end it. */
  readonly until: number | null;
  /** The service's or the system's own words. */
  readonly detail: string | null;
}
