/** The inputs in the store: every statement that reads or writes the `input` table, but for their timing. */
import type { Store } from './store.ts';

/** One row, as SQLite gives it. Times in ms since the epoch. */
export interface InputRow {
  readonly seq: number;
  readonly id: string;
  readonly status: number;
  readonly details: string | null;
  readonly url: string | null;
  readonly pack: string | null;
  readonly offset: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly format: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** JSON: concepts (id, value), metadata, geo, regions. */
  readonly data: string;
  readonly dataset_ids: string | null;
  readonly job_id: string | null;
  readonly created_at: number;
  readonly modified_at: number;
  readonly due_at: number | null;
  readonly planned_code: number | null;
  readonly planned_details: string | null;
  readonly deleting_at: number | null;
}

/** Status of an input whose deletion was asked for and is not carried out yet. */
export const DELETING_STATUS = 30201;
/** Status as the API shows it. */
const SHOWN_STATUS = `CASE WHEN deleting_at IS NULL THEN status ELSE ${DELETING_STATUS} END`;

const COLUMNS = [
  'id',
  'status',
  'details',
  'url',
  'pack',
  'offset',
  'bytes',
  'sha256',
  'format',
  'width',
  'height',
  'data',
  'dataset_ids',
  'job_id',
  'created_at',
  'modified_at',
  'due_at',
  'planned_code',
  'planned_details',
] as const;
export type NewInput = Pick<InputRow, (typeof COLUMNS)[number]>;

/** What one page of a stream asks for; without `lastId` it starts at the beginning. */
export interface StreamPage {
  readonly lastId: string | null;
  readonly descending: boolean;
  readonly orderById: boolean;
  readonly perPage: number;
}

/** Prepares the statements. */
export const createInputRows = (db: Store) => {
  const get = db.prepare<[string], InputRow>('SELECT * FROM input WHERE id = ?');
  const insert = db.prepare<NewInput>(
    `INSERT INTO input (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((c) => `@${c}`).join(', ')})`,
  );
  const byUrl = db.prepare<[string], { id: string }>('SELECT id FROM input WHERE url = ? LIMIT 1');
  const listAll = db.prepare<{ status: number | null; limit: number; offset: number }, InputRow>(
    `SELECT * FROM input WHERE @status IS NULL OR ${SHOWN_STATUS} = @status
     ORDER BY seq LIMIT @limit OFFSET @offset`,
  );
  const listIds = db.prepare<{ ids: string; status: number | null; limit: number; offset: number }, InputRow>(
    `SELECT input.* FROM json_each(@ids) AS asked JOIN input ON input.id = asked.value
     WHERE @status IS NULL OR ${SHOWN_STATUS} = @status
     GROUP BY input.seq ORDER BY input.seq LIMIT @limit OFFSET @offset`,
  );
  const counts = db.prepare<[], { status: number; count: number }>(
    'SELECT status, count(*) AS count FROM input WHERE deleting_at IS NULL GROUP BY status',
  );
  const setData = db.prepare<[string, number, number]>(
    'UPDATE input SET data = ?, modified_at = ? WHERE seq = ?',
  );
  const setDeleting = db.prepare<[number, string]>(
    'UPDATE input SET deleting_at = ? WHERE id = ? AND deleting_at IS NULL',
  );
  const storedTwice = db.prepare<[], { count: number }>(
    'SELECT count(sha256) - count(DISTINCT sha256) AS count FROM input',
  );
  const packUser = db.prepare<[string], { seq: number }>('SELECT seq FROM input WHERE pack = ? LIMIT 1');
  const bySha256 = db.prepare<[string], InputRow>('SELECT * FROM input WHERE sha256 = ? LIMIT 1');
  const count = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM input');
  return {
    get: (id: string) => get.get(id),
    insert: (row: NewInput) => void insert.run(row),
    hasUrl: (url: string): boolean => byUrl.get(url) !== undefined,
    /** A page of all inputs, or of those named (unknown ids are left out); oldest first. */
    list: (ids: readonly string[], status: number | null, page: number, perPage: number): InputRow[] => {
      const range = { status, limit: perPage, offset: (page - 1) * perPage };
      return ids.length === 0 ? listAll.all(range) : listIds.all({ ids: JSON.stringify(ids), ...range });
    },
    /** The page behind `lastId`; null when that input does not exist. */
    stream: ({ lastId, descending, orderById, perPage }: StreamPage): InputRow[] | null => {
      const last = lastId === null ? undefined : get.get(lastId);
      if (lastId !== null && last === undefined) return null;
      const column = orderById ? 'id' : 'seq';
      const behind = last === undefined ? '' : `WHERE ${column} ${descending ? '<' : '>'} ?`;
      const start = last === undefined ? [] : [orderById ? last.id : last.seq];
      return db
        .prepare<unknown[], InputRow>(
          `SELECT * FROM input ${behind} ORDER BY ${column} ${descending ? 'DESC' : 'ASC'} LIMIT ?`,
        )
        .all(...start, perPage);
    },
    all: () => db.prepare<[], InputRow>('SELECT * FROM input ORDER BY seq').all(),
    counts: () => counts.all(),
    setData: (seq: number, data: string, now: number) => void setData.run(data, now, seq),
    /** False when there is no such input, or it is being deleted already. */
    setDeleting: (id: string, at: number): boolean => setDeleting.run(at, id).changes > 0,
    usesPack: (pack: string): boolean => packUser.get(pack) !== undefined,
    bySha256: (sha256: string) => bySha256.get(sha256),
    count: (): number => count.get()?.count ?? 0,
    storedTwice: (): number => storedTwice.get()?.count ?? 0,
  };
};
export type InputRows = ReturnType<typeof createInputRows>;
