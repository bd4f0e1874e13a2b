/** Words of watched folders, of what is sent of them, and of what leaves this computer. */
import { counted, formatBytes, formatCount, formatMoment, formatTime } from './format.ts';
import type { Line } from './inspector.ts';
import { stateNames } from './sheet.ts';
import type { ExcludePreview, Leaving, LeavingField, UploadProfile, WatchedFolder } from '#shared/folders.ts';
import { PHOTO_STATES } from '#shared/photo.ts';

const lists = new Intl.ListFormat(undefined, { type: 'conjunction' });

export const watchedText = {
  title: 'Watched folders',
  none: 'No folder is watched yet.',
  reading: 'Reading the folders',
  failed: (problem: Error) => `The folders could not be read. ${problem.message}`,
  add: 'Add a folder',
  change: 'Change',
  changeOf: (name: string) => `Change ${name}`,
  scan: 'Look through now',
  scanOf: (name: string) => `Look through now: ${name}`,
  remove: 'Stop watching',
  removeOf: (name: string) => `Stop watching ${name}`,
  scanning: 'It is being looked through.',
  removed: (name: string) => `${name} is not watched any more. Its photos and their history stay.`,
  changed: (name: string) => `${name} is changed. It holds for photos that are sent from now on.`,
} as const;

/** The last part of a path, as people call a folder. */
export function folderName(path: string): string {
  return path.split(/[/\\]/u).findLast((part) => part !== '') ?? path;
}

const SCAN_REASONS: Readonly<Record<string, string>> = {
  start: 'at the start',
  timer: 'on schedule',
  wake: 'after the computer slept',
  watcher: 'after a change',
  returned: 'when it came back',
  more: 'for the rest',
  owner: 'when you asked',
};

/** What is known of a folder and chosen for it, line by line. */
export function folderLines(folder: WatchedFolder, destination: string): readonly Line[] {
  return [
    { name: 'Photos', value: countsLine(folder) },
    {
      name: 'Last change seen',
      value: folder.lastEventAt === null ? 'None since Tagalong was started' : formatTime(folder.lastEventAt),
    },
    { name: 'Last look through', value: scanLine(folder) },
    { name: 'Left out', value: excludedLine(folder) },
    { name: 'Sent', value: profileLine(folder) },
    { name: 'Concepts for all', value: conceptsLine(folder) },
    { name: 'Goes to', value: destination },
  ];
}

