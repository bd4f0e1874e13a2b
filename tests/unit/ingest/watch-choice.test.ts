import { describe, expect, it } from 'vitest';
import { chooseMode, explainFault, type ChoiceFacts } from '../../../electron/engine/ingest/watch-choice.ts';

const LOCAL = { kind: 'local', type: 'ext4', mountPoint: '/' } as const;
const NFS = { kind: 'network', type: 'nfs4', mountPoint: '/nas' } as const;
const CARD = { kind: 'removable', type: 'exfat', mountPoint: '/media/card' } as const;
const UNKNOWN = { kind: 'unknown', type: null, mountPoint: null } as const;

function chosen(facts: Partial<ChoiceFacts>): string {
  const { mode, reason } = chooseMode({
    choice: 'auto',
    fileSystem: LOCAL,
    fileCount: null,
    pollingFileLimit: 2_000,
    faults: {},
    ...facts,
  });
  return reason === null ? mode : `${mode}: ${reason}`;
}

it.each<[Partial<ChoiceFacts>, string]>([
  [{}, 'events'],
  [{ fileSystem: UNKNOWN }, 'events'],
  [
    { fileSystem: NFS },
    'scan: The folder is on a network drive (nfs4), where the system does not tell every change.',
  ],
  [
    { fileSystem: CARD, fileCount: 2_000 },
    'polling: The folder is on a removable drive, where the system does not tell every change.',
  ],
  [
    { fileSystem: CARD, fileCount: 2_001 },
    'scan: The folder is on a removable drive, where the system does not tell every change.',
  ],
  [{ fileSystem: NFS, choice: 'events' }, 'events'],
  [{ choice: 'events', faults: { events: 'E.' } }, 'scan: E.'],
  [{ faults: { events: 'E.' }, fileCount: 10 }, 'polling: E.'],
  [{ faults: { events: 'E.', polling: 'P.' }, fileCount: 10 }, 'scan: P.'],
  [{ choice: 'polling' }, 'scan'],
  [{ choice: 'polling', fileCount: 10 }, 'polling'],
  [{ choice: 'polling', fileCount: 10, faults: { polling: 'P.' } }, 'scan: P.'],
  [
    { choice: 'polling', fileCount: 5_000 },
    'scan: Polling is for folders of up to 2,000 files; this one is scanned.',
  ],
  [{ choice: 'scan', fileSystem: LOCAL }, 'scan'],
])('%j gives %s', (facts, expected) => expect(chosen(facts)).toBe(expected));

describe('a fault says what to raise', () => {
  it.each([
    [Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), 'fs.inotify.max_user_watches'],
    [new Error("inotify_add_watch on '/x' failed: No space left on device"), 'fs.inotify.max_user_watches'],
    [new Error('Unable to initialize inotify: Too many open files'), 'fs.inotify.max_user_instances'],
    [new Error('Strange'), '(Strange)'],
  ])('%s', (error, words) => expect(explainFault(error)).toContain(words));
});
