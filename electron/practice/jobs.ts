/** `inputs_add_job_id`: jobs that gather statistics about the inputs of one or more POSTs. */
import { readPage, type Account, type Call } from './account.ts';
import { ok, Refusal, statusOf, timestamp, type JsonObject, type Reply } from './reply.ts';
import type { Store } from './store.ts';

interface JobRow {
  readonly id: string;
  readonly refused_count: number;
  readonly cancelled: number;
  readonly created_at: number;
  readonly modified_at: number;
}

/** Prepares the statements of the `add_job` table. */
export const createJobs = (db: Store) => {
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
export type Jobs = ReturnType<typeof createJobs>;

const progressOf = (account: Account, row: JobRow) => {
  const sums = { pending: 0, inProgress: 0, success: 0, failed: row.refused_count };
  for (const { status, count } of account.jobs.counts(row.id)) {
    if (status === 30001) sums.pending += count;
    else if (status === 30003) sums.inProgress += count;
    else if (status === 30000) sums.success += count;
    else sums.failed += count;
  }
  return sums;
};

/** Counters are 64-bit, hence strings, and dropped at zero. */
const counter = (name: string, count: number): JsonObject => (count === 0 ? {} : { [name]: String(count) });

/** `InputsAddJob`. */
export const jobJson = (account: Account, id: string): JsonObject => {
  const row = account.jobs.get(id);
  if (row === undefined) throw new Refusal(404, 11101, `The job ${id} does not exist`);
  const sums = progressOf(account, row);
  const running = sums.pending + sums.inProgress > 0;
  return {
    id: row.id,
    progress: {
      ...counter('pending_count', sums.pending),
      ...counter('in_progress_count', sums.inProgress),
      ...counter('success_count', sums.success),
      ...counter('failed_count', sums.failed),
    },
    created_at: timestamp(row.created_at),
    modified_at: timestamp(row.modified_at),
    status: statusOf(row.cancelled === 1 ? 64004 : running ? 64001 : 64002),
  };
};

/** `GET /inputs/jobs/add`. */
export const listJobs = (account: Account, { query }: Call): Reply => {
  const { page, perPage } = readPage(query);
  const rows = account.jobs.page(perPage, (page - 1) * perPage);
  return ok({ inputs_add_jobs: rows.map((row) => jobJson(account, row.id)) });
};

/** `GET /inputs/jobs/add/{id}`. */
export const getJob = (account: Account, { params }: Call): Reply =>
  ok({ inputs_add_job: jobJson(account, params['id'] ?? '') });

/** `PATCH /inputs/jobs/add/{id}` cancels. */
export const cancelJob = (account: Account, { params }: Call): Reply => {
  const id = params['id'] ?? '';
  jobJson(account, id);
  account.db.transaction(() => account.jobs.cancel(id, account.now()))();
  return ok({ inputs_add_job: jobJson(account, id) });
};
