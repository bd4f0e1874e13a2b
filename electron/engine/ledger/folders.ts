import type Database from 'better-sqlite3';

import { INPUT_ID_LENGTH } from '#shared/photo.ts';
import { createFolderParts } from './folder-parts.ts';

/** What is sent of a folder's photos: a sized copy without metadata, or the bytes of the file. */
export type Sends = 'rendition' | 'original';
/** Before a folder's id: the setting that holds its own recipe for copies. */
export const RECIPE_SETTING = 'folder-recipe-';
export type WatchMode = 'events' | 'polling' | 'scan';

/** A watched folder. */
export interface Folder {
  readonly id: number;
  /** Absolute path. */
  readonly path: string;
  readonly destinationId: number;
  readonly sends: Sends;
  readonly includeGlobs: readonly string[];
  readonly excludeGlobs: readonly string[];
  /** JSON object that travels as each input's metadata; null for none. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly sendsGps: boolean;
  readonly sendsCaptureTime: boolean;
  readonly sendsFileName: boolean;
  readonly watchChoice: 'auto' | WatchMode;
  readonly watchMode: WatchMode | null;
  readonly watchReason: string | null;
  readonly fileSystem: string | null;
  /** Device number of the root when it was last reached; tells a vanished mount from an empty folder. */
  readonly device: number | null;
  readonly health: 'ok' | 'unreachable';
  readonly healthDetail: string | null;
  /** When it was removed; null while it is watched. UTC ms. */
  readonly removedAt: number | null;
  /** Since when its photos are not sent; null: they are. UTC ms. */
  readonly pausedAt: number | null;
  /** When that ends by itself; null: it does not. UTC ms. */
  readonly pausedUntil: number | null;
}

/** What the owner chooses for a folder. Absent keys stay as they are (or take the default at the first time). */
export interface FolderOptions {
  readonly sends?: Sends;
  readonly includeGlobs?: readonly string[];
  readonly excludeGlobs?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly watchChoice?: 'auto' | WatchMode;
}

interface FolderRow extends Omit<
  Folder,
  'includeGlobs' | 'excludeGlobs' | 'metadata' | 'sendsGps' | 'sendsCaptureTime' | 'sendsFileName'
> {
  readonly includeGlobs: string;
  readonly excludeGlobs: string;
  readonly metadata: string | null;
  readonly sendsGps: number;
  readonly sendsCaptureTime: number;
  readonly sendsFileName: number;
}

const COLUMNS = `id, path, destination_id AS destinationId, sends, include_globs AS includeGlobs,
  exclude_globs AS excludeGlobs, metadata, sends_gps AS sendsGps, sends_capture_time AS sendsCaptureTime,
  sends_file_name AS sendsFileName, watch_choice AS watchChoice, watch_mode AS watchMode,
  watch_reason AS watchReason, file_system AS fileSystem, device, health, health_detail AS healthDetail,
  removed_at AS removedAt, paused_at AS pausedAt, paused_until AS pausedUntil`;

function folderOf(row: FolderRow): Folder {
  return {
    ...row,
    includeGlobs: JSON.parse(row.includeGlobs) as string[],
    excludeGlobs: JSON.parse(row.excludeGlobs) as string[],
    metadata: row.metadata === null ? null : (JSON.parse(row.metadata) as Record<string, unknown>),
    sendsGps: row.sendsGps === 1,
    sendsCaptureTime: row.sendsCaptureTime === 1,
    sendsFileName: row.sendsFileName === 1,
  };
}

