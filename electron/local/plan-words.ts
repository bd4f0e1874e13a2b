/** What would be sent, in words for the terminal. */
import { FAILURES, SKIPS } from '#shared/problems.ts';
import type { NotSent, Plan } from '#shared/queue.ts';
import type { IngestReport } from '#shared/report.ts';
import { duration, megabytes, photos } from './wording.ts';

/** What a dry run says of a plan. */
export type PlanSaid = Omit<Plan, 'asOf' | 'destinationId'>;

/**
 * Lines about everything that would go to the account of a run, by what the run itself reports: what that says of photos that
 * failed or were left out is not said again.
 */
export function planLines(
  plan: PlanSaid,
  report: Pick<IngestReport, 'pending' | 'failures' | 'skips'>,
): string[] {
  const { photoCount, unaskedCount, awayCount, restingCount, undecidedCount } = plan;
  const fromBefore = Math.max(0, photoCount - report.pending);
  const notes: (string | false)[] = [
    unaskedCount > 0 &&
      `The account was not asked about ${count(unaskedCount)} of them: what it has is not sent again.`,
    fromBefore > 0 && `${count(fromBefore)} of them waited before.`,
    awayCount > 0 && `${photos(awayCount)} more, once a folder can be reached that cannot.`,
    restingCount > 0 && `${photos(restingCount)} more, once their folder is resumed.`,
    undecidedCount > 0 && `${photos(undecidedCount)} were not looked at yet.`,
  ];
  return [
    sentence(plan),
    ...notes.filter((note) => note !== false).map((note) => `  ${note}`),
    ...unreported(plan.notSent, report).map(
      (left) => `- ${photos(left.count)} would not be sent: ${reasonWords(left)}`,
    ),
  ];
}

function sentence({ photoCount, pictureBytes, batches, secondsLeft }: PlanSaid): string {
  if (photoCount === 0) return 'Nothing would be sent.';
  const size = `${pictureBytes.isExact ? '' : 'about '}${megabytes(pictureBytes.value)}`;
  const number = batches.value === 1 ? '1 batch' : `${count(batches.value)} batches`;
  const time = secondsLeft === null ? '' : `, about ${duration(secondsLeft)}`;
  return `Would be sent: ${photos(photoCount)}, ${size} in ${batches.isExact ? '' : 'about '}${number}${time}`;
}

/** What the run's own report does not name. */
function unreported(
  notSent: readonly NotSent[],
  { failures, skips }: Pick<IngestReport, 'failures' | 'skips'>,
): NotSent[] {
  const named = [...failures.map(({ cause }) => cause), ...skips.map(({ reason }) => reason)];
  const counts = new Map<string, number>();
  for (const reason of named) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return notSent.flatMap((left) => {
    const known = Math.min(left.count, counts.get(left.reason) ?? 0);
    // Photos and files that are none may have the same reason.
    counts.set(left.reason, (counts.get(left.reason) ?? 0) - known);
    return known === left.count ? [] : [{ ...left, count: left.count - known }];
  });
}

function reasonWords({ reason }: NotSent): string {
  const words: Readonly<Record<string, string | { readonly sentence: string; readonly several: string }>> = {
    ...SKIPS,
    ...FAILURES,
  };
  const known = words[reason] ?? reason;
  return typeof known === 'string' ? known : known.several;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
