/**
 * Scans a watched folder: the truth, where watching is a hint. A worker walks and compares; what differs is handed on
 * to be settled and looked at; what is gone is marked missing. A root that cannot be reached makes nothing missing.
 */
import type { Clock } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { FileStamp } from '../workers/jobs.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { FoundFile, WalkPart, Walked } from './walk-types.ts';
import { recordProblem, skipExcluded, type LookParts } from './look.ts';

/** What a scan works with. */
export interface ScanParts {
  readonly ledger: Ledger;
  /** Absolute path of the ledger file, for the worker. */
  readonly ledgerPath: string;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** A path is worth looking at once it has settled. */
  readonly see: (folder: Folder, path: string, stamp: FileStamp) => void;
  /** Reads a file now and says its SHA-256, or null when that is not to be had. */
  readonly fileHashOf: (folder: Folder, path: string) => Promise<string | null>;
}

/** Which folder, how much of it, and why. */
export interface ScanRequest {
  readonly folder: Folder;
  /** Relative path; null for all. */
  readonly subtree: string | null;
  /** `start`, `timer`, `wake`, `watcher`, `returned`, `owner`. */
  readonly reason: string;
  readonly nestedRoots: readonly string[];
  readonly trustsBlocks: boolean;
  readonly signal: AbortSignal;
}

/** How a scan went. */
export type Scanned =
  | {
      readonly kind: 'scanned';
      readonly seenCount: number;
      readonly changedCount: number;
      /** Photos that lost a file; those without any other wait for the looks that may bring them back. */
      readonly lostPhotoIds: readonly number[];
      /** Folders and names that could not be read, in words. */
      readonly unread: readonly { readonly path: string; readonly detail: string }[];
    }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'stopped' };

/** From so many files on that differ only by inode and ctime, a remount is suspected and sampled. */
const REMOUNT_MIN_COUNT = 32;
/** Share of the files seen that have to differ so. */
const REMOUNT_SHARE = 0.9;
/** Files read to prove a remount. */
const REMOUNT_SAMPLE = 16;

/** Scans a folder or a part of it. */
export async function scanFolder(parts: ScanParts, request: ScanRequest): Promise<Scanned> {
  const { ledger, clock, log } = parts;
  const { folder, subtree, reason } = request;
  const scanId = subtree === null ? ledger.scans.start(folder.id, reason, clock.now()) : null;
  const restamped: FoundFile[] = [];
  const summary = await parts.pool.run(
    {
      kind: 'walk',
      ledgerPath: parts.ledgerPath,
      folderId: folder.id,
      root: folder.path,
      include: folder.includeGlobs,
      exclude: folder.excludeGlobs,
      nestedRoots: request.nestedRoots,
      subtree,
      expectedDevice: folder.device,
      trustsBlocks: request.trustsBlocks,
    },
    {
      signal: request.signal,
      onPart: (part) => restamped.push(...takePart(parts, folder, part as WalkPart)),
    },
  );
  if (summary.kind === 'stopped') return summary;
  if (summary.kind === 'unreachable') {
    ledger.folders.setHealth(folder.id, 'unreachable', summary.detail);
    log.warn('folder-unreachable', { folderId: folder.id });
    return summary;
  }
  await settleRestamped(parts, folder, restamped, summary.seenCount);
  const lostPhotoIds = recordLost(parts, folder, summary);
  const unread = unreadOf(summary);
  ledger.folders.setHealth(folder.id, 'ok', null);
  if (subtree === null) ledger.folders.setDevice(folder.id, summary.rootDevice);
  if (scanId !== null) {
    ledger.scans.finish(scanId, folder.id, {
      at: clock.now(),
      seenCount: summary.seenCount,
      changedCount: summary.changedCount,
      missingCount: summary.missing.length,
      detail: unread.length === 0 ? null : unread.map((one) => `${one.path}: ${one.detail}`).join('\n'),
    });
  }
  return {
    kind: 'scanned',
    seenCount: summary.seenCount,
    changedCount: summary.changedCount,
    lostPhotoIds,
    unread,
  };
}

/** Takes one part of the walk's differences; returns the files that differ only by inode or ctime. */
function takePart(parts: ScanParts, folder: Folder, part: WalkPart): FoundFile[] {
  const { ledger } = parts;
  if (part.placeholders.length > 0) {
    ledger.transaction(() => {
      for (const { path, ...stamp } of part.placeholders) {
        const before = ledger.files.byPath(folder.id, path);
        // A photo that the cloud drive took back from the disk stays the photo that it was.
        if (before?.kind === 'photo') continue;
        recordProblem(parts.look, { folder, path, stamp }, 'cloud-placeholder', null);
      }
    });
  }
  return part.changed.filter((file) => {
    const before = ledger.files.byPath(folder.id, file.path);
    const { path, ...stamp } = file;
    const isSame =
      before !== undefined &&
      before.fileHash !== null &&
      before.missingAt === null &&
      before.size === stamp.size &&
      before.mtimeMs === stamp.mtimeMs;
    if (!isSame) parts.see(folder, path, stamp);
    return isSame;
  });
}

/**
 * Files with the same size and time but another inode: after a remount that is every file, and reading a terabyte to
 * learn that nothing changed is no help. A sample is read; if it holds what we know, the others are taken at their word.
 */
async function settleRestamped(
  parts: ScanParts,
  folder: Folder,
  files: readonly FoundFile[],
  seenCount: number,
): Promise<void> {
  const { ledger, clock } = parts;
  const isRemount = files.length >= REMOUNT_MIN_COUNT && files.length >= seenCount * REMOUNT_SHARE;
  if (isRemount && (await sampleHolds(parts, folder, files))) {
    ledger.transaction(() => {
      for (const { path, ...stamp } of files) {
        const row = ledger.files.byPath(folder.id, path);
        if (row !== undefined) ledger.files.restamp(row.id, stamp, clock.now());
      }
    });
    parts.log.info('remount-recognised', { folderId: folder.id, fileCount: files.length });
    return;
  }
  for (const { path, ...stamp } of files) parts.see(folder, path, stamp);
}

async function sampleHolds(parts: ScanParts, folder: Folder, files: readonly FoundFile[]): Promise<boolean> {
  const step = files.length / REMOUNT_SAMPLE;
  for (let index = 0; index < REMOUNT_SAMPLE; index += 1) {
    const file = files[Math.floor(index * step)];
    if (file === undefined) continue;
    const known = parts.ledger.files.byPath(folder.id, file.path)?.fileHash;
    if (known === undefined || known !== (await parts.fileHashOf(folder, file.path))) return false;
  }
  return true;
}

function recordLost(parts: ScanParts, folder: Folder, summary: Walked): number[] {
  const { ledger, clock } = parts;
  const markMissing = (paths: readonly string[]): number[] =>
    paths
      .map((path) => ledger.files.markMissing(folder.id, path, clock.now()))
      .filter((photoId) => photoId !== null);
  return ledger.transaction(() => {
    skipExcluded(parts.look, markMissing(summary.excluded));
    return markMissing(summary.missing);
  });
}

function unreadOf(summary: Walked): { path: string; detail: string }[] {
  return [
    ...summary.unreadableFolders,
    ...summary.unreadableNames.map((path) => ({
      path,
      detail: 'The name is not valid Unicode; rename the file to have it read.',
    })),
  ];
}
