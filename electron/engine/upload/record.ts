/** Writes down what the service says about photos. Everything here runs inside a transaction of the caller. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import { judgeInput } from '../clarifai/status.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { BatchInput } from '../ledger/batches.ts';
import type { RemoteTag } from '../ledger/tags.ts';
import type { PhotoAndInput } from '../ledger/uploads.ts';
import type { UploadContext } from './context.ts';
import { nextAttempt } from './pacer.ts';
import { wordsOf } from './settle-batch.ts';

/** After so many attempts a photo is given up for an hour. */
export const ATTEMPT_LIMIT = 5;
/** When a photo that the service kept failing on is tried again by itself, in ms. */
export const TROUBLE_RETRY_MS = 3_600_000;
/** When an accepted photo is asked about for the first time, in ms. */
export const FIRST_FOLLOW_MS = 300;

/** The service shows this input: it is accepted, indexed or failed there, and has the tags that are shown. */
export function recordShown(
  ctx: UploadContext,
  photo: PhotoAndInput,
  input: WireInput,
  origin: 'posted' | 'adopted',
): void {
  const { ledger, destinationId } = ctx;
  const at = ctx.clock.now();
  recordShownTags(ctx, photo.photoId, input, at);
  const { status } = input;
  const verdict = judgeInput(status, 'listing');
  if (verdict === 'failed-there') {
    recordFailedThere(ctx, photo.photoId, input);
    return;
  }
  const state = verdict === 'indexed' ? 'indexed' : 'accepted';
  const { code: statusCode } = status;
  ctx.traffic.arrived(origin);
  ledger.uploads.present(photo.photoId, destinationId, {
    state,
    at,
    origin,
    statusCode,
    requestId: status.reqId === '' ? null : status.reqId,
    followAt: at + FIRST_FOLLOW_MS,
  });
}

/** The service has the input and could not process it: its id is taken, so it is never sent again by itself. */
export function recordFailedThere(
  ctx: UploadContext,
  photoId: number,
  { status }: Pick<WireInput, 'status'>,
): void {
  ctx.ledger.uploads.fail(photoId, ctx.destinationId, {
    cause: 'indexing-failed',
    detail: wordsOf(status),
    at: ctx.clock.now(),
    statusCode: status.code,
    requestId: status.reqId === '' ? null : status.reqId,
  });
}

function recordShownTags(ctx: UploadContext, photoId: number, input: WireInput, at: number): void {
  const { ledger, destinationId } = ctx;
  const wanted = ledger.tags.of(photoId);
  const shown = new Map<number, number>();
  for (const { id, name, value } of input.concepts) {
    if (id !== '') shown.set(ledger.concepts.ensureRemote(destinationId, { id, name }, at).conceptId, value);
  }
  const wantedIds = new Set(wanted.map(({ conceptId }) => conceptId));
  const ours = new Set([
    ...wantedIds,
    // A tag that was taken away while it was on its way is still ours to remove.
    ...ledger.batches.carried(photoId, destinationId),
    ...ledger.tags.remoteOf(photoId, destinationId).flatMap((tag) => (tag.ours === 1 ? [tag.conceptId] : [])),
  ]);
  const remote = [...shown].map(([conceptId, value]): RemoteTag => {
    return { conceptId, value, ours: ours.has(conceptId) ? 1 : 0 };
  });
  ledger.tags.setRemote(photoId, destinationId, remote);
  const upload = ledger.uploads.get(photoId, destinationId);
  const hasAll = wanted.every(({ conceptId, value }) => shown.get(conceptId) === value);
  const hasNoOther = remote.every((tag) => tag.ours === 0 || wantedIds.has(tag.conceptId));
  if (hasAll && hasNoOther && upload !== undefined)
    ledger.tags.sent(photoId, destinationId, upload.tagsVersion);
  else ledger.tags.markDue(photoId, destinationId);
}

