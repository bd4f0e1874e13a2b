/** Decodes one photo in state found, from whichever of its files can be read. */
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Photo, PhotoSource } from '../ledger/photos.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { FailureCause } from '#shared/problems.ts';
import { chooseAnother, loseFile, skipOrQueue, type LookParts } from './look.ts';
import { isRootThere } from './root.ts';

/** What decoding works with. */
export interface DecodePhotoParts {
  readonly ledger: Ledger;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  /** Folder of the thumbnail files. */
  readonly thumbnailFolder: string;
  /** A photo is queued: there is something to send. */
  readonly onQueued: () => void;
  /** New thumbnail files stand in the cache. */
  readonly onThumbnails: (bytes: number) => void;
  /** A folder turned out to be out of reach. */
  readonly onUnreachable: (folderId: number) => void;
}

interface Problem {
  readonly cause: FailureCause;
  readonly detail: string;
}

/**
 * `final`: the photo is queued, skipped or failed. `away`: its files are out of reach and it stays found. Rejects with
 * `DiskFullError`, the signal's reason, or what is no photo's fault; it stays found then, too.
 */
export async function decodePhoto(
  parts: DecodePhotoParts,
  photo: Photo,
  signal: AbortSignal,
): Promise<'final' | 'away'> {
  const { ledger } = parts;
  const tried = new Set<number>();
  for (;;) {
    const source = ledger.photos.source(photo.id, null);
    if (source === undefined || tried.has(source.fileId)) {
      fail(parts, photo.id, { cause: 'file-gone', detail: 'No file holds this picture any more.' });
      return 'final';
    }
    if (ledger.folders.byId(source.folderId)?.health === 'unreachable') return 'away';
    const problem = await tryFile(parts, photo, source, signal);
    if (problem === null) return 'final';
    if (problem.cause === 'file-gone' || problem.cause === 'file-unreadable') {
      tried.add(source.fileId);
      const next = await afterUnread(parts, photo.id, source, { cause: problem.cause, tried });
      if (next === 'another') continue;
      if (next === 'away') return 'away';
    }
    fail(parts, photo.id, problem);
    return 'final';
  }
}

/** Null when it is done. */
async function tryFile(
  parts: DecodePhotoParts,
  photo: Photo,
  source: PhotoSource,
  signal: AbortSignal,
): Promise<Problem | null> {
  const { ledger, clock } = parts;
  if (skipOrQueue(ledger, photo.id, source.format, clock.now())) {
    parts.onQueued();
    return null;
  }
  const made = await parts.pool.run(
    {
      kind: 'thumbnails',
      path: join(source.folderPath, source.path),
      format: source.format,
      orientation: source.orientation,
      pictureHash: photo.pictureHash ?? '',
      folder: parts.thumbnailFolder,
    },
    { signal },
  );
  if (made.kind === 'problem') return made;
  const { width, height, recoveredShare } = made;
  // A photo whose decoding is forgotten is decoded again.
  ledger.transaction(
    () => {
      ledger.photos.decoded(photo.id, { at: clock.now(), width, height, recoveredShare });
      ledger.uploads.queue(photo.id, clock.now());
    },
    { outlives: 'kill' },
  );
  parts.onThumbnails(made.bytes);
  parts.onQueued();
  return null;
}

/** A file is gone or cannot be read: is its drive out of reach, does another file hold the picture, or neither? */
async function afterUnread(
  parts: DecodePhotoParts,
  photoId: number,
  source: PhotoSource,
  { cause, tried }: { readonly cause: 'file-gone' | 'file-unreadable'; readonly tried: ReadonlySet<number> },
): Promise<'another' | 'away' | 'neither'> {
  const { ledger, look } = parts;
  const folder = ledger.folders.byId(source.folderId);
  const isThere = folder !== undefined && (await isRootThere(folder.path, folder.device));
  const hasAnother = ledger.transaction(() => {
    if (!chooseAnother(ledger, photoId, tried)) return false;
    if (isThere && cause === 'file-gone') loseFile(look, source.folderId, source.path);
    return true;
  });
  if (!isThere) parts.onUnreachable(source.folderId);
  if (hasAnother) return 'another';
  return isThere ? 'neither' : 'away';
}

function fail({ ledger, clock }: DecodePhotoParts, photoId: number, { cause, detail }: Problem): void {
  ledger.transaction(() => {
    for (const upload of ledger.uploads.ofPhoto(photoId)) {
      if (upload.state !== 'found') continue;
      ledger.uploads.fail(photoId, upload.destinationId, { cause, detail, at: clock.now() });
    }
  });
}
