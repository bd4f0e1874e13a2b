import type Database from 'better-sqlite3';

/** What an act changes of a folder, with the column of each part; lists are JSON there. */
const PART_COLUMNS = {
  destination: 'destination_id',
  sends: 'sends',
  gps: 'sends_gps',
  'capture-time': 'sends_capture_time',
  'file-name': 'sends_file_name',
  exclude: 'exclude_globs',
  metadata: 'metadata',
  removed: 'removed_at',
} as const;
export type FolderPart = keyof typeof PART_COLUMNS;
const PARTS = Object.keys(PART_COLUMNS) as readonly FolderPart[];

/** Statements for acts on folders: their parts one by one, and the photos that a change of one is about. */
export function createFolderParts(db: Database.Database) {
  const parts = Object.fromEntries(
    PARTS.map((part) => {
      const column = PART_COLUMNS[part];
      return [
        part,
        {
          read: db
            .prepare<[number], string | number | null>(`SELECT ${column} FROM folder WHERE id = ?`)
            .pluck(),
          write: db.prepare<[string | number | null, number]>(`UPDATE folder SET ${column} = ? WHERE id = ?`),
        },
      ];
    }),
  );
  const statementsOf = (part: FolderPart) => {
    const statements = parts[part];
    if (statements === undefined) throw new Error(`A folder has no part "${part}".`);
    return statements;
  };
  // From the few photos that stand ready to their files, never through all files of a folder.
  const unready = db.prepare<[number]>(
    `UPDATE upload SET ready_bytes = NULL
     WHERE destination_id IN (SELECT id FROM destination) AND state = 'queued' AND checked_at IS NOT NULL
       AND ready_bytes IS NOT NULL AND EXISTS (SELECT 1 FROM file
         WHERE file.photo_id = upload.photo_id AND file.folder_id = ? AND file.missing_at IS NULL)`,
  );
  const orphans = db.prepare<[number], { photoId: number; destinationId: number }>(
    `SELECT photo_id AS photoId, destination_id AS destinationId FROM upload
     WHERE destination_id IN (SELECT id FROM destination) AND state IN ('found', 'queued', 'failed')
       AND EXISTS (SELECT 1 FROM file WHERE file.photo_id = upload.photo_id AND file.folder_id = ?)
       AND NOT EXISTS (SELECT 1 FROM file CROSS JOIN folder ON folder.id = file.folder_id
         WHERE file.photo_id = upload.photo_id AND file.missing_at IS NULL AND folder.removed_at IS NULL
           AND folder.destination_id = upload.destination_id)`,
  );

  return {
    /** One part as acts keep it: `exclude` as the list, the others as they are stored. */
    part(id: number, part: FolderPart): unknown {
      const value = statementsOf(part).read.get(id) ?? null;
      return part === 'exclude' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    },
    setPart(id: number, part: FolderPart, value: unknown): void {
      const stored = part === 'exclude' ? JSON.stringify(value) : (value as string | number | null);
      statementsOf(part).write.run(stored, id);
    },
    /** What stands ready of the folder's photos is looked at anew before it is sent. */
    unready(id: number): void {
      unready.run(id);
    },
    /** Photos of a folder that wait for a destination to which no watched folder brings them. */
    orphans: (id: number) => orphans.all(id),
  };
}
