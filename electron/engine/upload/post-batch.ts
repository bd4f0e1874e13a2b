/** One batch from its claim to its end. */
import type { RequestProblem, RequestProblemKind } from '../clarifai/errors.ts';
import { HOLD_OF_PROBLEM } from '../clarifai/errors.ts';
import { askWhichAreThere } from './ask.ts';
import { FileChangedError, FileUnreadableError } from './body.ts';
import { claimBatch } from './claim.ts';
import type { ClaimedBatch, ClaimWanted } from './claim.ts';
import { pauseFor } from './context.ts';
import type { UploadContext } from './context.ts';
import { LEAST_HOLD_MS, problemWords } from './hold-rules.ts';
import type { LinkBudget } from './link-budget.ts';
import { createMeter } from './meter.ts';
import { recordUnsendable } from './misses.ts';
import { nextAttempt } from './pacer.ts';
import { isStillIn, recordTrouble } from './record.ts';
import { endOfProblem, requeueBatch } from './requeue.ts';
import { settleAnswer } from './settle-answer.ts';

/** How a batch ended. */
export type BatchResult =
  /** Every photo has its outcome; also when none of them could go. */
  | { readonly kind: 'settled' }
  /** A batch of one was refused for good: the photo has failed. */
  | { readonly kind: 'given-up' }
  /** Refused as a whole, with more than one photo in it; they are queued again. */
  | {
      readonly kind: 'guilty';
      readonly batchId: number;
      readonly photoIds: readonly number[];
      readonly problem: RequestProblemKind;
    }
  /** It did not go out, or its outcome has to be asked. Whoever has plans for these photos gives them up. */
  | { readonly kind: 'interrupted' };

export interface PostWanted extends ClaimWanted {
  /** Told which photos are in the batch. */
  readonly onClaimed?: (photoIds: readonly number[]) => void;
  /** So often a batch of several is sent when the service fails on it. */
  readonly tries: number;
}

/** Tries of a batch that the service fails on, before it is split or given up. */
export const TRIES = 3;

/** Claims the photos, sends them and settles what is said about them. */
export async function postBatch(
  ctx: UploadContext,
  budget: LinkBudget,
  wanted: PostWanted,
): Promise<BatchResult> {
  const batch = await claimBatch(ctx, wanted);
  wanted.onClaimed?.(batch?.photos.map(({ photoId }) => photoId) ?? []);
  if (batch === null)
    return { kind: ctx.holds.isHeld() || !ctx.steering.isSettled() ? 'interrupted' : 'settled' };
  try {
    return await sendUntilSettled(ctx, budget, batch, batch.photos.length === 1 ? TRIES : wanted.tries);
  } catch (error) {
    if (!(error instanceof FileChangedError || error instanceof FileUnreadableError)) throw error;
    return withoutChangedFile(ctx, batch, error);
  } finally {
    await batch.body.close();
    ctx.flight.batches.delete(batch.id);
    ctx.traffic.end(batch.id);
    ctx.changed();
  }
}

async function sendUntilSettled(
  ctx: UploadContext,
  budget: LinkBudget,
  batch: ClaimedBatch,
  tries: number,
): Promise<BatchResult> {
  const { client, holds, flight, settings } = ctx;
  for (let attempt = 1; ; attempt += 1) {
    const meter = createMeter(ctx, batch.id, batch.body.contentLength);
    const outcome = await holds.post((signal) => {
      flight.postCount += 1;
      return client.postInputs(ctx.steering.limit.over(batch.body), { signal, onBytes: meter.onBytes });
    });
    if (outcome === null) return interrupt(ctx, batch, meter.sentBytes() > 0 || attempt > 1);
    if (outcome.kind === 'reply') {
      settings.onStep('answered-unsettled');
      flight.batchesPosted += 1;
      flight.cutsInARow = 0;
      holds.proved();
      budget.succeeded(batch.body.contentLength, meter.elapsedMs());
      const isSettled = await settleAnswer(ctx, { batch, reply: outcome, wasRepeated: attempt > 1 });
      return { kind: isSettled ? 'settled' : 'interrupted' };
    }
    const { problem } = outcome;
    if (problem.kind !== 'server-error') return afterProblem(ctx, budget, batch, problem);
    ctx.traffic.again(batch.id);
    const goesOn = await afterServerError(ctx, batch, problem, { attempt, tries });
    if (goesOn !== 'repeat') return goesOn;
  }
}

/** Cut off by a pause or the end of the engine, or never let out. */
function interrupt(ctx: UploadContext, batch: ClaimedBatch, hasLeft: boolean): BatchResult {
  if (!hasLeft) requeueBatch(ctx, batch, { outcome: 'held' });
  // Otherwise it stays open, and its photos `sending`, until the service can be asked.
  return { kind: 'interrupted' };
}

