/**
 * Makes a ledger with very many photos, as fast as SQLite writes: triggers and indexes are put away while the rows are
 * written and made again after it, so that the result is what the program itself would have written.
 */
import type Database from 'better-sqlite3';
import type { DestinationNames } from '#shared/destination.ts';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';

/** The parts of a large ledger that a benchmark asks for. */
export interface LargeLedger {
  readonly destinationId: number;
  /** Holds half of all photos. */
  readonly largeFolderId: number;
  /** Holds a hundredth of all photos. */
  readonly smallFolderId: number;
  /** On three photos of ten, everywhere. */
  readonly commonConceptId: number;
  /** On one photo of five hundred. */
  readonly rareConceptId: number;
}

const SERVICE_APP = { baseUrl: 'https://api.clarifai.com', userId: 'owner', appId: 'photos' };
const OLDEST_AT = Date.UTC(2015, 0, 1);
const SPAN_MS = 10 * 365 * 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 0, 1);

/** Shoots of 200 photos, one every 7 s; shoots lie anywhere in ten years, in no order. */
const SORT_AT = `(${OLDEST_AT} + (((n / 200) * 2654435761 >> 8) % 1048576) * ${SPAN_MS} / 1048576 + (n % 200) * 7000)`;
const MIXED = `CASE WHEN n % 100 < 60 THEN 'indexed' WHEN n % 100 < 85 THEN 'queued'
  WHEN n % 100 < 90 THEN 'accepted' WHEN n % 100 < 94 THEN 'failed' WHEN n % 100 < 97 THEN 'skipped' ELSE 'found' END`;
/** Nothing is left to do for an engine. */
const SETTLED = `CASE WHEN n % 100 < 92 THEN 'indexed' WHEN n % 100 < 96 THEN 'failed' ELSE 'skipped' END`;
/** Nothing went well. */
const FAILED = `'failed'`;
/** Folder 1 holds the first half; 50 others hold a hundredth each. */
const FOLDER = `CASE WHEN n <= $count / 2 THEN 1 ELSE 2 + n % 50 END`;
const numbers = (columns: string): string =>
  `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count)
   SELECT ${columns} FROM numbers`;

