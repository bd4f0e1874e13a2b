/** Keeps scans apart: one at a time per folder; requests that come meanwhile are joined and done after it. */
import type { Timer } from '../clock.ts';
import type { Folder } from '../ledger/folders.ts';
import { isDiskFull } from '../ledger/open-errors.ts';
import { scanFolder } from './scan.ts';
import type { Scanned, ScanParts } from './scan-types.ts';

/** How the last scan of a whole folder went. */
export interface ScanState {
  /** False until the first whole scan has ended. */
  readonly isDone: boolean;
  readonly unreachable: string | null;
  /** Folders and names that could not be read, in words. */
  readonly unread: readonly { readonly path: string; readonly detail: string }[];
}

/** What is asked for: everything (null), or some paths. */
interface Wanted {
  readonly reason: string;
  readonly subtrees: ReadonlySet<string> | null;
}

/** A scan of a folder, or of a path in it, that has ended. */
export interface EndedScan {
  readonly folder: Folder;
  readonly isWhole: boolean;
  readonly reason: string;
  readonly scanned: Scanned;
}

export interface ScansOptions {
  readonly parts: ScanParts;
  /** The folder as it is now, if it is at work. */
  readonly folderOf: (id: number) => Folder | undefined;
  readonly allFolders: () => readonly Folder[];
  /** Absolute paths that are never entered. */
  readonly leftOut: readonly string[];
  /** A scan begins. */
  readonly onStart: (folderId: number, reason: string) => void;
  readonly onDone: (ended: EndedScan) => void;
  readonly onDiskFull: (detail: string) => void;
}

export interface Scans {
  /** Asks for a scan of a folder, or of a path in it (relative); it starts at once or follows the running one. */
  request(folderId: number, reason: string, subtree: string | null): void;
  /** Whether files without blocks are cloud placeholders on the folder's file system. Default true. */
  setTrust(folderId: number, trustsBlocks: boolean): void;
  trustsBlocks(folderId: number): boolean;
  isBusy(): boolean;
  /** Whether the folder is being scanned now. */
  isRunning(folderId: number): boolean;
  stateOf(folderId: number): ScanState | undefined;
  stop(): Promise<void>;
}

/** More single paths than this are one scan of the whole folder. */
const MOST_SUBTREES = 64;
/** After trouble of the machine's own: a full disk, a worker that does not start. */
const RETRY_MS = 10_000;
/**
 * A scan that failed so often in a row is not waited for any more, though it is still tried: a worker that dies once
 * must not end a one-shot ingest, one that dies always must not keep it for ever.
 */
const MOST_AWAITED = 3;

