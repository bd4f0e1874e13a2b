/** Words of the settings about data and help. */
import { formatBytes, formatMoment } from './format.ts';
import type { DataPart, Versions } from '#shared/care.ts';

const parts: Readonly<Record<DataPart, string>> = {
  ledger: 'the ledger',
  thumbnails: 'thumbnails',
  spool: 'copies that wait to be sent',
  practice: 'the practice account',
  backups: 'backups',
  saved: 'exports and diagnostics',
  other: 'logs and the rest',
};

const lists = new Intl.ListFormat(undefined, { type: 'unit' });

export const dataText = {
  heading: 'Data',
  folder: 'Data folder',
  measuring: 'Its size is being measured.',
  size: (bytes: Readonly<Record<DataPart, number>>, freeBytes: number | null) => {
    const each = Object.entries(bytes) as [DataPart, number][];
    const sum = each.reduce((all, [, one]) => all + one, 0);
    const told = each
      .filter(([, one]) => one > 0)
      .toSorted(([, a], [, b]) => b - a)
      .map(([part, one]) => `${parts[part]} ${formatBytes(one)}`);
    const free = freeBytes === null ? '' : ` The disk has ${formatBytes(freeBytes)} left.`;
    return `${formatBytes(sum)}: ${lists.format(told)}.${free}`;
  },
  backUp: 'Backup of the ledger',
  backUpWords:
    'The ledger is all that Tagalong knows: photos, tags, what was sent. A backup holds paths and places of your photos, but neither pictures nor tokens. It lies on the same disk; keep a copy of it on another one.',
  backUpNow: 'Back up now',
  backingUp: 'Backing up',
  backedUp: (bytes: number) => `The ledger is backed up and checked: ${formatBytes(bytes)}.`,
  kept: 'Backups that are kept',
  keptWords: 'The oldest goes when a newer one is done.',
  export: 'Export of the ledger',
  exportWords:
    'A line per file: path, picture hash, input id, state and times, for a spreadsheet or a script.',
  formats: { csv: 'Export CSV', json: 'Export JSON lines' },
  exporting: 'Exporting',
  exported: (bytes: number) => `The ledger is exported: ${formatBytes(bytes)}.`,
} as const;

export const backupText = {
  backups: 'Backups',
  none: 'There is no backup yet.',
  name: (at: number, bytes: number) => `${formatMoment(at)} · ${formatBytes(bytes)}`,
  ofBackup: (words: string, at: number) => `${words}: backup of ${formatMoment(at)}`,
  goBack: 'Go back to it',
  goingBack: 'Going back',
  goBackTitle: (at: number) => `Go back to the backup of ${formatMoment(at)}?`,
  goBackWords:
    'Tagalong starts its engine again on this backup. Your photos stay as they are, here and at the account: what came since is found again, and nothing is sent twice. Tags, folders and settings that changed since are then only in the ledger of now, which is set aside in the data folder; tags that were sent are also at the account.',
  stay: 'Keep the ledger of now',
  wentBack: (at: number) => `The backup of ${formatMoment(at)} is the ledger now.`,
  aside: 'The one before is kept in',
} as const;

export const helpText = {
  heading: 'Help',
  version: 'Tagalong',
  under: ({ electron, node, sqlite, ledger }: Versions) =>
    lists.format([
      ...(electron === null ? [] : [`Electron ${electron}`]),
      `Node ${node}`,
      `SQLite ${sqlite}`,
      `ledger version ${String(ledger)}`,
    ]),
  diagnostics: 'Diagnostics',
  diagnosticsWords:
    'What others need to help you: versions, system, how the sending is steered, counts, holds, failures by cause and the end of the log. You see all of it before it is saved, and nothing is sent anywhere.',
  look: 'Look at diagnostics',
  title: 'Diagnostics',
  what: 'This is the whole file. Tokens, accounts, addresses, folders, captions, keywords, concepts and places are not in it.',
  withNames: 'With the names of files that failed',
  gathering: 'Diagnostics are being gathered.',
  text: 'The diagnostics',
  save: 'Save',
  close: 'Close',
  copy: 'Copy all',
  saved: 'The diagnostics are saved as they are shown here.',
} as const;
