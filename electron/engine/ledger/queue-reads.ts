/** Reads for whoever looks at the queue: how many photos wait for what, and all that wait, piece by piece. */
import type Database from 'better-sqlite3';
import type { PhotoFormat } from '#shared/photo.ts';

/** A queued photo. */
export interface QueuedPhoto {
  readonly photoId: number;
  /** Its place in the order of sending. */
  readonly turn: number;
  readonly readyBytes: number | null;
  readonly retryAt: number | null;
}

/** Queued photos by what they wait for; `later`: for their time; `resting`: for their folders, which are paused. */
export interface QueuedCounts {
  readonly unchecked: number;
  readonly unready: number;
  readonly ready: number;
  readonly later: number;
  readonly resting: number;
}

/** A batch whose outcome is not known. */
export interface OpenBatch {
  readonly id: number;
  readonly openedAt: number;
  readonly inputCount: number;
  readonly bodyBytes: number;
}

/** A picture that was sent, and the file that it came from. */
export interface SentSize {
  readonly bytes: number;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly format: PhotoFormat;
}

/** Each index holds the photos in one situation only, so that a piece is read without the others. */
const SITUATIONS = {
  unchecked: 'upload INDEXED BY upload_unchecked WHERE checked_at IS NULL',
  unready: 'upload INDEXED BY upload_unready WHERE checked_at IS NOT NULL AND ready_bytes IS NULL',
  ready: 'upload INDEXED BY upload_ready WHERE checked_at IS NOT NULL AND ready_bytes IS NOT NULL',
} as const;
/** Where a queued photo stands on its way to a batch. */
export type QueuedSituation = keyof typeof SITUATIONS;

/** Statements of these reads. */
export function createQueueReads(db: Database.Database) {
  const countOf = (from: string) =>
    db
      .prepare<[number], number>(
        `SELECT count(*) FROM ${from} AND state = 'queued' AND destination_id = ? AND turn IS NOT NULL`,
      )
      .pluck();
  const pieceOf = (from: string) =>
    db.prepare<[number, number, number, number], QueuedPhoto>(
      `SELECT photo_id AS photoId, turn, ready_bytes AS readyBytes, retry_at AS retryAt FROM ${from}
         AND state = 'queued' AND destination_id = ? AND (turn, photo_id) > (?, ?)
         ORDER BY turn, photo_id LIMIT ?`,
    );
  const counts = {
    unchecked: countOf(SITUATIONS.unchecked),
    unready: countOf(SITUATIONS.unready),
    ready: countOf(SITUATIONS.ready),
  };
  const pieces = {
    unchecked: pieceOf(SITUATIONS.unchecked),
    unready: pieceOf(SITUATIONS.unready),
    ready: pieceOf(SITUATIONS.ready),
  };
  const resting = db
    .prepare<[number], number>('SELECT photo_count FROM resting_count WHERE destination_id = ?')
    .pluck();
  const later = db.prepare<[number, number], Omit<QueuedCounts, 'resting'>>(
    `SELECT count(*) FILTER (WHERE checked_at IS NULL) AS unchecked,
       count(*) FILTER (WHERE checked_at IS NOT NULL AND ready_bytes IS NULL) AS unready,
       count(*) FILTER (WHERE checked_at IS NOT NULL AND ready_bytes IS NOT NULL) AS ready, count(*) AS later
     FROM upload WHERE destination_id = ? AND state = 'queued' AND retry_at > ? AND turn IS NOT NULL`,
  );
  const failedSince = db
    .prepare<[number, number], number>(
      `SELECT count(*) FROM upload WHERE destination_id = ? AND state = 'failed' AND state_at >= ?`,
    )
    .pluck();
  const open = db.prepare<[number], OpenBatch>(
    `SELECT id, opened_at AS openedAt, input_count AS inputCount, body_bytes AS bodyBytes
     FROM batch WHERE destination_id = ? AND closed_at IS NULL ORDER BY id`,
  );
  const firstOf = db
    .prepare<[number, number], number>(
      'SELECT photo_id FROM batch_input WHERE batch_id = ? ORDER BY photo_id LIMIT ?',
    )
    .pluck();
  const sentSizes = db.prepare<[number], SentSize>(
    `SELECT batch_input.bytes, file.size, file.width, file.height, file.format
     FROM (SELECT id FROM batch WHERE destination_id = ? ORDER BY id DESC LIMIT 4) AS recent
       CROSS JOIN batch_input ON batch_input.batch_id = recent.id
       CROSS JOIN file ON file.photo_id = batch_input.photo_id
     WHERE file.missing_at IS NULL AND file.size <> batch_input.bytes LIMIT 256`,
  );

  return {
    counts(destinationId: number, now: number): QueuedCounts {
      const waiting = later.get(destinationId, now);
      const of = (situation: QueuedSituation): number =>
        (counts[situation].get(destinationId) ?? 0) - (waiting?.[situation] ?? 0);
      return {
        unchecked: of('unchecked'),
        unready: of('unready'),
        ready: of('ready'),
        later: waiting?.later ?? 0,
        resting: resting.get(destinationId) ?? 0,
      };
    },
    /** Photos after another (null: from the first) in one situation, in the order in which they leave. */
    piece: (
      situation: QueuedSituation,
      destinationId: number,
      after: Pick<QueuedPhoto, 'turn' | 'photoId'> | null,
      limit: number,
    ) => pieces[situation].all(destinationId, after?.turn ?? -Infinity, after?.photoId ?? 0, limit),
    /** Photos that failed since a time (UTC ms) and still are. */
    failedSince: (destinationId: number, since: number): number => failedSince.get(destinationId, since) ?? 0,
    /** Batches whose outcome is not known, oldest first. */
    openBatches: (destinationId: number) => open.all(destinationId),
    /** The first photos of a batch. */
    firstOf: (batchId: number, limit: number): number[] => firstOf.all(batchId, limit),
    /** Pictures of the last batches that went as copies. */
    sentSizes: (destinationId: number) => sentSizes.all(destinationId),
  };
}