function afterProblem(
  ctx: UploadContext,
  budget: LinkBudget,
  batch: ClaimedBatch,
  problem: RequestProblem,
): BatchResult {
  if (problem.kind === 'too-large' || problem.kind === 'refused-whole' || problem.kind === 'missing') {
    return refused(ctx, batch, problem);
  }
  if (problem.kind === 'cut' || problem.kind === 'timeout') countCut(ctx, budget, batch, problem);
  else if (HOLD_OF_PROBLEM[problem.kind] === null) countLoss(ctx, batch);
  if (!problem.maybeStored) requeueBatch(ctx, batch, endOfProblem(problem.kind, problem));
  return { kind: 'interrupted' };
}

/** Refused without a word about single photos. */
function refused(ctx: UploadContext, batch: ClaimedBatch, problem: RequestProblem): BatchResult {
  const [only, ...others] = batch.photos;
  if (only === undefined || others.length > 0) {
    requeueBatch(ctx, batch, endOfProblem('refused', problem));
    const photoIds = batch.photos.map(({ photoId }) => photoId);
    return { kind: 'guilty', batchId: batch.id, photoIds, problem: problem.kind };
  }
  endAlone(ctx, batch, problem, () => {
    ctx.ledger.uploads.fail(only.photoId, ctx.destinationId, {
      cause: problem.kind === 'too-large' ? 'too-large' : 'refused-by-service',
      detail: problemWords(problem),
      at: ctx.clock.now(),
      statusCode: problem.code ?? null,
      requestId: problem.reqId ?? null,
    });
  });
  return { kind: 'given-up' };
}

function endAlone(ctx: UploadContext, batch: ClaimedBatch, problem: RequestProblem, fail: () => void): void {
  const [only] = batch.photos;
  if (only === undefined) return;
  ctx.ledger.transaction(() => {
    if (isStillIn(ctx, only.photoId, batch.id)) {
      fail();
      ctx.ledger.batches.settleInput(batch.id, only.photoId, 'refused', problem.code ?? null);
    }
    ctx.ledger.batches.close(batch.id, { ...endOfProblem('refused', problem), at: ctx.clock.now() });
  });
  ctx.changed();
}

/** The connection was lost. The second time in a row it is the link's trouble, and the sending waits. */
function countCut(
  ctx: UploadContext,
  budget: LinkBudget,
  batch: ClaimedBatch,
  problem: RequestProblem,
): void {
  budget.cut();
  countLoss(ctx, batch);
  ctx.flight.cutsInARow += 1;
  if (ctx.flight.cutsInARow > 1) ctx.holds.report(problem);
}

function countLoss(ctx: UploadContext, batch: ClaimedBatch): void {
  const { cuts, lostBatches } = ctx.flight;
  lostBatches.add(batch.id);
  for (const { photoId } of batch.photos) cuts.set(photoId, (cuts.get(photoId) ?? 0) + 1);
}

/** The same batch is sent again until its tries are used up, but never before asking what has arrived of it. */
async function afterServerError(
  ctx: UploadContext,
  batch: ClaimedBatch,
  problem: RequestProblem,
  { attempt, tries }: { readonly attempt: number; readonly tries: number },
): Promise<BatchResult | 'repeat'> {
  const { holds, random } = ctx;
  const ms = Math.max(
    LEAST_HOLD_MS,
    nextAttempt({ attempt, retryAfterMs: problem.retryAfterMs, random: random() }),
  );
  if (!(await pauseFor(ctx, ms, holds.signal()))) return { kind: 'interrupted' };
  // Asking is also the probe: when it fails as well, the service is down and no photo is to blame.
  const there = await askWhichAreThere(ctx, batch.photos);
  // What has arrived is settled by asking about the open batch, as after a lost connection.
  if (there === null || there.size > 0) return { kind: 'interrupted' };
  if (attempt < tries) return 'repeat';
  const [only, ...others] = batch.photos;
  if (only === undefined || others.length > 0) return refused(ctx, batch, problem);
  endAlone(ctx, batch, problem, () => recordTrouble(ctx, only.photoId, problemWords(problem), problem.code));
  return { kind: 'given-up' };
}

/** A file changed while it was read: nothing of the request was taken. The others go again without it. */
function withoutChangedFile(
  ctx: UploadContext,
  batch: ClaimedBatch,
  error: FileChangedError | FileUnreadableError,
): BatchResult {
  const guilty = batch.photos.find(({ inputId }) => inputId === error.inputId);
  requeueBatch(ctx, batch, { outcome: 'file-changed', detail: error.message });
  if (guilty !== undefined)
    ctx.ledger.transaction(() => recordUnsendable(ctx, guilty.photoId, error.message));
  return { kind: 'interrupted' };
}
