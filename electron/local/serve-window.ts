/** The local web host around an engine that runs in this process. */
import { join } from 'node:path';
import { programFolder } from '../host/program-folder.ts';
import type { EngineAccess } from './engine-access.ts';
import { createHostCalls } from './host-calls.ts';
import { removeAddress, writeAddress } from './server/address-file.ts';
import { forgetKey, keptKey } from './server/kept-key.ts';
import { startLocalServer, type LocalServer, type LocalServerOptions } from './server/local-server.ts';

export interface WindowOptions extends Pick<
  LocalServerOptions,
  'listenOn' | 'port' | 'allowedHosts' | 'limits'
> {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isDemo: boolean;
  /** The key stays over restarts; without it a kept one is forgotten. Default false. */
  readonly keepsKey?: boolean;
  /** Folder of the built page. Default: where the build puts it. */
  readonly pageFolder?: string;
  /** See `LocalHostOptions`. */
  readonly home?: string;
}

/** Folder of the built page. */
export function builtPageFolder(): string {
  return join(programFolder(), 'out', 'renderer');
}

/** Serves the page, and writes down where. `access` has to be the owner's. */
export async function serveWindow(
  { api, own }: Pick<EngineAccess, 'api' | 'own'>,
  options: WindowOptions,
): Promise<LocalServer> {
  if (own === null) throw new Error('Only the owner of a data folder can serve its window.');
  const { dataFolder, env, isDemo, home } = options;
  if (options.keepsKey !== true) forgetKey(dataFolder);
  const server = await startLocalServer({
    ...options,
    ...(options.keepsKey === true ? { key: keptKey(dataFolder) } : {}),
    pageFolder: options.pageFolder ?? builtPageFolder(),
    calls: (thumbnailBase) => ({
      ...api,
      ...createHostCalls({ dataFolder, env, thumbnailBase, isDemo, ...(home === undefined ? {} : { home }) }),
    }),
    listen: (listener) => own.changes.listen(listener),
    log: own.log,
  });
  writeAddress(dataFolder, server.address);
  return {
    ...server,
    async stop() {
      removeAddress(dataFolder);
      await server.stop();
    },
  };
}
