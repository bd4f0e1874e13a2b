/**
 * Looks at settled paths: a worker identifies each, and the findings are written in groups, so that a thousand new
 * photos cost tens of commits and not a thousand.
 */
import { join } from 'node:path';
import type { Clock, Timer } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isDiskFull } from '../ledger/open-errors.ts';
import type { Log } from '../log.ts';
import type { FileStamp, Identified } from '../workers/jobs.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { recordLook, type Looked, type LookParts } from './look.ts';

/** What the queue works with. */
export interface LookQueueParts {
  readonly ledger: Ledger;
  readonly look: LookParts;
  readonly pool: WorkerPool;
  readonly clock: Clock;
  readonly log: Log;
  /** The file changed while it was read, or ends in the middle and is young: it has to settle again. */
  readonly onUnsettled: (folder: Folder, path: string, why: 'changed' | 'incomplete') => void;
  /** Findings were written; there may be photos to decode. */
  readonly onWritten: (lostPhotoIds: readonly number[]) => void;
  readonly onDiskFull: (detail: string) => void;
}

export interface LookQueue {
  add(folder: Folder, path: string, stamp: FileStamp): void;
  /** Paths that wait, are read, or whose findings are not written yet. */
  size(): number;
  stop(): Promise<void>;
}

/** Files read at a time; more than workers, so that none waits for the next path. */
const IN_FLIGHT = 6;
/** Findings are written when there are so many, or after so long. */
const GROUP_COUNT = 64;
const GROUP_MS = 15;
const DISK_FULL_RETRY_MS = 10_000;
/** A picture without an end whose file changed so recently is probably still being copied. In ms. */
const YOUNG_MS = 30_000;

interface Waiting {
  readonly folder: Folder;
  readonly path: string;
  readonly stamp: FileStamp;
}

/** Starts the queue. */
export function createLookQueue(parts: LookQueueParts): LookQueue {
  const { pool, clock, log } = parts;
  const waiting = new Map<string, Waiting>();
  const reading = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let group: Looked[] = [];
  let timer: Timer | null = null;

  function next(): void {
    for (const [key, one] of waiting) {
      if (reading.size >= IN_FLIGHT || stopping.signal.aborted) return;
      if (reading.has(key)) continue;
      waiting.delete(key);
      const look = read(one)
        .catch((error: unknown) => {
          if (stopping.signal.aborted) return;
          log.error('look-failed', { error: String(error) });
          clock.setTimer(() => add(one.folder, one.path, one.stamp), DISK_FULL_RETRY_MS);
        })
        .finally(() => {
          reading.delete(key);
          next();
        });
      reading.set(key, look);
    }
  }

  async function read(one: Waiting): Promise<void> {
    const path = join(one.folder.path, one.path);
    const found: Identified = await pool.run({ kind: 'identify', path }, { signal: stopping.signal });
    if (found.kind === 'changed') {
      parts.onUnsettled(one.folder, one.path, 'changed');
      return;
    }
    if (found.kind === 'photo' && !found.complete && isYoung(found.stamp)) {
      parts.onUnsettled(one.folder, one.path, 'incomplete');
      return;
    }
    group.push({ ...one, found });
    if (group.length >= GROUP_COUNT) write();
    else timer ??= clock.setTimer(write, GROUP_MS);
  }

  function isYoung(stamp: FileStamp): boolean {
    const age = clock.now() - Math.max(stamp.mtimeMs, stamp.ctimeMs);
    return age >= 0 && age < YOUNG_MS;
  }

  function write(): void {
    timer?.cancel();
    timer = null;
    const findings = group;
    if (findings.length === 0) return;
    try {
      const lost = writeGroup(parts, findings);
      group = [];
      parts.onWritten(lost);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      // Nothing of the group was written; it waits for room.
      parts.onDiskFull(String(error));
      timer = clock.setTimer(write, DISK_FULL_RETRY_MS);
    }
  }

  function add(folder: Folder, path: string, stamp: FileStamp): void {
    waiting.set(keyOf(folder, path), { folder, path, stamp });
    next();
  }

  return {
    add,
    size: () => waiting.size + reading.size + group.length,
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      await Promise.allSettled(reading.values());
      write();
      timer?.cancel();
    },
  };
}

function keyOf(folder: Folder, path: string): string {
  return `${folder.id}/${path}`;
}

/** Writes findings in one transaction; if one of them cannot be written, the others are, one by one. */
function writeGroup({ ledger, look, log }: LookQueueParts, findings: readonly Looked[]): number[] {
  const write = (looked: Looked): number | null => ledger.transaction(() => recordLook(look, looked));
  try {
    return ledger.transaction(() => findings.map(write).filter((photoId) => photoId !== null));
  } catch (error) {
    if (isDiskFull(error)) throw error;
    log.error('findings-refused', { error: String(error), count: findings.length });
  }
  const lost: number[] = [];
  for (const looked of findings) {
    try {
      const photoId = write(looked);
      if (photoId !== null) lost.push(photoId);
    } catch (error) {
      if (isDiskFull(error)) throw error;
      log.error('finding-refused', { folderId: looked.folder.id, error: String(error) });
    }
  }
  return lost;
}
