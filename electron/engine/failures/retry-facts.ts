/** What is known of a failed photo when it is decided whether trying again can help. */
import type { Ledger } from '../ledger/ledger.ts';
import type { FailedFacts } from './retry-plan.ts';
import type { FailureCause } from '#shared/problems.ts';

type Place = Pick<Ledger, 'uploads' | 'photos' | 'failures'>;

/** Null when the photo is not failed there. */
export function factsOf(ledger: Place, photoId: number, destinationId: number): FailedFacts | null {
  const upload = ledger.uploads.get(photoId, destinationId);
  if (upload?.state !== 'failed') return null;
  const source = ledger.photos.source(photoId, destinationId);
  const isFile = upload.sendAsItIs === 1 || (source?.sends === 'original' && upload.sendSmall === 0);
  const isDecoded = ledger.photos.byId(photoId)?.thumbnailsAt !== null;
  return {
    cause: upload.reason as FailureCause,
    hasFile: source !== undefined,
    isDecoded,
    sends: isFile ? 'file' : 'copy',
    refused: isDecoded ? refusedOf(ledger, photoId, destinationId, source?.size) : 'both',
  };
}

/** Which bytes failed: a file that cannot fit is kept back without a word; what was sent tells by its size. */
function refusedOf(
  ledger: Place,
  photoId: number,
  destinationId: number,
  fileBytes: number | undefined,
): 'file' | 'copy' {
  const failure = ledger.failures.open(photoId, destinationId);
  if (failure?.detail === null && failure.statusCode === null) return 'file';
  return ledger.failures.lastSentBytes(photoId, destinationId) === fileBytes ? 'file' : 'copy';
}
