/** Failures as they are shown: at one destination, by cause, a page at a time. */
import type Database from 'better-sqlite3';
import type { Sends } from './folders.ts';

/** A failed photo with the words of the day. */
export interface StoredFailure {
  readonly photoId: number;
  readonly cause: string;
  readonly detail: string | null;
  readonly statusCode: number | null;
  readonly requestId: string | null;
  /** UTC ms. */
  readonly at: number;
  readonly nextAt: number | null;
  /** How often it was sent; what never left: how often it failed. */
  readonly attempts: number;
}

/** A file that could not become a photo. */
export interface StoredFileFailure {
  readonly fileId: number;
  readonly folderId: number;
  readonly folderPath: string;
  /** Below the folder. */
  readonly path: string;
  readonly cause: string;
  readonly detail: string | null;
  readonly at: number;
}

/** What there is to know of a failed photo before it is tried again, or left out. */
export interface StoredFacts {
  readonly photoId: number;
  readonly cause: string;
  /** The failure that it has now. */
  readonly failureId: number | null;
  /** The failure came with no word of anybody's. */
  readonly isWordless: 0 | 1;
  readonly isDecoded: 0 | 1;
  readonly sendAsItIs: 0 | 1;
  readonly sendSmall: 0 | 1;
  /** What the folder of its file sends, and the size of that file; null: no file of a folder that goes there holds it. */
  readonly sends: Sends | null;
  readonly fileBytes: number | null;
  /** Bytes of it as it was sent last; null: never, or the cause has nothing to do with its size. */
  readonly lastSentBytes: number | null;
}

/** Why a file is no photo. */
export interface FileProblem {
  readonly problem: string;
  readonly detail: string | null;
}

/** Which part of a list; `cause` null: of all causes. */
export interface FailurePage {
  readonly destinationId: number;
  readonly cause: string | null;
  readonly from: number;
  readonly count: number;
}

/** In the words of the index of reasons, since SQLite does not see that one state is one of two. It takes the first term. */
export const IS_FAILED = `state = 'failed' AND state IN ('failed', 'skipped')`;

/** Which photos: found by the index alone, so that passing over thousands costs little. */
const failedPart = (cause: string): string => `SELECT photo_id, reason FROM upload INDEXED BY upload_reason
  WHERE destination_id = $destinationId AND ${IS_FAILED} ${cause}
  ORDER BY reason, photo_id LIMIT $count OFFSET $from`;

/** A request id of the batch stands in where the service's answer about the photo had none. */
const failedPhotos = (cause: string): string => `SELECT upload.photo_id AS photoId, upload.reason AS cause,
    failure.detail, failure.status_code AS statusCode,
    coalesce(failure.request_id, CASE WHEN failure.status_code IS NOT NULL THEN
      (SELECT batch.request_id FROM batch_input CROSS JOIN batch ON batch.id = batch_input.batch_id
        WHERE batch_input.photo_id = upload.photo_id AND batch.destination_id = upload.destination_id
        ORDER BY batch.id DESC LIMIT 1) END) AS requestId,
    coalesce(failure.at, upload.state_at) AS at, failure.next_at AS nextAt,
    coalesce(nullif((SELECT count(*) FROM batch_input CROSS JOIN batch ON batch.id = batch_input.batch_id
        WHERE batch_input.photo_id = upload.photo_id AND batch.destination_id = upload.destination_id), 0),
      (SELECT count(*) FROM state_history AS past WHERE past.photo_id = upload.photo_id
        AND past.destination_id = upload.destination_id AND past.state = 'failed')) AS attempts
  FROM (${failedPart(cause)}) AS part
    CROSS JOIN upload ON upload.photo_id = part.photo_id AND upload.destination_id = $destinationId
    LEFT JOIN failure ON failure.photo_id = upload.photo_id
      AND failure.destination_id = upload.destination_id AND failure.cleared_at IS NULL
  ORDER BY part.reason, part.photo_id`;

/**
 * One statement for all: asked photo by photo, the file alone costs more than everything else. It is the one that would be
 * sent, see `photos.source`.
 */
const FACTS = `SELECT upload.photo_id AS photoId, upload.reason AS cause, failure.id AS failureId,
    failure.id IS NOT NULL AND failure.detail IS NULL AND failure.status_code IS NULL AS isWordless,
    photo.thumbnails_at IS NOT NULL AS isDecoded, upload.send_as_it_is AS sendAsItIs,
    upload.send_small AS sendSmall, folder.sends, file.size AS fileBytes,
    CASE WHEN upload.reason IN ('too-large', 'format-not-accepted') THEN
      (SELECT batch_input.bytes FROM batch_input CROSS JOIN batch ON batch.id = batch_input.batch_id
        WHERE batch_input.photo_id = upload.photo_id AND batch.destination_id = upload.destination_id
        ORDER BY batch.id DESC LIMIT 1) END AS lastSentBytes
  FROM json_each($photoIds) AS wanted
    CROSS JOIN upload ON upload.photo_id = wanted.value AND upload.destination_id = $destinationId
    CROSS JOIN photo ON photo.id = upload.photo_id
    LEFT JOIN failure ON failure.photo_id = upload.photo_id
      AND failure.destination_id = upload.destination_id AND failure.cleared_at IS NULL
    LEFT JOIN file ON file.id = (SELECT held.id FROM file AS held CROSS JOIN folder AS at ON at.id = held.folder_id
      WHERE held.photo_id = upload.photo_id AND held.missing_at IS NULL AND at.removed_at IS NULL
        AND at.destination_id = upload.destination_id
      ORDER BY at.health <> 'ok', held.id <> coalesce(photo.chosen_file_id, 0), held.id LIMIT 1)
    LEFT JOIN folder ON folder.id = file.folder_id
  WHERE upload.state = 'failed'`;

