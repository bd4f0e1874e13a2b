/**
 * Whole columns of the ledger for the sheets, each in one go: SQLite writes a list as one JSON text far faster than it
 * hands out rows. Every statement walks an index that covers it.
 */
import type Database from 'better-sqlite3';
import type { PhotoState } from '#shared/photo.ts';

/** A watched folder, also one that is watched no more. */
export interface SheetFolder {
  readonly id: number;
  readonly path: string;
  readonly destinationId: number;
  readonly removedAt: number | null;
}

/** Files of one directory that hold photos; the lists go side by side, by file id within a photo. */
export interface DirectoryFiles {
  readonly folderId: number;
  /** Below the watched folder; '' is that folder itself. */
  readonly directory: string;
  readonly isMissing: 0 | 1;
  readonly photoIds: readonly number[];
  readonly fileIds: readonly number[];
}

/** Photos that are tagged so. */
export interface TaggedPhotos {
  readonly conceptId: number;
  readonly value: 0 | 1;
  readonly photoIds: readonly number[];
}

const listOf = (text: string): number[] => JSON.parse(text) as number[];

/** Statements for columns; each is prepared when it is first wanted. */
export function createSheetColumns(db: Database.Database) {
  const prepared = new Map<string, Database.Statement<unknown[], unknown[]>>();

  /** Rows as lists of their columns. */
  function rows<Row extends readonly unknown[]>(sql: string, ...parameters: unknown[]): Row[] {
    const statement = prepared.get(sql) ?? db.prepare<unknown[], unknown[]>(sql).raw();
    prepared.set(sql, statement);
    return statement.all(...parameters) as unknown as Row[];
  }

  /** The one list that a statement answers with. */
  function list(sql: string, ...parameters: unknown[]): number[] {
    const [row] = rows<[string]>(sql, ...parameters);
    return row === undefined ? [] : listOf(row[0]);
  }

  return {
    /** Runs reads over one state of the ledger. */
    snapshot: <T>(read: () => T): T => db.transaction(read).deferred(),
    /** Photos of a destination with their times, in the order of (time, id). */
    order(destinationId: number): { readonly photoIds: number[]; readonly times: number[] } {
      const [row] = rows<[string, string]>(
        `SELECT json_group_array(photo_id), json_group_array(sort_at) FROM (SELECT photo_id, sort_at
           FROM upload INDEXED BY upload_sheet WHERE destination_id = ? ORDER BY sort_at, photo_id)`,
        destinationId,
      );
      return { photoIds: listOf(row?.[0] ?? '[]'), times: listOf(row?.[1] ?? '[]') };
    },
    /** Photos of a destination by their state. */
    states: (destinationId: number): { state: PhotoState; photoIds: number[] }[] =>
      rows<[PhotoState, string]>(
        `SELECT state, json_group_array(photo_id) FROM upload INDEXED BY upload_state
         WHERE destination_id = ? GROUP BY state`,
        destinationId,
      ).map(([state, photoIds]) => ({ state, photoIds: listOf(photoIds) })),
    folders: (): SheetFolder[] =>
      rows<[number, string, number, number | null]>(
        'SELECT id, path, destination_id, removed_at FROM folder ORDER BY id',
      ).map(([id, path, destinationId, removedAt]) => ({ id, path, destinationId, removedAt })),
    /** All files that hold photos, directory by directory; those that are there before those that are missing. */
    files: (): DirectoryFiles[] =>
      rows<[number, string, 0 | 1, string, string]>(
        `SELECT folder_id, directory, missing_at IS NOT NULL AS is_missing, json_group_array(photo_id),
           json_group_array(id)
         FROM file INDEXED BY file_directory WHERE photo_id IS NOT NULL
         GROUP BY folder_id, directory, is_missing`,
      ).map(([folderId, directory, isMissing, photoIds, fileIds]) => {
        return { folderId, directory, isMissing, photoIds: listOf(photoIds), fileIds: listOf(fileIds) };
      }),
    /** Photos and the files whose facts they show; the lists go side by side. */
    chosen(): { readonly photoIds: number[]; readonly fileIds: number[] } {
      const [row] = rows<[string, string]>(
        `SELECT json_group_array(id), json_group_array(chosen_file_id)
         FROM photo INDEXED BY photo_chosen WHERE chosen_file_id IS NOT NULL`,
      );
      return { photoIds: listOf(row?.[0] ?? '[]'), fileIds: listOf(row?.[1] ?? '[]') };
    },
    /** Files by camera and rating. */
    shown: (): { camera: string | null; rating: number | null; fileIds: number[] }[] =>
      rows<[string | null, number | null, string]>(
        `SELECT camera_model, rating, json_group_array(id) FROM file INDEXED BY file_shown
         WHERE photo_id IS NOT NULL GROUP BY camera_model, rating`,
      ).map(([camera, rating, fileIds]) => ({ camera, rating, fileIds: listOf(fileIds) })),
    tagged: (conceptId: number, value: 0 | 1): number[] =>
      list(
        'SELECT json_group_array(photo_id) FROM tag INDEXED BY tag_sheet WHERE concept_id = ? AND value = ?',
        conceptId,
        value,
      ),
    /** All tags, concept by concept. */
    allTagged: (): TaggedPhotos[] =>
      rows<[number, 0 | 1, string]>(
        `SELECT concept_id, value, json_group_array(photo_id) FROM tag INDEXED BY tag_sheet
         GROUP BY concept_id, value`,
      ).map(([conceptId, value, photoIds]) => ({ conceptId, value, photoIds: listOf(photoIds) })),
    /** Photos with any tag. */
    taggedAtAll: (): number[] =>
      list('SELECT json_group_array(photo_id) FROM (SELECT photo_id FROM tag GROUP BY photo_id)'),
    conceptNames: (): Map<number, string> => new Map(rows<[number, string]>('SELECT id, name FROM concept')),
    /** Files whose name matches an FTS5 expression of trigrams. */
    filesByTrigrams: (expression: string): number[] =>
      list('SELECT json_group_array(rowid) FROM file_name WHERE file_name MATCH ?', expression),
    /** Files whose path below the watched folder is like any of a few patterns; the escape is a backslash. */
    filesLike: (patterns: readonly string[]): number[] =>
      list(
        `SELECT json_group_array(id) FROM file INDEXED BY sqlite_autoindex_file_1
         WHERE ${patterns.map(() => String.raw`path LIKE ? ESCAPE '\'`).join(' OR ')}`,
        ...patterns,
      ),
  };
}
export type SheetColumns = ReturnType<typeof createSheetColumns>;
