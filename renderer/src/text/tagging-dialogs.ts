/** Words of the dialogs about tagging: key sets, concepts, keyword files, keywords of photos. */
import { counted, formatCount } from './format.ts';
import type { ConceptUse, KeywordFilePlan, KeywordMode } from '#shared/tagging.ts';

const photos = (count: number): string => counted(count, 'photo', 'photos');
const concepts = (count: number): string => counted(count, 'concept', 'concepts');
const keywords = (count: number): string => counted(count, 'keyword', 'keywords');

export const dialogsText = {
  group: 'Tagging',
  undo: 'Undo',
  undone: 'Undone',
  dismiss: 'Dismiss',
  done: 'Done',
  cancel: 'Cancel',
  save: 'Save',
  notDone: (error: unknown) => {
    const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
    return name === 'PortClosedError'
      ? 'The line broke before that was confirmed. Once it is back, what is shown is what is kept.'
      : `That was not done, and nothing is changed. ${message}`;
  },
} as const;

export const keySetText = {
  title: 'Key sets',
  command: 'Edit key sets',
  what: 'One set for each kind of job. A key marks its concept present, with Shift absent, with Alt removes it.',
  sets: 'Sets',
  make: 'New set',
  makeFromUsed: 'Set of the most used',
  firstName: 'Key set',
  usedName: 'Most used',
  copyName: (name: string, count: number) => (count === 1 ? `${name} copy` : `${name} copy ${count}`),
  name: 'Name',
  use: 'Use this set',
  inUse: 'In use',
  duplicate: 'Duplicate',
  remove: 'Delete',
  none: 'There is no key set yet. Make one for the kind of job you have before you, and give its concepts keys.',
  noBindings: 'No concept has a key in this set yet. Add the first one: it gets key 1, the next one 2.',
  howToChange: 'To change a key, choose it here and press the new one.',
  addConcept: 'Add a concept to the set',
  addPlaceholder: 'Add a concept…',
  bindings: 'Keys of the set',
  pressKey: 'Press a key',
  keyOf: (name: string, key: string | null) =>
    key === null
      ? `${name}: has no key. Press a digit or a letter`
      : `${name}: key ${key}. Press another to change it`,
  unbind: (name: string) => `Take ${name} out of the set`,
  conflict: (key: string, holder: string) => `${key} gives “${holder}” in this set already.`,
  commandConflict: (key: string, command: string) =>
    `${key} belongs to “${command}”. Choose another key, or give that command another one in the settings.`,
  give: (key: string, name: string) => `Give ${key} to ${name}`,
  acts: {
    made: (name: string) => `key set ${name}`,
    renamed: (before: string, after: string) => `key set ${before} → ${after}`,
    removed: (name: string) => `− key set ${name}`,
    bound: (key: string, name: string) => `key ${key} for ${name}`,
    unbound: (name: string) => `− key of ${name}`,
    used: (name: string) => `use key set ${name}`,
    created: (name: string) => `new concept ${name}`,
  },
} as const;

export const conceptsText = {
  title: 'Concepts',
  command: 'Concepts',
  search: 'Find a concept',
  order: 'Order',
  orders: { used: 'Most used', recent: 'Recent', name: 'Name' },
  count: (count: number) => concepts(count),
  none: 'There is no concept yet. The first one comes with the first tag.',
  noneFound: (text: string) => `No concept fits “${text}”.`,
  useOf: ({ presentCount, absentCount }: Pick<ConceptUse, 'presentCount' | 'absentCount'>) =>
    [photos(presentCount), ...(absentCount > 0 ? [`not on ${formatCount(absentCount)}`] : [])].join(', '),
  rename: (name: string) => `Rename ${name}`,
  merge: (name: string) => `Merge ${name} into another concept`,
  newName: 'New name',
  renameDone: 'Rename',
  mergeInto: (name: string) => `Merge ${name} into`,
  mergePlaceholder: 'Choose the concept that stays…',
  mergeDone: 'Merge',
  mergeWhat: (from: ConceptUse, into: ConceptUse) => {
    const count = from.presentCount + from.absentCount;
    const first =
      count === 0
        ? `No photo has “${from.name}”.`
        : `${photos(count)} ${count === 1 ? 'says' : 'say'} something of “${from.name}”. ${count === 1 ? 'It gets' : 'They get'} “${into.name}” in its place; what a photo says of “${into.name}” already stays.`;
    return `${first} “${from.name}” leaves the list. One undo takes all of it back.`;
  },
  renamed: (label: string) => `Renamed: ${label}`,
  merged: (label: string, count: number) => `Merged: ${label}, ${photos(count)} changed`,
} as const;

