/**
 * Photos that lost a file. A rename shows as a path that is gone before the path that is new, so they wait until
 * everything that was seen is looked at; then those that no file holds any more, and that were not sent, fail.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import { failLost, type LookParts } from './look.ts';

/** What the bookkeeping works with. */
export interface LostPhotosParts {
  readonly look: LookParts;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether everything that was seen is looked at and written. */
  readonly isQuiet: () => boolean;
}

export interface LostPhotos {
  add(photoIds: Iterable<number>): void;
  /** Something came to rest: decides now, if everything else is at rest too. */
  settle(): void;
  /** Photos that are not decided yet. */
  count(): number;
  stop(): Promise<void>;
}

/** Photos decided in one turn of the event loop, in one transaction. */
const TURN_COUNT = 250;
/** A folder that never comes to rest must not keep the others waiting. A photo that comes back later is taken back. */
const PATIENCE_MS = 60_000;

/** Starts with none. */
export function createLostPhotos({ look, clock, log, isQuiet }: LostPhotosParts): LostPhotos {
  const lost = new Set<number>();
  let deciding: Promise<void> | null = null;
  let patience: Timer | null = null;
  let isStopped = false;

  async function decide(): Promise<void> {
    while (lost.size > 0 && !isStopped) {
      const some = [...lost].slice(0, TURN_COUNT);
      look.ledger.transaction(() => failLost(look, some));
      for (const photoId of some) lost.delete(photoId);
      await nextTurn();
    }
  }

  function start(): void {
    patience?.cancel();
    patience = null;
    if (lost.size === 0 || deciding !== null || isStopped) return;
    deciding = decide()
      .catch((error: unknown) => {
        log.warn('lost-photos-undecided', { error: String(error) });
      })
      .finally(() => {
        deciding = null;
        beginToWait();
      });
  }

  function beginToWait(): void {
    if (lost.size > 0 && !isStopped) patience ??= clock.setTimer(start, PATIENCE_MS);
  }

  return {
    add(photoIds) {
      for (const photoId of photoIds) lost.add(photoId);
      beginToWait();
    },
    settle() {
      if (lost.size > 0 && isQuiet()) start();
    },
    count: () => lost.size,
    async stop() {
      isStopped = true;
      patience?.cancel();
      await deciding;
    },
  };
}

/**
 * Photos that failed because their file was gone, and whose file is here after all (an unplugged drive came back), are
 * tried again. Returns how many.
 */
export function takeBack({ ledger, now }: LookParts, folderId: number): number {
  return ledger.transaction(() => {
    let count = 0;
    for (const { photoId, destinationId } of ledger.workLists.wronglyGone(folderId)) {
      const state = ledger.photos.byId(photoId)?.thumbnailsAt === null ? 'found' : 'queued';
      if (ledger.uploads.restart(photoId, destinationId, state, now())) count += 1;
    }
    return count;
  });
}