const writesOf = (state: string): string[] => [
  `INSERT INTO photo (id, picture_hash, format, width, height, chosen_file_id, sort_at, thumbnails_at, found_at)
     ${numbers(`n, lower(hex(randomblob(32))), 'jpeg', 6000, 4000, n, ${SORT_AT}, ${NOW}, ${NOW}`)}`,
  `INSERT INTO identity (version, hash, photo_id)
     SELECT 1, picture_hash, id FROM photo WHERE $count > 0 ORDER BY picture_hash`,
  `INSERT INTO file (id, folder_id, path, kind, size, mtime_ms, ctime_ms, inode, photo_id, file_hash, format,
       first_seen_at, looked_at, sort_at, orientation, width, height, captured_at, camera_make, camera_model, keywords,
       hierarchical_keywords)
     ${numbers(`n, ${FOLDER}, printf('%04d/shoot-%05d/IMG_%07d.JPG', 2015 + n % 10, n / 200, n), 'photo',
       8000000 + n, ${NOW}.5, ${NOW}.5, n, n, lower(hex(randomblob(32))), 'jpeg', ${NOW}, ${NOW}, ${SORT_AT}, 1,
       6000, 4000, '2020-01-01T12:00:00', 'Lumen', 'L1', '["trip"]', '[]'`)}`,
  `INSERT INTO upload (photo_id, destination_id, state, state_at, reason, input_id, sort_at, checked_at, ready_bytes,
       turn, held_in, origin, accepted_at, indexed_at, follow_at, sent_orientation)
     SELECT id, 1, state, ${NOW}, CASE state WHEN 'failed' THEN 'cannot-decode'
         WHEN 'skipped' THEN 'skipped-by-owner' END, substr(picture_hash, 1, 32), sort_at,
       CASE WHEN state = 'queued' THEN ${NOW} END, CASE WHEN state = 'queued' THEN 700000 END,
       CASE WHEN state = 'queued' THEN id END, json_array(${FOLDER.replaceAll(/\bn\b/g, 'id')}),
       CASE WHEN state IN ('accepted', 'indexed') THEN 'posted' END,
       CASE WHEN state IN ('accepted', 'indexed') THEN ${NOW} END, CASE WHEN state = 'indexed' THEN ${NOW} END,
       CASE WHEN state = 'accepted' THEN ${NOW} END, CASE WHEN state IN ('accepted', 'indexed') THEN 1 END
     FROM (SELECT id, picture_hash, sort_at, ${state.replaceAll('n %', 'id %')} AS state FROM photo
       WHERE $count > 0 ORDER BY id)`,
  `INSERT INTO failure (photo_id, destination_id, cause, at)
     SELECT photo_id, 1, reason, ${NOW} FROM upload WHERE state = 'failed' AND $count > 0`,
  `INSERT INTO upload_count SELECT 1, state, count(*) FROM upload WHERE $count > 0 GROUP BY state`,
  `INSERT INTO waiting_count SELECT 1, situation, held_in, count(*) FROM upload
     WHERE $count > 0 AND situation IS NOT NULL GROUP BY situation, held_in`,
  `INSERT INTO tag (photo_id, concept_id, value, sort_at)
     SELECT id, concept, 1, sort_at FROM photo JOIN (SELECT 1 AS concept UNION SELECT 2 UNION SELECT 3)
     WHERE CASE concept WHEN 1 THEN id % 10 IN (0, 3, 7) WHEN 2 THEN id > $count / 2 AND id % 5 > 0
       ELSE id % 500 = 9 END ORDER BY id, concept`,
  `INSERT INTO concept_use (concept_id, present_count, absent_count, last_used_at)
     SELECT concept_id, count(*), 0, ${NOW} FROM tag WHERE $count > 0 GROUP BY concept_id
     ON CONFLICT (concept_id) DO UPDATE SET present_count = excluded.present_count, last_used_at = excluded.last_used_at`,
  `INSERT INTO state_history (photo_id, destination_id, at, state, reason)
     SELECT photo_id, destination_id, state_at, state, reason FROM upload WHERE $count > 0`,
  `INSERT INTO file_name (file_name) SELECT 'rebuild' WHERE $count > 0`,
];

/** What a large ledger is like. */
export interface LargeLedgerOptions {
  /** Default: an app of the service, which nobody may then start an engine for. */
  readonly destination?: DestinationNames;
  /** All photos are final, so that an engine over it has nothing to send. Default false: states are mixed. */
  readonly isSettled?: boolean;
  /** All photos failed. Default false. */
  readonly areFailed?: boolean;
}

/** Writes a ledger of `count` photos to `path`; one million take well under two minutes. */
export function writeLargeLedger(
  path: string,
  count: number,
  { destination: names = SERVICE_APP, isSettled = false, areFailed = false }: LargeLedgerOptions = {},
): LargeLedger {
  const ledger = openLedger(path);
  const { db } = ledger;
  const destination = ledger.destinations.ensure(names, NOW);
  const folders = Array.from({ length: 51 }, (_, n) =>
    ledger.folders.add(`/photos/${n}`, destination.id, NOW),
  );
  const concepts = ['common', 'elsewhere', 'rare'].map((name) => ledger.concepts.ensure(name, NOW));
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = OFF');
  const putAway = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
       ORDER BY type, name`,
    )
    .all();
  const state = isSettled ? SETTLED : MIXED;
  write(db, writesOf(areFailed ? FAILED : state), { count, putAway });
  ledger.close();
  return {
    destinationId: destination.id,
    largeFolderId: folders[0]?.id ?? 0,
    smallFolderId: folders[1]?.id ?? 0,
    commonConceptId: concepts[0]?.id ?? 0,
    rareConceptId: concepts[2]?.id ?? 0,
  };
}

function write(
  db: Database.Database,
  writes: readonly string[],
  {
    count,
    putAway,
  }: {
    readonly count: number;
    readonly putAway: readonly { readonly type: string; readonly name: string; readonly sql: string }[];
  },
): void {
  for (const { type, name } of putAway) db.exec(`DROP ${type} ${name}`);
  for (const sql of writes) db.prepare(sql).run({ count });
  for (const { sql } of putAway) db.exec(sql);
  db.pragma('wal_checkpoint(TRUNCATE)');
}
