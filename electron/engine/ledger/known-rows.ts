import type Database from 'better-sqlite3';
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

/** Rows fetched at a time: a third faster than one by one, and the whole is never held twice. */
const GROUP_ROWS = 5000;

/** The SQL of the reads, in the order of the paths' bytes, each after a path; their plans are pinned by tests. */
export const KNOWN_ROWS = {
  all: `${KNOWN} AND path > ? ORDER BY path LIMIT ${GROUP_ROWS}`,
  itself: `${KNOWN} AND path = ?`,
  /** '0' is the character after '/': the range holds everything below the folder. */
  below: `${KNOWN} AND path > ? AND path < ? || '0' ORDER BY path LIMIT ${GROUP_ROWS}`,
} as const;

function* rawRows(db: Database.Database, folderId: number, subtree: string | null): Generator<RawRow> {
  if (subtree === null || subtree === '') {
    const all = db.prepare<[number, string], RawRow>(KNOWN_ROWS.all).raw();
    yield* inGroups('', (after) => all.all(folderId, after));
    return;
  }
  yield* db.prepare<[number, string], RawRow>(KNOWN_ROWS.itself).raw().all(folderId, subtree);
  const below = db.prepare<[number, string, string], RawRow>(KNOWN_ROWS.below).raw();
  yield* inGroups(`${subtree}/`, (after) => below.all(folderId, after, subtree));
}

function* inGroups(begin: string, read: (after: string) => RawRow[]): Generator<RawRow> {
  let after = begin;
  for (;;) {
    const rows = read(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < GROUP_ROWS) return;
    after = last[0];
  }
}

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
    // One view of the ledger for all groups; it ends with the connection.
    db.exec('BEGIN');
    const rows = rawRows(db, folderId, subtree);
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
