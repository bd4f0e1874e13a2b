import type Database from 'better-sqlite3';
import type { CaptureFacts } from '#shared/capture.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';

/** One path and what was found there. */
export interface FileRow extends FileStamp {
  readonly id: number;
  readonly folderId: number;
  readonly path: string;
  readonly kind: 'photo' | 'other' | 'problem';
  readonly photoId: number | null;
  readonly fileHash: string | null;
  readonly missingAt: number | null;
  /** Failure cause or skip reason, with kind `problem`. */
  readonly problem: string | null;
  /** As the file states it; null for what is no photo. */
  readonly orientation: Orientation | null;
  readonly sortAt: number;
}

/** What {@link createFiles}.record writes. `facts` goes with kind `photo`, `problem` with kind `problem`. */
export interface FileFinding {
  readonly folderId: number;
  readonly path: string;
  readonly stamp: FileStamp;
  readonly at: number;
  readonly kind: 'photo' | 'other' | 'problem';
  readonly photoId?: number;
  readonly fileHash?: string;
  readonly format?: PhotoFormat;
  readonly facts?: CaptureFacts;
  readonly sortAt?: number;
  readonly problem?: string;
  readonly problemDetail?: string | null;
}

const COLUMNS = `id, folder_id AS folderId, path, kind, size, mtime_ms AS mtimeMs, ctime_ms AS ctimeMs, inode,
  photo_id AS photoId, file_hash AS fileHash, missing_at AS missingAt, problem, orientation, sort_at AS sortAt`;

const RECORD = `INSERT INTO file (folder_id, path, kind, size, mtime_ms, ctime_ms, inode, photo_id, file_hash, format,
    problem, problem_detail, first_seen_at, looked_at, sort_at, orientation, width, height, captured_at,
    capture_offset, latitude, longitude, camera_make, camera_model, lens, caption, keywords,
    hierarchical_keywords, rating)
  VALUES ($folderId, $path, $kind, $size, $mtimeMs, $ctimeMs, $inode, $photoId, $fileHash, $format,
    $problem, $problemDetail, $at, $at, $sortAt, $orientation, $width, $height, $capturedAt,
    $captureOffset, $latitude, $longitude, $cameraMake, $cameraModel, $lens, $caption, $keywords,
    $hierarchicalKeywords, $rating)
  ON CONFLICT (folder_id, path) DO UPDATE SET kind = excluded.kind, size = excluded.size,
    mtime_ms = excluded.mtime_ms, ctime_ms = excluded.ctime_ms, inode = excluded.inode,
    photo_id = excluded.photo_id, file_hash = excluded.file_hash, format = excluded.format,
    problem = excluded.problem, problem_detail = excluded.problem_detail, looked_at = excluded.looked_at,
    missing_at = NULL, sort_at = excluded.sort_at, orientation = excluded.orientation, width = excluded.width,
    height = excluded.height, captured_at = excluded.captured_at, capture_offset = excluded.capture_offset,
    latitude = excluded.latitude, longitude = excluded.longitude, camera_make = excluded.camera_make,
    camera_model = excluded.camera_model, lens = excluded.lens, caption = excluded.caption,
    keywords = excluded.keywords, hierarchical_keywords = excluded.hierarchical_keywords,
    rating = excluded.rating
  RETURNING id`;

function parametersOf(finding: FileFinding): Record<string, string | number | null> {
  const { stamp, facts } = finding;
  return {
    folderId: finding.folderId,
    path: finding.path,
    kind: finding.kind,
    size: stamp.size,
    mtimeMs: stamp.mtimeMs,
    ctimeMs: stamp.ctimeMs,
    inode: stamp.inode,
    photoId: finding.photoId ?? null,
    fileHash: finding.fileHash ?? null,
    format: finding.format ?? null,
    problem: finding.problem ?? null,
    problemDetail: finding.problemDetail ?? null,
    at: finding.at,
    sortAt: finding.sortAt ?? Math.round(stamp.mtimeMs),
    orientation: facts?.orientation ?? null,
    width: facts?.width ?? null,
    height: facts?.height ?? null,
    capturedAt: facts?.capturedAt ?? null,
    captureOffset: facts?.captureOffset ?? null,
    latitude: facts?.latitude ?? null,
    longitude: facts?.longitude ?? null,
    cameraMake: facts?.cameraMake ?? null,
    cameraModel: facts?.cameraModel ?? null,
    lens: facts?.lens ?? null,
    caption: facts?.caption ?? null,
    keywords: facts === undefined ? null : JSON.stringify(facts.keywords),
    hierarchicalKeywords: facts === undefined ? null : JSON.stringify(facts.hierarchicalKeywords),
    rating: facts?.rating ?? null,
  };
}

