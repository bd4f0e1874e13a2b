/** All queued photos as they were at one moment, read piece by piece while the ledger goes on. */
import Database from 'better-sqlite3';

/** A queued photo. */
export interface QueuedPhoto {
  readonly photoId: number;
  /** The service was asked for it. */
  readonly isChecked: 0 | 1;
  /** Null: its bytes are not ready. */
  readonly readyBytes: number | null;
}

/** Photos that rest are left out. Holds a connection until it is disposed of. */
export interface QueuedMoment extends Disposable {
  /** So many more, in the order in which they leave; fewer: these are the last. */
  next(count: number): QueuedPhoto[];
}

const part = (index: string, situation: string): string => `SELECT photo_id AS photoId, turn,
    checked_at IS NOT NULL AS isChecked, ready_bytes AS readyBytes FROM upload INDEXED BY ${index}
  WHERE destination_id = $destinationId AND state = 'queued' AND ${situation} AND turn IS NOT NULL`;

/** Merged from the indexes of the work lists; its plan is pinned by tests. */
export const QUEUED = `${part('upload_unchecked', 'checked_at IS NULL')}
  UNION ALL ${part('upload_unready', 'checked_at IS NOT NULL AND ready_bytes IS NULL')}
  UNION ALL ${part('upload_ready', 'checked_at IS NOT NULL AND ready_bytes IS NOT NULL')}
  ORDER BY turn, photoId`;

/** Reads the moment of this call. */
export function openQueuedMoment(path: string, destinationId: number): QueuedMoment {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare<[{ destinationId: number }], QueuedPhoto>(QUEUED).iterate({ destinationId });
  // The first step begins the read transaction in which the others are made.
  let ahead = rows.next();
  return {
    next(count) {
      const piece: QueuedPhoto[] = [];
      for (; piece.length < count && ahead.done !== true; ahead = rows.next()) piece.push(ahead.value);
      return piece;
    },
    [Symbol.dispose]() {
      rows.return?.();
      db.close();
    },
  };
}
