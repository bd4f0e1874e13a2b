/** Which bytes of a photo are sent, and where they lie. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RenditionRecipe } from '#shared/folders.ts';
import { fitsAsOriginal, hashOfRendition, recipeIn, renditionKey } from '../imaging/rendition-recipe.ts';
import type { Spool } from '../imaging/spool.ts';
import type { PhotoSource } from '../ledger/photos.ts';
import type { Upload } from '../ledger/uploads.ts';
import type { UploadContext } from './context.ts';

/** The bytes that a photo travels as. */
export type Bytes =
  | { readonly kind: 'original'; readonly path: string }
  | {
      readonly kind: 'rendition';
      readonly path: string;
      readonly key: string;
      readonly recipe: RenditionRecipe;
    };

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
  const recipe = recipeIn(source.recipe);
  const key = renditionKey(pictureHash, source.orientation, recipe);
  return { kind: 'rendition', key, recipe, path: ctx.spool.targetFor(key) };
}

/** Whether the service takes the file as it is: null, or the cause why not. */
export function fitsTheService(source: PhotoSource) {
  const { format, size: bytes, width, height } = source;
  return fitsAsOriginal({ format, bytes, width, height });
}

/** Frees the spool of the photos' renditions, unless another destination is still going to send them. */
export function releaseRenditions(ctx: UploadContext, photoIds: readonly number[]): void {
  const hashes = new Set(photoIds.flatMap((photoId) => hashToRelease(ctx, photoId) ?? []));
  if (hashes.size === 0) return;
  // Of whatever orientation and recipe: both may have changed since a copy was made.
  const keys = ctx.spool.keys().filter((key) => hashes.has(hashOfRendition(key)));
  if (keys.length === 0) return;
  void Promise.all(keys.map((key) => ctx.spool.release(key)))
    .catch((error: unknown) => ctx.log.warn('upload.rendition-not-removed', { error: String(error) }))
    // There is room for others now.
    .then(ctx.changed);
}

function hashToRelease({ ledger }: UploadContext, photoId: number): string | null {
  const isWanted = ledger.uploads
    .ofPhoto(photoId)
    .some(({ state }) => state === 'found' || state === 'queued' || state === 'sending');
  return isWanted ? null : (ledger.photos.byId(photoId)?.pictureHash ?? null);
}

type SweepParts = Pick<UploadContext, 'ledger' | 'spool'>;

/** Copies that are looked at before others get a turn: about 2 ms. */
const COPIES_AT_ONCE = 32;
/** A look through a spool, and the one that follows it. */
const sweeps = new WeakMap<Spool, { readonly running: Promise<void>; next: Promise<void> | null }>();

/**
 * Frees the spool of copies that no photo wants as they are, after a change of a folder's recipe or a pause of it. One
 * look at a time: who asks during one gets the next, which sees the change, together with all who wait.
 */
export function releaseUnwanted(parts: SweepParts): Promise<void> {
  const { spool } = parts;
  const sweep = sweeps.get(spool);
  if (sweep !== undefined) {
    const again = (): Promise<void> => releaseUnwanted(parts);
    sweep.next ??= sweep.running.then(again, again);
    return sweep.next;
  }
  const running = lookThrough(parts).finally(() => sweeps.delete(spool));
  sweeps.set(spool, { running, next: null });
  return running;
}

async function lookThrough(parts: SweepParts): Promise<void> {
  const { ledger, spool } = parts;
  const keys = spool.keys();
  // What is left when the engine stops is looked at after the next start.
  for (let from = 0; from < keys.length && ledger.db.open; from += COPIES_AT_ONCE) {
    const unwanted = keys.slice(from, from + COPIES_AT_ONCE).filter((key) => !isWanted(parts, key));
    await Promise.all(unwanted.map((key) => spool.release(key)));
    await nextTurn();
  }
}

function isWanted({ ledger, spool }: SweepParts, key: string): boolean {
  const pictureHash = hashOfRendition(key);
  const photoId = ledger.photos.byPictureHash(pictureHash);
  const uploads = photoId === undefined ? [] : ledger.uploads.ofPhoto(photoId);
  return uploads.some((upload) => {
    const { state, destinationId } = upload;
    // What is on its way may be read at this moment; it is freed when it has arrived.
    if (state === 'sending') return true;
    if (state !== 'found' && (state !== 'queued' || upload.turn === null)) return false;
    const source = ledger.photos.source(upload.photoId, destinationId);
    if (source === undefined) return false;
    const bytes = bytesToSend({ spool }, { ...upload, pictureHash }, source);
    return bytes.kind === 'rendition' && bytes.key === key;
  });
}
