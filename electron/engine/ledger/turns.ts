/** The order in which queued photos leave, and those that rest with their folders. Triggers keep turns; see migration 7. */
import type Database from 'better-sqlite3';

/** The SQL of these statements; their plans are pinned by tests. */
export const TURNS = {
  /** Parameters: first and last photo id. */
  take: `UPDATE upload SET turn = (SELECT turn FROM turn_now
        WHERE turn_now.photo_id = upload.photo_id AND turn_now.destination_id = upload.destination_id)
      WHERE photo_id BETWEEN ? AND ? AND state = 'queued'`,
  /** Parameter: destination. */
  isRestingSent: `SELECT EXISTS (SELECT 1 FROM upload INDEXED BY upload_of_batch
      CROSS JOIN batch ON batch.id = upload.batch_id AND batch.closed_at IS NULL
      WHERE upload.state = 'sending' AND upload.batch_id IS NOT NULL AND upload.destination_id = ?
        AND (SELECT turn FROM turn_now WHERE turn_now.photo_id = upload.photo_id
          AND turn_now.destination_id = upload.destination_id) IS NULL)`,
} as const;

/** Statements about turns. */
export function createTurns(db: Database.Database) {
  const take = db.prepare<[number, number]>(TURNS.take);
  const lastPhoto = db.prepare<[], number | null>('SELECT max(photo_id) FROM upload').pluck();
  const changes = db.prepare<[], { made: number; taken: number }>('SELECT made, taken FROM turn_change');
  const taken = db.prepare<[number]>('UPDATE turn_change SET taken = ?');
  const restingCount = db
    .prepare<[number], number>(
      `SELECT coalesce(sum(photo_count), 0) FROM waiting_count WHERE destination_id = ? AND situation = 'resting'`,
    )
    .pluck();
  const isRestingSent = db.prepare<[number], 0 | 1>(TURNS.isRestingSent).pluck();
  const first = db.prepare<[0 | 1, number, number]>(
    `UPDATE upload SET is_first = ? WHERE photo_id = ? AND destination_id = ? AND state IN ('found', 'queued')`,
  );

  return {
    /** Gives queued photos within these ids the turns that they have by the order and the pauses of now. */
    take: (firstId: number, lastId: number): number => take.run(firstId, lastId).changes,
    /** The greatest id of a photo that goes anywhere; 0: there is none. */
    lastPhotoId: (): number => lastPhoto.get() ?? 0,
    /** Changes of the order, of pauses and of folders that were made, and up to which of them turns are taken. */
    changes: (): { readonly made: number; readonly taken: number } => changes.get() ?? { made: 0, taken: 0 },
    /** Turns are those after so many changes. */
    setTaken(made: number): void {
      taken.run(made);
    },
    /** Queued photos that rest with their folders. */
    restingCount: (destinationId: number): number => restingCount.get(destinationId) ?? 0,
    /** Whether a photo that should rest is being sent. */
    isRestingSent: (destinationId: number): boolean => isRestingSent.get(destinationId) === 1,
    /** A photo that is not sent yet leads, or no longer. False: it is sent, or is not to be sent. */
    setFirst: (photoId: number, destinationId: number, isFirst: boolean): boolean =>
      first.run(isFirst ? 1 : 0, photoId, destinationId).changes > 0,
  };
}
