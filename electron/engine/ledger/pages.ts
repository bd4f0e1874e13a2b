/**
 * The read model of the sheets: photos of one destination in the order of their time, page by page, with any of the
 * filters state, folder, concept and time. A page begins after the last row of the page before it (keyset), so that the
 * thousandth page costs what the first does.
 *
 * Every filter has an index in the order of the sheet. A single filter walks its own. Of several, a small one leads and
 * each of its photos is probed in the others; when all are large their indexes are merged, each read once and in order,
 * which bounds the worst case (filters that hardly overlap) where probing would not.
 */
import type Database from 'better-sqlite3';
import type { Orientation, PhotoState } from '#shared/photo.ts';

/** Where a page ended. */
export interface PageKey {
  readonly sortAt: number;
  readonly photoId: number;
}

/** What a page shows. All filters that are given apply together. */
export interface PageQuery {
  readonly destinationId: number;
  readonly state?: PhotoState;
  /** Photos that a file of this folder holds now. */
  readonly folderId?: number;
  /** Photos that have this tag of the owner: the concept present (1) or marked as not present (0). */
  readonly concept?: { readonly id: number; readonly value: 0 | 1 };
  /** First time that is shown, in the ms of `sortAt`. */
  readonly dayFrom?: number;
  /** First time that is shown no more. */
  readonly dayTo?: number;
  /** The last row of the page before, in the direction of this page. */
  readonly after?: PageKey;
  /** Newest first. Default false. */
  readonly descending?: boolean;
  /** How many rows at most. */
  readonly limit: number;
}

/** One photo of a sheet. */
export interface PageRow extends PageKey {
  /** Null only for photos that were added by URL. */
  readonly pictureHash: string | null;
  readonly orientation: Orientation;
  /** Upright pixels; null until the picture was decoded. */
  readonly width: number | null;
  readonly height: number | null;
  readonly state: PhotoState;
  /** Failure cause or skip reason. */
  readonly reason: string | null;
}

/** A filter that has an index of its own. `state` stands for the destination's uploads, of one state or of all. */
export type PageSource = 'all' | 'state' | 'folder' | 'concept';

/** Up to this many photos a filter leads and is probed; above it, indexes are merged. Counting so far takes about 1 ms. */
export const SMALL_FILTER = 20_000;

interface SourceSql {
  /** The table, under the name that `where` uses, with the index that is in the order of the sheet. */
  readonly from: string;
  readonly name: string;
  /** The time in the order of the sheet. */
  readonly time: string;
  readonly where: string;
}

const SOURCES: Readonly<Record<PageSource, SourceSql>> = {
  all: {
    from: 'upload INDEXED BY upload_sheet',
    name: 'upload',
    time: 'upload.sort_at',
    where: 'upload.destination_id = $destinationId',
  },
  state: {
    from: 'upload INDEXED BY upload_state',
    name: 'upload',
    time: 'upload.sort_at',
    where: 'upload.destination_id = $destinationId AND upload.state = $state',
  },
  folder: {
    from: 'file INDEXED BY file_sheet',
    name: 'file',
    time: 'file.sheet_at',
    where: `file.folder_id = $folderId AND file.kind = 'photo' AND file.missing_at IS NULL`,
  },
  concept: {
    from: 'tag INDEXED BY tag_sheet',
    name: 'tag',
    time: 'tag.sort_at',
    where: 'tag.concept_id = $conceptId AND tag.value = $value',
  },
};

type Keyed = Pick<SourceSql, 'name' | 'time'>;

const bounds = ({ name, time }: Keyed): string => `(${time}, ${name}.photo_id) > ($fromSortAt, $fromPhotoId)
      AND (${time}, ${name}.photo_id) < ($toSortAt, $toPhotoId)`;

const order = ({ name, time }: Keyed, descending: boolean): string =>
  descending ? `${time} DESC, ${name}.photo_id DESC` : `${time}, ${name}.photo_id`;

const columns = ({ name, time }: Keyed): string => `${name}.photo_id AS photoId, ${time} AS sortAt,
      photo.picture_hash AS pictureHash, photo.orientation, photo.width, photo.height, upload.state, upload.reason`;

/** CROSS JOIN keeps the order of the loops as it is written. */
const joinPhoto = (name: string): string => `CROSS JOIN photo ON photo.id = ${name}.photo_id`;
const joinUpload = (name: string): string => `CROSS JOIN upload ON upload.photo_id = ${name}.photo_id
      AND upload.destination_id = $destinationId`;

/** Asks whether the leader's photo is in another filter. No EXISTS: SQLite may turn that into a join and let it lead. */
function probe(source: PageSource, leader: Keyed): string {
  if (source === 'all') return 'TRUE';
  if (source === 'state') return 'upload.state = $state';
  const { from, name, time, where } = SOURCES[source];
  return `(SELECT 1 FROM ${from} WHERE ${where} AND ${time} = ${leader.time}
      AND ${name}.photo_id = ${leader.name}.photo_id)`;
}

/** The SQL of a page that `leader` leads; every other filter is probed. Its plan is pinned by tests. */
export function probingSql(leader: PageSource, others: readonly PageSource[], descending: boolean): string {
  const lead = SOURCES[leader];
  const { from, name, where } = lead;
  // Two files of a folder may hold one photo; they stand side by side in the index.
  return `SELECT ${leader === 'folder' ? 'DISTINCT' : ''} ${columns(lead)}
    FROM ${from} ${name === 'upload' ? '' : joinUpload(name)} ${joinPhoto(name)}
    WHERE ${[where, bounds(lead), ...others.map((other) => probe(other, lead))].join('\n      AND ')}
    ORDER BY ${order(lead, descending)} LIMIT $limit`;
}

