/** Read models over some folders: what became of their photos. Used by reports, not on the hot path. */
import type Database from 'better-sqlite3';
import type { PhotoState } from '#shared/photo.ts';

/** Which photos a report is about. */
export interface ReportScope {
  readonly folderIds: readonly number[];
  readonly destinationId: number;
  /** UTC ms; what was accepted before counts as already there. */
  readonly since: number;
}

/** Photos by state; `isFresh` marks those that were posted since the scope's time. */
export interface ScopeCount {
  readonly state: PhotoState;
  readonly isFresh: 0 | 1;
  readonly count: number;
}

/** A failed or skipped photo or file, with a path to show. */
export interface ScopeProblem {
  /** Absolute path of the folder. */
  readonly folderPath: string;
  readonly path: string;
  readonly reason: string;
  readonly detail: string | null;
}

/** One line of the ledger: local file → input. */
export interface ExportRow {
  readonly folderPath: string;
  readonly path: string;
  readonly photoId: number | null;
  readonly pictureHash: string | null;
  readonly inputId: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly baseUrl: string | null;
  readonly userId: string | null;
  readonly appId: string | null;
  readonly foundAt: number | null;
  readonly acceptedAt: number | null;
  readonly indexedAt: number | null;
}

type Named = Readonly<Record<string, string | number>>;

/** Photos that a folder of the scope holds now, and those it lost since then without their being sent. */
const PHOTOS = `SELECT DISTINCT file.photo_id AS photo_id FROM file
  WHERE file.folder_id IN (SELECT value FROM json_each($folders)) AND file.kind = 'photo'
    AND (file.missing_at IS NULL OR file.missing_at >= $since AND EXISTS (
      SELECT 1 FROM upload WHERE upload.photo_id = file.photo_id AND upload.destination_id = $destination
        AND upload.reason = 'file-gone'))`;

const ANY_FILE = `(SELECT file.id FROM file WHERE file.photo_id = upload.photo_id
  AND file.folder_id IN (SELECT value FROM json_each($folders))
  ORDER BY file.missing_at IS NOT NULL, file.id LIMIT 1)`;

const COUNTS = `SELECT state, (origin = 'posted' AND accepted_at >= $since) IS TRUE AS isFresh, count(*) AS count
  FROM upload WHERE destination_id = $destination AND photo_id IN (${PHOTOS}) GROUP BY 1, 2`;

const FILES = `SELECT count(*) FILTER (WHERE kind = 'photo' OR problem IS NOT NULL)
  FROM file WHERE missing_at IS NULL AND folder_id IN (SELECT value FROM json_each($folders))
    AND $since IS NOT NULL AND $destination IS NOT NULL`;

const PHOTO_PROBLEMS = `SELECT folder.path AS folderPath, file.path, upload.reason,
    (SELECT detail FROM failure WHERE failure.photo_id = upload.photo_id
      AND failure.destination_id = upload.destination_id AND cleared_at IS NULL) AS detail
  FROM upload JOIN file ON file.id = ${ANY_FILE} JOIN folder ON folder.id = file.folder_id
  WHERE upload.destination_id = $destination AND upload.state = $state AND upload.photo_id IN (${PHOTOS})
  ORDER BY upload.reason, folder.path, file.path`;

const FILE_PROBLEMS = `SELECT folder.path AS folderPath, file.path, problem AS reason, problem_detail AS detail
  FROM file JOIN folder ON folder.id = file.folder_id
  WHERE kind = 'problem' AND missing_at IS NULL AND folder_id IN (SELECT value FROM json_each($folders))
    AND $since IS NOT NULL AND $destination IS NOT NULL
  ORDER BY folder.path, file.path`;

const RECOVERED = `SELECT folder.path AS folderPath, file.path, recovered_share AS share
  FROM photo JOIN upload ON upload.photo_id = photo.id AND upload.destination_id = $destination
  JOIN file ON file.id = ${ANY_FILE} JOIN folder ON folder.id = file.folder_id
  WHERE recovered_share IS NOT NULL AND photo.id IN (${PHOTOS})`;

const EXPORT = `SELECT folder.path AS folderPath, file.path, file.photo_id AS photoId, picture_hash AS pictureHash,
    upload.input_id AS inputId,
    CASE WHEN file.kind = 'problem' THEN 'problem' ELSE coalesce(upload.state, 'unknown') END AS state,
    coalesce(upload.reason, file.problem) AS reason, base_url AS baseUrl, user_id AS userId, app_id AS appId,
    photo.found_at AS foundAt, accepted_at AS acceptedAt, indexed_at AS indexedAt
  FROM file JOIN folder ON folder.id = file.folder_id
  LEFT JOIN photo ON photo.id = file.photo_id
  LEFT JOIN upload ON upload.photo_id = file.photo_id
  LEFT JOIN destination ON destination.id = upload.destination_id
  WHERE file.missing_at IS NULL AND file.kind <> 'other' ORDER BY folder.path, file.path`;

function named({ folderIds, destinationId, since }: ReportScope): Named {
  return { folders: JSON.stringify(folderIds), destination: destinationId, since };
}

/** Statements for reports and the export. */
export function createReports(db: Database.Database) {
  const counts = db.prepare<Named, ScopeCount>(COUNTS);
  const files = db.prepare<Named, number>(FILES).pluck();
  const photoProblems = db.prepare<Named, ScopeProblem>(PHOTO_PROBLEMS);
  const fileProblems = db.prepare<Named, ScopeProblem>(FILE_PROBLEMS);
  const recovered = db.prepare<Named, { folderPath: string; path: string; share: number }>(RECOVERED);
  const exported = db.prepare<[], ExportRow>(EXPORT);
  const batches = db
    .prepare<[number, number], number>(
      `SELECT count(*) FROM batch WHERE destination_id = ? AND closed_at >= ? AND outcome = 'answered'`,
    )
    .pluck();

  return {
    counts: (scope: ReportScope): ScopeCount[] => counts.all(named(scope)),
    /** Files that are photos or have a problem. */
    fileCount: (scope: ReportScope): number => files.get(named(scope)) ?? 0,
    photoProblems: (scope: ReportScope, state: 'failed' | 'skipped'): ScopeProblem[] =>
      photoProblems.all({ ...named(scope), state }),
    fileProblems: (scope: ReportScope): ScopeProblem[] => fileProblems.all(named(scope)),
    recovered: (scope: ReportScope) => recovered.all(named(scope)),
    /** Every file that is a photo, with its input; one at a time, so that a million fit in no memory at all. */
    exported: (): IterableIterator<ExportRow> => exported.iterate(),
    /** Batches answered since a time. */
    answeredBatches: (destinationId: number, since: number): number => batches.get(destinationId, since) ?? 0,
  };
}
