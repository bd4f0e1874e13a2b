import type { UploadContext } from './context.ts';
import { nextAttempt } from './pacer.ts';
import { bytesToSend } from './renditions.ts';

/** How long a file that is gone may take to turn up under another name, in ms: a rename is two events. */
export const RENAME_GRACE_MS = 2000;

/**
 * A photo's bytes are not as the ledger says: changed, unreadable or gone. They are made ready anew, a little later,
 * because the folder is looked at anew meanwhile. Runs inside a transaction of the caller.
 */
export function recordMiss(ctx: UploadContext, photoId: number, words: string): void {
  const { ledger, destinationId, flight } = ctx;
  const at = ctx.clock.now();
  const attempt = (flight.misses.get(photoId) ?? 0) + 1;
  flight.misses.set(photoId, attempt);
  const retryAt = at + Math.max(RENAME_GRACE_MS, nextAttempt({ attempt, random: ctx.random() }));
  ledger.uploads.ready(photoId, destinationId, null);
  ledger.uploads.again(photoId, destinationId, { at, costsAttempt: false, retryAt });
  ctx.alarm.at(retryAt);
  ctx.log.info('upload.file-not-as-known', { photoId, attempt, words });
}

/**
 * The bytes that stood ready could not be sent: a lost rendition is made anew at once, an original is looked for a
 * little later. Runs inside a transaction of the caller.
 */
export function recordUnsendable(ctx: UploadContext, photoId: number, words: string): void {
  const { ledger, destinationId, spool, log } = ctx;
  const upload = ledger.uploads.get(photoId, destinationId);
  const photo = ledger.photos.byId(photoId);
  const source = ledger.photos.source(photoId, destinationId);
  if (upload === undefined || photo === undefined || source === undefined) {
    recordMiss(ctx, photoId, words);
    return;
  }
  const bytes = bytesToSend(ctx, { ...upload, pictureHash: photo.pictureHash }, source);
  if (bytes.kind === 'original') {
    recordMiss(ctx, photoId, words);
    return;
  }
  ledger.uploads.ready(photoId, destinationId, null);
  spool.release(bytes.key).then(ctx.changed, (error: unknown) => {
    log.warn('upload.rendition-not-removed', { error: String(error) });
  });
}
