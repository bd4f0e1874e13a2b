/** Before a photo is claimed for the first time the service is asked whether it has it: a reinstall sends nothing twice. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { AskedAhead } from '#shared/queue.ts';
import type { WireInput } from '../clarifai/wire.ts';
import type { PhotoAndInput } from '../ledger/uploads.ts';
import { askWhichAreThere } from './ask.ts';
import type { UploadContext } from './context.ts';
import { recordShown } from './record.ts';
import { releaseRenditions } from './renditions.ts';

/** Makes the step of the lane that checks photos. */
export function createCheck(ctx: UploadContext): () => Promise<number | null> {
  let gatherUntil: number | null = null;

  return async () => {
    const { ledger, destinationId, clock, flight } = ctx;
    if (ctx.holds.isHeld()) return null;
    const now = clock.now();
    const photos = ledger.workLists.unchecked(destinationId, now, BATCH_INPUT_LIMIT);
    if (photos.length === 0) {
      gatherUntil = null;
      return null;
    }
    gatherUntil ??= now + ctx.settings.gatherMs;
    if (photos.length < BATCH_INPUT_LIMIT && now < gatherUntil && !flight.isEnding) return gatherUntil;
    gatherUntil = null;
    const there = await askWhichAreThere(ctx, photos);
    if (there === null) return null;
    recordChecked(ctx, photos, there);
    return null;
  };
}

/** Asks for all photos that were not asked for yet, a hundred at a time, also while the sending is paused. */
export async function askAhead(
  ctx: UploadContext,
): Promise<Omit<AskedAhead, 'problem'> & { isWhole: boolean }> {
  const { ledger, destinationId, clock } = ctx;
  let askedCount = 0;
  let foundCount = 0;
  for (;;) {
    const photos = ledger.workLists.unchecked(destinationId, clock.now(), BATCH_INPUT_LIMIT);
    if (photos.length === 0) return { askedCount, foundCount, isWhole: true };
    const there = await askWhichAreThere(ctx, photos, 'askForOwner');
    if (there === null) return { askedCount, foundCount, isWhole: false };
    recordChecked(ctx, photos, there);
    askedCount += photos.length;
    foundCount += there.size;
  }
}

function recordChecked(
  ctx: UploadContext,
  photos: readonly PhotoAndInput[],
  there: ReadonlyMap<string, WireInput>,
): void {
  const { ledger, destinationId, clock } = ctx;
  const adopted: number[] = [];
  // What is forgotten is asked again before the first claim.
  ledger.transaction(
    () => {
      for (const photo of photos) {
        if (ledger.uploads.get(photo.photoId, destinationId)?.state !== 'queued') continue;
        const input = there.get(photo.inputId);
        if (input === undefined) {
          ledger.uploads.checked(photo.photoId, destinationId, clock.now());
        } else {
          const wasSent = ledger.batches.wasSent(photo.photoId, destinationId, 0);
          recordShown(ctx, photo, input, wasSent ? 'posted' : 'adopted');
          adopted.push(photo.photoId);
        }
      }
    },
    { outlives: 'kill' },
  );
  releaseRenditions(ctx, adopted);
  ctx.changed();
}
