/** How a folder is watched, and why: pure decisions and the sentences that explain them. */
import type { FileSystem } from './file-system.ts';

export type WatchMode = 'events' | 'polling' | 'scan';
export type WatchChoice = 'auto' | WatchMode;

export interface ChoiceFacts {
  readonly choice: WatchChoice;
  readonly fileSystem: FileSystem;
  /** Files that the folder holds; null while that is unknown. */
  readonly fileCount: number | null;
  /** Most files that are polled. */
  readonly pollingFileLimit: number;
  /** Why a way of watching is not used for now: a sentence each. */
  readonly faults: Readonly<Partial<Record<WatchMode, string>>>;
}

export interface ChosenMode {
  readonly mode: WatchMode;
  /** A sentence for the owner; null when there is nothing to explain. */
  readonly reason: string | null;
}

/** The owner's choice as far as it can be had. Whatever else fails, scanning remains. */
export function chooseMode(facts: ChoiceFacts): ChosenMode {
  const { choice, fileSystem, faults } = facts;
  switch (choice) {
    case 'scan':
      return { mode: 'scan', reason: null };
    case 'polling':
      return pollOrScan(facts, null);
    case 'events':
      return faults.events === undefined ? EVENTS : { mode: 'scan', reason: faults.events };
    case 'auto': {
      if (faults.events !== undefined) return pollOrScan(facts, faults.events);
      const where = placeOf(fileSystem);
      if (where === null) return EVENTS;
      return pollOrScan(facts, `The folder is on ${where}, where the system does not tell every change.`);
    }
    default:
      throw new Error(`Unknown choice of watching: ${String(choice satisfies never)}`);
  }
}

const EVENTS: ChosenMode = { mode: 'events', reason: null };

function pollOrScan(
  { choice, faults, fileCount, pollingFileLimit }: ChoiceFacts,
  reason: string | null,
): ChosenMode {
  if (faults.polling !== undefined) return { mode: 'scan', reason: faults.polling };
  if (fileCount !== null && fileCount <= pollingFileLimit) return { mode: 'polling', reason };
  if (choice !== 'polling' || fileCount === null) return { mode: 'scan', reason };
  return {
    mode: 'scan',
    reason: `Polling is for folders of up to ${pollingFileLimit.toLocaleString('en')} files; this one is scanned.`,
  };
}

function placeOf({ kind, type }: FileSystem): string | null {
  if (kind === 'network') return `a network drive${type === null ? '' : ` (${type})`}`;
  return kind === 'removable' ? 'a removable drive' : null;
}

/** What went wrong with the system's events, and what to do about it. */
export function explainFault(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || /no space left on device/iu.test(error.message)) {
    return (
      "The system's limit of watched folders is reached, so the folder is scanned every now and then. " +
      'Raise fs.inotify.max_user_watches to notice changes at once.'
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE' || /too many open files/iu.test(error.message)) {
    return (
      "The system's limit of watchers is reached, so the folder is scanned every now and then. " +
      'Raise fs.inotify.max_user_instances, or the limit of open files, to notice changes at once.'
    );
  }
  return `The system's notice of changes failed (${error.message}), so the folder is scanned every now and then.`;
}

export function explainMissed(count: number): string {
  const files = count === 1 ? 'a change' : `${count.toLocaleString('en')} changes`;
  return `A scan found ${files} that the system had not told, for the second time, so the folder is scanned every now and then.`;
}
