/** How fast a destination is sent to, and how long it takes: the same for the frame, the queue and the plan. */
import type { DestinationLine } from './destination-line.ts';
import type { EngineParts } from './engine-parts.ts';
import { keptPace } from './upload/kept-pace.ts';

/** Bytes per second: of the last minutes, else of the last run, and no more than the limit allows. Null: not known. */
export function paceOf(
  { ledger, steering }: Pick<EngineParts, 'ledger' | 'steering'>,
  { destination, uploader }: Pick<DestinationLine, 'destination' | 'uploader'>,
): number | null {
  const pace = uploader.traffic.pace() ?? keptPace(ledger, destination.id);
  const { limit } = steering.now();
  if (limit === null || limit === 0) return pace;
  return Math.min(pace ?? limit, limit);
}

/** In s, until all that may go has gone, with photos as large as those of the run; null: it cannot be told. */
export function secondsLeft(
  parts: Pick<EngineParts, 'ledger' | 'steering' | 'openLines'>,
  destinationId: number,
): number | null {
  const { queueReads } = parts.ledger;
  const line = parts.openLines().find(({ destination }) => destination.id === destinationId);
  const batches = queueReads.openBatches(destinationId);
  const waiting = queueReads.goingCount(destinationId);
  if (waiting === 0 && batches.length === 0) return 0;
  const pace = line === undefined ? null : paceOf(parts, line);
  const run = line?.uploader.traffic.run() ?? null;
  if (pace === null) return null;
  if (waiting > 0 && (run === null || run.sentCount === 0)) return null;
  const each = run === null || run.sentCount === 0 ? 0 : run.sentBytes / run.sentCount;
  const inFlight = batches.reduce(
    (sum, { id, bodyBytes }) => sum + bodyBytes - (line?.uploader.traffic.of(id)?.sentBytes ?? 0),
    0,
  );
  return Math.ceil((inFlight + waiting * each) / pace);
}
