/** Which bytes of a photo are sent, and where they lie. */
import { join } from 'node:path';
import type { Orientation } from '#shared/photo.ts';
import { fitsAsOriginal, renditionKey } from '../imaging/rendition-recipe.ts';
import type { PhotoSource } from '../ledger/photos.ts';
import type { Upload } from '../ledger/uploads.ts';
import type { UploadContext } from './context.ts';

/** The bytes that a photo travels as. */
export type Bytes =
  | { readonly kind: 'original'; readonly path: string }
  | { readonly kind: 'rendition'; readonly path: string; readonly key: string };

/** What the folder (or the owner, for this one picture) wants sent. */
export function bytesToSend(
  ctx: Pick<UploadContext, 'spool'>,
  photo: { readonly pictureHash: string | null } & Pick<Upload, 'sendAsItIs' | 'sendSmall'>,
  source: PhotoSource,
): Bytes {
  const { pictureHash } = photo;
  const sendsFile = photo.sendAsItIs === 1 || (source.sends === 'original' && photo.sendSmall === 0);
  if (sendsFile || pictureHash === null) {
    return { kind: 'original', path: join(source.folderPath, source.path) };
  }
  const key = renditionKey(pictureHash, source.orientation);
  return { kind: 'rendition', key, path: ctx.spool.targetFor(key) };
}

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Whether the service takes the file as it is: null, or the cause why not. */
export function fitsTheService(source: PhotoSource) {
  const { format, size: bytes, width, height } = source;
  return fitsAsOriginal({ format, bytes, width, height });
}

/** Frees the spool of the photos' renditions, unless another destination is still going to send them. */
export function releaseRenditions(ctx: UploadContext, photoIds: readonly number[]): void {
  const keys = photoIds.flatMap((photoId) => keysToRelease(ctx, photoId));
  if (keys.length === 0) return;
  void Promise.all(keys.map((key) => ctx.spool.release(key)))
    .catch((error: unknown) => ctx.log.warn('upload.rendition-not-removed', { error: String(error) }))
    // There is room for others now.
    .then(ctx.changed);
}

function keysToRelease({ ledger, spool }: UploadContext, photoId: number): string[] {
  const pictureHash = ledger.photos.byId(photoId)?.pictureHash ?? null;
  if (pictureHash === null) return [];
  const isWanted = ledger.uploads
    .ofPhoto(photoId)
    .some(({ state }) => state === 'found' || state === 'queued' || state === 'sending');
  if (isWanted) return [];
  return ORIENTATIONS.map((orientation) => renditionKey(pictureHash, orientation)).filter((key) =>
    spool.has(key),
  );
}
