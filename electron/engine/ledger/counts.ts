import type Database from 'better-sqlite3';
import { PHOTO_STATES, type PhotoState, type StateCounts } from '#shared/photo.ts';

/** Counts that are kept as photos move; reading them scans nothing. */
export function createCounts(db: Database.Database) {
  const of = db.prepare<[number], { state: PhotoState; count: number }>(
    'SELECT state, photo_count AS count FROM upload_count WHERE destination_id = ?',
  );
  const reasons = db.prepare<[number], { state: PhotoState; reason: string; count: number }>(
    `SELECT state, reason, count(*) AS count FROM upload
     WHERE destination_id = ? AND state IN ('failed', 'skipped') GROUP BY state, reason ORDER BY count(*) DESC`,
  );
  const fileProblems = db.prepare<[number], { reason: string; count: number }>(
    `SELECT problem AS reason, count(*) AS count FROM file INDEXED BY file_problem
     WHERE kind = 'problem' AND missing_at IS NULL
       AND folder_id IN (SELECT id FROM folder WHERE destination_id = ? AND removed_at IS NULL)
     GROUP BY problem`,
  );
  const unsentTags = db.prepare<[number], { state: PhotoState; count: number }>(
    'SELECT state, photo_count AS count FROM unsent_count WHERE destination_id = ? AND photo_count > 0',
  );

  return {
    /** Files of a destination's folders that could not become a photo, by cause. */
    fileProblems: (destinationId: number) => fileProblems.all(destinationId),
    /** Photos whose tags the service does not have as they are here, by state. */
    unsentTags: (destinationId: number) => unsentTags.all(destinationId),
    /** Photos of a destination by state. */
    of(destinationId: number): StateCounts {
      const counts = Object.fromEntries(PHOTO_STATES.map((state) => [state, 0])) as Record<
        PhotoState,
        number
      >;
      for (const row of of.all(destinationId)) counts[row.state] = row.count;
      return counts;
    },
    /** Failed and skipped photos by cause or reason, most first. */
    reasons: (destinationId: number) => reasons.all(destinationId),
  };
}
