/** Keeps an engine running, and brings every page together with it: a port per page and engine life. */
import type { WebContents } from 'electron';
import { ENGINE_CONNECTION, ENGINE_PORT } from './channels.ts';
import type { Log } from './engine/log.ts';
import type { EngineLife } from './engine-life.ts';
import type { Refusal } from './engine-messages.ts';
import { portOver } from './message-port.ts';
import { createRestarts } from './restarts.ts';
import type { EngineConnection } from '#shared/bridge.ts';
import { callsOver, PortClosedError, type Remote } from '#shared/calls.ts';
import { ENGINE_CALLS, type EngineCalls } from '#shared/engine-api.ts';

const ENDED =
  'Tagalong’s engine stopped again and again, so it was not started once more. Photos, tags and uploads are as they ' +
  'were saved. Close Tagalong and open it again; the log in the data folder says more.';

const BUSY = 'Tagalong’s engine is being started again at this moment. Try it once it is there.';
/** How long an engine may take to end in order before something is done without it, in ms. */
const ENDS_MS = 10_000;

export interface EngineHostOptions {
  startLife(): EngineLife;
  readonly log: Log;
  /** Ms since some moment; for the length of lives. Default: the process's. */
  readonly elapsed?: () => number;
  /** Hears how the engine stands; with its end, why it could not start (null: it could, and died). */
  readonly onConnection?: (connection: EngineConnection, refusal: Refusal | null) => void;
  /** Hears what the engine tells, as pages do. */
  readonly onEvent?: (event: unknown) => void;
}

/** The engine, whichever life it is in. */
export interface RunningHost {
  /** A page wants to speak with the engine: now, and whenever there is a new one. */
  attach(page: WebContents): void;
  /** Main's own line; waits for the first engine. */
  calls(): Promise<Remote<EngineCalls>>;
  /**
   * Does something that no engine may run during: the one that is there ends in order, after 10 s at once, and the next
   * one is started when it is done, however it ended. One at a time.
   */
  without<Done>(act: () => Promise<Done>): Promise<Done>;
  /** Ends the engine in order; after `limitMs` at once. */
  stop(limitMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** Starts the engine, and starts it again when it dies: at most three times in a row. */
export function startEngineHost(options: EngineHostOptions): RunningHost {
  const { log } = options;
  const elapsed = options.elapsed ?? (() => performance.now());
  const restarts = createRestarts();
  const pages = new Set<WebContents>();
  const first = Promise.withResolvers<void>();
  let life: EngineLife;
  let own: Remote<EngineCalls> | null = null;
  let connection: EngineConnection | null = null;
  let isStopping = false;
  let isWithout = false;

  function set(next: EngineConnection, refusal: Refusal | null = null): void {
    connection = next;
    if (next.state !== 'gone') first.resolve();
    for (const page of pages) {
      if (next.state === 'here') page.postMessage(ENGINE_PORT, null, [life.openLine()]);
      else page.send(ENGINE_CONNECTION, next);
    }
    options.onConnection?.(next, refusal);
  }

  function launch(): void {
    const startedAt = elapsed();
    const begun = options.startLife();
    life = begun;
    let refusal: Refusal | null = null;
    void begun.started.then((refused) => {
      refusal = refused;
      if (refused !== null) return;
      log.info('engine-ready');
      own = callsOver<EngineCalls>(portOver(begun.openLine()), ENGINE_CALLS, options.onEvent);
      set({ state: 'here' });
    });
    void begun.gone.then((how) => ended(how, elapsed() - startedAt, refusal));
  }

  function ended(how: string, lifeMs: number, refusal: Refusal | null): void {
    own = null;
    if (isStopping || isWithout) return;
    log.error('engine-gone', { how, lifeMs: Math.round(lifeMs) });
    if (refusal !== null) set({ state: 'ended', sentence: refusal.sentence }, refusal);
    else if (restarts.died(lifeMs)) {
      set({ state: 'gone' });
      launch();
    } else set({ state: 'ended', sentence: ENDED });
  }

  launch();
  return {
    attach(page) {
      if (!pages.has(page)) page.once('destroyed', () => pages.delete(page));
      pages.add(page);
      if (connection?.state === 'here') page.postMessage(ENGINE_PORT, null, [life.openLine()]);
      else if (connection !== null) page.send(ENGINE_CONNECTION, connection);
    },
    async calls() {
      await first.promise;
      if (own === null) throw new PortClosedError();
      return own;
    },
    async without(act) {
      if (isWithout) throw new Error(BUSY);
      isWithout = true;
      const isThere = connection?.state !== 'ended';
      set({ state: 'gone' });
      try {
        if (isThere) await life.stop(ENDS_MS);
        return await act();
      } finally {
        isWithout = false;
        if (!isStopping) launch();
      }
    },
    async stop(limitMs) {
      isStopping = true;
      if (connection?.state !== 'ended') await life.stop(limitMs);
    },
    kill() {
      isStopping = true;
      life.kill();
    },
  };
}
