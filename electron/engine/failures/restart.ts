/** Beginning anew with a photo that failed or was left out. */
import type { Ledger } from '../ledger/ledger.ts';

/** With its decoding (`found`), unless its thumbnails stand (`queued`). Null when it was neither failed nor left out. */
export function restart(
  { photos, uploads }: Pick<Ledger, 'photos' | 'uploads'>,
  photoId: number,
  destinationId: number,
  at: number,
): 'found' | 'queued' | null {
  const state = photos.byId(photoId)?.thumbnailsAt === null ? 'found' : 'queued';
  return uploads.restart(photoId, destinationId, state, at) ? state : null;
}
