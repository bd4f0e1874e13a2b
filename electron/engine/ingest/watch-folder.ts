/**
 * One watched folder's life: reachable or not, watched in one of three ways, scanned now and then whatever the way.
 * Steps that start or stop a back end run one after the other.
 */
import type { Clock, Timer } from '../clock.ts';
import type { PathFilter } from './path-filter.ts';
import type { Backend, BackendSink, StartBackend } from './watch-backend.ts';
import { chooseMode, explainFault, explainMissed, type ChosenMode, type WatchMode } from './watch-choice.ts';
import type { FolderState, HintReason, RootFacts, WatchFolder, WatchLog, WatchTimes } from './watch-types.ts';

export interface FolderWatchOptions {
  readonly clock: Clock;
  readonly log: WatchLog;
  readonly times: WatchTimes;
  readonly pollingFileLimit: number;
  readonly startEvents: StartBackend;
  readonly startPolling: StartBackend;
  readonly rootFacts: (path: string) => Promise<RootFacts | undefined>;
  readonly filter: PathFilter;
  readonly nested: ReadonlySet<string>;
  readonly onHint: (path: string | null, subtree: boolean, reason: HintReason) => void;
  readonly onState: (state: FolderState) => void;
}

export class FolderWatch {
  readonly folder: WatchFolder;
  readonly #options: FolderWatchOptions;
  #fileCount: number | null;
  #backend: Backend | null = null;
  /** The root and mode that are watched; null while nothing is. */
  #armed: { readonly root: string; readonly mode: WatchMode } | null = null;
  #told: FolderState | null = null;
  #faults: Partial<Record<WatchMode, string>> = {};
  #failureCount = 0;
  #missedScanCount = 0;
  /** Counts arms, so that what an old back end still says is not heard. */
  #life = 0;
  #steps: Promise<void> = Promise.resolve();
  #waitsForCheck = false;
  readonly #timers = new Map<'check' | 'scan' | 'retry', Timer>();
  #isStopped = false;

  constructor(folder: WatchFolder, options: FolderWatchOptions) {
    this.folder = folder;
    this.#options = options;
    this.#fileCount = folder.fileCount ?? null;
    this.check();
  }

