/** Beginning anew with photos that failed or were left out. */
import type { Ledger } from '../ledger/ledger.ts';

/** With their decoding, unless their thumbnails stand: those are queued. Photos that were neither are left alone. */
export function restart(
  { photos, uploadSets }: Pick<Ledger, 'photos' | 'uploadSets'>,
  photoIds: readonly number[],
  destinationId: number,
  at: number,
): { readonly queuedCount: number; readonly readAgainCount: number } {
  const decoded = new Set(photos.decodedAmong(photoIds));
  const others = photoIds.filter((photoId) => !decoded.has(photoId));
  return {
    queuedCount: uploadSets.restart([...decoded], destinationId, 'queued', at),
    readAgainCount: uploadSets.restart(others, destinationId, 'found', at),
  };
}