/** Statements for files: paths below watched folders, relative to them, with `/` between the parts. */
export function createFiles(db: Database.Database) {
  const record = db.prepare<Record<string, string | number | null>, { id: number }>(RECORD);
  const byPath = db.prepare<[number, string], FileRow>(
    `SELECT ${COLUMNS} FROM file WHERE folder_id = ? AND path = ?`,
  );
  const byId = db.prepare<[number], FileRow>(`SELECT ${COLUMNS} FROM file WHERE id = ?`);
  const ofPhoto = db.prepare<[number], FileRow>(
    `SELECT ${COLUMNS} FROM file WHERE photo_id = ? ORDER BY missing_at IS NOT NULL, id`,
  );
  const restamp = db.prepare<[number, number, number, number, number, number]>(
    'UPDATE file SET size = ?, mtime_ms = ?, ctime_ms = ?, inode = ?, looked_at = ?, missing_at = NULL WHERE id = ?',
  );
  const markMissing = db.prepare<[number, number, string], { photoId: number | null }>(
    `UPDATE file SET missing_at = ? WHERE folder_id = ? AND path = ? AND missing_at IS NULL
     RETURNING photo_id AS photoId`,
  );
  const moveBelow = db.prepare<[number, string, number, string, string]>(
    `UPDATE OR IGNORE file SET folder_id = ?, path = substr(path, length(?) + 2)
     WHERE folder_id = ? AND path >= ? || '/' AND path < ? || '0'`,
  );
  const photosIn = db
    .prepare<[string], number>(
      `SELECT DISTINCT photo_id FROM file INDEXED BY file_directory
       WHERE photo_id IS NOT NULL AND missing_at IS NULL AND folder_id IN (SELECT value FROM json_each(?)) ORDER BY photo_id`,
    )
    .pluck();
  const photoPlaces = db.prepare<[number], { photoId: number; directory: string }>(
    `SELECT photo_id AS photoId, directory FROM file
     WHERE folder_id = ? AND photo_id IS NOT NULL AND missing_at IS NULL ORDER BY photo_id`,
  );
  const page = db.prepare<[number, string, number], { path: string; missingAt: number | null }>(
    `SELECT path, missing_at AS missingAt FROM file
     WHERE folder_id = ? AND path > ? AND kind <> 'other' ORDER BY path LIMIT ?`,
  );
  const anyAtOrBelow = db
    .prepare<[number, string, string, string], number>(
      `SELECT 1 FROM file WHERE folder_id = ? AND missing_at IS NULL
         AND (path = ? OR path >= ? || '/' AND path < ? || '0') LIMIT 1`,
    )
    .pluck();
  const forget = db.prepare<[number, string]>(
    `DELETE FROM file WHERE folder_id = ? AND path = ? AND photo_id IS NULL`,
  );

  return {
    /** Writes what was found at a path; returns the file's id. */
    record(finding: FileFinding): number {
      const row = record.get(parametersOf(finding));
      if (row === undefined) throw new Error(`The file ${finding.path} was not written.`);
      return row.id;
    },
    byPath: (folderId: number, path: string): FileRow | undefined => byPath.get(folderId, path),
    byId: (id: number): FileRow | undefined => byId.get(id),
    /** All files that hold a photo, those that are there first. */
    ofPhoto: (photoId: number): FileRow[] => ofPhoto.all(photoId),
    /** The same content under a new stamp (a copy of the inode, a remount, a changed mode). */
    restamp(id: number, stamp: FileStamp, at: number): void {
      restamp.run(stamp.size, stamp.mtimeMs, stamp.ctimeMs, stamp.inode, at, id);
    },
    /** A folder inside a watched one is watched by itself now: its files are the new folder's. */
    moveBelow(fromFolderId: number, prefix: string, toFolderId: number): void {
      moveBelow.run(toFolderId, prefix, fromFolderId, prefix, prefix);
    },
    /** Whether a path is known as a file, or as a folder with files below it, that is not missing. '' is all. */
    isAnyAtOrBelow: (folderId: number, path: string): boolean =>
      path === '' || anyAtOrBelow.get(folderId, path, path, path) !== undefined,
    /** Photos that the folders hold now. */
    photosIn: (folderIds: readonly number[]): number[] => photosIn.all(JSON.stringify(folderIds)),
    /** Photos that a folder holds, with the directories that they lie in ('' for its top). */
    photoPlaces: (folderId: number) => photoPlaces.all(folderId),
    /** Paths of photos and of files that are none yet, in order, after a path. */
    page: (folderId: number, after: string, limit: number) => page.all(folderId, after, limit),
    /** The path is gone. Returns the photo it held; what never was a photo is forgotten. */
    markMissing(folderId: number, path: string, at: number): number | null {
      const row = markMissing.get(at, folderId, path);
      if (row === undefined) return null;
      if (row.photoId === null) forget.run(folderId, path);
      return row.photoId;
    },
  };
}
