/**
 * Events on Linux: one inotify watch per folder (through `fs.watch`), kept in a tree that follows the folders as they
 * come, go and move.
 *
 * `@parcel/watcher` is not used here, though it is elsewhere: on inotify it watches only the top of a folder that is
 * moved in, loses the folders below one that is renamed, blocks the whole process when no inotify instance is left,
 * and keeps every file's name in memory.
 *
 * A folder's watch is set before the folder is listed, so that nothing can come between; the folder is told (to be
 * scanned) after both. The kernel's queue may overflow unnoticed by Node, which is what the timer scan is for.
 */
import { watch, type Dirent, type FSWatcher } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Timer } from '../clock.ts';
import { isAtOrBelow } from '../path-relations.ts';
import {
  BURST_LIMIT,
  isIgnored,
  type Backend,
  type BackendRequest,
  type BackendSink,
  type StartBackend,
} from './watch-backend.ts';

/** Changes within this time are told together, ms: a copied file makes dozens of events. */
const GATHER_MS = 50;
/** Folders that are listed at the same time; the thread pool has four threads. */
const LANES = 4;

/** A watched folder; its path is relative, '' for the root. */
interface Branch {
  readonly path: string;
  readonly watcher: FSWatcher;
  readonly branches: Map<string, Branch>;
  /** True when it is watched no more, or under another name. */
  isCut: boolean;
}

/** A folder whose watch is still to be set. */
interface Wanted {
  readonly path: string;
  readonly parent: Branch | null;
}

/** What happened at one name of one branch. */
interface Change {
  readonly branch: Branch;
  /** Null when the system did not give a (readable) name. */
  readonly name: string | null;
  readonly isRename: boolean;
}

export const watchDirectories: StartBackend = async (request, sink) => {
  const tree = new WatchTree(request, sink);
  return tree.start();
};

