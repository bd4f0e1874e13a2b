/**
 * Open batches that nobody works on: a crash, a pause or a lost connection ended them. Nothing of them is sent again
 * before the service was asked which of their photos it has.
 */
import { askWhichAreThere } from './ask.ts';
import type { UploadContext } from './context.ts';
import { recordLost, recordShown } from './record.ts';
import { releaseRenditions } from './renditions.ts';

/** Makes the step of the lane that asks about interrupted batches. */
export function createRecover(ctx: UploadContext): () => Promise<number | null> {
  /** When batches were asked about first: the service may still have been storing then. */
  const askedAt = new Map<number, number>();

  return async () => {
    let nextAt: number | null = null;
    for (const batchId of ctx.ledger.batches.open(ctx.destinationId)) {
      if (ctx.flight.batches.has(batchId)) continue;
      if (ctx.holds.isHeld()) return null;
      const again = (askedAt.get(batchId) ?? -Infinity) + ctx.settings.askAgainMs;
      if (askedAt.has(batchId) && again > ctx.clock.now()) {
        nextAt = Math.min(nextAt ?? Infinity, again);
        continue;
      }
      const asked = await settleByAsking(ctx, batchId, askedAt.has(batchId));
      if (asked === 'unanswered') return null;
      if (asked === 'settled') {
        askedAt.delete(batchId);
        ctx.flight.lostBatches.delete(batchId);
      } else {
        askedAt.set(batchId, ctx.clock.now());
        nextAt = Math.min(nextAt ?? Infinity, ctx.clock.now() + ctx.settings.askAgainMs);
      }
      ctx.changed();
    }
    return nextAt;
  };
}

async function settleByAsking(
  ctx: UploadContext,
  batchId: number,
  isLastTime: boolean,
): Promise<'settled' | 'some-missing' | 'unanswered'> {
  const { ledger, clock } = ctx;
  const photos = ledger.workLists.sending(batchId);
  const there = await askWhichAreThere(ctx, photos);
  if (there === null) return 'unanswered';
  const missing = photos.filter(({ inputId }) => !there.has(inputId));
  const isSettled = missing.length === 0 || isLastTime;
  ledger.transaction(() => {
    for (const photo of photos) {
      const input = there.get(photo.inputId);
      if (input === undefined) continue;
      recordShown(ctx, photo, input, 'posted');
      ledger.batches.settleInput(batchId, photo.photoId, 'there', input.status.code);
    }
    if (!isSettled) return;
    for (const { photoId } of missing) {
      recordLost(ctx, batchId, photoId);
      ledger.batches.settleInput(batchId, photoId, 'not-there', null);
    }
    ledger.batches.close(batchId, { at: clock.now(), outcome: 'asked' });
  });
  const present = photos.filter(({ inputId }) => there.has(inputId)).map(({ photoId }) => photoId);
  for (const photoId of present) ctx.flight.cuts.delete(photoId);
  releaseRenditions(ctx, present);
  ctx.log.info('upload.asked', { batchId, there: present.length, notThere: missing.length });
  return isSettled ? 'settled' : 'some-missing';
}
