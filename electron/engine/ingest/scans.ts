/** Keeps scans apart: one at a time per folder; requests that come meanwhile are joined and done after it. */
import type { Folder } from '../ledger/folders.ts';
import { scanFolder, type Scanned, type ScanParts } from './scan.ts';

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
  reason: string;
  subtrees: Set<string> | null;
}

export interface ScansOptions {
  readonly parts: ScanParts;
  readonly folderOf: (id: number) => Folder | undefined;
  readonly allFolders: () => readonly Folder[];
  readonly onDone: (folder: Folder, scanned: Scanned, reason: string) => void;
}

export interface Scans {
  /** Asks for a scan of a folder, or of a path in it (relative); it starts at once or follows the running one. */
  request(folderId: number, reason: string, subtree: string | null): void;
  /** Whether files without blocks are cloud placeholders on the folder's file system. Default true. */
  setTrust(folderId: number, trustsBlocks: boolean): void;
  isBusy(): boolean;
  stateOf(folderId: number): ScanState | undefined;
  stop(): Promise<void>;
}

/** More single paths than this are one scan of the whole folder. */
const MOST_SUBTREES = 64;

/** Starts with nothing to do. */
export function createScans({ parts, folderOf, allFolders, onDone }: ScansOptions): Scans {
  const wanted = new Map<number, Wanted>();
  const running = new Map<number, Promise<void>>();
  const states = new Map<number, ScanState>();
  const distrusted = new Set<number>();
  const stopping = new AbortController();

  function request(folderId: number, reason: string, subtree: string | null): void {
    if (stopping.signal.aborted) return;
    const before = wanted.get(folderId);
    if (before === undefined) {
      const subtrees = subtree === null || subtree === '' ? null : new Set([subtree]);
      wanted.set(folderId, { reason, subtrees });
    } else if (subtree === null || subtree === '') {
      before.subtrees = null;
      before.reason = reason;
    } else if (before.subtrees !== null) {
      before.subtrees.add(subtree);
      if (before.subtrees.size > MOST_SUBTREES) before.subtrees = null;
    }
    start(folderId);
  }

  function start(folderId: number): void {
    const next = wanted.get(folderId);
    if (next === undefined || running.has(folderId) || stopping.signal.aborted) return;
    wanted.delete(folderId);
    const folder = folderOf(folderId);
    if (folder === undefined) return;
    const scan = run(folder, next)
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return [];
        const detail = error instanceof Error ? error.message : String(error);
        parts.log.error('scan-failed', { folderId, error: detail });
        states.set(folderId, { isDone: true, unreachable: null, unread: [{ path: '', detail }] });
        return [];
      })
      .then((scans) => {
        running.delete(folderId);
        for (const scanned of scans) onDone(folder, scanned, next.reason);
        start(folderId);
      });
    running.set(folderId, scan);
  }

  async function run(folder: Folder, { reason, subtrees }: Wanted): Promise<Scanned[]> {
    const scans: Scanned[] = [];
    for (const subtree of subtrees ?? [null]) {
      const scanned = await scanFolder(parts, {
        folder,
        subtree,
        reason,
        nestedRoots: allFolders()
          .filter((other) => other.id !== folder.id)
          .map((other) => other.path),
        trustsBlocks: !distrusted.has(folder.id),
        signal: stopping.signal,
      });
      scans.push(scanned);
      if (subtree === null && scanned.kind !== 'stopped') {
        states.set(folder.id, {
          isDone: true,
          unreachable: scanned.kind === 'unreachable' ? scanned.detail : null,
          unread: scanned.kind === 'scanned' ? scanned.unread : [],
        });
      }
    }
    return scans;
  }

  return {
    request,
    setTrust(folderId, trustsBlocks) {
      if (trustsBlocks) distrusted.delete(folderId);
      else distrusted.add(folderId);
    },
    isBusy: () => running.size > 0 || wanted.size > 0,
    stateOf: (folderId) => states.get(folderId),
    async stop() {
      stopping.abort(new DOMException('Stopped.', 'AbortError'));
      await Promise.allSettled(running.values());
    },
  };
}
