/** Words of the failures, the accounts and the settings. */
import type { FolderStatus } from '#shared/destination.ts';

export const accountPlaceText = {
  accounts: 'Accounts',
  shown: 'Shown now',
  show: 'Show',
  practiceWords: 'A server on this machine that behaves like Clarifai. Nothing leaves the machine.',
  add: 'Add an account',
  changeToken: 'Enter another token',
  changeTokenOf: (name: string) => `Enter another token for ${name}`,
  tokenFor: (name: string) => `Another token for ${name}`,
  tokenKept: 'The token is kept. What waits for it goes on by itself.',
} as const;

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
  appearance: 'Appearance',
  theme: 'Theme',
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