/** Statements for watched folders and the tags that photos get when they arrive there. */
export function createFolders(db: Database.Database) {
  const insert = db.prepare<[string, number, number]>(
    `INSERT INTO folder (path, destination_id, added_at) VALUES (?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET destination_id = excluded.destination_id, removed_at = NULL,
       paused_at = iif(removed_at IS NULL, paused_at, NULL),
       paused_until = iif(removed_at IS NULL, paused_until, NULL)`,
  );
  const byPath = db.prepare<[string], FolderRow>(
    `SELECT ${COLUMNS} FROM folder WHERE path = ? AND removed_at IS NULL`,
  );
  const byId = db.prepare<[number], FolderRow>(`SELECT ${COLUMNS} FROM folder WHERE id = ?`);
  const all = db.prepare<[], FolderRow>(`SELECT ${COLUMNS} FROM folder WHERE removed_at IS NULL ORDER BY id`);
  const choose = db.prepare<Record<string, string | number | null>>(
    `UPDATE folder SET sends = coalesce($sends, sends), include_globs = coalesce($includeGlobs, include_globs),
       exclude_globs = coalesce($excludeGlobs, exclude_globs), watch_choice = coalesce($watchChoice, watch_choice),
       metadata = CASE WHEN $setsMetadata THEN $metadata ELSE metadata END
     WHERE id = $id`,
  );
  const bring = db.prepare<[number, number, number]>(
    `INSERT INTO upload (photo_id, destination_id, state, state_at, input_id, sort_at)
     SELECT DISTINCT photo.id, folder.destination_id, 'found', ?, substr(picture_hash, 1, ?), photo.sort_at
     FROM folder JOIN file ON file.folder_id = folder.id JOIN photo ON photo.id = file.photo_id
     WHERE folder.id = ? AND missing_at IS NULL AND picture_hash IS NOT NULL
     ON CONFLICT DO NOTHING`,
  );
  const takeBack = db.prepare<[number, number, number]>(
    `UPDATE upload SET state = 'found', state_at = ?, reason = NULL, attempts = 0, checked_at = NULL
     WHERE destination_id = (SELECT destination_id FROM folder WHERE id = ?)
       AND state = 'skipped' AND reason IN ('other-destination', 'folder-removed') AND EXISTS (SELECT 1 FROM file
         WHERE file.photo_id = upload.photo_id AND file.folder_id = ? AND file.missing_at IS NULL)`,
  );
  const setWatch = db.prepare<[WatchMode, string | null, string | null, number]>(
    'UPDATE folder SET watch_mode = ?, watch_reason = ?, file_system = coalesce(?, file_system) WHERE id = ?',
  );
  const setHealth = db.prepare<['ok' | 'unreachable', string | null, number]>(
    'UPDATE folder SET health = ?, health_detail = ? WHERE id = ?',
  );
  const setDevice = db.prepare<[number, number]>('UPDATE folder SET device = ? WHERE id = ?');
  const paused = db.prepare<[], { id: number; until: number | null }>(
    'SELECT id, paused_until AS until FROM folder WHERE paused_at IS NOT NULL AND removed_at IS NULL',
  );
  const pause = db.prepare<[number, number | null, number]>(
    'UPDATE folder SET paused_at = coalesce(paused_at, ?), paused_until = ? WHERE id = ?',
  );
  const resume = db.prepare<[number]>('UPDATE folder SET paused_at = NULL, paused_until = NULL WHERE id = ?');
  const remove = db.prepare<[number, number]>('UPDATE folder SET removed_at = ? WHERE id = ?');
  const clearTags = db.prepare<[number]>('DELETE FROM folder_tag WHERE folder_id = ?');
  const addTag = db.prepare<[number, number, number, number | null]>(
    'INSERT INTO folder_tag (folder_id, concept_id, value, edit_id) VALUES (?, ?, ?, ?)',
  );
  const tagsOf = db.prepare<[number], { conceptId: number; value: 0 | 1; editId: number | null }>(
    'SELECT concept_id AS conceptId, value, edit_id AS editId FROM folder_tag WHERE folder_id = ?',
  );

  return {
    /** Watches a folder (again); an existing one keeps its choices but takes the destination. */
    add(path: string, destinationId: number, at: number): Folder {
      insert.run(path, destinationId, at);
      const row = byPath.get(path);
      if (row === undefined) throw new Error(`The folder ${path} was not written.`);
      return folderOf(row);
    },
    choose(id: number, options: FolderOptions): void {
      choose.run({
        id,
        sends: options.sends ?? null,
        includeGlobs: options.includeGlobs === undefined ? null : JSON.stringify(options.includeGlobs),
        excludeGlobs: options.excludeGlobs === undefined ? null : JSON.stringify(options.excludeGlobs),
        watchChoice: options.watchChoice ?? null,
        setsMetadata: options.metadata === undefined ? 0 : 1,
        metadata:
          options.metadata === undefined || options.metadata === null
            ? null
            : JSON.stringify(options.metadata),
      });
    },
    /**
     * The folder's photos come to its destination, where they are not yet or were left out because the folder went
     * elsewhere: after a change of the destination.
     */
    bringPhotos(id: number, at: number): void {
      bring.run(at, INPUT_ID_LENGTH, id);
      takeBack.run(at, id, id);
    },
    byPath(path: string): Folder | undefined {
      const row = byPath.get(path);
      return row === undefined ? undefined : folderOf(row);
    },
    byId(id: number): Folder | undefined {
      const row = byId.get(id);
      return row === undefined ? undefined : folderOf(row);
    },
    all: (): Folder[] => all.all().map(folderOf),
    /** Folders whose photos are not sent. */
    paused: () => paused.all(),
    /** Pauses a folder, or (null) not any more. One that is paused already gets another end, and its beginning stays. */
    setPaused(id: number, given: { readonly at: number; readonly until: number | null } | null): void {
      if (given === null) resume.run(id);
      else pause.run(given.at, given.until, id);
    },
    /** Stops watching; the photos and what is known of them stay. */
    remove(id: number, at: number): void {
      remove.run(at, id);
    },
    ...createFolderParts(db),
    setWatch(id: number, mode: WatchMode, reason: string | null, fileSystem: string | null = null): void {
      setWatch.run(mode, reason, fileSystem, id);
    },
    setHealth(id: number, health: 'ok' | 'unreachable', detail: string | null): void {
      setHealth.run(health, detail, id);
    },
    setDevice(id: number, device: number): void {
      setDevice.run(device, id);
    },
    /** Replaces the tags that photos get when they arrive; `editId` is the edit that a photo's item joins. */
    setTags(id: number, tags: readonly { conceptId: number; value: 0 | 1; editId: number | null }[]): void {
      clearTags.run(id);
      for (const tag of tags) addTag.run(id, tag.conceptId, tag.value, tag.editId);
    },
    tagsOf: (id: number) => tagsOf.all(id),
  };
}