  /** Looks whether the root is there and is the one that is watched; arms and disarms accordingly. */
  check(): void {
    if (this.#isStopped || this.#waitsForCheck) return;
    this.#waitsForCheck = true;
    this.#step(async () => {
      this.#waitsForCheck = false;
      await this.#checkRoot();
      this.#later('check', this.#options.times.rootCheckMs, () => this.check());
    });
  }

  /** A scan counted the files; what is polled may change with it. */
  setFileCount(count: number | null): void {
    if (count === this.#fileCount) return;
    this.#fileCount = count;
    if (this.#armed !== null && this.#choose().mode !== this.#armed.mode) this.#rearm();
  }

  /** A timer scan found `count` changes of which no hint had told. The second time in one life is once too often. */
  missed(count: number): void {
    if (count === 0 || this.#armed?.mode !== 'events') return;
    this.#missedScanCount += 1;
    if (this.#missedScanCount < 2) return;
    this.#faults.events = explainMissed(count);
    this.#rearm();
  }

  /** Somebody found the root out of reach; it may be back already, as it was or as another. */
  unreachable(detail: string): void {
    this.#step(async () => {
      await this.#disarm();
      this.#tell({ ...this.#choose(), health: 'unreachable', detail });
    });
    this.#later('check', this.#options.times.rootCheckMs, () => this.check());
  }

  /** Everything may have changed unseen, as after a sleep. */
  doubt(): void {
    if (this.#armed !== null) this.#options.onHint(null, true, 'wake');
    this.check();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#step(() => this.#disarm());
    await this.#steps;
  }

  #step(run: () => Promise<void>): void {
    this.#steps = this.#steps.then(run).catch((error: unknown) => {
      this.#options.log.warn('watching went wrong', { folderId: this.folder.id, error: String(error) });
    });
  }

  /** One timer of each kind; a new one replaces the old. */
  #later(name: 'check' | 'scan' | 'retry', ms: number, run: () => void): void {
    this.#timers.get(name)?.cancel();
    if (this.#isStopped) return;
    this.#timers.set(name, this.#options.clock.setTimer(run, ms));
  }

  async #checkRoot(): Promise<void> {
    if (this.#isStopped) return;
    let facts: RootFacts | undefined;
    let detail = `${this.folder.path} is not there.`;
    try {
      facts = await this.#options.rootFacts(this.folder.path);
    } catch (error) {
      detail = error instanceof Error ? error.message : String(error);
    }
    if (facts === undefined) {
      await this.#disarm();
      this.#tell({ ...this.#choose(), health: 'unreachable', detail });
      return;
    }
    const root = `${facts.device}:${facts.inode}`;
    if (this.#armed?.root === root) return;
    await this.#disarm();
    // A root that came back is a new beginning: earlier faults may have gone with the old one.
    if (this.#told?.health === 'unreachable') this.#forgive();
    await this.#arm(root);
  }

  #forgive(): void {
    this.#faults = {};
    this.#failureCount = 0;
  }

  async #arm(root: string): Promise<void> {
    if (this.#isStopped) return;
    this.#life += 1;
    this.#missedScanCount = 0;
    const chosen = await this.#startSomething(this.#life);
    const wasUnreachable = this.#told?.health === 'unreachable';
    const reason = this.#told === null ? 'start' : wasUnreachable ? 'returned' : 'watcher';
    this.#armed = { root, mode: chosen.mode };
    this.#tell({ ...chosen, health: 'ok', detail: null });
    this.#scanLater(chosen.mode);
    // What happened before the watch began is found by a scan.
    this.#options.onHint(null, true, reason);
  }

  /** Starts the best back end that can be started. Ends, as every failure rules one out and scanning needs none. */
  async #startSomething(life: number): Promise<ChosenMode> {
    for (;;) {
      const chosen = this.#choose();
      try {
        this.#backend = await this.#start(chosen.mode, life);
        return chosen;
      } catch (error) {
        this.#noteFault(chosen.mode, error);
      }
    }
  }

  #start(mode: WatchMode, life: number): Promise<Backend | null> {
    const { clock, filter, nested, startEvents, startPolling } = this.#options;
    if (mode === 'scan') return Promise.resolve(null);
    const request = { root: this.folder.path, filter, nested, clock };
    return (mode === 'events' ? startEvents : startPolling)(request, this.#sinkOf(life));
  }

  #sinkOf(life: number): BackendSink {
    const isOld = () => this.#isStopped || life !== this.#life;
    return {
      changed: (path, kind) => {
        if (isOld()) return;
        if (path === this.folder.path) this.#options.onHint(null, true, 'watcher');
        else this.#options.onHint(path, kind === 'folder', 'watcher');
      },
      rootMoved: () => {
        if (!isOld()) this.check();
      },
      lost: (detail) => {
        if (isOld()) return;
        this.#options.log.warn('changes were dropped', { folderId: this.folder.id, detail });
        this.#rearm();
      },
      failed: (error) => {
        if (isOld()) return;
        this.#noteFault(this.#armed?.mode ?? 'events', error);
        this.#rearm();
      },
    };
  }

  /** Remembers why a way of watching cannot be used, and tries it again later, a bounded number of times. */
  #noteFault(mode: WatchMode, cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.#faults[mode] = explainFault(error);
    this.#failureCount += 1;
    const { log, times } = this.#options;
    log.warn('watching failed', {
      folderId: this.folder.id,
      error: error.message,
      failureCount: this.#failureCount,
    });
    if (this.#failureCount > times.retryLimit) return;
    this.#later('retry', times.retryMs * 2 ** (this.#failureCount - 1), () => {
      this.#faults = {};
      this.#rearm();
    });
  }

  /** Starts anew on the same root, in whatever mode is right by now. */
  #rearm(): void {
    this.#step(async () => {
      await this.#disarm();
      await this.#checkRoot();
    });
  }

  async #disarm(): Promise<void> {
    const backend = this.#backend;
    this.#backend = null;
    this.#armed = null;
    this.#life += 1;
    this.#timers.get('scan')?.cancel();
    try {
      await backend?.stop();
    } catch (error) {
      // Its watches may be left behind in the system; nothing they say is heard.
      this.#options.log.warn('a watch did not end cleanly', {
        folderId: this.folder.id,
        error: String(error),
      });
    }
  }

  #scanLater(mode: WatchMode): void {
    const { times, onHint } = this.#options;
    this.#later('scan', mode === 'events' ? times.eventsScanMs : times.scanMs, () => {
      onHint(null, true, 'timer');
      this.#scanLater(mode);
    });
  }

  #choose(): ChosenMode {
    const { choice, fileSystem } = this.folder;
    const { pollingFileLimit } = this.#options;
    return chooseMode({
      choice,
      fileSystem,
      fileCount: this.#fileCount,
      pollingFileLimit,
      faults: this.#faults,
    });
  }

  #tell(state: FolderState): void {
    if (this.#isStopped) return;
    const before = this.#told;
    if (
      before?.mode === state.mode &&
      before.reason === state.reason &&
      before.health === state.health &&
      before.detail === state.detail
    ) {
      return;
    }
    this.#told = state;
    this.#options.onState(state);
  }
}