function countsLine({ counts }: WatchedFolder): string {
  const parts = PHOTO_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${formatCount(counts[state])} ${stateNames[state].toLowerCase()}`,
  );
  return parts.length === 0 ? 'None' : parts.join(', ');
}

function scanLine({ lastScan, isScanning }: WatchedFolder): string {
  if (isScanning) return 'Now';
  if (lastScan === null) return 'Not yet';
  const { finishedAt, reason, seenCount, changedCount, missingCount, detail } = lastScan;
  const why = SCAN_REASONS[reason];
  const found = [
    counted(seenCount, 'file', 'files'),
    changedCount === 0 ? 'none new or changed' : `${formatCount(changedCount)} new or changed`,
    ...(missingCount === 0 ? [] : [`${formatCount(missingCount)} gone`]),
  ].join(', ');
  const unread = detail === null ? '' : `\nNot all could be read: ${detail}`;
  return `${formatTime(finishedAt)}${why === undefined ? '' : `, ${why}`}: ${found}${unread}`;
}

/** What no folder's patterns have to leave out: see `ingest/junk.ts`. */
const NEVER_TAKEN = 'Always: hidden files, recycle bins, catalogs and caches of programs, unfinished copies';

function excludedLine({ excludeGlobs, includeGlobs }: WatchedFolder): string {
  const only = includeGlobs.length === 0 ? [] : [`All but ${lists.format(includeGlobs)}`];
  const left = excludeGlobs.length === 0 ? [] : [lists.format(excludeGlobs)];
  const chosen = [...only, ...left];
  return chosen.length === 0 ? NEVER_TAKEN : `${chosen.join('; ')}\n${NEVER_TAKEN}`;
}

/** `Copies of 2,048 pixels, JPEG quality 85; with the place, the file name`. */
function profileLine({ sends, recipe, ...folder }: WatchedFolder): string {
  const picture =
    sends === 'original'
      ? 'The files as they are, with all that they hold'
      : `Copies without metadata, ${formatCount(recipe.longEdge)} pixels, JPEG quality ${formatCount(recipe.quality)}`;
  const beside = besideNames(folder);
  return beside.length === 0 ? picture : `${picture}; with ${lists.format(beside)}`;
}

function besideNames(
  profile: Pick<UploadProfile, 'sendsGps' | 'sendsCaptureTime' | 'sendsFileName'>,
): string[] {
  return [
    ...(profile.sendsGps ? ['the place'] : []),
    ...(profile.sendsCaptureTime ? ['the capture time'] : []),
    ...(profile.sendsFileName ? ['the file name'] : []),
  ];
}

function conceptsLine({ concepts, addsFolderName }: WatchedFolder): string {
  const names = concepts.map(({ name, value }) => (value === 1 ? name : `not ${name}`));
  const all = [...names, ...(addsFolderName ? ['the name of the folder that a photo lies in'] : [])];
  return all.length === 0 ? 'None' : lists.format(all);
}

export const folderDialogText = {
  title: (name: string) => `Change ${name}`,
  description: 'It holds for photos that are sent from now on. What the service has stays as it was sent.',
  destination: 'Goes to',
  picture: 'What is sent',
  kinds: { rendition: 'A sized copy', original: 'The file itself' },
  copyWords: 'The copy has no metadata: no place, no camera, no names.',
  originalWords: 'The file goes with all that it holds: place, camera and serial numbers, names, captions.',
  longEdge: 'Long edge, in pixels',
  quality: 'JPEG quality',
  beside: 'What travels beside the picture',
  gps: 'The place where it was taken',
  captureTime: 'When it was taken',
  fileName: 'The name of the file',
  concepts: 'Concepts for all its photos',
  conceptsHint:
    'Photos that are there get new ones, too. Taken away here, a concept stays on photos that have it.',
  addConcept: 'Add a concept',
  folderName: 'The name of the folder that a photo lies in',
  exclude: 'Left out',
  excludeHint: 'A name (Rejects), an ending (*.png) or a path (2024/exports/**).',
  addPattern: 'Add a pattern',
  add: 'Add',
  takeAway: (word: string) => `Take ${word} away`,
  noneChosen: 'None',
  cancel: 'Cancel',
  save: 'Save',
} as const;

/** What patterns would do, in a sentence or two. */
export function previewSentence({ fileCount, examples, returningCount }: ExcludePreview): string {
  const more = fileCount - examples.length;
  const named = [...examples, ...(more > 0 ? [`${formatCount(more)} more`] : [])];
  const leaves =
    fileCount === 0
      ? 'No file that counts now is left out by this.'
      : `Leaves out ${counted(fileCount, 'file', 'files')} more: ${lists.format(named)}. What was sent of them stays at the service.`;
  const returns =
    returningCount === 0
      ? ''
      : ` ${counted(returningCount, 'file comes', 'files come')} back, if still there.`;
  return leaves + returns;
}

export const removalText = {
  title: (name: string) => `Stop watching ${name}?`,
  description: (waiting: number) =>
    `The files are not touched. Its photos, their tags and their history stay here, and what was sent stays at the service. ${
      waiting === 0
        ? 'None of its photos waits to be sent.'
        : `${counted(waiting, 'photo that was', 'photos that were')} not sent will be left out, unless another watched folder holds ${waiting === 1 ? 'it' : 'them'}.`
    } You can undo this.`,
  cancel: 'Keep watching',
  remove: 'Stop watching',
} as const;

/** Photos of a folder that the service does not have. */
export function waitingIn({ counts }: WatchedFolder): number {
  return counts.found + counts.queued + counts.failed;
}

export const leavingText = {
  title: 'What leaves this computer',
  failed: (problem: Error) => `It could not be found out. ${problem.message}`,
  nothing: 'Nothing',
  request: 'The request itself',
  holds: 'In the file',
} as const;

/** When and whether it leaves. */
export function leavingSentence({ isPractice, state, stateAt, origin, stays }: Leaving): string {
  if (stays !== null) return `It is not sent. ${stays}`;
  if (isPractice)
    return 'It goes to the practice account, which is on this computer: nothing leaves. A service would get this:';
  const isSent = state === 'accepted' || state === 'indexed';
  if (isSent && origin === 'adopted')
    return 'The account had this picture already: it was not sent from here. If it were sent now, this would go:';
  if (isSent)
    return `It was sent; this state since ${formatMoment(stateAt)}. If it were sent now, as its folder is set up, this would go:`;
  if (state === 'sending') return 'It is being sent:';
  return state === 'found' || state === 'queued'
    ? 'When its turn comes, this leaves:'
    : 'If it were sent, this would go:';
}

const HELD_NAMES: Readonly<Record<string, string>> = {
  place: 'Place',
  captured_at: 'Taken',
  camera: 'Camera',
  lens: 'Lens',
  caption: 'Caption',
  keywords: 'Keywords',
  rating: 'Rating',
};

/** What leaves, line by line; what does not is said, too. */
export function leavingLines({ request }: Leaving): readonly Line[] {
  if (request === null) return [];
  const { picture, fields, place, concepts, inputId } = request;
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value ?? leavingText.nothing;
  const own = fields.filter(({ name }) => name !== 'file_name' && name !== 'captured_at');
  return [
    { name: 'Picture', value: pictureLine(picture) },
    ...(picture.sends === 'original' ? [{ name: leavingText.holds, value: heldLine(picture.holds) }] : []),
    { name: 'File name', value: valueOf('file_name') },
    { name: 'Taken', value: valueOf('captured_at') },
    { name: 'Place', value: place === null ? leavingText.nothing : `${place.latitude}, ${place.longitude}` },
    ...own.map(({ name, value }) => ({ name, value })),
    {
      name: 'Concepts',
      value:
        concepts.length === 0
          ? leavingText.nothing
          : concepts.map(({ name, value }) => (value === 1 ? name : `not ${name}`)).join(', '),
    },
    { name: 'Input id', value: inputId },
  ];
}

function pictureLine(picture: NonNullable<Leaving['request']>['picture']): string {
  const { sends, width, height, bytes, quality } = picture;
  return [
    sends === 'original' ? 'The file itself' : 'A copy without metadata',
    width === null || height === null ? null : `${formatCount(width)} × ${formatCount(height)} pixels`,
    quality === null ? null : `JPEG quality ${formatCount(quality)}`,
    bytes === null ? null : formatBytes(bytes),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function heldLine(holds: readonly LeavingField[]): string {
  const known = holds.map(({ name, value }) => `${HELD_NAMES[name] ?? name}: ${value}`);
  return [...known, 'And whatever else the file holds'].join('\n');
}
