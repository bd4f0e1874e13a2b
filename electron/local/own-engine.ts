/** The engine of this process, with the socket for commands that come beside it; it can end for a while and begin again. */
import type { Changes } from '../engine/changes.ts';
import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import { openOwnerSocket } from '../host/owner-socket.ts';
import type { TerminalHost } from './terminal-host.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { ENGINE_CALLS, type EngineApi } from '#shared/engine-api.ts';

/** An engine, whichever life it is in. */
export interface OwnEngine {
  /** Those of the engine that runs; while there is none they wait for the next one. */
  readonly api: EngineApi;
  /** Listeners hear of the next one too. */
  readonly changes: Pick<Changes, 'listen'>;
  /**
   * Does something that no engine may run during: the one that is there ends in order, and the next one is started when
   * it is done, however it ended.
   */
  without<Done>(act: () => Done): Promise<Done>;
  stop(): Promise<void>;
}

interface Life {
  readonly engine: Engine;
  stop(): Promise<void>;
}

/**
 * Starts it on its host's data folder.
 *
 * @throws as `startEngine`
 */
export async function startOwnEngine(host: TerminalHost, options: EngineOptions): Promise<OwnEngine> {
  const listeners = new Set<(event: ChangedEvent) => void>();
  const begin = async (): Promise<Life> => {
    const engine = await startEngine(host, options);
    engine.changes.listen((event) => {
      for (const listener of listeners) listener(event);
    });
    const socket = await openOwnerSocket(host.dataFolder, engine.api);
    return {
      engine,
      async stop() {
        await socket.stop();
        await engine.stop();
      },
    };
  };
  let life = Promise.resolve(await begin());
  const calls = ENGINE_CALLS.map((name) => [
    name,
    async (argument: never) => (await life).engine.api[name](argument),
  ]);
  return {
    api: Object.fromEntries(calls) as unknown as EngineApi,
    changes: {
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    async without(act) {
      const before = life;
      const next = Promise.withResolvers<Life>();
      life = next.promise;
      try {
        await (await before).stop();
        return act();
      } finally {
        next.resolve(begin());
        await next.promise;
      }
    },
    stop: async () => (await life).stop(),
  };
}
