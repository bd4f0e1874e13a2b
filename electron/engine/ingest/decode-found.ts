/** Decodes every photo in state found: its thumbnails are made, and with them it is queued, or failed with the cause. */
import type { Timer } from '../clock.ts';
import { DiskFullError } from '../imaging/disk-full.ts';
import { isDiskFull } from '../ledger/open-errors.ts';
import type { Log } from '../log.ts';
import { decodePhoto, type DecodePhotoParts } from './decode-photo.ts';

/** What the lane works with. */
export interface DecodeParts extends DecodePhotoParts {
  readonly log: Log;
  /** The disk is full; nothing is lost, the photo waits. */
  readonly onDiskFull: (detail: string) => void;
}

export interface DecodeLane {
  /** There may be photos in state found. */
  wake(): void;
  /** A folder can be reached (again): its photos need not wait any longer. */
  returned(): void;
  /** Photos being decoded now. */
  busyCount(): number;
  stop(): Promise<void>;
}

/** Photos handed to the pool at a time; more than workers, so that none waits for the ledger. */
const IN_FLIGHT = 6;
const PAGE_COUNT = 64;
const RETRY_MS = 5000;

/** Starts the lane. */
export function createDecodeLane(parts: DecodeParts): DecodeLane {
  const { ledger, clock, log } = parts;
  const busy = new Map<number, Promise<void>>();
  /** Photos whose files are all in folders out of reach. They stay found. */
  const away = new Set<number>();
  const stopping = new AbortController();
  let retry: Timer | null = null;
  /** How far the list was read, and whether it has to be read from the beginning once more. */
  let afterId = 0;
  let hasMore = false;

  /** Never throws: promises that nobody waits for call it. */
  function fill(): void {
    try {
      startSome();
    } catch (error) {
      log.error('decode-lane-failed', { error: String(error) });
      pause();
    }
  }

  function startSome(): void {
    while (retry === null && !stopping.signal.aborted) {
      const page = ledger.workLists.found(PAGE_COUNT, afterId);
      for (const photoId of page) {
        if (busy.size >= IN_FLIGHT) return;
        afterId = photoId;
        if (!busy.has(photoId) && !away.has(photoId)) start(photoId);
      }
      if (page.length > 0) continue;
      if (!hasMore) return;
      hasMore = false;
      afterId = 0;
    }
  }

  function start(photoId: number): void {
    const photo = ledger.photos.byId(photoId);
    if (photo === undefined) return;
    const decoding = decodePhoto(parts, photo, stopping.signal)
      .then((end) => {
        if (end === 'away') away.add(photoId);
      })
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        if (error instanceof DiskFullError || isDiskFull(error)) parts.onDiskFull(String(error));
        else log.error('decode-failed', { photoId, error: String(error) });
        pause();
      })
      .finally(() => {
        busy.delete(photoId);
        fill();
      });
    busy.set(photoId, decoding);
  }

  /** After trouble of the machine's own the lane rests; the photos stay found. */
  function pause(): void {
    retry ??= clock.setTimer(() => {
      retry = null;
      wake();
    }, RETRY_MS);
  }

  function wake(): void {
    hasMore = true;
    fill();
  }

  return {
    wake,
    returned() {
      away.clear();
      wake();
    },
    busyCount: () => busy.size,
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      retry?.cancel();
      await Promise.allSettled(busy.values());
    },
  };
}
