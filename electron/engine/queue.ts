/** How the sending to a destination stands, and what it has before it, for people. */
import type { DestinationLine } from './destination-line.ts';
import type { EngineParts } from './engine-parts.ts';
import { explainHold } from './explain.ts';
import type { Destination } from './ledger/destinations.ts';
import { stopsRequests } from './upload/hold-rules.ts';
import { PACE_STEP_MS } from './upload/traffic.ts';
import { paceOf, secondsLeft } from './time-left.ts';
import { withoutHome } from './without-home.ts';
import type { StateCounts } from '#shared/photo.ts';
import {
  BATCH_PICTURE_LIMIT,
  type NotSent,
  type PausedFolder,
  type Plan,
  type Queue,
  type QueueBatch,
  type QueueRun,
  type QueueWait,
} from '#shared/queue.ts';

type QueueParts = Pick<
  EngineParts,
  'ledger' | 'changes' | 'ingest' | 'diskRoom' | 'openLines' | 'host' | 'steering'
>;

/** Batches, waits and pace at this moment. */
export function queueOf(parts: QueueParts, { id }: Pick<Destination, 'id'>): Queue {
  const { ledger } = parts;
  const asOf = parts.changes.asOf();
  const line = parts.openLines().find(({ destination }) => destination.id === id);
  const holds = parts.diskRoom.withHold(id, ledger.holds.of(id)).map(explainHold);
  const isHeld = holds.some(({ kind }) => stopsRequests(kind));
  const counts = ledger.counts.of(id);
  const batches = batchesOf(parts, id, line);
  const rate = line?.uploader.traffic.rate() ?? { bytesPerSecond: 0, photosPerSecond: 0 };
  return {
    asOf,
    destinationId: id,
    batches,
    waits: waitsOf(parts, id, { counts, isHeld, isSending: batches.length > 0 }),
    holds,
    pausedFolders: pausedFolders(ledger, id),
    order: parts.steering.settings().order,
    limit: parts.steering.now(),
    ...rate,
    secondsLeft: isHeld ? null : secondsLeft(parts, id),
    history: { stepMs: PACE_STEP_MS, points: line?.uploader.traffic.history() ?? [] },
    run: runOf(parts, id, line),
  };
}

function batchesOf({ ledger }: QueueParts, id: number, line: DestinationLine | undefined): QueueBatch[] {
  return ledger.queueReads.openBatches(id).map((batch) => {
    const traffic = line?.uploader.traffic.of(batch.id) ?? null;
    const photoIds = ledger.queueReads.firstOf(batch.id, BATCH_PICTURE_LIMIT);
    return {
      id: batch.id,
      photoCount: batch.inputCount,
      photos: ledger.sheetRows.of(id, photoIds),
      bodyBytes: batch.bodyBytes,
      sentBytes: traffic?.sentBytes ?? 0,
      // One that nobody works on was interrupted: what arrived of it is asked before anything else.
      phase: traffic?.phase ?? 'asking',
      sinceAt: traffic?.sinceAt ?? batch.openedAt,
    };
  });
}

function runOf({ ledger }: QueueParts, id: number, line: DestinationLine | undefined): QueueRun | null {
  const run = line?.uploader.traffic.run() ?? null;
  return run === null ? null : { ...run, failedCount: ledger.queueReads.failedSince(id, run.sinceAt) };
}

function waitsOf(
  { ledger, ingest, host }: QueueParts,
  id: number,
  now: { readonly counts: StateCounts; readonly isHeld: boolean; readonly isSending: boolean },
): QueueWait[] {
  const { counts, isHeld, isSending } = now;
  const at = host.clock.now();
  const queued = ledger.queueReads.counts(id, at);
  const away = ledger.queueReads.away(id);
  // A photo whose folder is away also has a time at which it is looked for.
  const laterCount = Math.max(0, queued.later - away.queued);
  const soon = [
    { reason: 'ask', count: queued.unchecked },
    { reason: 'prepare', count: queued.unready },
    { reason: isSending ? 'turn' : 'fill', count: queued.ready },
  ] as const;
  const waits: readonly (Pick<QueueWait, 'reason' | 'count'> & Partial<QueueWait>)[] = [
    ...(isHeld
      ? [{ reason: 'held' as const, count: soon.reduce((sum, { count }) => sum + count, 0) }]
      : soon),
    { reason: 'later', count: laterCount, until: ledger.workLists.nextRetryAt(id, at) },
    { reason: 'away', count: away.found + away.queued, folders: awayFolders(ledger, id) },
    {
      reason: 'resting',
      count: queued.resting,
      folders: pausedFolders(ledger, id).map(({ path }) => withoutHome(path)),
    },
    { reason: 'decode', count: Math.max(0, counts.found - away.found) },
    { reason: 'look', count: ingest.waitingCount() },
    { reason: 'index', count: counts.accepted },
  ];
  return waits.filter(({ count }) => count > 0).map((wait) => ({ until: null, folders: [], ...wait }));
}

function awayFolders(ledger: QueueParts['ledger'], id: number): string[] {
  return ledger.folders
    .all()
    .filter(({ destinationId, health }) => destinationId === id && health !== 'ok')
    .map(({ path }) => withoutHome(path));
}

function pausedFolders(ledger: QueueParts['ledger'], destinationId: number): PausedFolder[] {
  return ledger.folders
    .all()
    .filter((folder) => folder.destinationId === destinationId && folder.pausedAt !== null)
    .map(({ id, path, pausedUntil }) => ({ id, path, until: pausedUntil }));
}

/** The uploader's plan, with what is there already, what is not decided yet, and what is not sent. */
export async function planOf(
  parts: Pick<EngineParts, 'ledger' | 'ingest' | 'steering'>,
  line: Pick<DestinationLine, 'destination' | 'uploader'>,
): Promise<Omit<Plan, 'asOf'>> {
  const { id } = line.destination;
  const { plan, seen } = await line.uploader.plan(() => besidePlan(parts, id));
  const pace = paceOf(parts, line);
  const { uncheckedCount, notSent, awayCount, ...rest } = plan;
  return {
    ...rest,
    ...seen,
    destinationId: id,
    unaskedCount: uncheckedCount,
    secondsLeft: pace === null ? null : Math.ceil(plan.bodyBytes.value / pace),
    awayCount: awayCount + seen.awayCount,
    notSent: merged([...notSent, ...seen.notSent]),
  };
}

/** What is not in the queue at this moment. */
function besidePlan({ ledger, ingest }: Pick<EngineParts, 'ledger' | 'ingest'>, id: number) {
  const counts = ledger.counts.of(id);
  const away = ledger.queueReads.away(id);
  return {
    sendingCount: counts.sending,
    thereCount: counts.accepted + counts.indexed,
    awayCount: away.found,
    restingCount: ledger.turns.restingCount(id),
    undecidedCount: Math.max(0, counts.found - away.found) + ingest.waitingCount(),
    notSent: [
      ...ledger.counts.reasons(id).map(({ state, reason, count }) => ({
        kind: state === 'failed' ? ('failed' as const) : ('skipped' as const),
        reason,
        count,
      })),
      ...ledger.counts.fileProblems(id).map((problem) => ({ kind: 'file' as const, ...problem })),
    ],
  };
}

/** One line per kind and reason, most first. */
function merged(lines: readonly NotSent[]): NotSent[] {
  const byReason = new Map<string, NotSent>();
  for (const line of lines) {
    const key = `${line.kind} ${line.reason}`;
    byReason.set(key, { ...line, count: line.count + (byReason.get(key)?.count ?? 0) });
  }
  return [...byReason.values()].toSorted((a, b) => b.count - a.count);
}
