/** What every way of noticing changes has in common. All of them only hint; a look or a scan finds the truth. */
import type { Clock } from '../clock.ts';
import type { PathFilter } from './path-filter.ts';

export interface BackendRequest {
  /** Absolute path of a folder that is there. */
  readonly root: string;
  readonly filter: PathFilter;
  /** Folders inside the root that others watch, relative to it; nothing in them is told. */
  readonly nested: ReadonlySet<string>;
  readonly clock: Clock;
}

/** Where a back end tells what it noticed. Nothing is told after `stop`. */
export interface BackendSink {
  /** Something happened at this absolute path. `folder`: it is a folder and has to be scanned from there. */
  changed(path: string, kind: 'folder' | 'path'): void;
  /** The root was moved or deleted, or it looks so. */
  rootMoved(): void;
  /** Changes were dropped: the back end has to be started anew and the root scanned. */
  lost(detail: string): void;
  /** The back end is dead. */
  failed(error: Error): void;
}

export interface Backend {
  /** What the system watches for us: one per folder at best. For logs and measurements. */
  watchCount(): number;
  stop(): Promise<void>;
}

/** Resolves when everything that is there is watched; rejects, with nothing left behind, when it cannot be. */
export type StartBackend = (request: BackendRequest, sink: BackendSink) => Promise<Backend>;

/** More changes than this at once are not told one by one: a scan is cheaper, and the system may have dropped some. */
export const BURST_LIMIT = 4_096;

/** `path` relative to `root` with `/` between names; '' for the root itself, null for a path outside. */
export function relativeTo(root: string, path: string): string | null {
  if (path === root) return '';
  const top = root.endsWith('/') || root.endsWith('\\') ? root.length : root.length + 1;
  if (!path.startsWith(root) || (path[top - 1] !== '/' && path[top - 1] !== '\\')) return null;
  const relative = path.slice(top);
  return process.platform === 'win32' ? relative.replaceAll('\\', '/') : relative;
}

/** Whether a change at this relative path is nobody's business: junk, excluded, or in a nested watched folder. */
export function isIgnored(request: BackendRequest, relative: string): boolean {
  if (relative === '') return false;
  const { filter, nested } = request;
  for (let slash = relative.indexOf('/'); slash !== -1; slash = relative.indexOf('/', slash + 1)) {
    const folder = relative.slice(0, slash);
    if (nested.has(folder) || !filter.directory(folder)) return true;
  }
  return nested.has(relative) || (!filter.file(relative) && !filter.directory(relative));
}
