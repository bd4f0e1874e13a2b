/** How a command reaches the engine: it becomes the owner of the data folder, or speaks with the owner that runs. */
import type { Changes } from '../engine/changes.ts';
import { realClock, type Clock } from '../engine/clock.ts';
import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import { PortClosedError } from '#shared/calls.ts';
import type { Log } from '../engine/log.ts';
import { DataFolderOwnedError } from '../engine/ledger/open-errors.ts';
import { connectToOwner, openOwnerSocket } from '../host/owner-socket.ts';
import { watchSleep } from './sleep-watch.ts';
import { createTerminalHost } from './terminal-host.ts';

/** The engine's calls, wherever it runs. */
export interface EngineAccess {
  readonly api: EngineApi;
  /** Whether the engine runs in this process. */
  readonly isOwner: boolean;
  /** What only the owner has: changes as they happen, and the log; null beside another owner. */
  readonly own: { readonly changes: Changes; readonly log: Log } | null;
  /** Ends the engine, if it is ours; else only the connection. */
  close(): Promise<void>;
}

/** How a command wants the engine. */
export interface AccessOptions extends EngineOptions {
  /** Base URL that the environment's token is for; see `readPat`. */
  readonly tokenBase?: string;
  /** What sleeps of the computer are noticed by. Default: the machine's. */
  readonly sleepClock?: Clock;
}

/** How long an owner that does not answer is waited for: it is starting, or ending in order. In ms. */
const ANSWER_MS = 20_000;
const AGAIN_MS = 100;

/**
 * Starts the engine of a data folder in this process, or connects to the one that owns it.
 *
 * @throws Error when the owner does not answer; and whatever keeps the engine from starting
 */
export async function accessEngine(dataFolder: string, options: AccessOptions): Promise<EngineAccess> {
  const until = Date.now() + ANSWER_MS;
  for (;;) {
    const access = (await becomeOwner(dataFolder, options)) ?? (await joinOwner(dataFolder));
    if (access !== null) return access;
    if (Date.now() > until) {
      throw new Error(
        `Another Tagalong uses the data folder ${dataFolder}, but it does not answer. ` +
          'Wait until it has ended, or choose another folder with --data-dir.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/**
 * Does something with the engine, and closes it. When the engine is another process's and ends meanwhile, it is done
 * again with the next one: an owner does not wait for the orders of others.
 */
export async function withEngine<T>(
  dataFolder: string,
  options: AccessOptions,
  act: (access: EngineAccess) => Promise<T>,
): Promise<T> {
  for (;;) {
    const access = await accessEngine(dataFolder, options);
    try {
      return await act(access);
    } catch (error) {
      if (access.isOwner || !(error instanceof PortClosedError)) throw error;
    } finally {
      await access.close();
    }
  }
}

async function becomeOwner(dataFolder: string, options: AccessOptions): Promise<EngineAccess | null> {
  const { tokenBase, sleepClock = realClock, ...engineOptions } = options;
  const host = createTerminalHost(dataFolder, process.env, { tokenBase });
  let engine: Engine;
  try {
    engine = await startEngine(host, engineOptions);
  } catch (error) {
    await host.stop();
    if (error instanceof DataFolderOwnedError) return null;
    throw error;
  }
  const socket = await openOwnerSocket(dataFolder, engine.api);
  const sleep = watchSleep(sleepClock, () => {
    engine.api.wokeUp({}).catch((error: unknown) => host.log.warn('not-woken', { error: String(error) }));
  });
  return {
    api: engine.api,
    isOwner: true,
    own: { changes: engine.changes, log: host.log },
    async close() {
      sleep.stop();
      await socket.stop();
      await engine.stop();
      await host.stop();
    },
  };
}

async function joinOwner(dataFolder: string): Promise<EngineAccess | null> {
  const owner = await connectToOwner(dataFolder);
  if (owner === null) return null;
  return {
    api: owner.api,
    isOwner: false,
    own: null,
    close: () => {
      owner.close();
      return Promise.resolve();
    },
  };
}
