import type Database from 'better-sqlite3';

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

  return {
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