/** Starts with nothing to do. */
export function createScans(options: ScansOptions): Scans {
  const { parts, folderOf } = options;
  const wanted = new Map<number, Wanted>();
  const running = new Map<number, Promise<void>>();
  const states = new Map<number, ScanState>();
  /** What failed and waits to be done again. */
  const retries = new Map<number, { readonly timer: Timer; readonly failed: Wanted }>();
  /** Failures in a row, by folder. */
  const failures = new Map<number, number>();
  /** Folders whose scan failed on a full disk. */
  const waitingForRoom = new Set<number>();
  const distrusted = new Set<number>();
  const stopping = new AbortController();

  function request(folderId: number, reason: string, subtree: string | null): void {
    if (stopping.signal.aborted || folderOf(folderId) === undefined) return;
    const subtrees = subtree === null || subtree === '' ? null : new Set([subtree]);
    wanted.set(folderId, joined(wanted.get(folderId), { reason, subtrees }));
    start(folderId);
  }

  function start(folderId: number): void {
    const asked = wanted.get(folderId);
    if (asked === undefined || running.has(folderId) || stopping.signal.aborted) return;
    const folder = folderOf(folderId);
    const next = joined(retries.get(folderId)?.failed, asked);
    wanted.delete(folderId);
    retries.get(folderId)?.timer.cancel();
    retries.delete(folderId);
    waitingForRoom.delete(folderId);
    if (folder === undefined) return;
    const scan = run(folder, next)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) fail(folder, next, error);
      })
      .finally(() => {
        if (running.get(folderId) === scan) running.delete(folderId);
        start(folderId);
      })
      .catch((error: unknown) => {
        parts.log.error('scan-not-started', { folderId, error: String(error) });
        startLater(folderId, next);
      });
    running.set(folderId, scan);
  }

  async function run(folder: Folder, { reason, subtrees }: Wanted): Promise<void> {
    options.onStart(folder.id, reason);
    const ended: EndedScan[] = [];
    for (const subtree of subtrees ?? [null]) {
      const scanned = await scanFolder(parts, {
        folder,
        subtree,
        reason,
        nestedRoots: [
          ...options.leftOut,
          ...options
            .allFolders()
            .filter((other) => other.id !== folder.id)
            .map((other) => other.path),
        ],
        trustsBlocks: !distrusted.has(folder.id),
        signal: stopping.signal,
      });
      if (subtree === null && scanned.kind !== 'stopped') {
        states.set(folder.id, {
          isDone: true,
          unreachable: scanned.kind === 'unreachable' ? scanned.detail : null,
          unread: scanned.kind === 'scanned' ? scanned.unread : [],
        });
      }
      ended.push({ folder, isWhole: subtree === null, reason, scanned });
    }
    // What the end of a scan sets off asks whether others are running; this one is not any more.
    running.delete(folder.id);
    for (const one of ended) options.onDone(one);
    failures.delete(folder.id);
  }

  /** Nothing of a scan is lost when it fails: it is done again, the first time at once. */
  function fail(folder: Folder, failed: Wanted, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    parts.log.error('scan-failed', { folderId: folder.id, error: detail });
    const failureCount = (failures.get(folder.id) ?? 0) + 1;
    failures.set(folder.id, failureCount);
    if (failureCount === 1 && !isDiskFull(error)) {
      // Started when this one has come to its end.
      wanted.set(folder.id, joined(wanted.get(folder.id), failed));
      return;
    }
    startLater(folder.id, failed);
    if (isDiskFull(error)) {
      waitingForRoom.add(folder.id);
      options.onDiskFull(detail);
    } else states.set(folder.id, { isDone: true, unreachable: null, unread: [{ path: '', detail }] });
  }

  function startLater(folderId: number, failed: Wanted): void {
    const before = retries.get(folderId);
    before?.timer.cancel();
    const timer = parts.clock.setTimer(() => {
      wanted.set(folderId, joined(wanted.get(folderId), failed));
      try {
        start(folderId);
      } catch (error) {
        // Thrown from a timer it would end the process.
        parts.log.error('scan-not-started', { folderId, error: String(error) });
        startLater(folderId, failed);
      }
    }, RETRY_MS);
    retries.set(folderId, { timer, failed: joined(before?.failed, failed) });
  }

  const isRetryAwaited = (): boolean =>
    [...retries.keys()].some((folderId) => (failures.get(folderId) ?? 0) < MOST_AWAITED);

  return {
    request,
    setTrust(folderId, trustsBlocks) {
      if (trustsBlocks) distrusted.delete(folderId);
      else distrusted.add(folderId);
    },
    trustsBlocks: (folderId) => !distrusted.has(folderId),
    isBusy: () => running.size > 0 || wanted.size > 0 || waitingForRoom.size > 0 || isRetryAwaited(),
    isRunning: (folderId) => running.has(folderId),
    stateOf: (folderId) => states.get(folderId),
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      for (const { timer } of retries.values()) timer.cancel();
      await Promise.allSettled(running.values());
    },
  };
}

/** What a scan of both is called: a mere timer's only if nothing else asked, an owner's if the owner did. */
const RANKS: readonly string[] = ['owner', 'start', 'returned', 'wake', 'watcher', 'more', 'timer'];

function joined(before: Wanted | undefined, more: Wanted): Wanted {
  if (before === undefined) return more;
  const reason = RANKS.indexOf(before.reason) <= RANKS.indexOf(more.reason) ? before.reason : more.reason;
  if (before.subtrees === null || more.subtrees === null) return { reason, subtrees: null };
  const subtrees = new Set([...before.subtrees, ...more.subtrees]);
  return { reason, subtrees: subtrees.size > MOST_SUBTREES ? null : subtrees };
}
