/** The `add_job` table of a practice account. */
import type { Store } from './store.ts';

export interface JobRow {
  readonly id: string;
  readonly refused_count: number;
  readonly cancelled: number;
  readonly created_at: number;
  readonly modified_at: number;
}

/** Prepares the statements of the `add_job` table. */
export const createJobRows = (db: Store) => {
  const get = db.prepare<[string], JobRow>('SELECT * FROM add_job WHERE id = ?');
  const page = db.prepare<[number, number], JobRow>('SELECT * FROM add_job ORDER BY seq LIMIT ? OFFSET ?');
  const add = db.prepare<{ id: string; refused: number; now: number }>(
    `INSERT INTO add_job (id, refused_count, created_at, modified_at) VALUES (@id, @refused, @now, @now)
     ON CONFLICT (id) DO UPDATE SET refused_count = refused_count + @refused, modified_at = @now`,
  );
  const counts = db.prepare<[string], { status: number; count: number }>(
    'SELECT status, count(*) AS count FROM input WHERE job_id = ? GROUP BY status',
  );
  const cancel = db.prepare<[number, string]>(
    'UPDATE add_job SET cancelled = 1, modified_at = ? WHERE id = ?',
  );
  const cancelInputs = db.prepare<[number, string]>(
    `UPDATE input SET status = 30002, details = 'The job was cancelled', due_at = NULL, modified_at = ?
     WHERE job_id = ? AND status = 30001`,
  );
  return {
    get: (id: string) => get.get(id),
    page: (limit: number, offset: number) => page.all(limit, offset),
    /** Makes the job, or adds to it. */
    add: (id: string, refused: number, now: number) => void add.run({ id, refused, now }),
    counts: (id: string) => counts.all(id),
    /** Inputs that are still pending fail. */
    cancel: (id: string, now: number): void => {
      cancel.run(now, id);
      cancelInputs.run(now, id);
    },
  };
};
export type JobRows = ReturnType<typeof createJobRows>;
