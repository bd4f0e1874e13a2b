/** Trying failed photos again, when the owner says so. */
import type { Ledger } from './ledger/ledger.ts';
import type { FailureCause } from '#shared/problems.ts';
import type { Retried } from '#shared/engine-api.ts';

/** Causes that would end the same way again as long as the picture is the same. They are retried only by name. */
const FOR_GOOD: readonly FailureCause[] = [
  'cannot-decode',
  'incomplete',
  'too-large',
  'format-not-accepted',
  'indexing-failed',
];

/**
 * Tries failed photos again, at every destination.
 *
 * @param which `cause`: only that one, even if it is for good; null: all that are not for good. `asItIs`: incomplete
 *   pictures are sent as the bytes of their files.
 */
export function retryFailed(
  ledger: Ledger,
  which: { readonly cause: string | null; readonly asItIs: boolean },
  at: number,
): Retried {
  return ledger.transaction(() => {
    let retried = 0;
    let left = 0;
    for (const destination of ledger.destinations.all()) {
      for (const { photoId, cause } of ledger.workLists.failed(destination.id, which.cause)) {
        const sendsAsItIs = which.asItIs && cause === 'incomplete';
        if (which.cause === null && FOR_GOOD.includes(cause) && !sendsAsItIs) {
          left += 1;
          continue;
        }
        if (sendsAsItIs) ledger.uploads.sendAsItIs(photoId, destination.id);
        const isRestarted = sendsAsItIs
          ? ledger.uploads.restart(photoId, destination.id, 'queued', at)
          : restartFailed(ledger, photoId, destination.id, at);
        if (isRestarted) retried += 1;
      }
    }
    return { retried, left };
  });
}

/** A failed photo begins anew: with its decoding, unless its thumbnails stand. False when it was not failed. */
export function restartFailed(ledger: Ledger, photoId: number, destinationId: number, at: number): boolean {
  const isDecoded = ledger.photos.byId(photoId)?.thumbnailsAt !== null;
  return ledger.uploads.restart(photoId, destinationId, isDecoded ? 'queued' : 'found', at);
}
