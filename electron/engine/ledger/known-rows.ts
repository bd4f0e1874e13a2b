import { openDatabase } from './database.ts';

/** One known file of a folder, as a walk compares it. A path that had a problem never equals what is there. */
export interface KnownRow {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  readonly placeholder?: boolean;
}

type RawRow = [
  path: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  inode: number,
  problem: string | null,
];

const KNOWN = `SELECT path, size, mtime_ms, ctime_ms, inode, problem FROM file
  WHERE folder_id = ? AND missing_at IS NULL`;
/** '0' is the character after '/': the range holds everything below the folder. */
const BELOW = `${KNOWN} AND (path = ? OR (path >= ? || '/' AND path < ? || '0'))`;

/**
 * Reads what is known of a folder on a connection of its own, in the order of the paths: for a worker process, beside
 * the engine that owns the ledger.
 *
 * @param subtree only this path (relative) and what is below it
 */
export function* readKnownRows(
  ledgerPath: string,
  folderId: number,
  subtree: string | null,
): Generator<KnownRow> {
  const db = openDatabase(ledgerPath, { readonly: true });
  try {
    const rows =
      subtree === null || subtree === ''
        ? db.prepare<[number], RawRow>(KNOWN).raw().iterate(folderId)
        : db
            .prepare<[number, string, string, string], RawRow>(BELOW)
            .raw()
            .iterate(folderId, subtree, subtree, subtree);
    for (const [path, size, mtimeMs, ctimeMs, inode, problem] of rows) {
      if (problem === null) yield { path, size, mtimeMs, ctimeMs, inode };
      else if (problem === 'cloud-placeholder')
        yield { path, size, mtimeMs, ctimeMs, inode, placeholder: true };
      else yield { path, size, mtimeMs, ctimeMs, inode: -1 };
    }
  } finally {
    db.close();
  }
}
