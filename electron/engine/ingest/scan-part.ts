/** Sorts one part of a walk's differences by what has to be done about each. */
import type { Folder } from '../ledger/folders.ts';
import { isSameStamp } from './known-files.ts';
import { recordProblem, type LookParts } from './look.ts';
import type { FoundFile, WalkPart } from './walk-types.ts';

export interface SortedFile {
  readonly file: FoundFile;
  /**
   * `changed`: new or other content. `restamped`: the same size and time as known, but another inode or ctime.
   * `seen-before`: nothing about it changed; it is tried again because it could not be read.
   */
  readonly kind: 'changed' | 'restamped' | 'seen-before';
}

/** Problems of files whose cause may pass while the file stays the same: a right, a lock, a network drive. */
const MAY_PASS = 'file-unreadable';

/** The owner left the file out; that holds for as long as it is the same. */
const LEFT_OUT = 'skipped-by-owner';

/** Reasons of scans that try every file with a problem once more. */
const THOROUGH: readonly string[] = ['owner', 'start'];

/** Writes placeholders down and returns what has to be looked at. */
export function sortPart(
  look: LookParts,
  { folder, reason }: { readonly folder: Folder; readonly reason: string },
  part: WalkPart,
): SortedFile[] {
  recordPlaceholders(look, folder, part.placeholders);
  const sorted: SortedFile[] = [];
  for (const file of part.changed) {
    const row = look.ledger.files.byPath(folder.id, file.path);
    if (row === undefined || row.missingAt !== null) {
      sorted.push({ file, kind: 'changed' });
    } else if (isSameStamp(row, file)) {
      // Written down since the walk began, or a problem that the same bytes would have again.
      const isWorthATry =
        row.problem !== LEFT_OUT &&
        (THOROUGH.includes(reason) || row.problem === MAY_PASS || row.problem === 'cloud-placeholder');
      if (row.kind === 'problem' && isWorthATry) sorted.push({ file, kind: 'seen-before' });
    } else {
      const isAlike = row.fileHash !== null && row.size === file.size && row.mtimeMs === file.mtimeMs;
      sorted.push({ file, kind: isAlike ? 'restamped' : 'changed' });
    }
  }
  return sorted;
}

function recordPlaceholders(look: LookParts, folder: Folder, placeholders: readonly FoundFile[]): void {
  if (placeholders.length === 0) return;
  look.ledger.transaction(() => {
    for (const { path, ...stamp } of placeholders) {
      const before = look.ledger.files.byPath(folder.id, path);
      // A photo that the cloud drive took back from the disk stays the photo that it was.
      if (before?.kind === 'photo' && before.missingAt === null) continue;
      recordProblem(look, { folder, path, stamp }, 'cloud-placeholder', null);
    }
  });
}