/** A POST took the input: it has the tags that the batch carried, whatever was toggled since. */
export function recordTaken(
  ctx: UploadContext,
  carried: BatchInput,
  taken: {
    readonly state: 'accepted' | 'indexed';
    readonly statusCode: number;
    readonly requestId: string | null;
  },
): void {
  const { ledger, destinationId } = ctx;
  const at = ctx.clock.now();
  ledger.uploads.present(carried.photoId, destinationId, {
    ...taken,
    at,
    origin: 'posted',
    followAt: at + FIRST_FOLLOW_MS,
  });
  ctx.traffic.arrived('posted');
  const tags = carried.concepts.map(({ conceptId, value }) => ({ conceptId, value, ours: 1 as const }));
  ledger.tags.setRemote(carried.photoId, destinationId, tags);
  ledger.tags.sent(carried.photoId, destinationId, carried.tagsVersion);
  // What the service refuses as a concept stays behind; tag sync says so.
  const carriedIds = new Set(tags.map(({ conceptId }) => conceptId));
  const isComplete = ledger.tags.of(carried.photoId).every(({ conceptId }) => carriedIds.has(conceptId));
  if (!isComplete) ledger.tags.markDue(carried.photoId, destinationId);
}

/** Back to queued. An attempt that costs may be the last for an hour. */
export function recordAgain(
  ctx: UploadContext,
  photoId: number,
  why: { readonly costsAttempt: boolean; readonly words: string | null; readonly statusCode?: number },
): void {
  const { ledger, destinationId } = ctx;
  const at = ctx.clock.now();
  const attempt = (ledger.uploads.get(photoId, destinationId)?.attempts ?? 0) + 1;
  if (why.costsAttempt && attempt >= ATTEMPT_LIMIT) {
    recordTrouble(ctx, photoId, why.words, why.statusCode);
    return;
  }
  const retryAt = why.costsAttempt ? at + nextAttempt({ attempt, random: ctx.random() }) : null;
  ledger.uploads.again(photoId, destinationId, { at, costsAttempt: why.costsAttempt, retryAt });
  if (retryAt !== null) ctx.alarm.at(retryAt);
}

/** From so many lost connections on, a photo travels with few others, and each one that it is alone in costs an attempt. */
export const CUTS_UNTIL_SUSPECT = 3;
/** Photos in the batch of a suspect, by its further lost connections; then it travels by itself. */
const MOST_WITH_SUSPECT = [16, 4];

/**
 * Largest number of photos in the batch of one that was in so many lost connections. One that ends connections is found
 * in a few steps, and where only the link was bad, 128 photos do not travel one by one.
 */
export function mostTogether(cuts: number): number {
  return cuts < CUTS_UNTIL_SUSPECT ? BATCH_INPUT_LIMIT : (MOST_WITH_SUSPECT[cuts - CUTS_UNTIL_SUSPECT] ?? 1);
}

/** The service has nothing of a photo whose batch was held, cut off or lost: back to queued, at no cost unless it is to blame. */
export function recordLost(ctx: UploadContext, batchId: number, photoId: number): void {
  const { cuts, lostBatches } = ctx.flight;
  const isSuspect = lostBatches.has(batchId) && (cuts.get(photoId) ?? 0) > CUTS_UNTIL_SUSPECT;
  const costsAttempt = isSuspect && ctx.ledger.batches.inputsOf(batchId).length === 1;
  recordAgain(ctx, photoId, { costsAttempt, words: 'The connection was lost each time it was sent.' });
}

/** The service kept failing on this photo: given up for an hour. */
export function recordTrouble(
  ctx: UploadContext,
  photoId: number,
  words: string | null,
  statusCode?: number,
): void {
  const at = ctx.clock.now();
  ctx.ledger.uploads.fail(photoId, ctx.destinationId, {
    cause: 'service-trouble',
    detail: words,
    at,
    statusCode: statusCode ?? null,
    nextAt: at + TROUBLE_RETRY_MS,
  });
}

/** Whether the photo is still in this batch; somebody else may have moved it while the answer was on its way. */
export function isStillIn(ctx: UploadContext, photoId: number, batchId: number): boolean {
  const upload = ctx.ledger.uploads.get(photoId, ctx.destinationId);
  return upload?.state === 'sending' && upload.batchId === batchId;
}
