/** `inputs_add_job_id`: jobs that gather statistics about the inputs of one or more POSTs. */
import type { Account, Call } from './account.ts';
import type { JobRow } from './job-rows.ts';
import { readPage } from './paging.ts';
import { ok, Refusal, statusOf, timestamp, type JsonObject, type Reply } from './reply.ts';

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