export const keywordFileText = {
  title: 'Import a keyword file',
  command: 'Import a keyword file…',
  what: 'A text file with one keyword per line, as Lightroom and Photo Mechanic write it; tabs in front make levels. Each keyword becomes a concept to type. Photos are not changed.',
  choose: 'Choose a file…',
  drop: 'or drop it here, or paste its lines below.',
  lines: 'Keywords',
  takes: 'Levels',
  takesNames: { leaves: 'Only the last level', 'all-levels': 'All levels' },
  summary: ({ newNames, knownNames, near, problems }: KeywordFilePlan) =>
    [
      `${concepts(newNames.length)} to make`,
      `${formatCount(knownNames.length)} there already`,
      ...(near.length > 0 ? [`${formatCount(near.length)} nearly like others`] : []),
      ...(problems.length > 0 ? [`${counted(problems.length, 'line', 'lines')} left out`] : []),
    ].join(' · '),
  newHeading: 'New',
  knownHeading: 'There already',
  nearHeading: 'Nearly like others',
  nearLine: (name: string, like: string) => `${name} – did you mean ${like}?`,
  nearWhat: 'They are made as they are written. Merge them later in Concepts when they mean the same.',
  problemsHeading: 'Left out',
  problemLine: (line: number, problem: string) => `Line ${formatCount(line)}: ${problem}`,
  more: (count: number) => `and ${formatCount(count)} more`,
  importDone: (count: number) => (count === 0 ? 'Import' : `Import ${concepts(count)}`),
  imported: (label: string) => `Imported: ${label}`,
} as const;

export const mappingText = {
  title: 'Keywords in your photos',
  command: 'Keywords in your photos…',
  what: 'Keywords that other programs wrote into the files. Suggest offers them beside a photo; automatic tags photos with them, those that are here and those that come. The files are never changed.',
  find: 'Find a keyword',
  reading: 'Reading the keywords',
  byDefault: 'Keywords without a choice of their own',
  modes: { off: 'Off', suggest: 'Suggest', automatic: 'Automatic' } satisfies Record<KeywordMode, string>,
  keyword: 'Keyword',
  photoCount: 'Photos',
  mode: 'What is done',
  concept: 'Concept',
  modeOf: (keyword: string) => `What is done with ${keyword}`,
  conceptOf: (keyword: string) => `Concept for ${keyword}`,
  count: (count: number) => keywords(count),
  none: 'No file carries keywords. They appear here when photos with IPTC or XMP keywords come in.',
  noneFound: (text: string) => `No keyword fits “${text}”.`,
  setShown: 'Set all shown to',
  needsName: 'A keyword that is used needs the name of a concept.',
  unchanged: 'Nothing is changed yet.',
  /** What saving does. */
  effect: (plan: {
    readonly changedCount: number;
    readonly automaticCount: number;
    readonly photoCount: number;
    readonly stoppedCount: number;
    readonly defaultMode: KeywordMode | null;
  }) =>
    [
      ...(plan.changedCount > 0 ? [`${keywords(plan.changedCount)} changed.`] : []),
      ...(plan.automaticCount > 0
        ? [
            `${keywords(plan.automaticCount)} ${plan.automaticCount === 1 ? 'becomes' : 'become'} automatic: saving tags up to ${photos(plan.photoCount)} now, and others as they come.`,
          ]
        : []),
      ...(plan.stoppedCount > 0
        ? [
            `${keywords(plan.stoppedCount)} ${plan.stoppedCount === 1 ? 'is' : 'are'} no longer automatic: tags that are there stay.`,
          ]
        : []),
      ...(plan.defaultMode === null ? [] : [`Keywords without a choice of their own: ${plan.defaultMode}.`]),
      'One undo takes all of it back.',
    ].join(' '),
  saved: (count: number) => (count === 0 ? 'Keywords saved' : `Keywords saved; ${photos(count)} tagged`),
} as const;
