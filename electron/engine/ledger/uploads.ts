import type Database from 'better-sqlite3';
import type { FailureCause, SkipReason } from '#shared/problems.ts';
import type { PhotoState } from '#shared/photo.ts';
import { MOVES } from './upload-moves.ts';

/** One photo at one destination. Times are UTC ms. */
export interface Upload {
  readonly photoId: number;
  readonly destinationId: number;
  readonly state: PhotoState;
  readonly reason: string | null;
  readonly inputId: string;
  readonly checkedAt: number | null;
  readonly readyBytes: number | null;
  readonly batchId: number | null;
  readonly attempts: number;
  readonly retryAt: number | null;
  readonly origin: 'posted' | 'adopted' | null;
  readonly acceptedAt: number | null;
  readonly indexedAt: number | null;
  readonly followCount: number;
  readonly statusCode: number | null;
  readonly tagsVersion: number;
  readonly tagsSent: number;
  readonly sendAsItIs: 0 | 1;
  /** A sized copy goes, whatever the folder sends. */
  readonly sendSmall: 0 | 1;
  /** Its place in the order while it is queued; null: its folders are paused. */
  readonly turn: number | null;
}

/** A photo and its input id, in work lists. */
export interface PhotoAndInput {
  readonly photoId: number;
  readonly inputId: string;
}

/** A give-up, with the words of the day. */
export interface FailureFinding {
  readonly cause: FailureCause;
  readonly detail: string | null;
  readonly at: number;
  readonly statusCode?: number | null;
  readonly requestId?: string | null;
  /** When it is tried again by itself. */
  readonly nextAt?: number | null;
}

/** What the service said about an input that it has. */
export interface Presence {
  readonly state: 'accepted' | 'indexed';
  readonly at: number;
  /** Null: as it was. */
  readonly origin: 'posted' | 'adopted' | null;
  readonly statusCode: number | null;
  readonly requestId: string | null;
  /** When an accepted photo is asked about first; default: at once. */
  readonly followAt?: number;
}

const COLUMNS = `photo_id AS photoId, destination_id AS destinationId, state, reason, input_id AS inputId,
  checked_at AS checkedAt, ready_bytes AS readyBytes, batch_id AS batchId, attempts, retry_at AS retryAt, origin,
  accepted_at AS acceptedAt, indexed_at AS indexedAt, follow_count AS followCount, status_code AS statusCode,
  tags_version AS tagsVersion, tags_sent AS tagsSent, send_as_it_is AS sendAsItIs, send_small AS sendSmall, turn`;

/** The photo of a move. */
const THIS = 'photo_id = $photoId AND destination_id = $destinationId';
interface This {
  readonly photoId: number;
  readonly destinationId: number;
  readonly at: number;
}

