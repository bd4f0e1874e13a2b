import type Database from 'better-sqlite3';
import type { FolderScan } from '#shared/folders.ts';

/** How a scan ended. */
export interface ScanEnd {
  readonly at: number;
  readonly seenCount: number;
  readonly changedCount: number;
  readonly missingCount: number;
  readonly detail: string | null;
}

/** Statements for the record of scans. */
export function createScans(db: Database.Database) {
  const start = db.prepare<[number, string, number]>(
    'INSERT INTO scan (folder_id, reason, started_at) VALUES (?, ?, ?)',
  );
  const finish = db.prepare<[number, number, number, number, string | null, number]>(
    `UPDATE scan SET finished_at = ?, seen_count = ?, changed_count = ?, missing_count = ?, detail = ?
     WHERE id = ?`,
  );
  const prune = db.prepare<[number, number]>(
    `DELETE FROM scan WHERE folder_id = ? AND id NOT IN
       (SELECT id FROM scan WHERE folder_id = ? ORDER BY started_at DESC LIMIT 100)`,
  );
  const last = db.prepare<[number], FolderScan>(
    `SELECT reason, started_at AS startedAt, finished_at AS finishedAt, seen_count AS seenCount,
       changed_count AS changedCount, missing_count AS missingCount, detail
     FROM scan WHERE folder_id = ? AND finished_at IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT 1`,
  );

  return {
    /** The last scan of the whole folder that came to its end. */
    last: (folderId: number): FolderScan | null => last.get(folderId) ?? null,
    /** @param reason why it is scanned: `start`, `timer`, `wake`, `watcher`, `owner` … */
    start: (folderId: number, reason: string, at: number): number =>
      Number(start.run(folderId, reason, at).lastInsertRowid),
    /** Records the end; only the last hundred scans of a folder are kept. */
    finish(id: number, folderId: number, end: ScanEnd): void {
      finish.run(end.at, end.seenCount, end.changedCount, end.missingCount, end.detail, id);
      prune.run(folderId, folderId);
    },
  };
}