const FILES_FROM = `FROM file INDEXED BY file_problem CROSS JOIN folder ON folder.id = file.folder_id
  WHERE kind = 'problem' AND missing_at IS NULL
    AND folder_id IN (SELECT id FROM folder WHERE destination_id = $destinationId AND removed_at IS NULL)`;
const FILES = `SELECT file.id AS fileId, file.folder_id AS folderId, folder.path AS folderPath, file.path,
    file.problem AS cause, file.problem_detail AS detail, file.looked_at AS at ${FILES_FROM}`;

/** Statements for failures. */
export function createFailures(db: Database.Database) {
  type Part = Omit<FailurePage, 'cause'>;
  const photos = db.prepare<[FailurePage], StoredFailure>(failedPhotos('AND reason = $cause'));
  const allPhotos = db.prepare<[Part], StoredFailure>(failedPhotos(''));
  const files = db.prepare<[FailurePage], StoredFileFailure>(
    `${FILES} AND file.problem = $cause ORDER BY file.id LIMIT $count OFFSET $from`,
  );
  const photoIds = db
    .prepare<[FailurePage], number>(`SELECT photo_id FROM (${failedPart('AND reason = $cause')})`)
    .pluck();
  const fileIds = db
    .prepare<[FailurePage], number>(
      `SELECT file.id ${FILES_FROM} AND file.problem = $cause ORDER BY file.id LIMIT $count OFFSET $from`,
    )
    .pluck();
  const allFiles = db.prepare<[{ destinationId: number }], StoredFileFailure>(`${FILES} ORDER BY file.id`);
  const next = db
    .prepare<[number, string], number>(
      `SELECT next_at FROM failure INDEXED BY failure_due
       WHERE destination_id = ? AND cleared_at IS NULL AND next_at IS NOT NULL AND cause = ?
       ORDER BY next_at LIMIT 1`,
    )
    .pluck();
  const photoCount = db
    .prepare<[number, string], number>(
      `SELECT count(*) FROM upload INDEXED BY upload_reason
       WHERE destination_id = ? AND ${IS_FAILED} AND reason = ?`,
    )
    .pluck();
  const fileCount = db
    .prepare<[number, string], number>(
      `SELECT count(*) FROM file INDEXED BY file_problem WHERE kind = 'problem' AND missing_at IS NULL
         AND folder_id IN (SELECT id FROM folder WHERE destination_id = ? AND removed_at IS NULL) AND problem = ?`,
    )
    .pluck();
  const retrying = db
    .prepare<[number], number>(
      `SELECT count(*) FROM failure INDEXED BY failure_due
       WHERE destination_id = ? AND cleared_at IS NULL AND next_at IS NOT NULL`,
    )
    .pluck();
  const leftOut = db
    .prepare<[number], number>(
      `SELECT photo_id FROM upload INDEXED BY upload_reason WHERE destination_id = ?
         AND state IN ('failed', 'skipped') AND state = 'skipped' AND reason = 'skipped-by-owner'`,
    )
    .pluck();
  const facts = db.prepare<[{ photoIds: string; destinationId: number }], StoredFacts>(FACTS);
  const folderPaths = db.prepare<[], string>('SELECT path FROM folder').pluck();
  const fileProblem = db.prepare<[number], FileProblem>(
    `SELECT problem, problem_detail AS detail FROM file WHERE id = ? AND kind = 'problem' AND missing_at IS NULL`,
  );
  const setFileProblem = db.prepare<[string, string | null, number]>(
    `UPDATE file SET problem = ?, problem_detail = ? WHERE id = ? AND kind = 'problem'`,
  );

  return {
    /** Failed photos, by their ids; of all causes, cause by cause. */
    photos: (page: FailurePage): StoredFailure[] =>
      page.cause === null
        ? allPhotos.all({ destinationId: page.destinationId, from: page.from, count: page.count })
        : photos.all(page),
    /** Files of the destination's folders that are no photos, by their ids. */
    files: (page: FailurePage): StoredFileFailure[] => files.all(page),
    /** The ids of the same photos, and of the same files. */
    photoIds: (page: FailurePage): number[] => photoIds.all(page),
    fileIds: (page: FailurePage): number[] => fileIds.all(page),
    /** The same of all causes, those that are left out too. */
    allFiles: (destinationId: number): StoredFileFailure[] => allFiles.all({ destinationId }),
    /** How many photos, and files that are none, failed for a cause. */
    countsOf: (destinationId: number, cause: string) => ({
      photoCount: photoCount.get(destinationId, cause) ?? 0,
      fileCount: fileCount.get(destinationId, cause) ?? 0,
    }),
    /** When the first photo is tried again by itself (UTC ms); to be asked of a cause whose photos are. */
    nextAt: (destinationId: number, cause: string): number | null => next.get(destinationId, cause) ?? null,
    /** Failed photos that are tried again by themselves. */
    retryingCount: (destinationId: number): number => retrying.get(destinationId) ?? 0,
    /** Absolute paths of all folders, also of those that are watched no more. */
    folderPaths: (): string[] => folderPaths.all(),
    /** Photos that the owner left out. */
    leftOut: (destinationId: number): number[] => leftOut.all(destinationId),
    /** Of these photos those that are failed now, in the given order. */
    facts: (photoIds: readonly number[], destinationId: number): StoredFacts[] =>
      facts.all({ photoIds: JSON.stringify(photoIds), destinationId }),
    fileProblem: (fileId: number): FileProblem | undefined => fileProblem.get(fileId),
    /** False when the file has no problem any more. */
    setFileProblem: (fileId: number, { problem, detail }: FileProblem): boolean =>
      setFileProblem.run(problem, detail, fileId).changes > 0,
  };
}
