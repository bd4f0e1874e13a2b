import type Database from 'better-sqlite3';
import type { FailureCause } from '#shared/problems.ts';
import { IS_FAILED } from './failures.ts';
import type { PhotoAndInput } from './uploads.ts';

/** A photo whose bytes stand ready to be sent. */
export interface ReadyPhoto extends PhotoAndInput {
  readonly readyBytes: number;
  readonly tagsVersion: number;
  readonly attempts: number;
  readonly sendAsItIs: 0 | 1;
}

/** A photo that is accepted and asked about until it is final. */
export interface FollowedPhoto extends PhotoAndInput {
  readonly followCount: number;
  readonly acceptedAt: number;
}

/** The SQL of the hot lists; their plans are pinned by tests. Parameters: destination, now, limit. */
export const WORK_LISTS = {
  found: `SELECT DISTINCT photo_id FROM upload WHERE state = 'found' AND photo_id > ? ORDER BY photo_id LIMIT ?`,
  unchecked: `SELECT photo_id AS photoId, input_id AS inputId FROM upload
    WHERE destination_id = ? AND state = 'queued' AND checked_at IS NULL AND turn IS NOT NULL
      AND coalesce(retry_at, 0) <= ?
    ORDER BY turn, photo_id LIMIT ?`,
  unready: `SELECT photo_id AS photoId, input_id AS inputId FROM upload
    WHERE destination_id = ? AND state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NULL
      AND turn IS NOT NULL AND coalesce(retry_at, 0) <= ?
    ORDER BY turn, photo_id LIMIT ?`,
  ready: `SELECT photo_id AS photoId, input_id AS inputId, ready_bytes AS readyBytes,
      tags_version AS tagsVersion, attempts, send_as_it_is AS sendAsItIs FROM upload
    WHERE destination_id = ? AND state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NOT NULL
      AND turn IS NOT NULL AND coalesce(retry_at, 0) <= ?
    ORDER BY turn, photo_id LIMIT ?`,
  follow: `SELECT photo_id AS photoId, input_id AS inputId, follow_count AS followCount,
      accepted_at AS acceptedAt FROM upload
    WHERE destination_id = ? AND state = 'accepted' AND follow_at <= ? ORDER BY follow_at LIMIT ?`,
  tagsDue: `SELECT photo_id AS photoId, input_id AS inputId, tags_version AS tagsVersion FROM upload
    WHERE destination_id = ? AND state = 'indexed' AND tags_version <> tags_sent ORDER BY photo_id LIMIT ?`,
  failuresDue: `SELECT photo_id AS photoId, cause FROM failure
    WHERE destination_id = ? AND cleared_at IS NULL AND next_at IS NOT NULL AND next_at <= ? LIMIT ?`,
  failed: `SELECT photo_id AS photoId, reason AS cause FROM upload
    WHERE destination_id = ? AND ${IS_FAILED}`,
  failedFor: `SELECT photo_id AS photoId, reason AS cause FROM upload
    WHERE destination_id = ? AND ${IS_FAILED} AND reason = ?`,
  sending: `SELECT photo_id AS photoId, input_id AS inputId FROM upload WHERE batch_id = ? AND state = 'sending'`,
  /** Parameters: folder, folder. From the few failures to their files, never through all files of a folder. */
  wronglyGone: `SELECT photo_id AS photoId, destination_id AS destinationId FROM upload
    WHERE destination_id = (SELECT destination_id FROM folder WHERE id = ?)
      AND state = 'failed' AND reason = 'file-gone' AND EXISTS (SELECT 1 FROM file
        WHERE file.photo_id = upload.photo_id AND file.folder_id = ? AND file.missing_at IS NULL)`,
} as const;

