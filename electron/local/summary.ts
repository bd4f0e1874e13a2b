/** The report of an ingest in words, for the terminal. */
import { SKIPS } from '#shared/problems.ts';
import type { IngestReport } from '#shared/report.ts';
import { plainPath } from './plain-path.ts';
import { duration, megabytes, photos, remedyWords } from './wording.ts';

/** Paths named per cause; `tagalong failures` lists all. */
const PATHS_SHOWN = 5;

/** Lines that say what became of every photo, what holds, what failed and what to do. */
export function summaryOf(report: IngestReport): string[] {
  return [
    `${photos(report.found)} in ${report.files.toLocaleString('en')} ${report.files === 1 ? 'file' : 'files'}, ${duration(report.seconds)}`,
    `  uploaded       ${count(report.uploaded)}${sentIn(report)}`,
    `  already there  ${count(report.alreadyThere)}`,
    ...(report.skipped > 0 ? [`  skipped        ${count(report.skipped)}`] : []),
    ...(report.failed > 0 ? [`  failed         ${count(report.failed)}`] : []),
    ...(report.pending > 0 ? [`  pending        ${count(report.pending)}`] : []),
    ...report.holds.map((hold) => `! ${hold.sentence}${words(hold.detail)} ${remedyWords(hold.remedy)}`),
    ...groups(report),
    ...skipLines(report),
    ...report.recovered.map(
      ({ path, share }) =>
        `~ ${plainPath(path)} is damaged; ${(share * 100).toFixed(1)} % of it could be recovered and was sent.`,
    ),
    ...report.unreadable.map(({ path, detail }) => `! ${plainPath(path)} could not be read: ${detail}`),
    ...report.notices.map((notice) => `! ${notice}`),
    ...(report.tagsPending > 0 ? [`! The tags of ${photos(report.tagsPending)} still have to be sent.`] : []),
    ...(report.tagsRefused > 0
      ? [`! The service refused the tags of ${photos(report.tagsRefused)}; they are tried again next time.`]
      : []),
  ];
}

function sentIn(report: IngestReport): string {
  if (report.batches === 0) return '';
  const batches = report.batches === 1 ? '1 batch' : `${report.batches.toLocaleString('en')} batches`;
  return `   in ${batches}, ${megabytes(report.bytesSent)}`;
}

function groups(report: IngestReport): string[] {
  const byCause = Map.groupBy(report.failures, (failure) => failure.cause);
  return [...byCause].flatMap(([cause, failures]) => {
    const [first] = failures;
    if (first === undefined) return [];
    return [
      `! ${photos(failures.length)} (${cause}): ${first.message} ${remedyWords(first.remedy)}`,
      ...failures.slice(0, PATHS_SHOWN).map((failure) => `    ${plainPath(failure.path)}`),
      ...(failures.length > PATHS_SHOWN
        ? [`    and ${failures.length - PATHS_SHOWN} more: tagalong failures`]
        : []),
    ];
  });
}

function skipLines(report: IngestReport): string[] {
  const byReason = Map.groupBy(report.skips, (skip) => skip.reason);
  return [...byReason].map(([reason, skips]) => `- ${photos(skips.length)} left out: ${SKIPS[reason]}`);
}

function count(number: number): string {
  return number.toLocaleString('en').padStart(7);
}

function words(detail: string | null): string {
  return detail === null ? '' : ` (${detail})`;
}