/** What a merge is called in its SQL. */
const BOTH: Keyed = { name: 'both', time: 'both.sort_at' };

/**
 * The SQL of a page that merges the indexes of large filters. Photos that are not at the destination have no state. Its
 * plan is pinned by tests.
 */
export function mergingSql(sources: readonly PageSource[], descending: boolean): string {
  const direction = descending ? 'DESC' : 'ASC';
  const merged = sources.map((source) => {
    const { from, name, time, where } = SOURCES[source];
    return `SELECT ${time} AS sort_at, ${name}.photo_id FROM ${from} WHERE ${where} AND ${bounds({ name, time })}`;
  });
  return `SELECT ${columns(BOTH)}
    FROM (${merged.join('\n    INTERSECT ')}
    ORDER BY 1 ${direction}, 2 ${direction} LIMIT $limit) AS both ${joinPhoto('both')}
    LEFT ${joinUpload('both').replace('CROSS ', '')}
    ORDER BY ${order(BOTH, descending)}`;
}

/** The SQL that counts a filter as far as `$small`. */
export function sizeSql(source: PageSource): string {
  const { from, where } = SOURCES[source];
  return `SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${where} AND ${bounds(SOURCES[source])} LIMIT $small)`;
}

type Named = Record<string, string | number | null>;

function namedOf(query: PageQuery): Named {
  const { dayFrom = -Infinity, dayTo = Infinity, after, descending = false } = query;
  // Both bounds are exclusive; photo ids begin at 1.
  const from = { sortAt: bounded(dayFrom), photoId: -1 };
  const to = { sortAt: bounded(dayTo), photoId: -1 };
  const low = after !== undefined && !descending && isLess(from, after) ? after : from;
  const high = after !== undefined && descending && isLess(after, to) ? after : to;
  return {
    destinationId: query.destinationId,
    state: query.state ?? null,
    folderId: query.folderId ?? null,
    conceptId: query.concept?.id ?? null,
    value: query.concept?.value ?? null,
    fromSortAt: low.sortAt,
    fromPhotoId: low.photoId,
    toSortAt: high.sortAt,
    toPhotoId: high.photoId,
    limit: query.limit,
  };
}

function bounded(time: number): number {
  return Math.min(Math.max(time, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function isLess(a: PageKey, b: PageKey): boolean {
  return a.sortAt < b.sortAt || (a.sortAt === b.sortAt && a.photoId < b.photoId);
}

/** A row of a merge: a photo without a state is not at the destination. */
type MergedRow = Omit<PageRow, 'state'> & { readonly state: PhotoState | null };

/** Statements for sheets; each is prepared when it is first wanted. */
export function createPages(db: Database.Database, { small = SMALL_FILTER } = {}) {
  const statements = new Map<string, Database.Statement<[Named], MergedRow>>();
  const sizes = new Map<PageSource, Database.Statement<[Named], number>>();

  function pageOf(sql: string): Database.Statement<[Named], MergedRow> {
    const statement = statements.get(sql) ?? db.prepare<[Named], MergedRow>(sql);
    statements.set(sql, statement);
    return statement;
  }

  function sizeOf(source: PageSource, named: Named): number {
    const statement = sizes.get(source) ?? db.prepare<[Named], number>(sizeSql(source)).pluck();
    sizes.set(source, statement);
    return statement.get({ ...named, small }) ?? 0;
  }

  function sqlOf(query: PageQuery): string {
    const { descending = false } = query;
    const filters: PageSource[] = [];
    // Folder and concept first: where they do not overlap, the merge never gets to read the states.
    if (query.folderId !== undefined) filters.push('folder');
    if (query.concept !== undefined) filters.push('concept');
    if (query.state !== undefined) filters.push('state');
    const [only, ...more] = filters;
    if (only === undefined) return probingSql('all', [], descending);
    if (more.length === 0) return probingSql(only, [], descending);
    const named = namedOf(query);
    const smallest = filters
      .map((source) => ({ source, size: sizeOf(source, named) }))
      .reduce((least, next) => (next.size < least.size ? next : least));
    if (smallest.size >= small) return mergingSql(filters, descending);
    const others = filters.filter((source) => source !== smallest.source);
    return probingSql(smallest.source, others, descending);
  }

  return {
    /** One page of a sheet, in the order of (`sortAt`, `photoId`). A page that is not full is the last one. */
    page(query: PageQuery): PageRow[] {
      const statement = pageOf(sqlOf(query));
      const rows: PageRow[] = [];
      let after = query.after;
      for (;;) {
        const limit = query.limit - rows.length;
        const read = statement.all(namedOf({ ...query, limit, ...(after === undefined ? {} : { after }) }));
        for (const row of read) if (isThere(row)) rows.push(row);
        const last = read.at(-1);
        if (last === undefined || read.length < limit || rows.length === query.limit) return rows;
        after = { sortAt: last.sortAt, photoId: last.photoId };
      }
    },
  };
}

function isThere(row: MergedRow): row is PageRow {
  return row.state !== null;
}
