/** Words of the failures, the accounts and the settings. */
import { counted, formatCount, formatPercent } from './format.ts';
import { stateNames } from './sheet.ts';
import type { FolderStatus } from '#shared/destination.ts';
import type { PatStore } from '#shared/host-api.ts';
import type { PhotoState } from '#shared/photo.ts';

/** A way to photos in the sheet: `Show 31 queued`. */
export function showState(state: PhotoState, count: number): string {
  return `Show ${formatCount(count)} ${stateNames[state].toLowerCase()}`;
}

export const accountPlaceText = {
  accounts: 'Accounts',
  shown: 'Shown now',
  show: 'Show',
  practiceWords: 'A server on this machine that behaves like Clarifai. Nothing leaves the machine.',
  showOf: (name: string) => `Show ${name}`,
  add: 'Add an account',
  enterToken: 'Enter a token',
  enterTokenOf: (name: string) => `Enter a token for ${name}`,
  changeToken: 'Enter another token',
  changeTokenOf: (name: string) => `Enter another token for ${name}`,
  tokenKept: 'The token is kept. What waits for it goes on by itself.',
  check: 'Check',
  checkOf: (name: string) => `Check ${name}`,
  checking: 'Asking',
  checked: (name: string) => `${name} works.`,
  checkFailed: (name: string) => `${name} does not work.`,
  /** Where the token is, in a line below the account. */
  tokenPlaces: {
    keychain: 'Its token is in the keychain of this system.',
    'basic-text': 'Its token is in a file without real protection: this system offers no keychain.',
    file: 'Its token is in a file of the data folder that only you may read.',
    environment: 'Its token comes from the environment (CLARIFAI_PAT), before any that is kept here.',
    none: 'It has no token here. Nothing is sent to it until you enter one.',
  } as Readonly<Record<PatStore | 'none', string>>,
  sharesToken: 'It serves every account at this address.',
} as const;

export const tokenText = {
  forget: 'Forget token',
  forgetOf: (name: string) => `Forget token of ${name}`,
  title: (name: string) => `Forget the token of ${name}?`,
  /** @param sharing names of the accounts that use it, this one among them */
  description: (store: PatStore, sharing: readonly string[]) =>
    `It is removed from ${keptIn[store]}. What waits for ${lists.format(sharing)} waits until you enter a token again, and what is there stays. The token itself goes on working for whoever has a copy: to end that, delete it at the service too.`,
  keep: 'Keep it',
  forgotten: (name: string) => `The token of ${name} is forgotten. Sending there waits for another one.`,
} as const;

const keptIn: Readonly<Record<PatStore, string>> = {
  keychain: 'the keychain of this system',
  'basic-text': 'its file, which had no real protection',
  file: 'its file in the data folder',
  environment: 'the environment',
};

/** How a folder is watched, in a few words; the reason of the system is told behind. */
export function folderSentence(folder: Pick<FolderStatus, 'mode' | 'reason' | 'health' | 'detail'>): string {
  const behind = folder.detail === null ? '' : ` (${folder.detail})`;
  if (folder.health === 'unreachable')
    return `It cannot be reached${behind}. Its photos stay; it is looked for again.`;
  if (folder.mode === 'polling')
    return 'Looked through now and then, because this place tells of no changes.';
  if (folder.mode === 'scan') return 'Looked through once.';
  return folder.mode === 'events' ? 'Watched.' : 'Waiting to be watched.';
}

const lists = new Intl.ListFormat(undefined, { type: 'conjunction' });

export const settingsText = {
  sections: 'Sections',
  goToSection: 'Go to a section',
  appearance: 'Appearance',
  theme: 'Theme',
  themeWords: 'Pictures are judged before greys without a hue in either.',
  size: 'Size of the interface',
  sizeWords: 'Everything grows: words, controls, and the pictures of the sheet.',
  percent: (size: number) => formatPercent(size / 100),
  accounts: 'Accounts and folders',
  accountsLine: (accountCount: number, folderCount: number) =>
    `${counted(accountCount, 'account', 'accounts')}, ${folderCount === 0 ? 'no watched folder' : counted(folderCount, 'watched folder', 'watched folders')}`,
  accountsWords: 'Tokens, checks, what is sent of a folder, what is left out.',
  accountsOpen: 'Open accounts and folders',
  keySets: 'Key sets',
  keySetCount: (count: number) => (count === 0 ? 'No keys' : counted(count, 'key', 'keys')),
  keySetInUse: 'In use',
  editKeySets: 'Edit key sets',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  keys: 'Keys',
  keysWords: 'Press the keys that a command is to have. Changes hold at once, in every window.',
  find: 'Find a command',
  noKeys: 'None',
  change: 'Change',
  changeOf: (label: string) => `Change the keys of “${label}”`,
  reset: 'Reset',
  resetOf: (label: string) => `Give “${label}” its own keys back`,
  resetAll: 'Reset all keys',
  press: 'Press the new keys',
  pressHint: 'Escape leaves them as they are. Two strokes within a second belong together, as G S.',
  use: 'Use',
  remove: 'No keys',
  cancel: 'Cancel',
  taken: (labels: readonly string[]) =>
    `Also used by ${lists.format(labels.map((label) => `“${label}”`))}. Where both can be used only one works, in the loupe its own: give one of them other keys.`,
} as const;
