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

  return {
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