function prepareMoves(db: Database.Database) {
  return {
    arrive: db.prepare<[number, number, number, string, number]>(
      `INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at, tags_version)
       VALUES (?, ?, 'found', ?, ?, ?, 0) ON CONFLICT (photo_id, destination_id) DO NOTHING`,
    ),
    get: db.prepare<[number, number], Upload>(
      `SELECT ${COLUMNS} FROM upload WHERE photo_id = ? AND destination_id = ?`,
    ),
    ofPhoto: db.prepare<[number], Upload>(`SELECT ${COLUMNS} FROM upload WHERE photo_id = ?`),
    toQueued: db.prepare<[number, number]>(
      `UPDATE upload SET state = 'queued', state_at = ? WHERE photo_id = ? AND state = 'found'`,
    ),
    toFailed: db.prepare<[This & { reason: string; statusCode: number | null }]>(
      `${MOVES.fail}, status_code = $statusCode WHERE ${THIS}`,
    ),
    addFailure: db.prepare<
      [number, number, string, string | null, number | null, string | null, number, number | null]
    >(
      `INSERT INTO failure (photo_id, destination_id, cause, detail, status_code, request_id, at, next_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    clearFailure: db.prepare<[This]>(`${MOVES.clearFailure} AND ${THIS}`),
    toSkipped: db.prepare<[This & { reason: string }]>(`${MOVES.skip} WHERE ${THIS}`),
    restart: db.prepare<[This & { state: string }]>(
      `${MOVES.restart} WHERE ${THIS} AND state IN ('failed', 'skipped')`,
    ),
    present: db.prepare<Record<string, string | number | null>>(
      `UPDATE upload SET state = $state, state_at = $at, reason = NULL, batch_id = NULL, retry_at = NULL,
         ready_bytes = NULL, origin = coalesce($origin, origin), accepted_at = coalesce(accepted_at, $at),
         indexed_at = CASE WHEN $state = 'indexed' THEN $at ELSE indexed_at END,
         follow_at = CASE WHEN $state = 'accepted' THEN $followAt ELSE NULL END, follow_count = 0,
         status_code = $statusCode, request_id = coalesce($requestId, request_id), is_first = 0
       WHERE ${THIS}`,
    ),
    again: db.prepare<[number, number, number | null, number, number]>(
      `UPDATE upload SET state = 'queued', state_at = ?, batch_id = NULL, attempts = attempts + ?, retry_at = ?
       WHERE photo_id = ? AND destination_id = ?`,
    ),
    checked: db.prepare<[number | null, number, number]>(
      'UPDATE upload SET checked_at = ? WHERE photo_id = ? AND destination_id = ?',
    ),
    ready: db.prepare<[number | null, number, number]>(
      'UPDATE upload SET ready_bytes = ? WHERE photo_id = ? AND destination_id = ?',
    ),
    later: db.prepare<[number, number, number]>(
      `UPDATE upload SET follow_at = ?, follow_count = follow_count + 1
       WHERE photo_id = ? AND destination_id = ? AND state = 'accepted'`,
    ),
    recall: db.prepare<[number, number]>(
      `UPDATE upload SET retry_at = NULL
       WHERE destination_id = (SELECT destination_id FROM folder WHERE id = ?) AND state = 'queued'
         AND retry_at IS NOT NULL AND EXISTS (SELECT 1 FROM file
           WHERE file.photo_id = upload.photo_id AND file.folder_id = ? AND file.missing_at IS NULL)`,
    ),
  };
}

/** Statements for uploads: every move between the states. */
export function createUploads(db: Database.Database) {
  const moves = prepareMoves(db);

  return {
    /** A photo has come to a destination. False when it is there already. */
    arrive: (photoId: number, destinationId: number, inputId: string, sortAt: number, at: number): boolean =>
      moves.arrive.run(photoId, destinationId, at, inputId, sortAt).changes > 0,
    get: (photoId: number, destinationId: number): Upload | undefined =>
      moves.get.get(photoId, destinationId),
    /** The folder is back: its queued photos need not wait for their time. Returns how many. */
    recall: (folderId: number): number => moves.recall.run(folderId, folderId).changes,
    ofPhoto: (photoId: number): Upload[] => moves.ofPhoto.all(photoId),
    /** found → queued at every destination: the picture was decoded whole. */
    queue(photoId: number, at: number): void {
      moves.toQueued.run(at, photoId);
    },
    fail(photoId: number, destinationId: number, failure: FailureFinding): void {
      const { cause, detail, at, statusCode = null, requestId = null, nextAt = null } = failure;
      const photo = { photoId, destinationId, at };
      moves.clearFailure.run(photo);
      moves.toFailed.run({ ...photo, reason: cause, statusCode });
      moves.addFailure.run(photoId, destinationId, cause, detail, statusCode, requestId, at, nextAt);
    },
    skip(photoId: number, destinationId: number, reason: SkipReason, at: number): void {
      const photo = { photoId, destinationId, at };
      moves.clearFailure.run(photo);
      moves.toSkipped.run({ ...photo, reason });
    },
    /** failed or skipped → found (decode it anew) or queued (send it anew). False when it was neither. */
    restart(photoId: number, destinationId: number, state: 'found' | 'queued', at: number): boolean {
      const photo = { photoId, destinationId, at };
      moves.clearFailure.run(photo);
      return moves.restart.run({ ...photo, state }).changes > 0;
    },
    /** The service has the input: accepted, or indexed already. */
    present(photoId: number, destinationId: number, presence: Presence): void {
      moves.clearFailure.run({ photoId, destinationId, at: presence.at });
      moves.present.run({ photoId, destinationId, followAt: presence.at, ...presence });
    },
    /** The input left the service's hands without a trace, or was refused for now: back to queued. */
    again(
      photoId: number,
      destinationId: number,
      options: { at: number; costsAttempt: boolean; retryAt: number | null },
    ): void {
      moves.again.run(options.at, options.costsAttempt ? 1 : 0, options.retryAt, photoId, destinationId);
    },
    /** When the service was asked for the input and did not have it; null to ask again. */
    checked(photoId: number, destinationId: number, at: number | null): void {
      moves.checked.run(at, photoId, destinationId);
    },
    /** The bytes to be sent stand ready (their number), or no longer (null). */
    ready(photoId: number, destinationId: number, bytes: number | null): void {
      moves.ready.run(bytes, photoId, destinationId);
    },
    /** Still being indexed: ask again at the time given. */
    followLater(photoId: number, destinationId: number, at: number): void {
      moves.later.run(at, photoId, destinationId);
    },
  };
}
