/**
 * The way of a path from being seen to being written down: it settles, is left alone when the ledger knows it as it
 * is, and is looked at otherwise. What the system merely hinted at may also be gone, or be no file.
 */
import { stat } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { isBlockless } from './cloud-placeholder.ts';
import { isSameStamp } from './known-files.ts';
import type { LookParts } from './look.ts';
import { createLookQueue } from './look-queue.ts';
import type { Place, Places } from './places.ts';
import { createSettler, INCOMPLETE_QUIET_MS } from './settle.ts';

/** What the intake works with. */
export interface IntakeParts {
  readonly ledger: Ledger;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  readonly places: Places;
  /** A folder has to be scanned, from a path in it (relative) or as a whole (null). */
  readonly wantScan: (folderId: number, reason: string, below: string | null) => void;
  /** Whether files without blocks are cloud placeholders in this folder. */
  readonly trustsBlocks: (folderId: number) => boolean;
  readonly onWritten: (lostPhotoIds: readonly number[]) => void;
  readonly onDiskFull: (detail: string) => void;
  readonly settings: IntakeSettings;
}

/** Times in ms; for tests, which do not want to wait as long as a card reader's pauses are. */
export interface IntakeSettings {
  /** How long a file has to stand still. Default 2,000. */
  readonly quietMs?: number;
  /** How long one has to that turned out to be cut off. Default 30,000. */
  readonly incompleteQuietMs?: number;
  /** Most paths on their way at once; a scan finds the others later. Default 50,000. */
  readonly pathLimit?: number;
}

export interface Intake {
  /** A walk found this file, new or changed. When there is no room for it now, its folder is scanned again later. */
  see(path: string, stamp: FileStamp): void;
  /** Something may have happened at this path: a file that came or changed, or anything that is gone. */
  hinted(path: string): void;
  /** Whether the path is on its way already. */
  isOnItsWay(path: string): boolean;
  /** The folders at work have changed. */
  forgetStrangers(): void;
  /** There may be room again for what was sent away. */
  relieve(): void;
  /** Paths that are not written down yet; at least 1 while some are sent away. */
  waitingCount(): number;
  stop(): Promise<void>;
}

const PATH_LIMIT = 50_000;

/** Starts with nothing on its way. */
export function createIntake(parts: IntakeParts): Intake {
  const { ledger, clock, log, places, settings, wantScan } = parts;
  const incompleteQuietMs = settings.incompleteQuietMs ?? INCOMPLETE_QUIET_MS;
  const pathLimit = settings.pathLimit ?? PATH_LIMIT;
  /** Folders of which paths were sent away, as there was no room. */
  const crowded = new Set<number>();
  /** Paths where something is that is no plain file. */
  const notFiles = new Set<string>();

  const looks = createLookQueue({
    ...parts,
    youngMs: incompleteQuietMs,
    onUnsettled: (path, why) =>
      take(path, undefined, why === 'incomplete' ? { quietMs: incompleteQuietMs } : {}),
    onWritten: (lost) => {
      parts.onWritten(lost);
      relieve();
    },
  });
  const settler = createSettler({
    clock,
    ...(settings.quietMs === undefined ? {} : { quietMs: settings.quietMs }),
    lstat: (path) => stampOf(path),
    onSettled(path, stamp) {
      notFiles.delete(path);
      const place = places.of(path);
      if (place === undefined || !places.countsAsFile(place) || isKnown(place, stamp)) return;
      looks.add(path, stamp);
    },
    onGone(path) {
      const isSomething = notFiles.delete(path);
      const place = places.of(path);
      if (place === undefined) return;
      const { folder, below } = place;
      // What came and went before anybody looked at it leaves nothing to do.
      if (isSomething || ledger.files.isAnyAtOrBelow(folder.id, below)) wantScan(folder.id, 'watcher', below);
    },
    onUnreadable(path, error) {
      notFiles.delete(path);
      const place = places.of(path);
      if (place === undefined) return;
      log.warn('path-unreadable', { folderId: place.folder.id, error: codeOf(error) ?? 'unknown' });
      wantScan(place.folder.id, 'watcher', place.below);
    },
  });

  function isKnown({ folder, below }: Place, stamp: FileStamp): boolean {
    const row = ledger.files.byPath(folder.id, below);
    if (row === undefined || row.missingAt !== null || !isSameStamp(row, stamp)) return false;
    return row.kind !== 'problem' || row.problem === 'skipped-by-owner';
  }

  function take(path: string, stamp: FileStamp | undefined, options: { readonly quietMs?: number }): void {
    const isFull = waitingCount() >= pathLimit && !settler.holds(path);
    if (!isFull && settler.see(path, stamp, options)) return;
    const place = places.of(path);
    if (place !== undefined) crowded.add(place.folder.id);
  }

  function relieve(): void {
    if (crowded.size === 0 || settler.heldCount() + looks.size() > pathLimit / 2) return;
    const folderIds = [...crowded];
    crowded.clear();
    for (const folderId of folderIds) wantScan(folderId, 'more', null);
  }

  async function stampOf(path: string): Promise<FileStamp | undefined> {
    try {
      const stats = await stat(path);
      const place = places.of(path);
      const trusts = place !== undefined && parts.trustsBlocks(place.folder.id);
      // What is no plain file, or a file whose content is in the cloud, is for a walk to judge.
      if (!stats.isFile() || (trusts && isBlockless(stats, process.platform))) {
        notFiles.add(path);
        return undefined;
      }
      return { size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, inode: stats.ino };
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
      notFiles.delete(path);
      return undefined;
    }
  }

  const waitingCount = (): number => settler.heldCount() + looks.size() + crowded.size;

  return {
    see: (path, stamp) => take(path, stamp, {}),
    hinted(path) {
      const place = places.of(path);
      if (place === undefined) return;
      // A folder that is gone is hinted at like a file, and no glob for files matches its name.
      if (places.countsAsFile(place) || places.countsAsFolder(place)) take(path, undefined, {});
    },
    isOnItsWay: (path) => settler.holds(path) || looks.has(path),
    forgetStrangers() {
      settler.forget((path) => places.of(path) === undefined);
      looks.forgetStrangers();
      for (const path of notFiles) if (!settler.holds(path)) notFiles.delete(path);
      for (const folderId of crowded) if (!places.has(folderId)) crowded.delete(folderId);
    },
    relieve,
    waitingCount,
    async stop() {
      await settler.stop();
      await looks.stop();
    },
  };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