class WatchTree {
  readonly #request: BackendRequest;
  readonly #sink: BackendSink;
  readonly #realRoots: string[] = [];
  #root: Branch | null = null;
  #count = 0;
  #changes = new Map<string, Change>();
  #timer: Timer | null = null;
  #work: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(request: BackendRequest, sink: BackendSink) {
    this.#request = request;
    this.#sink = sink;
  }

  async start(): Promise<Backend> {
    try {
      this.#realRoots.push(await realpath(this.#request.root));
      await this.#grow([{ path: '', parent: null }]);
      if (this.#root === null) throw new Error(`${this.#request.root} cannot be watched: it is not there.`);
    } catch (error) {
      this.#end();
      throw error;
    }
    return {
      watchCount: () => this.#count,
      stop: async () => {
        this.#end();
        await this.#work;
      },
    };
  }

  #end(): void {
    this.#isOver = true;
    this.#timer?.cancel();
    this.#changes.clear();
    if (this.#root !== null) this.#cut(this.#root);
    this.#root = null;
  }

  /** Sets watches on folders and everything below them; links come last, as in a walk. */
  async #grow(wanted: Wanted[]): Promise<void> {
    const links: Wanted[] = [];
    while (wanted.length > 0 && !this.#isOver) {
      const round = wanted.splice(-LANES);
      await Promise.all(
        round.map(async (one) => {
          const branch = this.#plant(one);
          if (branch !== null) await this.#findBelow(branch, wanted, links);
        }),
      );
      if (wanted.length === 0) wanted.push(...(await this.#linksToFollow(links.splice(0))));
    }
  }

  async #findBelow(branch: Branch, folders: Wanted[], links: Wanted[]): Promise<void> {
    for (const entry of await this.#list(branch)) {
      if (!entry.isDirectory() && !entry.isSymbolicLink()) continue;
      const below = branch.path === '' ? entry.name : `${branch.path}/${entry.name}`;
      if (!this.#isEntered(below)) continue;
      (entry.isDirectory() ? folders : links).push({ path: below, parent: branch });
    }
  }

  async #list(branch: Branch): Promise<Dirent[]> {
    try {
      return await readdir(this.#absolute(branch.path), { withFileTypes: true });
    } catch (error) {
      // Gone again, or not readable; the walk says so where it matters.
      if (codeOf(error) === null) throw error;
      return [];
    }
  }

  #isEntered(folder: string): boolean {
    return this.#request.filter.directory(folder) && !this.#request.nested.has(folder);
  }

  /** Watches one folder; null when it is gone or closed to us. Throws when the system has no watch left. */
  #plant({ path: place, parent }: Wanted): Branch | null {
    if (this.#isOver) return null;
    let watcher: FSWatcher;
    try {
      watcher = watch(this.#absolute(place), { persistent: false });
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM' || code === null)
        throw error;
      return null;
    }
    const branch: Branch = { path: place, watcher, branches: new Map(), isCut: false };
    watcher.on('change', (type, name) => this.#note(branch, type, name));
    // An error of one folder's watch; what it could have told is found by the next scan of its parent.
    watcher.on('error', () => this.#sink.changed(this.#absolute(place), 'folder'));
    this.#count += 1;
    const name = path.posix.basename(place);
    const before = parent?.branches.get(name);
    if (before !== undefined) this.#cut(before);
    if (parent === null) this.#root = branch;
    else parent.branches.set(name, branch);
    return branch;
  }

  /** Ends the watches of a branch and of all below it. */
  #cut(branch: Branch): void {
    branch.isCut = true;
    branch.watcher.close();
    this.#count -= 1;
    for (const below of branch.branches.values()) this.#cut(below);
    branch.branches.clear();
  }

  #note(branch: Branch, type: string, name: string | Buffer | null): void {
    if (this.#isOver) return;
    const text = typeof name === 'string' && !name.includes('\uFFFD') ? name : null;
    const key = `${branch.path}/${text ?? ''}`;
    const isRename = type === 'rename' || this.#changes.get(key)?.isRename === true;
    this.#changes.set(key, { branch, name: text, isRename });
    this.#timer ??= this.#request.clock.setTimer(() => {
      this.#timer = null;
      const changes = [...this.#changes.values()];
      this.#changes.clear();
      this.#work = this.#work.then(() => this.#tell(changes)).catch((error: unknown) => this.#fail(error));
    }, GATHER_MS);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#end();
    this.#sink.failed(error instanceof Error ? error : new Error(String(error)));
  }

  async #tell(changes: readonly Change[]): Promise<void> {
    if (changes.length > BURST_LIMIT) {
      this.#sink.lost(`${changes.length} changes came at once.`);
      return;
    }
    for (const change of changes) {
      if (this.#isOver) return;
      // Of a folder that was moved or deleted its parent tells; the old path means nothing any more.
      if (!change.branch.isCut) await this.#tellOne(change);
    }
  }

  async #tellOne({ branch, name, isRename }: Change): Promise<void> {
    if (name === null) {
      this.#sink.changed(this.#absolute(branch.path), 'folder');
      return;
    }
    // A folder's own move or deletion comes under its own name; below the root its parent tells it too.
    if (branch === this.#root && isRename && name === path.basename(this.#request.root))
      this.#sink.rootMoved();
    const place = branch.path === '' ? name : `${branch.path}/${name}`;
    if (isIgnored(this.#request, place)) return;
    const known = branch.branches.get(name);
    const absolute = this.#absolute(place);
    if (!isRename && known === undefined) {
      this.#sink.changed(absolute, 'path');
      return;
    }
    const kind = await kindOf(absolute);
    if (this.#isOver) return;
    if (kind === 'file' || kind === 'gone') {
      if (known !== undefined) this.#cut(known);
      branch.branches.delete(name);
      this.#sink.changed(absolute, 'path');
      return;
    }
    if (this.#isEntered(place)) {
      const wanted = [{ path: place, parent: branch }];
      await this.#grow(kind === 'link' ? await this.#linksToFollow(wanted) : wanted);
    }
    if (!this.#isOver) this.#sink.changed(absolute, 'folder');
  }

  /** Links that lead out of what is watched already, by the rule of `link-follower.ts`. */
  async #linksToFollow(links: readonly Wanted[]): Promise<Wanted[]> {
    const follow: Wanted[] = [];
    for (const link of links.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
      const target = await realFolder(this.#absolute(link.path));
      if (target === null) continue;
      const overlaps = this.#realRoots.some((root) => isAtOrBelow(target, root) || isAtOrBelow(root, target));
      if (overlaps) continue;
      this.#realRoots.push(target);
      follow.push(link);
    }
    return follow;
  }

  #absolute(relative: string): string {
    return relative === '' ? this.#request.root : path.join(this.#request.root, relative);
  }
}

async function kindOf(absolute: string): Promise<'folder' | 'link' | 'file' | 'gone'> {
  try {
    const facts = await lstat(absolute);
    if (facts.isDirectory()) return 'folder';
    if (!facts.isSymbolicLink()) return 'file';
    return (await stat(absolute)).isDirectory() ? 'link' : 'file';
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return 'gone';
  }
}

/** Where a link to a folder leads; null when it is not a folder or cannot be reached. */
async function realFolder(absolute: string): Promise<string | null> {
  try {
    return (await stat(absolute)).isDirectory() ? await realpath(absolute) : null;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  }
}

/** The system's code of an error; null for an error that is not the system's. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
