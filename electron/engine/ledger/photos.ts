import type Database from 'better-sqlite3';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';
import { RECIPE_SETTING, type Sends } from './folders.ts';

/** Version of the picture hash that new photos get. */
export const IDENTITY_VERSION = 1;

/** A photo: the picture by its content. */
export interface Photo {
  readonly id: number;
  readonly pictureHash: string | null;
  readonly format: PhotoFormat | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: Orientation;
  readonly chosenFileId: number | null;
  readonly sortAt: number;
  readonly thumbnailsAt: number | null;
  readonly recoveredShare: number | null;
}

/** Where the bytes of a photo come from for one destination, and how its folder wants it sent. */
export interface PhotoSource {
  readonly fileId: number;
  readonly folderId: number;
  readonly folderPath: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly format: PhotoFormat;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: Orientation;
  readonly sends: Sends;
  /** The folder's own recipe of a copy as JSON text, or null. */
  readonly recipe: string | null;
  /** JSON object text, or null. */
  readonly metadata: string | null;
  readonly sendsGps: 0 | 1;
  readonly sendsCaptureTime: 0 | 1;
  readonly sendsFileName: 0 | 1;
  readonly capturedAt: string | null;
  readonly captureOffset: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

const COLUMNS = `id, picture_hash AS pictureHash, format, width, height, orientation,
  chosen_file_id AS chosenFileId, sort_at AS sortAt, thumbnails_at AS thumbnailsAt,
  recovered_share AS recoveredShare`;

/** A cross join is read from the left: SQLite would ask every folder for the photo. */
const SOURCE = `SELECT file.id AS fileId, folder.id AS folderId, folder.path AS folderPath, file.path, file.size,
    file.mtime_ms AS mtimeMs, file.format, file.width, file.height, coalesce(file.orientation, 1) AS orientation,
    folder.sends, (SELECT value FROM setting WHERE key = '${RECIPE_SETTING}' || folder.id) AS recipe, folder.metadata, folder.sends_gps AS sendsGps, folder.sends_capture_time AS sendsCaptureTime,
    folder.sends_file_name AS sendsFileName, file.captured_at AS capturedAt,
    file.capture_offset AS captureOffset, file.latitude, file.longitude
  FROM file CROSS JOIN folder ON folder.id = file.folder_id
  LEFT JOIN photo ON photo.id = file.photo_id
  WHERE file.photo_id = $photoId AND file.missing_at IS NULL AND folder.removed_at IS NULL
    AND ($destinationId IS NULL OR folder.destination_id = $destinationId)
  ORDER BY folder.health <> 'ok', file.id <> coalesce(photo.chosen_file_id, 0), file.id LIMIT 1`;

/** Statements for photos. */
export function createPhotos(db: Database.Database) {
  const byHash = db
    .prepare<[number, string], number>('SELECT photo_id FROM identity WHERE version = ? AND hash = ?')
    .pluck();
  const insert = db.prepare<[string, PhotoFormat, number, number, number]>(
    'INSERT INTO photo (picture_hash, format, orientation, sort_at, found_at) VALUES (?, ?, ?, ?, ?)',
  );
  const addIdentity = db.prepare<[number, string, number]>(
    'INSERT INTO identity (version, hash, photo_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const byId = db.prepare<[number], Photo>(`SELECT ${COLUMNS} FROM photo WHERE id = ?`);
  const choose = db.prepare<[number, Orientation, number, number]>(
    'UPDATE photo SET chosen_file_id = ?, orientation = ?, sort_at = ? WHERE id = ?',
  );
  const decoded = db.prepare<[number, number, number, number | null, number]>(
    'UPDATE photo SET thumbnails_at = ?, width = ?, height = ?, recovered_share = ? WHERE id = ?',
  );
  const turn = db.prepare<[number]>('UPDATE photo SET width = height, height = width WHERE id = ?');
  const forgetThumbnails = db.prepare<[number]>('UPDATE photo SET thumbnails_at = NULL WHERE id = ?');
  const decodedAmong = db
    .prepare<[string], number>(
      `SELECT photo.id FROM json_each(?) AS wanted CROSS JOIN photo ON photo.id = wanted.value
       WHERE photo.thumbnails_at IS NOT NULL`,
    )
    .pluck();
  const source = db.prepare<{ photoId: number; destinationId: number | null }, PhotoSource>(SOURCE);

  return {
    /** The photo with this picture hash, made when it is new. */
    ensure(found: {
      pictureHash: string;
      format: PhotoFormat;
      orientation: Orientation;
      sortAt: number;
      at: number;
    }): { id: number; isNew: boolean } {
      const known = byHash.get(IDENTITY_VERSION, found.pictureHash);
      if (known !== undefined) return { id: known, isNew: false };
      const { lastInsertRowid } = insert.run(
        found.pictureHash,
        found.format,
        found.orientation,
        found.sortAt,
        found.at,
      );
      const id = Number(lastInsertRowid);
      addIdentity.run(IDENTITY_VERSION, found.pictureHash, id);
      return { id, isNew: true };
    },
    /** The photo with this picture hash of today's version. */
    byPictureHash: (pictureHash: string): number | undefined => byHash.get(IDENTITY_VERSION, pictureHash),
    byId: (id: number): Photo | undefined => byId.get(id),
    /** Of these photos those whose thumbnails stand. */
    decodedAmong: (ids: readonly number[]): number[] => decodedAmong.all(JSON.stringify(ids)),
    /** Makes a file the one whose facts the photo shows. */
    choose(photoId: number, fileId: number, orientation: Orientation, sortAt: number): void {
      choose.run(fileId, orientation, sortAt, photoId);
    },
    /** The picture was decoded whole and its thumbnails stand. Sizes are upright pixels. */
    decoded(
      photoId: number,
      found: { at: number; width: number; height: number; recoveredShare: number | null },
    ): void {
      decoded.run(found.at, found.width, found.height, found.recoveredShare, photoId);
    },
    /** The picture lies on its side now, or stands upright again: its upright sizes change places. */
    turn(photoId: number): void {
      turn.run(photoId);
    },
    forgetThumbnails(photoId: number): void {
      forgetThumbnails.run(photoId);
    },
    /** A file that holds the photo now, in a folder of the destination (null: of any). */
    source: (photoId: number, destinationId: number | null): PhotoSource | undefined =>
      source.get({ photoId, destinationId }),
  };
}
