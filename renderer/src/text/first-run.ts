/** Words of the first run, of adding folders and of adding accounts. */
import { counted, formatCount } from './format.ts';
import type { PatStore } from '#shared/host-api.ts';

export const firstRunText = {
  title: 'Add your photos',
  promise:
    'Tagalong watches the folders you add, shows their photos at once and sends copies to your account. Your files are never changed, and tagging works without a network.',
  addFolder: 'Add a folder',
  demo: 'Try the demo shoot',
  drop: 'Or drop folders on this window.',
  account: 'Account',
  practice:
    'Photos go to the practice account: a server on this machine that behaves like Clarifai. Nothing leaves the machine, and nothing costs anything.',
  own: (name: string) => `Photos go to ${name}.`,
  useOwn: 'Use my Clarifai account',
  usePractice: 'Use the practice account',
} as const;

export const foldersText = {
  chooser: {
    title: 'Add a folder',
    description:
      'Its photos, and those of the folders in it, are shown at once and sent to the chosen account.',
    path: 'Where it lies',
    list: 'Folders in it',
    up: 'Up',
    noFolders: 'There are no folders in it.',
    isCut: 'There are more folders than are shown here.',
    photos: (count: number) =>
      count === 0
        ? 'No photos directly in it'
        : `${count >= 1000 ? 'At least ' : ''}${counted(count, 'photo', 'photos')} directly in it`,
    add: (name: string) => `Add “${name}”`,
    cancel: 'Cancel',
    reading: 'Reading the folder',
  },
  /** @param account where the photos go, if that is not this machine */
  added: (count: number, account: string | null) => {
    const [folders, photos] =
      count === 1 ? ['The folder is', 'Its photos'] : [`${formatCount(count)} folders are`, 'Their photos'];
    return account === null
      ? `${folders} added. ${photos} appear as they are found.`
      : `${folders} added. ${photos} go to ${account} as they are found.`;
  },
  pause: (count: number) => (count === 1 ? 'Pause it' : 'Pause them'),
  paused: (count: number) =>
    count === 1
      ? 'The folder is paused: its photos are shown, and not sent until you resume it.'
      : `${formatCount(count)} folders are paused: their photos are shown, and not sent until you resume them.`,
  remove: 'Stop watching',
  removed: (count: number) =>
    count === 1
      ? 'The folder is not watched any more. What was sent of it stays at the service.'
      : `${formatCount(count)} folders are not watched any more. What was sent of them stays at the service.`,
  notAdded: 'The folder was not added',
  demoFailed: 'The demo shoot was not added',
  dropHere: 'Drop folders to add them',
  droppedInBrowser: 'A browser does not tell where a dropped folder lies. Choose it by its path instead.',
  droppedNothing: 'What was dropped has no folder on this machine. Choose one instead.',
  choose: 'Choose a folder',
  ok: 'OK',
} as const;

export const accountText = {
  userId: 'User id',
  appId: 'App id',
  token: 'Personal access token',
  baseUrl: 'Address of the service',
  details: 'Another address',
  check: 'Check',
  checking: 'Asking the service',
  use: 'Use this account',
  saveToken: 'Keep this token',
  cancel: 'Cancel',
  detailsOfProblem: 'Details',
  works: (inputCount: number | null) =>
    inputCount === null
      ? 'The account works.'
      : `The account works. It holds ${counted(inputCount, 'photo', 'photos')} now.`,
  /** Where the token goes, before it is typed. */
  stores: {
    keychain: 'It is kept in the keychain of this system and never shown again.',
    'basic-text': 'This system offers no keychain: the token is kept in a file without real protection.',
    file: 'It is kept in a file that only you may read, and never shown again.',
    environment: 'A token from the environment comes before the one that is kept here.',
  } as Readonly<Record<PatStore, string>>,
} as const;
