/**
 * The file of a photo's thumbnail or preview, made when it is missing: the cache is bounded and may have removed it,
 * another program may have turned the picture, and previews are only made when somebody looks.
 */
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { FileCache } from './imaging/cache.ts';
import {
  PREVIEW_SIZE,
  thumbnailName,
  thumbnailPlace,
  WHOLE_SIZE,
  type CachedSize,
} from '#shared/thumbnail-names.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Photo } from './ledger/photos.ts';
import type { WorkerPool } from './workers/pool.ts';
import { withoutHome } from './without-home.ts';
import type { ThumbnailAnswer } from '#shared/engine-api.ts';
import { UNDECODED_FORMATS } from '#shared/photo.ts';
import { FAILURES, SKIPS } from '#shared/problems.ts';

/** What thumbnails on demand are made with. */
export interface ThumbnailsOnDemandParts {
  readonly ledger: Ledger;
  readonly pool: WorkerPool;
  readonly cache: FileCache;
  /** Folder of the cache. */
  readonly folder: string;
  readonly clock: Clock;
  /** New files of so many bytes stand in the cache. */
  readonly onMade: (bytes: number) => void;
}

export interface ThumbnailsOnDemand {
  /** Rejects with `DiskFullError`, or when the workers were stopped. */
  fileOf(photoId: number, size: CachedSize): Promise<ThumbnailAnswer>;
}

/** Somebody is waiting for it: before everything that ingest has queued. */
const PRIORITY = 10;

/** Makes nothing before it is asked. Who asks for the same file meanwhile, gets the same answer. */
export function createThumbnailsOnDemand(parts: ThumbnailsOnDemandParts): ThumbnailsOnDemand {
  const making = new Map<string, Promise<string | null>>();
  return {
    async fileOf(photoId, size) {
      const photo = parts.ledger.photos.byId(photoId);
      const hash = photo?.pictureHash ?? null;
      if (photo === undefined || hash === null) return none('There is no such photo.');
      const name = thumbnailName(hash, photo.orientation, size);
      if (await parts.cache.has(name)) return { path: parts.cache.pathOf(name), detail: null };
      // Both thumbnails come from one decode.
      const key = `${hash}-${photo.orientation}-${isPreview(size) ? size : 'thumbnails'}`;
      const made = making.get(key) ?? make(parts, photo, hash, size).finally(() => making.delete(key));
      making.set(key, made);
      const detail = await made;
      return detail === null ? { path: parts.cache.pathOf(name), detail: null } : none(detail);
    },
  };
}

function isPreview(size: CachedSize): size is typeof PREVIEW_SIZE | typeof WHOLE_SIZE {
  return size === PREVIEW_SIZE || size === WHOLE_SIZE;
}

function none(detail: string): ThumbnailAnswer {
  return { path: null, detail: withoutHome(detail) };
}

/** Null when it is made; else why not. */
async function make(
  { ledger, pool, folder, clock, onMade }: ThumbnailsOnDemandParts,
  photo: Photo,
  pictureHash: string,
  size: CachedSize,
): Promise<string | null> {
  const source = ledger.photos.source(photo.id, null);
  if (source === undefined) return FAILURES['file-gone'].sentence;
  const { format } = source;
  if (UNDECODED_FORMATS.includes(format)) return SKIPS['format-not-yet-supported'];
  // The same picture data in whichever file: it lies as the photo's chosen file says.
  const { orientation } = photo;
  const file = { path: join(source.folderPath, source.path), format, orientation } as const;
  const target = join(folder, thumbnailPlace(thumbnailName(pictureHash, orientation, size)));
  const made = isPreview(size)
    ? await pool.run({ kind: 'preview', ...file, size, target }, { priority: PRIORITY })
    : await pool.run({ kind: 'thumbnails', ...file, pictureHash, folder }, { priority: PRIORITY });
  if (made.kind === 'problem') return `${FAILURES[made.cause].sentence} (${made.detail})`;
  const { width, height, recoveredShare } = made;
  if (!isPreview(size)) {
    ledger.photos.decoded(photo.id, { at: clock.now(), width, height, recoveredShare });
  }
  onMade(made.bytes);
  return null;
}
