/** Events on macOS and Windows, through `@parcel/watcher`: one watch of the system for the whole tree. */
import { lstat } from 'node:fs/promises';
import parcel from '@parcel/watcher';
import type { Clock } from '../clock.ts';
import { watchDirectories } from './watch-directories.ts';
import {
  BURST_LIMIT,
  isIgnored,
  relativeTo,
  type BackendRequest,
  type BackendSink,
  type StartBackend,
} from './watch-backend.ts';

/** A subscription that takes longer is given up, ms: a system that does not answer must not hold up the folder. */
const SUBSCRIBE_MS = 120_000;

/** What the back end needs of `@parcel/watcher`; tests hand in one that fails. */
export type Subscribe = typeof parcel.subscribe;

/** The events back end of a platform. */
export function eventsBackendOf(platform: NodeJS.Platform): StartBackend {
  return platform === 'linux' ? watchDirectories : createTreeEvents(parcel.subscribe);
}

export function createTreeEvents(subscribe: Subscribe): StartBackend {
  return async (request, sink) => {
    let isOver = false;
    const subscribing = subscribe(request.root, (error, events) => {
      if (isOver) return;
      if (error !== null) tellError(error, sink);
      else if (events.length > BURST_LIMIT) sink.lost(`${events.length} changes came at once.`);
      else void tellEvents(events, request, sink, () => isOver);
    });
    const subscription = await withTimeout(subscribing, request.clock);
    return {
      watchCount: () => 1,
      async stop() {
        isOver = true;
        await subscription.unsubscribe();
      },
    };
  };
}

/** "Buffer overflow. Some events may have been lost." (Windows), "… must be re-scanned." (macOS). */
function tellError(error: Error, sink: BackendSink): void {
  if (/overflow|re-scanned|dropped|lost/iu.test(error.message)) sink.lost(error.message);
  else sink.failed(error);
}

async function tellEvents(
  events: readonly parcel.Event[],
  request: BackendRequest,
  sink: BackendSink,
  isOver: () => boolean,
): Promise<void> {
  try {
    for (const event of events) {
      if (isOver()) return;
      await tellEvent(event, request, sink, isOver);
    }
  } catch (cause) {
    if (!isOver()) sink.failed(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

async function tellEvent(
  event: parcel.Event,
  request: BackendRequest,
  sink: BackendSink,
  isOver: () => boolean,
): Promise<void> {
  const relative = relativeTo(request.root, event.path);
  if (relative === '' && event.type === 'delete') sink.rootMoved();
  // A root given through a link is told by its real path: then only that something changed is known.
  else if (relative === null) sink.changed(request.root, 'folder');
  else if (!isIgnored(request, relative)) {
    const isFolder = event.type !== 'delete' && (await isDirectory(event.path));
    if (!isOver()) sink.changed(event.path, isFolder ? 'folder' : 'path');
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    // Gone again, or closed to us: the look at the path says which.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

async function withTimeout(
  subscribing: Promise<parcel.AsyncSubscription>,
  clock: Clock,
): Promise<parcel.AsyncSubscription> {
  const late = Promise.withResolvers<never>();
  const timer = clock.setTimer(() => {
    late.reject(new Error(`the system did not answer for ${SUBSCRIBE_MS / 1000} s`));
    // Should it answer after all, nobody listens any more; that it cannot be watched was told already.
    subscribing.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
  }, SUBSCRIBE_MS);
  try {
    return await Promise.race([subscribing, late.promise]);
  } finally {
    timer.cancel();
  }
}
