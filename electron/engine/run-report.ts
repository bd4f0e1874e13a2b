/** What became of the photos of some folders, from the ledger. */
import { explainFailure, explainHold, explainSkip, isSkip } from './explain.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ReportScope, ScopeCount } from './ledger/reports.ts';
import { join } from 'node:path';
import type { IngestReport } from '#shared/report.ts';

/** Photos of a scope, sorted into the five ends of a report. */
export interface ScopeSums {
  readonly uploaded: number;
  readonly alreadyThere: number;
  readonly skipped: number;
  readonly failed: number;
  readonly pending: number;
}

/** Sorts photos by what a report calls them. Photos removed at the service count as skipped. */
export function sumUp(counts: readonly ScopeCount[]): ScopeSums {
  const sums = { uploaded: 0, alreadyThere: 0, skipped: 0, failed: 0, pending: 0 };
  for (const { state, isFresh, count } of counts) {
    switch (state) {
      case 'indexed':
        if (isFresh === 1) sums.uploaded += count;
        else sums.alreadyThere += count;
        break;
      case 'skipped':
      case 'removed':
        sums.skipped += count;
        break;
      case 'failed':
        sums.failed += count;
        break;
      case 'found':
      case 'queued':
      case 'sending':
      case 'accepted':
      case 'deleting':
        sums.pending += count;
        break;
    }
  }
  return sums;
}

/** What a report takes from the running engine rather than from the ledger. */
export interface RunFacts {
  readonly requests: number;
  readonly bytesSent: number;
  readonly seconds: number;
  /** Paths seen and not looked at yet. */
  readonly waiting: number;
  readonly unreadable: IngestReport['unreadable'];
  readonly notices: IngestReport['notices'];
  readonly tagsPending: number;
  readonly tagsRefused: number;
}

/** Writes the report of a run. */
export function reportOf(ledger: Ledger, scope: ReportScope, facts: RunFacts): IngestReport {
  const sums = sumUp(ledger.reports.counts(scope));
  const fileProblems = ledger.reports.fileProblems(scope);
  const fileSkips = fileProblems.filter((problem) => isSkip(problem.reason));
  const fileFailures = fileProblems.filter((problem) => !isSkip(problem.reason));
  const skipped = sums.skipped + fileSkips.length;
  const failed = sums.failed + fileFailures.length;
  const pending = sums.pending + facts.waiting;
  const { uploaded, alreadyThere } = sums;
  return {
    files: ledger.reports.fileCount(scope) + facts.waiting,
    found: uploaded + alreadyThere + skipped + failed + pending,
    uploaded,
    alreadyThere,
    skipped,
    failed,
    pending,
    batches: ledger.reports.answeredBatches(scope.destinationId, scope.since),
    requests: facts.requests,
    bytesSent: facts.bytesSent,
    seconds: facts.seconds,
    holds: ledger.holds.of(scope.destinationId).map(explainHold),
    failures: [...ledger.reports.photoProblems(scope, 'failed'), ...fileFailures].map(explainFailure),
    skips: [...ledger.reports.photoProblems(scope, 'skipped'), ...fileSkips].map(explainSkip),
    recovered: ledger.reports
      .recovered(scope)
      .map(({ folderPath, path, share }) => ({ path: join(folderPath, path), share })),
    unreadable: facts.unreadable,
    notices: facts.notices,
    tagsPending: facts.tagsPending,
    tagsRefused: facts.tagsRefused,
  };
}
