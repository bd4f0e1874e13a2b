/** Decodes every photo in state found: its thumbnails are made, and with them it is queued, or failed with the cause. */
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { Photo } from '../ledger/photos.ts';
import { skipOrQueue } from './look.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { join } from 'node:path';

/** What the lane works with. */
export interface DecodeParts {
  readonly ledger: Ledger;
  readonly pool: WorkerPool;
  /** Folder of the thumbnail files. */
  readonly thumbnailFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** A photo is queued: there is something to send. */
  readonly onQueued: () => void;
  /** New thumbnail files stand in the cache. */
  readonly onThumbnails: (bytes: number) => void;
  /** The disk is full; nothing is lost, the photo waits. */
  readonly onDiskFull: (detail: string) => void;
}

export interface DecodeLane {
  /** There may be photos in state found. */
  wake(): void;
  /** Photos being decoded now. */
  busyCount(): number;
  stop(): Promise<void>;
}

/** Photos handed to the pool at a time; more than workers, so that none waits for the ledger. */
const IN_FLIGHT = 6;
const RETRY_MS = 5000;

/** Starts the lane. */
export function createDecodeLane(parts: DecodeParts): DecodeLane {
  const { ledger, pool, clock, log } = parts;
  const busy = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  let retry: Timer | null = null;

  function wake(): void {
    if (stopping.signal.aborted || retry !== null) return;
    if (busy.size >= IN_FLIGHT) return;
    for (const photoId of ledger.workLists.found(IN_FLIGHT * 2)) {
      if (busy.size >= IN_FLIGHT) return;
      if (busy.has(photoId)) continue;
      const photo = ledger.photos.byId(photoId);
      if (photo === undefined) continue;
      const decoding = decode(photo)
        .catch((error: unknown) => {
          if (stopping.signal.aborted) return;
          log.error('decode-failed', { photoId, error: String(error) });
          pause();
        })
        .finally(() => {
          busy.delete(photoId);
          wake();
        });
      busy.set(photoId, decoding);
    }
  }

  /** After trouble of the machine's own the lane rests; the photos stay found. */
  function pause(): void {
    retry ??= clock.setTimer(() => {
      retry = null;
      wake();
    }, RETRY_MS);
  }

  async function decode(photo: Photo): Promise<void> {
    const source = ledger.photos.source(photo.id, null);
    if (source === undefined) {
      fail(photo.id, 'file-gone', 'No file holds this picture any more.');
      return;
    }
    if (skipOrQueue(ledger, photo.id, source.format, clock.now())) {
      parts.onQueued();
      return;
    }
    const made = await pool.run(
      {
        kind: 'thumbnails',
        path: join(source.folderPath, source.path),
        format: source.format,
        orientation: source.orientation,
        pictureHash: photo.pictureHash ?? '',
        folder: parts.thumbnailFolder,
      },
      { signal: stopping.signal },
    );
    if (made.kind === 'problem') {
      if (made.cause === 'file-gone' || made.cause === 'file-unreadable') {
        const other = ledger.photos.source(photo.id, null);
        if (other !== undefined && other.fileId !== source.fileId) return;
      }
      fail(photo.id, made.cause, made.detail);
      return;
    }
    const { width, height, recoveredShare } = made;
    ledger.transaction(() => {
      ledger.photos.decoded(photo.id, { at: clock.now(), width, height, recoveredShare });
      ledger.uploads.queue(photo.id, clock.now());
    });
    parts.onThumbnails(made.bytes);
    parts.onQueued();
  }

  function fail(photoId: number, cause: Parameters<Ledger['uploads']['fail']>[2]['cause'], detail: string) {
    ledger.transaction(() => {
      for (const upload of ledger.uploads.ofPhoto(photoId)) {
        if (upload.state !== 'found') continue;
        ledger.uploads.fail(photoId, upload.destinationId, { cause, detail, at: clock.now() });
      }
    });
  }

  return {
    wake,
    busyCount: () => busy.size,
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      retry?.cancel();
      await Promise.allSettled(busy.values());
    },
  };
}
