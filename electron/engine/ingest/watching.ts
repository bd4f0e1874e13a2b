/** Joins the watcher to ingest: hints become looks and scans, states become rows, and folders are told anew when they change. */
import type { Clock } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { countsBlocks, fileSystemOf, type FileSystem } from './file-system.ts';
import { createMissed } from './missed.ts';
import { createFilter } from './path-filter.ts';
import type { Places } from './places.ts';
import { rootFactsOf } from './root.ts';
import type { EndedScan, Scans } from './scans.ts';
import { createWatcher, type Watcher, type WatcherOptions } from './watch.ts';
import { type HintReason } from './watch-types.ts';

/** How watching is done; for tests: times, and back ends that fail. */
export interface WatchSettings extends Pick<
  WatcherOptions,
  'times' | 'pollingFileLimit' | 'startEvents' | 'startPolling' | 'rootFacts'
> {
  /** How long after a timer's scan a hint may come that excuses the watch, ms. */
  readonly lateHintMs?: number;
}

/** What the joint works with. */
export interface WatchingParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly places: Places;
  readonly scans: Pick<Scans, 'request' | 'setTrust'>;
  /** A path may have come, changed or gone. */
  readonly hinted: (path: string) => void;
  /** False: folders are only scanned. */
  readonly watches: boolean;
  readonly settings: WatchSettings;
}

export interface Watching {
  /** These folders are at work from now on; `fresh` are those that were not before. */
  setFolders(folders: readonly Folder[], fresh: readonly Folder[]): Promise<void>;
  scanBegins(folderId: number, reason: string): void;
  scanEnded(ended: EndedScan): void;
  /** When the system last told of a change in the folder, since the start; null: not yet. UTC ms. */
  lastEventAt(folderId: number): number | null;
  stop(): Promise<void>;
}

/** Starts with no folder. */
export function createWatching(parts: WatchingParts): Watching {
  const { ledger, clock, log, places, scans } = parts;
  const fileSystems = new Map<number, FileSystem>();
  const fileCounts = new Map<number, number>();
  const eventsAt = new Map<number, number>();
  let folders: readonly Folder[] = [];
  let calls = 0;

  const { lateHintMs } = parts.settings;
  const missed = createMissed({
    clock,
    ...(lateHintMs === undefined ? {} : { lateHintMs }),
    onMissed: (folderId, count) => watcher?.missed(folderId, count),
  });
  const watcher: Watcher | null = parts.watches
    ? createWatcher({
        rootFacts,
        ...parts.settings,
        clock,
        log,
        onHint,
        onState(folderId, { mode, reason, health, detail }) {
          if (!places.has(folderId)) return;
          write(() => {
            ledger.folders.setWatch(folderId, mode, reason, fileSystems.get(folderId)?.type ?? null);
            ledger.folders.setHealth(folderId, health, detail);
          });
        },
      })
    : null;

  function onHint(folderId: number, path: string | null, isSubtree: boolean, reason: HintReason): void {
    if (reason === 'watcher') eventsAt.set(folderId, clock.now());
    if (path === null) {
      if (reason !== 'timer') missed.hinted(folderId, null);
      scans.request(folderId, reason, null);
      return;
    }
    const place = places.of(path);
    if (place === undefined) return;
    missed.hinted(place.folder.id, place.below);
    if (isSubtree) scans.request(place.folder.id, reason, place.below);
    else parts.hinted(path);
  }

  /** Called by the watcher's timers, where nothing catches. A state that cannot be written is told again or scanned. */
  function write(rows: () => void): void {
    try {
      ledger.transaction(rows);
    } catch (error) {
      log.warn('folder-state-unwritten', { error: String(error) });
    }
  }

  /** A mount point without its drive is a folder, too; the ledger knows which device the folder was on. */
  async function rootFacts(path: string) {
    const folder = folders.find((one) => one.path === path);
    const device = folder === undefined ? null : (ledger.folders.byId(folder.id)?.device ?? null);
    const { includeGlobs: include = [], excludeGlobs: exclude = [] } = folder ?? {};
    return rootFactsOf(path, createFilter({ include, exclude }), device);
  }

  function tellWatcher(): void {
    watcher?.setFolders(
      folders.map((folder) => ({
        id: folder.id,
        path: folder.path,
        choice: folder.watchChoice,
        include: folder.includeGlobs,
        exclude: folder.excludeGlobs,
        fileSystem: fileSystems.get(folder.id) ?? UNKNOWN,
        fileCount: fileCounts.get(folder.id) ?? null,
      })),
    );
  }

  return {
    async setFolders(wanted, fresh) {
      calls += 1;
      const call = calls;
      const kinds = await Promise.all(wanted.map((folder) => kindOf(folder.path)));
      for (const [index, folder] of wanted.entries()) {
        const kind = kinds[index] ?? UNKNOWN;
        fileSystems.set(folder.id, kind);
        scans.setTrust(folder.id, countsBlocks(kind));
      }
      // Arming a watch hints at the whole folder, which is its first scan.
      if (watcher === null) for (const folder of fresh) scans.request(folder.id, 'start', null);
      // A later call knows better which folders are wanted.
      if (call !== calls) return;
      folders = wanted;
      tellWatcher();
    },
    scanBegins(folderId, reason) {
      if (reason === 'timer') missed.begin(folderId);
    },
    scanEnded({ folder, isWhole, reason, scanned }) {
      if (scanned.kind === 'unreachable') watcher?.unreachable(folder.id, scanned.detail);
      if (scanned.kind !== 'scanned' || !isWhole) return;
      if (reason === 'timer') missed.end(folder.id, scanned.surprises);
      // How many files there are decides whether a folder is small enough to be polled.
      if (fileCounts.get(folder.id) === scanned.seenCount) return;
      fileCounts.set(folder.id, scanned.seenCount);
      tellWatcher();
    },
    lastEventAt: (folderId) => eventsAt.get(folderId) ?? null,
    async stop() {
      missed.stop();
      await watcher?.stop();
    },
  };

  async function kindOf(path: string): Promise<FileSystem> {
    try {
      return await fileSystemOf(path);
    } catch (error) {
      log.warn('file-system-unknown', { error: String(error) });
      return UNKNOWN;
    }
  }
}

const UNKNOWN: FileSystem = { kind: 'unknown', type: null, mountPoint: null };
