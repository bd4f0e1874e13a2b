/** The `concept` table of a practice account. */
import type { Store } from './store.ts';

export interface ConceptRow {
  readonly id: string;
  readonly name: string;
  readonly definition: string | null;
  readonly created_at: number;
}

/** Prepares the statements of the `concept` table. */
export const createConceptRows = (db: Store) => {
  const get = db.prepare<[string], ConceptRow>('SELECT * FROM concept WHERE id = ?');
  const page = db.prepare<{ like: string; limit: number; offset: number }, ConceptRow>(
    `SELECT * FROM concept WHERE id LIKE @like ESCAPE '\\' OR name LIKE @like ESCAPE '\\'
     ORDER BY seq LIMIT @limit OFFSET @offset`,
  );
  const insert = db.prepare<[string, string, string | null, number]>(
    'INSERT OR IGNORE INTO concept (id, name, definition, created_at) VALUES (?, ?, ?, ?)',
  );
  const rename = db.prepare<[string, string | null, string]>(
    'UPDATE concept SET name = ?, definition = coalesce(?, definition) WHERE id = ?',
  );
  const counts = db.prepare<
    [number, number],
    { id: string; name: string; positive: number; negative: number }
  >(
    `SELECT c.id, c.name, count(CASE WHEN t.value > 0 THEN 1 END) AS positive,
       count(CASE WHEN t.value <= 0 THEN 1 END) AS negative
     FROM concept AS c LEFT JOIN (
       SELECT tag.value ->> 'id' AS id, tag.value ->> 'value' AS value
       FROM input, json_each(input.data, '$.concepts') AS tag) AS t ON t.id = c.id
     GROUP BY c.seq ORDER BY c.seq LIMIT ? OFFSET ?`,
  );
  return {
    get: (id: string) => get.get(id),
    page: (like: string, limit: number, offset: number) => page.all({ like, limit, offset }),
    /** Makes the concept unless it is there. */
    ensure: (id: string, name: string | undefined, now: number) => void insert.run(id, name ?? id, null, now),
    insert: (id: string, name: string, definition: string | null, now: number) =>
      void insert.run(id, name, definition, now),
    rename: (id: string, name: string, definition: string | null) => void rename.run(name, definition, id),
    counts: (limit: number, offset: number) => counts.all(limit, offset),
  };
};
export type ConceptRows = ReturnType<typeof createConceptRows>;
