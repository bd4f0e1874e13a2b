/** Turns what the ledger keeps (causes, reasons, holds) into what people read. */
import { join } from 'node:path';
import type { HoldRow } from './ledger/holds.ts';
import type { ScopeProblem } from './ledger/reports.ts';
import { plainWords, withoutHome } from './without-home.ts';
import { FAILURES, HOLDS, SKIPS } from '#shared/problems.ts';
import type { FailureCause, Hold, SkipReason } from '#shared/problems.ts';
import type { ReportedFailure, ReportedSkip } from '#shared/report.ts';

/** A hold with its sentence. */
export function explainHold({ kind, since, until, detail }: HoldRow): Hold {
  const { sentence, remedy } = HOLDS[kind];
  return { kind, sentence, remedy, since, until, detail: plainWords(detail) };
}

/** A failure with its sentence and, behind it, the system's or the service's own words. */
export function explainFailure({ folderPath, path, reason, detail }: ScopeProblem): ReportedFailure {
  const cause = reason as FailureCause;
  const { sentence, remedy } = Object.hasOwn(FAILURES, reason)
    ? FAILURES[cause]
    : {
        sentence: `It failed for a reason that this version does not know (${reason}).`,
        remedy: 'retry' as const,
      };
  const message = detail === null || detail === '' ? sentence : `${sentence} (${withoutHome(detail)})`;
  return { path: join(folderPath, path), cause, message, remedy };
}

export function explainSkip({ folderPath, path, reason }: ScopeProblem): ReportedSkip {
  return { path: join(folderPath, path), reason: reason as SkipReason };
}

/** Whether a file's problem is a reason to leave it out, rather than a failure. */
export function isSkip(reason: string): reason is SkipReason {
  return Object.hasOwn(SKIPS, reason);
}
