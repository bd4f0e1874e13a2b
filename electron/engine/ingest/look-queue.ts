/**
 * Looks at settled paths: a worker identifies each, and the findings are written in groups, so that a thousand new
 * photos cost tens of commits and not a thousand.
 */
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isDiskFull } from '../ledger/open-errors.ts';
import type { Log } from '../log.ts';
import type { Identified } from '../workers/jobs.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { recordLook, type Looked, type LookParts } from './look.ts';
import type { Places } from './places.ts';

/** What the queue works with. */
export interface LookQueueParts {
  readonly ledger: Ledger;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked again when findings are written: a folder may have been removed, or another watched inside it, meanwhile. */
  readonly places: Places;
  /** A cut-off picture whose file is younger has to settle again, ms. */
  readonly youngMs: number;
  /** The file changed while it was read, or ends in the middle and is young: it has to settle again. */
  readonly onUnsettled: (path: string, why: 'changed' | 'incomplete') => void;
  /** Findings were written; there may be photos to decode. */
  readonly onWritten: (lostPhotoIds: readonly number[]) => void;
  readonly onDiskFull: (detail: string) => void;
}

export interface LookQueue {
  /** @param path absolute */
  add(path: string, stamp: FileStamp): void;
  has(path: string): boolean;
  /** Drops paths that wait and belong to no folder at work. */
  forgetStrangers(): void;
  /** Paths that wait, are read, or whose findings are not written yet. */
  size(): number;
  stop(): Promise<void>;
}

/** Files read at a time; more than workers, so that none waits for the next path. */
const IN_FLIGHT = 6;
/** Findings are written when there are so many, or after so long. */
const GROUP_COUNT = 64;
const GROUP_MS = 15;
/** After trouble that is no photo's (a full disk, a pool that cannot start workers). */
const RETRY_MS = 10_000;

interface Finding {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly found: Looked['found'];
}

/** Starts the queue. */
export function createLookQueue(parts: LookQueueParts): LookQueue {
  const { clock, log } = parts;
  const waiting = new Map<string, FileStamp>();
  const reading = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let group: Finding[] = [];
  let timer: Timer | null = null;
  let rest: Timer | null = null;

  function next(): void {
    if (rest !== null || stopping.signal.aborted) return;
    for (const [path, stamp] of waiting) {
      if (reading.size >= IN_FLIGHT || group.length >= GROUP_COUNT) return;
      if (reading.has(path)) continue;
      waiting.delete(path);
      const look = read(path, stamp)
        .catch((error: unknown) => {
          if (stopping.signal.aborted) return;
          log.error('look-failed', { error: String(error) });
          if (!waiting.has(path)) waiting.set(path, stamp);
          pause();
        })
        .finally(() => {
          reading.delete(path);
          next();
        });
      reading.set(path, look);
    }
  }

  function pause(): void {
    rest ??= clock.setTimer(() => {
      rest = null;
      next();
    }, RETRY_MS);
  }

  async function read(path: string, stamp: FileStamp): Promise<void> {
    const found: Identified = await parts.pool.run({ kind: 'identify', path }, { signal: stopping.signal });
    const isUnfinished = found.kind === 'photo' && !found.complete && isYoung(found.stamp);
    if (found.kind === 'changed' || isUnfinished) {
      parts.onUnsettled(path, found.kind === 'changed' ? 'changed' : 'incomplete');
      return;
    }
    group.push({ path, stamp, found });
    if (group.length >= GROUP_COUNT) write();
    else timer ??= clock.setTimer(write, GROUP_MS);
  }

  function isYoung(stamp: FileStamp): boolean {
    const age = clock.now() - Math.max(stamp.mtimeMs, stamp.ctimeMs);
    return age >= 0 && age < parts.youngMs;
  }

  /** Never throws: it is called by timers. */
  function write(): void {
    timer?.cancel();
    timer = null;
    if (group.length === 0) return;
    try {
      const lost = writeGroup(parts, group);
      group = [];
      parts.onWritten(lost);
    } catch (error) {
      // Nothing of the group was written, or what follows from it was not: it is tried again.
      if (isDiskFull(error)) parts.onDiskFull(String(error));
      else log.error('findings-unwritten', { error: String(error), count: group.length });
      if (!stopping.signal.aborted) timer = clock.setTimer(write, RETRY_MS);
      return;
    }
    next();
  }

  return {
    add(path, stamp) {
      waiting.set(path, stamp);
      next();
    },
    has: (path) => waiting.has(path) || reading.has(path) || group.some((finding) => finding.path === path),
    forgetStrangers() {
      for (const path of waiting.keys()) if (parts.places.of(path) === undefined) waiting.delete(path);
    },
    size: () => waiting.size + reading.size + group.length,
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      await Promise.allSettled(reading.values());
      write();
      rest?.cancel();
    },
  };
}

/** Writes findings in one transaction; if one of them cannot be written, the others are, one by one. */
function writeGroup(parts: LookQueueParts, findings: readonly Finding[]): number[] {
  const { ledger, log } = parts;
  const write = (finding: Finding): number | null => ledger.transaction(() => writeOne(parts, finding));
  try {
    // The next scan finds them, too.
    return ledger.transaction(() => findings.map(write).filter((photoId) => photoId !== null), {
      outlives: 'kill',
    });
  } catch (error) {
    if (isDiskFull(error)) throw error;
    log.error('findings-refused', { error: String(error), count: findings.length });
  }
  const lost: number[] = [];
  for (const finding of findings) {
    try {
      const photoId = write(finding);
      if (photoId !== null) lost.push(photoId);
    } catch (error) {
      if (isDiskFull(error)) throw error;
      log.error('finding-refused', { error: String(error) });
    }
  }
  return lost;
}

/** What belongs to no folder at work any more is dropped. */
function writeOne({ places, look }: LookQueueParts, { path, stamp, found }: Finding): number | null {
  const place = places.of(path);
  if (place === undefined) return null;
  return recordLook(look, { folder: place.folder, path: place.below, stamp, found });
}
