/**
 * Scans a watched folder: the truth, where watching is a hint. A worker walks and compares; what differs is handed on
 * to be settled and looked at; what is gone is marked missing. A root that cannot be reached makes nothing missing.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Folder } from '../ledger/folders.ts';
import { settleRestamped } from './remount.ts';
import { sortPart } from './scan-part.ts';
import { loseFile, skipExcluded } from './look.ts';
import type { Scanned, ScanParts, ScanRequest } from './scan-types.ts';
import type { FoundFile, WalkPart, Walked } from './walk-types.ts';

/** Rows written in one turn of the event loop: the engine owes a key press its few milliseconds. */
const TURN_COUNT = 250;
const MOST_SURPRISES = 1000;

/** Scans a folder or a part of it. */
export async function scanFolder(parts: ScanParts, request: ScanRequest): Promise<Scanned> {
  const { ledger, clock, log } = parts;
  const { folder, subtree, reason } = request;
  const scanId = subtree === null ? ledger.scans.start(folder.id, reason, clock.now()) : null;
  const found = await walkAndTake(parts, request);
  const { summary, surprises } = found;
  if (summary.kind === 'stopped') return summary;
  if (summary.kind === 'unreachable') {
    ledger.folders.setHealth(folder.id, 'unreachable', summary.detail);
    log.warn('folder-unreachable', { folderId: folder.id });
    if (scanId !== null) {
      const nothing = { seenCount: 0, changedCount: 0, missingCount: 0 };
      ledger.scans.finish(scanId, folder.id, { at: clock.now(), ...nothing, detail: summary.detail });
    }
    return summary;
  }
  await settleRestamped(parts, request, found.restamped, summary.seenCount);
  for (const path of summary.missing) {
    if (surprises.length < MOST_SURPRISES && !isExpected(parts, folder, path)) surprises.push(path);
  }
  const lostPhotoIds = await recordLost(parts, folder, summary);
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
  return { kind: 'scanned', seenCount: summary.seenCount, surprises, lostPhotoIds, unread };
}

/** Has a worker walk, and takes its differences as they come. */
async function walkAndTake(parts: ScanParts, request: ScanRequest) {
  const { folder } = request;
  const restamped: FoundFile[] = [];
  const surprises: string[] = [];
  const trouble: unknown[] = [];
  const take = (part: WalkPart): void => {
    for (const { file, kind } of sortPart(parts.look, request, part)) {
      const path = join(folder.path, file.path);
      const isSurprise = kind !== 'seen-before' && !isExpected(parts, folder, file.path);
      if (isSurprise && surprises.length < MOST_SURPRISES) surprises.push(file.path);
      const { path: _, ...stamp } = file;
      if (kind === 'restamped') restamped.push(file);
      else parts.see(path, stamp);
    }
  };
  const summary = await parts.pool.run(
    {
      kind: 'walk',
      ledgerPath: parts.ledgerPath,
      folderId: folder.id,
      root: folder.path,
      include: folder.includeGlobs,
      exclude: folder.excludeGlobs,
      nestedRoots: request.nestedRoots,
      subtree: request.subtree,
      expectedDevice: folder.device,
      trustsBlocks: request.trustsBlocks,
    },
    {
      signal: request.signal,
      onPart(part) {
        try {
          take(part as WalkPart);
        } catch (error) {
          // Thrown here it would end the process, as nobody waits for a part.
          trouble.push(error);
        }
      },
    },
  );
  if (trouble.length > 0) throw trouble[0];
  // What the pool says of a worker that died over its job, whatever the job.
  const { kind, detail } = summary as { readonly kind: string; readonly detail?: string };
  if (kind === 'problem') throw new Error(`The folder could not be walked: ${detail ?? 'unknown'}`);
  return { summary, restamped, surprises };
}

/** Whether a hint at the path, or at a folder above it (gone with all below it), is being followed up. */
function isExpected(parts: ScanParts, folder: Folder, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (parts.isOnItsWay(join(folder.path, path.slice(0, end)))) return true;
  }
  return false;
}

async function recordLost(parts: ScanParts, folder: Folder, summary: Walked): Promise<number[]> {
  const lost: number[] = [];
  const lose = async (paths: readonly string[], then: (photoIds: readonly number[]) => void) => {
    for (let from = 0; from < paths.length; from += TURN_COUNT) {
      parts.ledger.transaction(() => {
        const photoIds = paths
          .slice(from, from + TURN_COUNT)
          .map((path) => loseFile(parts.look, folder.id, path))
          .filter((photoId) => photoId !== null);
        then(photoIds);
      });
      await nextTurn();
    }
  };
  await lose(summary.excluded, (photoIds) => skipExcluded(parts.look, photoIds));
  await lose(summary.missing, (photoIds) => lost.push(...photoIds));
  return lost;
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
