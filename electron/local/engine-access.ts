/** How a command reaches the engine: it becomes the owner of the data folder, or speaks with the owner that runs. */
import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import type { EngineApi } from '../engine/engine-api.ts';
import { DataFolderOwnedError } from '../engine/ledger/open-errors.ts';
import { connectToOwner, openOwnerSocket } from './owner-socket.ts';
import { createTerminalHost } from './terminal-host.ts';

/** The engine's calls, wherever it runs. */
export interface EngineAccess {
  readonly api: EngineApi;
  /** Whether the engine runs in this process. */
  readonly isOwner: boolean;
  /** Ends the engine, if it is ours; else only the connection. */
  close(): Promise<void>;
}

/** Starts the engine of a data folder in this process, or connects to the one that owns it. */
export async function accessEngine(dataFolder: string, options: EngineOptions): Promise<EngineAccess> {
  const host = createTerminalHost(dataFolder);
  let engine: Engine;
  try {
    engine = await startEngine(host, options);
  } catch (error) {
    await host.stop();
    if (!(error instanceof DataFolderOwnedError)) throw error;
    const owner = await connectToOwner(dataFolder);
    return {
      api: owner.api,
      isOwner: false,
      close: () => {
        owner.close();
        return Promise.resolve();
      },
    };
  }
  const socket = await openOwnerSocket(dataFolder, engine.api);
  return {
    api: engine.api,
    isOwner: true,
    async close() {
      await socket.stop();
      await engine.stop();
      await host.stop();
    },
  };
}
