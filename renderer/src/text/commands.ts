/** Names of commands that can be given wherever one is, and what they say when they are done. */
import { counted } from './format.ts';
import { orderNames } from './sending.ts';
import type { SendingOrder } from '#shared/sending.ts';

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

export const commandText = {
  settings: (section: string) => `Settings: ${lower(section)}`,
  order: (order: SendingOrder) => `Order of sending: ${lower(orderNames[order])}`,
  orderSet: (order: SendingOrder) => `Photos leave in this order: ${lower(orderNames[order])}.`,
  unlimited: 'Send as fast as it goes',
  unlimitedSet: 'Photos leave as fast as it goes.',
  limit: 'Limit how fast photos are sent',
  sendAllTheSame: 'Send all the same, now',
  sendsAllTheSame: 'Photos are sent all the same, until what held them is over.',
  retryAll: 'Try all failures again',
  exportFailures: 'Export the failures as CSV',
  scanFolders: 'Look through all folders',
  scanning: (count: number) =>
    count === 0
      ? 'No folder is watched. Add one, and it is looked through.'
      : `${counted(count, 'folder is', 'folders are')} being looked through.`,
  backUp: 'Back up the ledger',
  exportLedger: { csv: 'Export the ledger as CSV', json: 'Export the ledger as JSON lines' },
} as const;
