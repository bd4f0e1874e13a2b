/** Everything about one photo at a destination: its files, its facts, its way. */
import type Database from 'better-sqlite3';
import type { CaptureFacts } from '#shared/capture.ts';
import type { PhotoFormat, PhotoState } from '#shared/photo.ts';
import type { HistoryEntry, PhotoFile } from '#shared/sheet.ts';

/** The photo itself and its row at the destination. */
export interface StoredPhoto {
  readonly format: PhotoFormat | null;
  readonly inputId: string;
  readonly state: PhotoState;
  /** Failure cause or skip reason. */
  readonly reason: string | null;
  readonly stateAt: number;
  readonly recoveredShare: number | null;
  readonly isFirst: 0 | 1;
  readonly isResting: 0 | 1;
}

/** A file with its watched folder's absolute path. */
export interface StoredFile extends Omit<PhotoFile, 'path' | 'isChosen'> {
  readonly folderPath: string;
  /** Below the watched folder. */
  readonly path: string;
  readonly isChosen: 0 | 1;
}

interface StoredCapture extends Omit<CaptureFacts, 'keywords' | 'hierarchicalKeywords'> {
  readonly keywords: string;
  readonly hierarchicalKeywords: string;
}

const HISTORY = `SELECT history.at, history.state AS what, history.reason,
    coalesce(failure.detail, batch.detail) AS detail,
    coalesce(history.status_code, failure.status_code, batch.status_code) AS statusCode,
    coalesce(failure.request_id, history.request_id, batch.request_id) AS requestId
  FROM state_history AS history
    LEFT JOIN failure ON failure.id = (SELECT max(id) FROM failure
      WHERE photo_id = history.photo_id AND destination_id = history.destination_id AND at = history.at
        AND history.state = 'failed' AND cause = history.reason)
    LEFT JOIN batch ON history.state = 'sending' AND batch.id = (SELECT max(batch.id)
      FROM batch_input CROSS JOIN batch ON batch.id = batch_input.batch_id
      WHERE batch_input.photo_id = history.photo_id AND batch.destination_id = history.destination_id
        AND batch.opened_at = history.at)
  WHERE history.photo_id = ? AND history.destination_id = ? ORDER BY history.id`;

const CAPTURE = `coalesce(file.orientation, 1) AS orientation, file.width, file.height, captured_at AS capturedAt,
  capture_offset AS captureOffset, latitude, longitude, camera_make AS cameraMake, camera_model AS cameraModel, lens,
  caption, coalesce(keywords, '[]') AS keywords, coalesce(hierarchical_keywords, '[]') AS hierarchicalKeywords,
  rating`;

function captureIn(row: StoredCapture | undefined): CaptureFacts | null {
  if (row === undefined) return null;
  return {
    ...row,
    keywords: JSON.parse(row.keywords) as string[],
    hierarchicalKeywords: JSON.parse(row.hierarchicalKeywords) as string[],
  };
}

/** Statements for one photo. */
export function createSheetPhoto(db: Database.Database) {
  const stored = db.prepare<[number, number], StoredPhoto>(
    `SELECT photo.format, upload.input_id AS inputId, upload.state, upload.reason, upload.state_at AS stateAt,
       photo.recovered_share AS recoveredShare, upload.is_first AS isFirst,
       upload.state = 'queued' AND upload.turn IS NULL AS isResting
     FROM upload JOIN photo ON photo.id = upload.photo_id
     WHERE upload.photo_id = ? AND upload.destination_id = ?`,
  );
  const files = db.prepare<[number], StoredFile>(
    `SELECT folder.path AS folderPath, file.path, file.size, file.mtime_ms AS modifiedAt,
       file.missing_at AS missingAt, photo.chosen_file_id IS file.id AS isChosen
     FROM file CROSS JOIN folder ON folder.id = file.folder_id CROSS JOIN photo ON photo.id = file.photo_id
     WHERE file.photo_id = ? ORDER BY isChosen DESC, file.missing_at IS NOT NULL, file.id`,
  );
  const capture = db.prepare<[number], StoredCapture>(
    `SELECT ${CAPTURE} FROM photo JOIN file ON file.id = photo.chosen_file_id WHERE photo.id = ?`,
  );
  const captureOf = db.prepare<[number], StoredCapture>(`SELECT ${CAPTURE} FROM file WHERE id = ?`);
  const history = db.prepare<[number, number], HistoryEntry>(HISTORY);

  return {
    of: (photoId: number, destinationId: number): StoredPhoto | undefined =>
      stored.get(photoId, destinationId),
    /** The chosen one first, missing ones last. */
    files: (photoId: number): StoredFile[] => files.all(photoId),
    /** Facts of the chosen file. */
    capture: (photoId: number): CaptureFacts | null => captureIn(capture.get(photoId)),
    /** Facts of any file. */
    captureOf: (fileId: number): CaptureFacts | null => captureIn(captureOf.get(fileId)),
    /** Oldest first. */
    history: (photoId: number, destinationId: number): HistoryEntry[] => history.all(photoId, destinationId),
  };
}
