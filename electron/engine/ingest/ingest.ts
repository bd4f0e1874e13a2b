/**
 * Disk → ledger: watches the folders, scans them, lets paths settle, looks at them, and decodes what is new. It calls
 * the ledger; nothing listens to make the next step happen.
 */
import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { FileStamp } from '../workers/jobs.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { createDecodeLane } from './decode-found.ts';
import { isBlockless } from './cloud-placeholder.ts';
import { countsWithParents, createFilter } from './path-filter.ts';
import { countsBlocks, fileSystemOf } from './file-system.ts';
import { isAtOrBelow } from './known-files.ts';
import { failLost, type LookParts } from './look.ts';
import { createLookQueue } from './look-queue.ts';
import { createScans, type ScanState } from './scans.ts';
import { createSettler, INCOMPLETE_QUIET_MS } from './settle.ts';
import { createWatcher, type Watcher } from './watch.ts';

/** What ingest works with. */
export interface IngestParts {
  readonly ledger: Ledger;
  /** Absolute path of the ledger file, for workers that read it. */
  readonly ledgerPath: string;
  /** Folder of the thumbnail files. */
  readonly thumbnailFolder: string;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** The folders to scan and watch; the others of the ledger are left alone. */
  readonly activeFolders: () => readonly Folder[];
  /** Called in the transaction in which a photo comes to a folder; it may tag it. */
  readonly onArrival: (folder: Folder, photoId: number) => void;
  /** A photo can be sent. */
  readonly onQueued: () => void;
  readonly onThumbnails: (bytes: number) => void;
  readonly onDiskFull: (detail: string) => void;
  /** Whether to watch after the first scan. Default true; a one-shot command scans only. */
  readonly watches?: boolean;
}

export interface Ingest {
  /** The watched folders in the ledger have changed: scans what is new, watches what is wanted. */
  foldersChanged(): Promise<void>;
  /** Scans a folder now (again). */
  scan(folderId: number, reason: string): void;
  /** Photos may have come to state found (a retry): decode them. */
  wake(): void;
  /** Nothing is being scanned, settled, read or decoded. */
  isIdle(): boolean;
  /** Paths that are not looked at yet: still changing, waiting, or being read. */
  waitingCount(): number;
  /** How the last scan of a folder went. */
  scanState(folderId: number): ScanState | undefined;
  stop(): Promise<void>;
}

