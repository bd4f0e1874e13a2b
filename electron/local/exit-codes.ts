import type { IngestReport } from '#shared/report.ts';

/** How the command ends. 1, 2 and 3 are as restic's: could not run, wrong usage, some photos failed. */
export const EXIT = {
  ok: 0,
  couldNotRun: 1,
  usage: 2,
  someFailed: 3,
  pending: 4,
  interrupted: 130,
} as const;

/** The exit code that a report calls for. Pending photos weigh more than failed ones: the work is not done. */
export function exitCodeOf(report: IngestReport): number {
  if (report.pending > 0 || report.tagsPending > 0) return EXIT.pending;
  const isWhole = report.failed === 0 && report.unreadable.length === 0 && report.tagsRefused === 0;
  return isWhole ? EXIT.ok : EXIT.someFailed;
}
