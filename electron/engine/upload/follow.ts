/** Asks about accepted photos until they are final. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import { judgeInput } from '../clarifai/status.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { FollowedPhoto } from '../ledger/work-lists.ts';
import { askWhichAreThere } from './ask.ts';
import type { UploadContext } from './context.ts';
import { recordAgain, recordFailedThere } from './record.ts';

const FIRST_DELAYS_MS = [500, 1000, 2000, 4000, 8000, 16_000, 32_000];
const LONGEST_DELAY_MS = 60_000;
/** Photos that come due within so many ms are asked about together. */
const GATHER_MS = 200;
/** So often the service has to answer without a photo until it counts as not there. */
const MISSING_LIMIT = 3;

/** How long after the n-th answer "still at it" (from 0) the service is asked again, in ms. */
export function followDelayMs(followCount: number): number {
  return FIRST_DELAYS_MS[followCount] ?? LONGEST_DELAY_MS;
}

/** Makes the step of the lane that follows photos. */
export function createFollow(ctx: UploadContext): () => Promise<number | null> {
  const missing = new Map<number, number>();

  return async () => {
    const { ledger, destinationId, clock } = ctx;
    if (ctx.holds.isHeld()) return null;
    const photos = ledger.workLists.follow(destinationId, clock.now(), BATCH_INPUT_LIMIT);
    if (photos.length > 0) {
      const there = await askWhichAreThere(ctx, photos);
      if (there === null) return null;
      ledger.transaction(() => {
        for (const photo of photos) {
          if (ledger.uploads.get(photo.photoId, destinationId)?.state !== 'accepted') continue;
          const input = there.get(photo.inputId);
          if (input === undefined) recordMissing(ctx, photo, missing);
          else {
            missing.delete(photo.photoId);
            recordFollowed(ctx, photo, input);
          }
        }
      });
      ctx.changed();
    }
    const nextAt = ledger.workLists.nextFollowAt(destinationId);
    return nextAt === null ? null : Math.max(nextAt, clock.now() + GATHER_MS);
  };
}

function recordFollowed(ctx: UploadContext, photo: FollowedPhoto, input: WireInput): void {
  const { ledger, destinationId, clock } = ctx;
  const at = clock.now();
  const { code, reqId } = input.status;
  const verdict = judgeInput(input.status, 'listing');
  if (verdict === 'indexed') {
    ledger.uploads.present(photo.photoId, destinationId, {
      state: 'indexed',
      at,
      origin: null,
      statusCode: code,
      requestId: reqId === '' ? null : reqId,
    });
  } else if (verdict === 'failed-there') {
    recordFailedThere(ctx, photo.photoId, input);
  } else {
    ledger.uploads.followLater(photo.photoId, destinationId, at + followDelayMs(photo.followCount));
  }
}

/** Taken and then not there: somebody removed it, or it was lost there. It is checked anew and sent again. */
function recordMissing(ctx: UploadContext, photo: FollowedPhoto, missing: Map<number, number>): void {
  const { ledger, destinationId, clock } = ctx;
  const count = (missing.get(photo.photoId) ?? 0) + 1;
  if (count < MISSING_LIMIT) {
    missing.set(photo.photoId, count);
    ledger.uploads.followLater(photo.photoId, destinationId, clock.now() + followDelayMs(photo.followCount));
    return;
  }
  missing.delete(photo.photoId);
  recordAgain(ctx, photo.photoId, {
    costsAttempt: true,
    words: 'The service took it and then did not have it.',
  });
  if (ledger.uploads.get(photo.photoId, destinationId)?.state === 'queued') {
    ledger.uploads.checked(photo.photoId, destinationId, null);
  }
}