/** Starts with no folder; call `foldersChanged`. */
export function createIngest(parts: IngestParts): Ingest {
  const { ledger, pool, clock, log } = parts;
  const folders = new Map<number, Folder>();
  const lost = new Set<number>();
  const look: LookParts = { ledger, now: () => clock.now(), onArrival: parts.onArrival };

  const decode = createDecodeLane({ ...parts });
  const looks = createLookQueue({
    ledger,
    look,
    pool,
    clock,
    log,
    onUnsettled: (folder, path, why) => {
      const quiet = why === 'incomplete' ? { quietMs: INCOMPLETE_QUIET_MS } : {};
      settler.see(join(folder.path, path), undefined, quiet);
    },
    onWritten: (lostPhotoIds) => {
      for (const photoId of lostPhotoIds) lost.add(photoId);
      settleLost();
      decode.wake();
    },
    onDiskFull: parts.onDiskFull,
  });
  const settler = createSettler({
    clock,
    lstat: stampOf,
    onSettled: (path, stamp) => withFolder(path, (folder, below) => looks.add(folder, below, stamp)),
    onGone: (path) => withFolder(path, (folder, below) => scans.request(folder.id, 'watcher', below)),
    onUnreadable: (path, error) => {
      log.warn('path-unreadable', { error: String(error) });
      withFolder(path, (folder, below) => scans.request(folder.id, 'watcher', below));
    },
  });
  const scans = createScans({
    parts: {
      ledger,
      ledgerPath: parts.ledgerPath,
      look,
      pool,
      clock,
      log,
      see: (folder, path, stamp) => {
        if (!settler.see(join(folder.path, path), stamp)) scans.request(folder.id, 'timer', null);
      },
      fileHashOf: async (folder, path) => {
        const found = await pool.run({ kind: 'identify', path: join(folder.path, path) });
        return found.kind === 'photo' ? found.fileHash : null;
      },
    },
    folderOf: (id) => folders.get(id),
    allFolders: () => ledger.folders.all(),
    onDone: (folder, scanned, reason) => {
      if (scanned.kind === 'scanned') {
        for (const photoId of scanned.lostPhotoIds) lost.add(photoId);
        if (reason === 'timer' && scanned.changedCount > 0) watcher?.missed(folder.id, scanned.changedCount);
      }
      settleLost();
    },
  });
  const watcher: Watcher | null =
    parts.watches === false
      ? null
      : createWatcher({
          clock,
          log,
          onHint: (folderId, path, isSubtree) => {
            const folder = folders.get(folderId);
            if (folder === undefined) return;
            if (path === null) scans.request(folderId, 'watcher', null);
            else if (isSubtree) scans.request(folderId, 'watcher', belowOf(folder, path));
            else seeHinted(path);
          },
          onState: (folderId, state) => {
            ledger.folders.setWatch(folderId, state.mode, state.reason);
            ledger.folders.setHealth(folderId, state.health, state.detail);
          },
        });

  /** Photos that lost a file wait until everything seen is looked at: a rename brings them back. */
  function settleLost(): void {
    if (lost.size === 0 || looks.size() > 0 || settler.heldCount() > 0 || scans.isBusy()) return;
    ledger.transaction(() => failLost(look, lost));
    lost.clear();
  }

  /** A watcher names junk and left-out files like any other. */
  function seeHinted(path: string): void {
    withFolder(path, (folder, below) => {
      const filter = createFilter({ include: folder.includeGlobs, exclude: folder.excludeGlobs });
      if (countsWithParents(filter, below, 'file')) settler.see(path);
    });
  }

  /** The deepest watched folder that a path lies in. */
  function withFolder(path: string, act: (folder: Folder, below: string) => void): void {
    let best: Folder | undefined;
    for (const folder of folders.values()) {
      const isInside = path === folder.path || path.startsWith(folder.path + sep);
      if (isInside && folder.path.length > (best?.path.length ?? -1)) best = folder;
    }
    if (best !== undefined) act(best, belowOf(best, path));
  }

  return {
    async foldersChanged() {
      const wanted = parts.activeFolders();
      const fresh = wanted.filter((folder) => !folders.has(folder.id));
      folders.clear();
      for (const folder of wanted) folders.set(folder.id, folder);
      settler.forget((path) => !wanted.some((folder) => isAtOrBelow(path, folder.path)));
      // Arming a watch hints at the whole folder, which is its first scan.
      if (watcher === null) for (const folder of fresh) scans.request(folder.id, 'start', null);
      const kinds = await Promise.all(wanted.map((folder) => fileSystemOf(folder.path)));
      wanted.forEach((folder, index) => {
        const fileSystem = kinds[index];
        if (fileSystem !== undefined) scans.setTrust(folder.id, countsBlocks(fileSystem));
      });
      watcher?.setFolders(
        wanted.map((folder, index) => ({
          id: folder.id,
          path: folder.path,
          choice: folder.watchChoice,
          include: folder.includeGlobs,
          exclude: folder.excludeGlobs,
          fileSystem: kinds[index] ?? { kind: 'unknown', type: null, mountPoint: null },
        })),
      );
      decode.wake();
    },
    scan: (folderId, reason) => scans.request(folderId, reason, null),
    wake: () => decode.wake(),
    isIdle: () =>
      !scans.isBusy() &&
      settler.heldCount() === 0 &&
      looks.size() === 0 &&
      decode.busyCount() === 0 &&
      lost.size === 0,
    waitingCount: () => settler.heldCount() + looks.size(),
    scanState: (folderId) => scans.stateOf(folderId),
    async stop() {
      await watcher?.stop();
      await scans.stop();
      await settler.stop();
      await looks.stop();
      await decode.stop();
    },
  };
}

function belowOf(folder: Folder, path: string): string {
  return relative(folder.path, path).split(sep).join('/');
}

async function stampOf(path: string): Promise<FileStamp | undefined> {
  try {
    const stats = await stat(path);
    // What is no plain file, or a file whose content is in the cloud, is for a walk to judge.
    if (!stats.isFile() || isBlockless(stats, process.platform)) return undefined;
    return { size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, inode: stats.ino };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