/** Reads of what is to be done next. Queued photos come by their turn; photos of paused folders have none. */
export function createWorkLists(db: Database.Database) {
  const found = db.prepare<[number, number], number>(WORK_LISTS.found).pluck();
  const unchecked = db.prepare<[number, number, number], PhotoAndInput>(WORK_LISTS.unchecked);
  const unready = db.prepare<[number, number, number], PhotoAndInput>(WORK_LISTS.unready);
  const ready = db.prepare<[number, number, number], ReadyPhoto>(WORK_LISTS.ready);
  const follow = db.prepare<[number, number, number], FollowedPhoto>(WORK_LISTS.follow);
  const tagsDue = db.prepare<[number, number], PhotoAndInput & { tagsVersion: number }>(WORK_LISTS.tagsDue);
  const failuresDue = db.prepare<[number, number, number], { photoId: number; cause: FailureCause }>(
    WORK_LISTS.failuresDue,
  );
  type Failed = { readonly photoId: number; readonly cause: FailureCause };
  const failed = db.prepare<[number], Failed>(WORK_LISTS.failed);
  const failedFor = db.prepare<[number, string], Failed>(WORK_LISTS.failedFor);
  const sending = db.prepare<[number], PhotoAndInput>(WORK_LISTS.sending);
  const wronglyGone = db.prepare<[number, number], { photoId: number; destinationId: number }>(
    WORK_LISTS.wronglyGone,
  );
  const nextFollow = db
    .prepare<[number], number | null>(
      `SELECT min(follow_at) FROM upload WHERE destination_id = ? AND state = 'accepted'`,
    )
    .pluck();
  const nextFailure = db
    .prepare<[number], number | null>(
      `SELECT min(next_at) FROM failure WHERE destination_id = ? AND cleared_at IS NULL AND next_at IS NOT NULL`,
    )
    .pluck();
  const nextRetry = db
    .prepare<[number, number], number | null>(
      `SELECT min(retry_at) FROM upload WHERE destination_id = ? AND state = 'queued' AND retry_at > ?`,
    )
    .pluck();

  return {
    /** Photos that wait for their thumbnails, whatever their destinations; only those after `afterId`. */
    found: (limit: number, afterId = 0): number[] => found.all(afterId, limit),
    /** Queued photos that the service has not been asked for. */
    unchecked: (destinationId: number, now: number, limit: number) =>
      unchecked.all(destinationId, now, limit),
    /** Queued photos whose bytes are not ready. */
    unready: (destinationId: number, now: number, limit: number) => unready.all(destinationId, now, limit),
    /** Queued photos that can be claimed. */
    ready: (destinationId: number, now: number, limit: number) => ready.all(destinationId, now, limit),
    /** Accepted photos that are due to be asked about. */
    follow: (destinationId: number, now: number, limit: number) => follow.all(destinationId, now, limit),
    /** When the next accepted photo is due; null when there is none. */
    nextFollowAt: (destinationId: number): number | null =>
      (nextFollow.get(destinationId) as number | null) ?? null,
    /** When the next failure tries itself again; null when there is none. */
    nextFailureAt: (destinationId: number): number | null => nextFailure.get(destinationId) ?? null,
    /** When the next queued photo that waits may go; null when there is none. */
    nextRetryAt: (destinationId: number, now: number): number | null =>
      (nextRetry.get(destinationId, now) as number | null) ?? null,
    /** Indexed photos whose tags differ from what was sent. */
    tagsDue: (destinationId: number, limit: number) => tagsDue.all(destinationId, limit),
    /** Failures whose own time to try again has come. */
    failuresDue: (destinationId: number, now: number, limit: number) =>
      failuresDue.all(destinationId, now, limit),
    /** Failed photos, of one cause or of all. */
    failed: (destinationId: number, cause: string | null): Failed[] =>
      cause === null ? failed.all(destinationId) : failedFor.all(destinationId, cause),
    /** Photos that failed because their file was gone, while a file of the folder holds them (again). */
    wronglyGone: (folderId: number) => wronglyGone.all(folderId, folderId),
    /** Photos of an open batch whose outcome is not known. */
    sending: (batchId: number) => sending.all(batchId),
  };
}
