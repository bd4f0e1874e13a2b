/**
 * Watches folders. Declarative: the wanted set is given and only what differs is touched. Watching only hints; every
 * hint asks for a look or a scan, and scans on a timer find what no hint told.
 *
 * Local folders are watched by the system's events. Network and removable ones, where the system does not tell what
 * others do, are scanned on a timer, and polled in between while they are small. When events fail or are found to miss
 * changes, the folder falls back to scanning and says why.
 */
import { stat } from 'node:fs/promises';
import type { Clock, Timer } from '../clock.ts';
import { createFilter } from './path-filter.ts';
import { relativeRoots } from './walker.ts';
import type { StartBackend } from './watch-backend.ts';
import { eventsBackendOf } from './watch-events.ts';
import { FolderWatch } from './watch-folder.ts';
import { createPolling } from './watch-polling.ts';
import { WATCH_TIMES } from './watch-types.ts';
import type { FolderState, HintReason, RootFacts, WatchFolder, WatchLog, WatchTimes } from './watch-types.ts';

/** Most files that are polled: 2,000 every 5 s stay near 1 % of a core. */
const POLLING_FILE_LIMIT = 2_000;
/** How often the clock is looked at to notice a sleep, ms. */
const CLOCK_LOOK_MS = 10_000;

export interface WatcherOptions {
  readonly clock: Clock;
  readonly log: WatchLog;
  /**
   * Something may have changed. A null path: scan the whole folder. `subtree`: scan from the path, which is a folder.
   * Else look at the path, which is a file, or gone; what is gone may have been a folder with all below it.
   * A folder that is reached (again) or watched anew always gives a hint for the whole.
   */
  readonly onHint: (folderId: number, path: string | null, subtree: boolean, reason: HintReason) => void;
  /** How the folder is watched, told at first and whenever it changes. */
  readonly onState: (folderId: number, state: FolderState) => void;
  readonly times?: Partial<WatchTimes>;
  /** Default 2,000 files. */
  readonly pollingFileLimit?: number;
  /** Back ends; the defaults are the platform's. */
  readonly startEvents?: StartBackend;
  readonly startPolling?: StartBackend;
  /** Facts of a root, undefined when there is no folder; rejects when it cannot be reached. Default: `stat`. */
  readonly rootFacts?: (path: string) => Promise<RootFacts | undefined>;
}

export interface Watcher {
  /** The folders to be watched from now on. Throws `GlobError` for a bad glob, and then nothing has changed. */
  setFolders(folders: readonly WatchFolder[]): void;
  /**
   * A timer scan of a folder found this many changes that no hint had told (changes that are still settling or were
   * hinted at during the scan do not count). The second time the folder is switched to scans, and says so.
   */
  missed(folderId: number, count: number): void;
  /** A scan could not reach the folder. It is looked for until it is there, and then hinted at as returned. */
  unreachable(folderId: number, detail: string): void;
  /** Ends all watching; no hint and no state is told afterwards. */
  stop(): Promise<void>;
}

export function createWatcher(options: WatcherOptions): Watcher {
  const times = { ...WATCH_TIMES, ...options.times };
  const watches = new Map<number, { readonly key: string; readonly watch: FolderWatch }>();
  const ending = new Set<Promise<void>>();
  const sleep = noticeSleep(options.clock, times.sleepMs, () => {
    for (const { watch } of watches.values()) watch.doubt();
  });
  const end = (id: number) => {
    const stopped = watches.get(id)?.watch.stop();
    watches.delete(id);
    if (stopped === undefined) return;
    ending.add(stopped);
    void stopped.finally(() => ending.delete(stopped));
  };
  return {
    setFolders(folders) {
      const wanted = folders.map((folder) => wantedOf(folder, folders));
      const keys = new Map(wanted.map(({ folder, key }) => [folder.id, key]));
      for (const [id, { key }] of watches) if (keys.get(id) !== key) end(id);
      for (const { folder, key, filter, nested } of wanted) {
        const there = watches.get(folder.id);
        if (there !== undefined) {
          there.watch.setFileCount(folder.fileCount ?? null);
          continue;
        }
        const watch = new FolderWatch(folder, {
          clock: options.clock,
          log: options.log,
          times,
          pollingFileLimit: options.pollingFileLimit ?? POLLING_FILE_LIMIT,
          startEvents: options.startEvents ?? eventsBackendOf(process.platform),
          startPolling: options.startPolling ?? createPolling(times.pollMs),
          rootFacts: options.rootFacts ?? rootFactsOf,
          filter,
          nested,
          onHint: (path, subtree, reason) => options.onHint(folder.id, path, subtree, reason),
          onState: (state) => options.onState(folder.id, state),
        });
        watches.set(folder.id, { key, watch });
      }
    },
    missed(folderId, count) {
      watches.get(folderId)?.watch.missed(count);
    },
    unreachable(folderId, detail) {
      watches.get(folderId)?.watch.unreachable(detail);
    },
    async stop() {
      sleep.cancel();
      for (const id of watches.keys()) end(id);
      await Promise.all(ending);
    },
  };
}

/** What makes a folder's watch the one it is; a change of anything in the key starts it anew. */
function wantedOf(folder: WatchFolder, folders: readonly WatchFolder[]) {
  const { path, choice, fileSystem, include, exclude } = folder;
  const others = folders.map((other) => other.path);
  const nested = relativeRoots(path, others).toSorted();
  const key = JSON.stringify([path, choice, fileSystem.kind, fileSystem.type, include, exclude, nested]);
  return { folder, key, filter: createFilter({ include, exclude }), nested: new Set(nested) };
}

async function rootFactsOf(path: string): Promise<RootFacts | undefined> {
  try {
    const facts = await stat(path);
    return facts.isDirectory() ? { device: facts.dev, inode: facts.ino } : undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Calls `onSleep` when more wall clock has passed between two looks than a timer explains. */
function noticeSleep(clock: Clock, sleepMs: number, onSleep: () => void): Timer {
  let lookedAt = clock.now();
  let timer: Timer;
  const look = () => {
    const passedMs = clock.now() - lookedAt;
    lookedAt = clock.now();
    timer = clock.setTimer(look, CLOCK_LOOK_MS);
    if (passedMs > CLOCK_LOOK_MS + sleepMs) onSleep();
  };
  timer = clock.setTimer(look, CLOCK_LOOK_MS);
  return { cancel: () => timer.cancel() };
}
