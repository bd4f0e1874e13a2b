/** Moves of many photos at one destination: a statement for all costs half of what one for each does. */
import type Database from 'better-sqlite3';
import type { PhotoState } from '#shared/photo.ts';
import type { SkipReason } from '#shared/problems.ts';
import { MOVES } from './upload-moves.ts';

/** A photo that gets back the failure that it had. */
export interface FailureAgain {
  readonly photoId: number;
  readonly cause: string;
  /** Null: nothing is kept of it but the cause. */
  readonly failureId: number | null;
}

/** How a photo stands at a destination. */
export interface PhotoStand {
  readonly photoId: number;
  readonly state: PhotoState;
  readonly reason: string | null;
}

/** By the key of the table, also beside a condition that an index would fit: those who are named are few. */
const THESE = 'destination_id = $destinationId AND photo_id IN (SELECT value FROM json_each($photoIds))';

/** Statements for sets of photos. */
export function createUploadSets(db: Database.Database) {
  type These = { readonly photoIds: string; readonly destinationId: number };
  const clear = db.prepare<[These & { at: number }]>(`${MOVES.clearFailure} AND ${THESE}`);
  const restart = db.prepare<[These & { at: number; state: string }]>(
    `${MOVES.restart} WHERE ${THESE} AND +state IN ('failed', 'skipped')`,
  );
  const skip = db.prepare<[These & { at: number; reason: string }]>(`${MOVES.skip} WHERE ${THESE}`);
  const asItIs = db.prepare<[These]>(`UPDATE upload SET send_as_it_is = 1, send_small = 0 WHERE ${THESE}`);
  const small = db.prepare<[These]>(`UPDATE upload SET send_small = 1, send_as_it_is = 0 WHERE ${THESE}`);
  const reopen = db.prepare<[string]>(
    'UPDATE failure SET cleared_at = NULL WHERE id IN (SELECT value FROM json_each(?))',
  );
  const failAgain = db.prepare<[These & { at: number; reason: string }]>(
    `${MOVES.fail}, status_code = (SELECT status_code FROM failure WHERE failure.photo_id = upload.photo_id
       AND failure.destination_id = upload.destination_id AND cleared_at IS NULL)
     WHERE ${THESE}`,
  );
  const stands = db.prepare<[These], PhotoStand>(
    `SELECT photo_id AS photoId, state, reason FROM upload WHERE ${THESE}`,
  );

  return {
    stands: (photoIds: readonly number[], destinationId: number): PhotoStand[] =>
      stands.all({ photoIds: JSON.stringify(photoIds), destinationId }),
    /** failed or skipped → found (decode them anew) or queued (send them anew). Returns how many were either. */
    restart(
      photoIds: readonly number[],
      destinationId: number,
      state: 'found' | 'queued',
      at: number,
    ): number {
      const these = { photoIds: JSON.stringify(photoIds), destinationId, at };
      clear.run(these);
      return restart.run({ ...these, state }).changes;
    },
    skip(photoIds: readonly number[], destinationId: number, reason: SkipReason, at: number): void {
      const these = { photoIds: JSON.stringify(photoIds), destinationId, at };
      clear.run(these);
      skip.run({ ...these, reason });
    },
    /** The owner wants the files' own bytes sent although the pictures are damaged. */
    sendAsItIs(photoIds: readonly number[], destinationId: number): void {
      asItIs.run({ photoIds: JSON.stringify(photoIds), destinationId });
    },
    /** The owner wants sized copies sent although the folder sends files. */
    sendSmall(photoIds: readonly number[], destinationId: number): void {
      small.run({ photoIds: JSON.stringify(photoIds), destinationId });
    },
    /** skipped → failed, with the failures that they had. */
    failAgain(had: readonly FailureAgain[], destinationId: number, at: number): void {
      reopen.run(JSON.stringify(had.flatMap(({ failureId }) => failureId ?? [])));
      for (const [reason, some] of Map.groupBy(had, (one) => one.cause)) {
        const photoIds = JSON.stringify(some.map(({ photoId }) => photoId));
        failAgain.run({ photoIds, destinationId, at, reason });
      }
    },
  };
}
