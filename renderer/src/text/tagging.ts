/** Words of tagging: the panel, the palette, keys, acts and what became of them. */
import { counted, formatCount } from './format.ts';

type Value = 0 | 1 | null;

const photos = (count: number): string => counted(count, 'photo', 'photos');

/** `bride`, `not bride`, `− bride`: a wish in one or two words. */
export function wishWords(name: string, value: Value): string {
  return value === 1 ? name : value === 0 ? `not ${name}` : `− ${name}`;
}

/** What an act did: `bride on 12 photos. 3 had it already.` */
export function actSentence(act: {
  readonly wishes: readonly { readonly name: string; readonly value: Value }[];
  /** The engine's words for the act. */
  readonly label: string;
  readonly changedCount: number;
  /** Photos that the act was about. */
  readonly photoCount: number;
}): string {
  const { wishes, label, changedCount, photoCount } = act;
  const [only] = wishes;
  if (only === undefined) return taggingText.nothingToGive;
  if (changedCount === 0) {
    return wishes.length > 1
      ? `${label}: ${photoCount === 1 ? 'the photo is' : `all ${photos(photoCount)} are`} so already`
      : alreadySentence(only, photoCount);
  }
  const had = photoCount - changedCount;
  if (wishes.length > 1) return `${label} on ${photos(changedCount)}`;
  if (only.value === null) return `${only.name} removed from ${photos(changedCount)}`;
  const done = `${wishWords(only.name, only.value)} on ${photos(changedCount)}`;
  if (had <= 0) return done;
  const already = only.value === 1 ? 'had it' : had === 1 ? 'was marked so' : 'were marked so';
  return `${done}. ${formatCount(had)} ${already} already.`;
}

function alreadySentence({ name, value }: { name: string; value: Value }, photoCount: number): string {
  const all = photoCount === 1 ? 'the photo' : `all ${photos(photoCount)}`;
  if (value === null) {
    return photoCount === 1
      ? `The photo has no tag ${name}`
      : `None of the ${photos(photoCount)} has a tag ${name}`;
  }
  const [has, is] = photoCount === 1 ? ['has', 'is'] : ['have', 'are'];
  return value === 1 ? `${name}: ${all} ${has} it already` : `not ${name}: ${all} ${is} marked so already`;
}

/** An act that failed, and what to do. A line that broke under way leaves open what became of it. */
export function failureSentence(words: string, error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'PortClosedError') {
    return `The line broke before “${words}” was confirmed. Once it is back, what the photos show is what is kept; doing it again does no harm.`;
  }
  const cause = /[.!?]$/u.test(message) ? message : `${message}.`;
  return `“${words}” was not kept, and nothing is changed. ${cause} Do it again when that is mended.`;
}

export const taggingText = {
  tags: 'Tags',
  tagsOf: (count: number) => (count === 1 ? 'Tags' : `Tags of ${photos(count)}`),
  noTags: (count: number) => (count === 1 ? 'No tags yet.' : 'None of these photos has a tag yet.'),
  nothingChosen: 'Choose a photo to see and change its tags.',
  ofCount: (some: number, all: number) => `${formatCount(some)} of ${formatCount(all)}`,
  notCount: (some: number) => `${formatCount(some)} not`,
  stateWords: {
    present: 'present',
    absent: 'marked as not there',
    mixed: 'differs',
  },
  markPresent: (name: string) => `Mark ${name} present`,
  markAbsent: (name: string) => `Mark ${name} absent`,
  remove: (name: string) => `Remove ${name}`,
  addConcept: 'Add a concept',
  addPlaceholder: 'Add a concept…',
  present: 'present',
  absent: 'absent',
  removes: 'remove',
  inTheFiles: (count: number) => (count === 1 ? 'In the file' : 'In the files'),
  suggestion: (keyword: string, conceptName: string) =>
    keyword === conceptName ? keyword : `${keyword} → ${conceptName}`,
  /** For screen readers: what the button shows, and of what. @param shown see `addTo` */
  addSuggestion: (shown: string, conceptName: string) => `${shown}: ${conceptName}`,
  /** To as many of the chosen photos as have the keyword. */
  addTo: (count: number, all: number) =>
    all === 1
      ? 'Add'
      : count === all
        ? `Add to all ${formatCount(all)}`
        : `Add to ${formatCount(count)} of ${formatCount(all)}`,
  showAll: (count: number) => `Show all ${formatCount(count)}`,
  recent: 'recent',
  frequent: 'frequent',
  nearly: 'nearly the same name',
  create: (name: string) => `Create “${name}”`,
  idIs: (remoteId: string) => `id ${remoteId}`,
  idRule:
    'The service takes only letters A–Z, digits, - and _ in ids, at most 32. The id is made from the name; the name is kept as it is.',
  nearWarning: (name: string, presentCount: number) =>
    `“${name}” is there: ${photos(presentCount)}. Enter takes the marked line; `,
  createsAnyway: 'creates the new one.',
  photos,

  presentCommand: (name: string) => `Tag ${name}`,
  absentCommand: (name: string) => `Mark ${name} absent`,
  removeCommand: (name: string) => `Remove ${name}`,
  absentInstead: 'Any of these, marked absent',
  removeInstead: 'Any of these, removed',
  tagging: 'Tagging',
  keySetGroup: (name: string) => `Key set: ${name}`,
  typeConcept: 'Type a concept',
  repeat: 'Repeat the last set',
  copyTags: 'Copy tags',
  pasteTags: 'Paste tags',
  replaceTags: 'Replace tags with the copied ones',
  advance: 'Go to the next photo after a key',
  advanceOn: 'After a key on one photo the cursor goes on to the next.',
  advanceOff: 'The cursor stays after a key.',
  undo: 'Undo',

  nothingToRepeat: 'Nothing was given yet that could be repeated.',
  nothingStands: 'The tags given last were taken back. There is nothing to repeat.',
  nothingCopied: 'No tags are copied yet.',
  nothingToGive: 'The copied photo has no tags.',
  copied: (words: string) => `Copied: ${words}`,
  copiedNone: 'This photo has no tags to copy.',

  confirmTitle: (count: number) => `Tag ${photos(count)}?`,
  confirmFilter: (words: string, count: number) =>
    `“${words}” goes to ${count === 1 ? 'the one photo' : `all ${photos(count)}`} that the sheet shows, also to those that are not in sight. One undo takes all of it back.`,
  confirmMany: (words: string, count: number) =>
    `“${words}” goes to all ${photos(count)} that are chosen. One undo takes all of it back.`,
  confirmTag: (count: number) => `Tag ${photos(count)}`,
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  notKept: 'Not kept',

  keys: 'Keys',
  noKeySet: 'No key set',
  keysInvite: 'Tag with one key.',
  makeKeySet: 'Give concepts keys…',
  makeStarter: 'Use the most used concepts',
  setMade: (name: string, key: string, concept: string) =>
    `Key set ${name}: ${key} marks ${concept} present, with Shift absent, with Alt removes it.`,
  editKeySets: 'Key sets…',
  keyStrip: 'Key set',
  hideStrip: 'Hide the keys',
  showStrip: 'Show the keys',
  keyHint: (name: string) => `${name}: click marks it present, with Shift absent, with Alt removes it`,
  useKeySet: (name: string) => `Use key set: ${name}`,
  useNoKeySet: 'Use no key set',
} as const;
