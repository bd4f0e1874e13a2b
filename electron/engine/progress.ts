/** How the work stands: of one run, or of everything. */
import type { DestinationLine } from './destination-line.ts';
import { explainHold } from './explain.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Ledger } from './ledger/ledger.ts';
import { sumUp } from './run-report.ts';
import type { Run } from './runs.ts';
import type { IngestProgress } from '#shared/engine-api.ts';
import { PHOTO_STATES, type PhotoState, type StateCounts } from '#shared/photo.ts';
import { HOLDS } from '#shared/problems.ts';

/**
 * How a run stands. It is done when its own photos are final, whatever other folders wait for.
 *
 * @throws LedgerDamagedError when the sending found the ledger damaged: nothing can go on
 */
export function progressOf(
  { ledger, ingest, diskRoom, steering }: Pick<EngineParts, 'ledger' | 'ingest' | 'diskRoom' | 'steering'>,
  run: Run,
  now: number,
): IngestProgress {
  const { line, destinationId } = run;
  const isRead = ingest.isIdle() && run.folderIds.every((id) => ingest.scanState(id)?.isDone === true);
  const counts = ledger.counts.of(destinationId);
  const isFinal = (): boolean => {
    // A run that only looks (a dry run) ends when everything is decoded.
    if (line === null) return counts.found <= ledger.queueReads.away(destinationId).found;
    return openCount(counts) === 0 || (hasOtherFolders(ledger, run) && isScopeFinal(ledger, run, now));
  };
  return describe({
    counts,
    holds: diskRoom.withHold(destinationId, ledger.holds.of(destinationId)).map(explainHold),
    awayCount: () => waitingForOwner(ledger, destinationId),
    restingCount: ledger.turns.restingCount(destinationId),
    waiting: ingest.waitingCount(),
    isRead,
    isFinal,
    lines: line === null ? [] : [line],
    fault: steering.fault(),
    bytesBefore: run.bytesBefore,
  });
}

/**
 * How everything stands, at all destinations together.
 *
 * @throws LedgerDamagedError as `progressOf`
 */
export function overallProgress(
  parts: Pick<EngineParts, 'ledger' | 'ingest' | 'diskRoom' | 'openLines' | 'steering'>,
): IngestProgress {
  const { ledger, ingest, diskRoom } = parts;
  const lines = parts.openLines();
  const counts = lines
    .map(({ destination }) => ledger.counts.of(destination.id))
    .reduce(add, Object.fromEntries(PHOTO_STATES.map((state) => [state, 0])) as Record<PhotoState, number>);
  return describe({
    counts,
    holds: lines
      .flatMap(({ destination: { id } }) => diskRoom.withHold(id, ledger.holds.of(id)))
      .map(explainHold),
    awayCount: () => lines.reduce((sum, { destination }) => sum + waitingForOwner(ledger, destination.id), 0),
    restingCount: lines.reduce((sum, { destination }) => sum + ledger.turns.restingCount(destination.id), 0),
    waiting: ingest.waitingCount(),
    isRead: ingest.isIdle(),
    isFinal: () => openCount(counts) === 0,
    lines,
    fault: parts.steering.fault(),
    bytesBefore: 0,
  });
}

/** Photos whose folders are out of reach, and those whose folders are paused. */
function waitingForOwner({ queueReads, turns }: Ledger, destinationId: number): number {
  const { found, queued } = queueReads.away(destinationId);
  return found + queued + turns.restingCount(destinationId);
}

interface Facts {
  readonly counts: StateCounts;
  readonly holds: IngestProgress['holds'];
  readonly waiting: number;
  /** Everything is scanned, read and decoded. */
  readonly isRead: boolean;
  readonly isFinal: () => boolean;
  /** Waiting photos that only the owner can help. */
  readonly awayCount: () => number;
  /** Of them, those whose folders are paused. */
  readonly restingCount: number;
  readonly lines: readonly DestinationLine[];
  /** What was found where all lines are steered together. */
  readonly fault: Error | null;
  readonly bytesBefore: number;
}

function describe(facts: Facts): IngestProgress {
  const { counts, holds, waiting, isRead, lines, bytesBefore } = facts;
  for (const fault of [facts.fault, ...lines.map(({ uploader }) => uploader.fault())]) {
    if (fault !== null) throw fault;
  }
  const stats = lines.map((line) => line.uploader.stats());
  const isSending = stats.some(({ batchesInFlight }) => batchesInFlight > 0);
  const hasTags = lines.some((line) => line.tagSync.hasPending());
  const isDone = isRead && !hasTags && facts.isFinal();
  // A pause that ends by itself needs nobody.
  const needsOwner =
    holds.some(({ kind, until }) => HOLDS[kind].lifts === 'owner' && until === null) || isAllAway(facts);
  return {
    state: isDone ? 'done' : isRead && !isSending && needsOwner ? 'owner' : 'working',
    activity: activityOf(facts),
    counts,
    waiting,
    bytesSent: stats.reduce((sum, one) => sum + one.bytesSent, 0) - bytesBefore,
    holds,
  };
}

/** Nothing is left to do but for photos whose drive has to be plugged in again, or whose folders the owner paused. */
function isAllAway({ counts, isRead, awayCount }: Facts): boolean {
  const waiting = counts.found + counts.queued;
  return isRead && waiting > 0 && openCount(counts) === waiting && awayCount() === waiting;
}

/** What is happening, in a few words. `isRead`: everything is scanned, read and decoded. */
export function activityOf({
  counts,
  holds,
  isRead,
  waiting,
  restingCount,
}: Pick<Facts, 'counts' | 'holds' | 'isRead' | 'waiting' | 'restingCount'>): string {
  const [hold] = holds;
  if (hold !== undefined) return hold.sentence;
  if (counts.sending > 0) return 'sending';
  if (!isRead && waiting > 0) return 'reading files';
  if (counts.found > 0) return 'decoding';
  if (!isRead) return 'scanning';
  if (counts.queued > restingCount) return 'preparing';
  if (counts.accepted > 0) return 'waiting for the index';
  return restingCount > 0 ? 'resting with paused folders' : 'finishing';
}

/** The sums of a run's own photos take long for large folders, so they are asked for now and then. */
const SCOPE_EVERY_MS = 2000;

function hasOtherFolders(ledger: Ledger, run: Run): boolean {
  return ledger.folders
    .all()
    .some((folder) => folder.destinationId === run.destinationId && !run.folderIds.includes(folder.id));
}

function isScopeFinal(ledger: Ledger, run: Run, now: number): boolean {
  if (now - run.scope.checkedAt >= SCOPE_EVERY_MS) {
    run.scope = { checkedAt: now, isFinal: sumUp(ledger.reports.counts(run)).pending === 0 };
  }
  return run.scope.isFinal;
}

/** Photos that are on their way to being final. */
export function openCount(counts: StateCounts): number {
  return counts.found + counts.queued + counts.sending + counts.accepted + counts.deleting;
}

function add(left: Record<PhotoState, number>, right: StateCounts): Record<PhotoState, number> {
  for (const state of PHOTO_STATES) left[state] += right[state];
  return left;
}
