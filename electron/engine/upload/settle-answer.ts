/** Records the answer to a POST: every photo gets its own outcome, and what the answer leaves open is asked. */
import type { Reply } from '../clarifai/errors.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { BatchInput } from '../ledger/batches.ts';
import { askWhichAreThere } from './ask.ts';
import type { ClaimedBatch } from './claim.ts';
import { pauseFor } from './context.ts';
import type { UploadContext } from './context.ts';
import { isStillIn, recordAgain, recordShown, recordTaken } from './record.ts';
import { releaseRenditions } from './renditions.ts';
import { settleBatch, wordsOf } from './settle-batch.ts';
import type { SettledPhoto } from './settle-batch.ts';

/** How often the service is asked for an input whose id it calls taken, before that is a failure. */
const ASK_LIMIT = 3;

export interface Answered {
  readonly batch: ClaimedBatch;
  readonly reply: Reply<{ readonly inputs: readonly WireInput[] }>;
  /** The batch went out more than once: what is there already is most likely from an earlier time. */
  readonly wasRepeated: boolean;
}

/** Settles all photos of an answered batch and closes it; false when some could not be asked about and it stays open. */
export async function settleAnswer(ctx: UploadContext, answered: Answered): Promise<boolean> {
  const { batch, reply } = answered;
  const settled = settleBatch(batch.photos, reply.inputs);
  const open = settled.filter(({ settlement }) => settlement.kind === 'ask');
  ctx.ledger.transaction(() => {
    for (const photo of settled) recordSettled(ctx, batch.id, photo);
    if (open.length === 0) closeAnswered(ctx, answered);
  });
  releaseRenditions(
    ctx,
    batch.photos.map(({ photoId }) => photoId),
  );
  ctx.changed();
  return open.length === 0 || askAboutOpen(ctx, answered, open);
}

function recordSettled(
  ctx: UploadContext,
  batchId: number,
  { photo, settlement, status }: SettledPhoto<BatchInput>,
): void {
  const { ledger, destinationId, clock, flight } = ctx;
  if (settlement.kind === 'ask' || !isStillIn(ctx, photo.photoId, batchId)) return;
  flight.misses.delete(photo.photoId);
  flight.cuts.delete(photo.photoId);
  const statusCode = status?.code ?? 0;
  const requestId = status === null || status.reqId === '' ? null : status.reqId;
  const words = status === null ? null : wordsOf(status);
  ledger.batches.settleInput(batchId, photo.photoId, settlement.kind, statusCode);
  if (settlement.kind === 'present') {
    recordTaken(ctx, photo, { state: settlement.state, statusCode, requestId });
  } else if (settlement.kind === 'again') {
    recordAgain(ctx, photo.photoId, { costsAttempt: true, words, statusCode });
  } else {
    const { cause } = settlement;
    ledger.uploads.fail(photo.photoId, destinationId, {
      cause,
      detail: words,
      at: clock.now(),
      statusCode,
      requestId,
    });
  }
}

/** Asks up to three times; what is there is adopted, what is not has its own end. */
async function askAboutOpen(
  ctx: UploadContext,
  answered: Answered,
  asked: readonly SettledPhoto<BatchInput>[],
): Promise<boolean> {
  const { ledger, destinationId, holds, settings } = ctx;
  const { id: batchId } = answered.batch;
  let open = asked;
  for (let time = 1; open.length > 0; time += 1) {
    if (time > 1 && !(await pauseFor(ctx, settings.askAgainMs, holds.signal()))) return false;
    const there = await askWhichAreThere(
      ctx,
      open.map(({ photo }) => photo),
    );
    if (there === null) return false;
    const isLastTime = time === ASK_LIMIT;
    const left = open.filter(({ photo }) => !there.has(photo.inputId));
    ledger.transaction(() => {
      for (const { photo, settlement, status } of open) {
        const input = there.get(photo.inputId);
        if (!isStillIn(ctx, photo.photoId, batchId)) continue;
        if (input !== undefined) {
          const isOurs =
            answered.wasRepeated || ledger.batches.wasSent(photo.photoId, destinationId, batchId);
          const isNew = settlement.kind === 'ask' && settlement.why === 'missing';
          recordShown(ctx, photo, input, isOurs || isNew ? 'posted' : 'adopted');
          ledger.batches.settleInput(batchId, photo.photoId, 'there', input.status.code);
        } else if (isLastTime) {
          recordNotThere(ctx, batchId, { photo, settlement, status });
        }
      }
      if (left.length === 0 || isLastTime) closeAnswered(ctx, answered);
    });
    releaseRenditions(
      ctx,
      open.map(({ photo }) => photo.photoId),
    );
    ctx.changed();
    if (isLastTime) break;
    open = left;
  }
  return true;
}

function recordNotThere(
  ctx: UploadContext,
  batchId: number,
  { photo, settlement, status }: SettledPhoto<BatchInput>,
): void {
  const isTaken = settlement.kind === 'ask' && settlement.why === 'duplicate-id';
  ctx.ledger.batches.settleInput(
    batchId,
    photo.photoId,
    isTaken ? 'id-taken' : 'not-there',
    status?.code ?? null,
  );
  if (!isTaken) {
    recordAgain(ctx, photo.photoId, { costsAttempt: true, words: 'The answer does not mention it.' });
    return;
  }
  ctx.ledger.uploads.fail(photo.photoId, ctx.destinationId, {
    cause: 'id-taken',
    detail: status === null ? null : wordsOf(status),
    at: ctx.clock.now(),
    statusCode: status?.code ?? null,
    requestId: status?.reqId ?? null,
  });
}

function closeAnswered(ctx: UploadContext, { batch, reply }: Answered): void {
  const { http, status } = reply;
  ctx.ledger.batches.close(batch.id, {
    at: ctx.clock.now(),
    outcome: 'answered',
    http,
    statusCode: status.code,
    requestId: status.reqId === '' ? null : status.reqId,
    detail: wordsOf(status),
  });
}
