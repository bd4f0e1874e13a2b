/** Rows of a sheet: what is shown of each photo, always read fresh. */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Orientation, PhotoState } from '#shared/photo.ts';
import type { SheetRow, ShownTag } from '#shared/sheet.ts';

interface StoredRow extends Omit<SheetRow, 'hasThumbnails' | 'name' | 'tags' | 'hasUnsentTags'> {
  readonly state: PhotoState;
  readonly orientation: Orientation;
  readonly hasThumbnails: 0 | 1;
  /** Below its watched folder. */
  readonly path: string | null;
  readonly tagsDiffer: 0 | 1;
}

interface StoredTag extends ShownTag {
  readonly photoId: number;
}

/** The loops stay in this order: SQLite would begin with the table that it takes for the smallest. */
const ROWS = `SELECT photo.id AS photoId, photo.picture_hash AS pictureHash, photo.orientation, photo.width,
    photo.height, photo.thumbnails_at IS NOT NULL AS hasThumbnails, upload.state, upload.reason,
    CASE WHEN chosen.missing_at IS NULL AND chosen.id IS NOT NULL THEN chosen.path
      ELSE (SELECT path FROM file WHERE photo_id = photo.id AND missing_at IS NULL ORDER BY id LIMIT 1) END AS path,
    photo.sort_at AS sortAt, chosen.rating, upload.tags_version <> upload.tags_sent AS tagsDiffer
  FROM json_each($photoIds) AS wanted
    CROSS JOIN upload ON upload.photo_id = wanted.value AND upload.destination_id = $destinationId
    CROSS JOIN photo ON photo.id = upload.photo_id
    LEFT JOIN file AS chosen ON chosen.id = photo.chosen_file_id
  ORDER BY wanted.key`;
const TAGS = `SELECT tag.photo_id AS photoId, tag.concept_id AS conceptId, concept.name, tag.value
  FROM json_each(?) AS wanted CROSS JOIN tag ON tag.photo_id = wanted.value
    CROSS JOIN concept ON concept.id = tag.concept_id`;

const CHOSEN_PATH = `SELECT folder.path AS folderPath, file.path
  FROM photo JOIN file ON file.photo_id = photo.id JOIN folder ON folder.id = file.folder_id
  WHERE photo.id = ? AND file.missing_at IS NULL ORDER BY file.id IS NOT photo.chosen_file_id, file.id LIMIT 1`;

/** States in which the service has the photo and was told its tags, or will be by a change of them. */
const IS_THERE: readonly PhotoState[] = ['accepted', 'indexed', 'deleting'];

/** Statements for rows; for the engine's own connection and for a reader's. */
export function createSheetRows(db: Database.Database) {
  const rows = db.prepare<{ photoIds: string; destinationId: number }, StoredRow>(ROWS);
  const tags = db.prepare<[string], StoredTag>(TAGS);
  const chosenPath = db.prepare<[number], { folderPath: string; path: string }>(CHOSEN_PATH);
  const byName = new Intl.Collator('en', { numeric: true });

  return {
    /** Rows of these photos in the given order; those that are not at the destination are left out. */
    of(destinationId: number, photoIds: readonly number[]): SheetRow[] {
      const list = JSON.stringify(photoIds);
      const tagsOf = new Map<number, ShownTag[]>();
      for (const { photoId, ...tag } of tags.all(JSON.stringify([...new Set(photoIds)]))) {
        const known = tagsOf.get(photoId);
        if (known === undefined) tagsOf.set(photoId, [tag]);
        else known.push(tag);
      }
      for (const shown of tagsOf.values()) shown.sort((a, b) => byName.compare(a.name, b.name));
      return rows
        .all({ photoIds: list, destinationId })
        .map((row) => rowOf(row, tagsOf.get(row.photoId) ?? []));
    },
    /** Absolute path of the file whose facts the photo shows, else of another one; null when none is there. */
    chosenPath(photoId: number): string | null {
      const found = chosenPath.get(photoId);
      return found === undefined ? null : join(found.folderPath, found.path);
    },
  };
}

function rowOf({ path, tagsDiffer, hasThumbnails, ...row }: StoredRow, tags: readonly ShownTag[]): SheetRow {
  return {
    ...row,
    hasThumbnails: hasThumbnails === 1,
    name: path === null ? null : path.slice(path.lastIndexOf('/') + 1),
    tags,
    hasUnsentTags: IS_THERE.includes(row.state) ? tagsDiffer === 1 : tags.length > 0,
  };
}
