import type { BatchEnd } from '../ledger/batches.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import type { ClaimedBatch } from './claim.ts';
import type { UploadContext } from './context.ts';
import { problemWords } from './hold-rules.ts';
import { isStillIn, recordLost } from './record.ts';

/**
 * Ends a batch of which the service has nothing: all its photos are queued again, at no cost. (A photo that was lost
 * by itself again and again pays; see `recordLost`.)
 */
export function requeueBatch(ctx: UploadContext, batch: ClaimedBatch, end: Omit<BatchEnd, 'at'>): void {
  const { ledger, clock } = ctx;
  const at = clock.now();
  ledger.transaction(() => {
    for (const { photoId } of batch.photos) {
      if (!isStillIn(ctx, photoId, batch.id)) continue;
      recordLost(ctx, batch.id, photoId);
      ledger.batches.settleInput(batch.id, photoId, end.outcome, null);
    }
    ledger.batches.close(batch.id, { ...end, at });
  });
  ctx.flight.lostBatches.delete(batch.id);
  ctx.changed();
}

/** What a problem says in a batch's row. */
export function endOfProblem(outcome: string, problem: RequestProblem): Omit<BatchEnd, 'at'> {
  return {
    outcome,
    http: problem.http ?? null,
    statusCode: problem.code ?? null,
    requestId: problem.reqId ?? null,
    detail: problemWords(problem),
  };
}
