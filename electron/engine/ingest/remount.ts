/**
 * Files with the same size and time but another inode or ctime: after a remount that is every file, and reading a
 * terabyte to learn that nothing changed is no help. A sample is read; if it holds what we know, the others are taken
 * at their word.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ScanParts, ScanRequest } from './scan-types.ts';
import type { FoundFile } from './walk-types.ts';

/** From so many files on that differ only so, a remount is suspected and sampled. */
const REMOUNT_MIN_COUNT = 32;
/** Share of the files seen that have to differ so. */
const REMOUNT_SHARE = 0.9;
/** Files read to prove a remount. */
const REMOUNT_SAMPLE = 16;
/** Rows written in one turn of the event loop. */
const TURN_COUNT = 250;

type RemountRequest = Pick<ScanRequest, 'folder' | 'signal'>;

/** Takes files over under their new stamps, or hands them on to be looked at. */
export async function settleRestamped(
  parts: ScanParts,
  { folder, signal }: RemountRequest,
  files: readonly FoundFile[],
  seenCount: number,
): Promise<void> {
  const isRemount = files.length >= REMOUNT_MIN_COUNT && files.length >= seenCount * REMOUNT_SHARE;
  if (!isRemount || !(await sampleHolds(parts, { folder, signal }, files))) {
    for (const { path, ...stamp } of files) parts.see(join(folder.path, path), stamp);
    return;
  }
  const { ledger, clock } = parts;
  for (let from = 0; from < files.length; from += TURN_COUNT) {
    ledger.transaction(() => {
      for (const { path, ...stamp } of files.slice(from, from + TURN_COUNT)) {
        const row = ledger.files.byPath(folder.id, path);
        if (row !== undefined) ledger.files.restamp(row.id, stamp, clock.now());
      }
    });
    await nextTurn();
  }
  parts.log.info('remount-recognised', { folderId: folder.id, fileCount: files.length });
}

async function sampleHolds(
  parts: ScanParts,
  { folder, signal }: RemountRequest,
  files: readonly FoundFile[],
): Promise<boolean> {
  const step = files.length / REMOUNT_SAMPLE;
  for (let index = 0; index < REMOUNT_SAMPLE; index += 1) {
    const file = files[Math.floor(index * step)];
    if (file === undefined) continue;
    const known = parts.ledger.files.byPath(folder.id, file.path)?.fileHash;
    const found = await parts.pool.run({ kind: 'identify', path: join(folder.path, file.path) }, { signal });
    if (found.kind !== 'photo' || found.fileHash !== known) return false;
  }
  return true;
}
