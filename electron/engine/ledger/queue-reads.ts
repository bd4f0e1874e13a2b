/** Reads for whoever looks at the queue: how many photos wait for what, and what is sent and was sent. */
import type Database from 'better-sqlite3';
import type { PhotoFormat } from '#shared/photo.ts';
import { openQueuedMoment, type QueuedMoment } from './queued-moment.ts';

/** Queued photos by what they wait for; `later`: for their time; `resting`: for their folders, which are paused. */
export interface QueuedCounts {
  readonly unchecked: number;
  readonly unready: number;
  readonly ready: number;
  readonly later: number;
  readonly resting: number;
}

/** Photos all of whose files are in folders out of reach, by their state; those that rest with them are not counted. */
export interface AwayCounts {
  readonly found: number;
  readonly queued: number;
}

/** Where a queued photo stands on its way to a batch. */
type QueuedSituation = 'unchecked' | 'unready' | 'ready';

/** Photos that wait: what for, and whether all their files are in folders out of reach, or in paused ones. */
interface Waiting {
  readonly situation: 'found' | QueuedSituation | 'resting';
  readonly isAway: 0 | 1;
  readonly isPaused: 0 | 1;
  readonly count: number;
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

/** Whether the folders of this destination that hold the photos are all like this. */
const allFolders = (
  condition: string,
): string => `(SELECT count(*) > 0 AND count(*) = count(*) FILTER (WHERE ${condition})
      FROM json_each(held_in) CROSS JOIN folder ON folder.id = json_each.value
      WHERE removed_at IS NULL AND folder.destination_id = waiting_count.destination_id)`;

/** The SQL of these counts; their plans are pinned by tests. */
export const WAITING = {
  /** Parameter: destination. Over sums that triggers keep; see migration 8. */
  counts: `SELECT situation, sum(photo_count) AS count, ${allFolders("health <> 'ok'")} AS isAway,
      ${allFolders('paused_at IS NOT NULL')} AS isPaused
    FROM waiting_count WHERE destination_id = ? GROUP BY situation, isAway, isPaused`,
  /** Parameters: destination, now. */
  later: `SELECT count(*) FILTER (WHERE checked_at IS NULL) AS unchecked,
      count(*) FILTER (WHERE checked_at IS NOT NULL AND ready_bytes IS NULL) AS unready,
      count(*) FILTER (WHERE checked_at IS NOT NULL AND ready_bytes IS NOT NULL) AS ready, count(*) AS later
    FROM upload WHERE destination_id = ? AND state = 'queued' AND retry_at > ? AND turn IS NOT NULL`,
} as const;

/** Statements of these reads. */
export function createQueueReads(db: Database.Database) {
  const waiting = db.prepare<[number], Waiting>(WAITING.counts);
  const later = db.prepare<[number, number], Omit<QueuedCounts, 'resting'>>(WAITING.later);
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
      const all = waiting.all(destinationId);
      const timed = later.get(destinationId, now);
      const of = (situation: QueuedSituation): number =>
        countOf(all, (one) => one.situation === situation) - (timed?.[situation] ?? 0);
      return {
        unchecked: of('unchecked'),
        unready: of('unready'),
        ready: of('ready'),
        later: timed?.later ?? 0,
        resting: countOf(all, ({ situation }) => situation === 'resting'),
      };
    },
    /** Photos that wait for a folder to be reachable again. */
    away(destinationId: number): AwayCounts {
      const away = waiting.all(destinationId).filter(({ isAway }) => isAway === 1);
      return {
        found: countOf(away, ({ situation }) => situation === 'found'),
        queued: countOf(away, ({ situation }) => situation !== 'found' && situation !== 'resting'),
      };
    },
    /** Photos that wait and may go: their folders are neither paused nor out of reach. */
    goingCount: (destinationId: number): number =>
      countOf(
        waiting.all(destinationId),
        ({ situation, isAway, isPaused }) =>
          isAway === 0 && situation !== 'resting' && (situation !== 'found' || isPaused === 0),
      ),
    /** All queued photos of this moment. */
    queuedNow: (destinationId: number): QueuedMoment => openQueuedMoment(db.name, destinationId),
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

function countOf(all: readonly Waiting[], isMeant: (one: Waiting) => boolean): number {
  return all.filter(isMeant).reduce((sum, { count }) => sum + count, 0);
}
