/** `tagalong serve`: the window in a browser, over the engine in this process. */
import { join } from 'node:path';
import { destinationOf } from '../../host/account-options.ts';
import { dataFolderOf, defaultDataFolder } from '../../host/data-folder.ts';
import { placeDemo } from '../../host/demo-folder.ts';
import { withEngine, type EngineAccess } from '../engine-access.ts';
import { EXIT } from '../exit-codes.ts';
import { openWindow } from '../open-window.ts';
import { buildPage } from '../page-build.ts';
import { serveWindow } from '../serve-window.ts';
import { readAddressFile } from '../server/address-file.ts';
import { ticketAddress } from '../server/tickets.ts';
import type { LocalServer } from '../server/local-server.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { stayInWindow } from '../window-stay.ts';
import { folderOf } from './ingest.ts';

/** From taking the data folder to serving its window it takes less, in ms. */
const START_MS = 1500;
const AGAIN_MS = 100;

/** Options of `serve` and `start`. */
export interface ServeOptions {
  readonly port?: number;
  readonly listen?: string;
  readonly allowHost?: readonly string[];
  /** The address stays the same over restarts. Default false. */
  readonly keepKey?: boolean;
  /** False with `--no-open`. */
  readonly open?: boolean;
  readonly demo?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
  /** Whether it ends by itself when all is final and no page is connected. Default false. */
  readonly endsAlone?: boolean;
}

/** Serves the window until Ctrl-C. Returns the exit code. */
export async function runServe(
  folders: readonly string[],
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  checkHosts(options);
  if (options.keepKey === true && options.port === undefined)
    throw new UsageError('--keep-key is for an address that stays: name its port, too, like --port 8417.');
  const paths = await Promise.all(folders.map(folderOf));
  const dataFolder = dataFolderFor(options);
  await buildPage(terminal);
  return withEngine(dataFolder, { watches: true }, async (access) => {
    if (!access.isOwner) return visit(access, { paths, dataFolder }, options, terminal);
    const server = await serve(access, dataFolder, options, terminal);
    try {
      const runId = await takeIn(access, paths, { dataFolder, isDemo: options.demo === true }, terminal);
      if (options.open !== false) await open(server.address, dataFolder, terminal);
      return await stayInWindow({ access, server, runId }, options, terminal);
    } finally {
      await server.stop();
    }
  });
}

/** The data folder of a command; the demo shoot has one of its own. */
export function dataFolderFor({ dataDir, demo }: Pick<ServeOptions, 'dataDir' | 'demo'>): string {
  return dataDir === undefined && demo === true ? `${defaultDataFolder()}-demo` : dataFolderOf(dataDir);
}

/** @throws UsageError when others could reach the server and it would not know under which name */
function checkHosts({ listen, allowHost = [] }: ServeOptions): void {
  const isLoopback = listen === undefined || /^(localhost|127(\.\d+){3}|::1)$/u.test(listen);
  if (isLoopback || allowHost.length > 0) return;
  throw new UsageError(
    `--listen ${listen} lets other machines in. Say with --allow-host under which name they ask, ` +
      'like --allow-host nas.local. What travels is not encrypted: put a proxy with https before it.',
  );
}

async function serve(
  access: EngineAccess,
  dataFolder: string,
  { demo, listen, port, allowHost, keepKey }: ServeOptions,
  terminal: Terminal,
): Promise<LocalServer> {
  const server = await serveWindow(access, {
    dataFolder,
    env: terminal.env,
    isDemo: demo === true,
    keepsKey: keepKey === true,
    ...(listen === undefined ? {} : { listenOn: listen }),
    ...(port === undefined ? {} : { port }),
    ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
  });
  terminal.print(`Tagalong is at ${server.address}`);
  return server;
}

async function open(address: string, dataFolder: string, terminal: Terminal): Promise<void> {
  if (await openWindow(() => ticketAddress(address), join(dataFolder, 'window'), terminal.env)) return;
  terminal.say('No window could be opened here; open the address in a browser.');
}

/** Another Tagalong has the data folder: its window is opened. */
async function visit(
  access: EngineAccess,
  { paths, dataFolder }: { readonly paths: readonly string[]; readonly dataFolder: string },
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  await takeIn(access, paths, { dataFolder, isDemo: options.demo === true }, terminal);
  const address = await servedAddress(dataFolder, terminal);
  if (address === null) {
    terminal.say(
      'Another Tagalong is at work on this data folder, and its window is in no browser. End it and try again.',
    );
    return EXIT.couldNotRun;
  }
  terminal.print(`Tagalong is at ${address}`);
  if (options.open !== false) await open(address, dataFolder, terminal);
  return EXIT.ok;
}

/** Where the window is served; null when nobody does. One that is just starting is waited for. */
async function servedAddress(
  dataFolder: string,
  { pause, interrupted }: Pick<Terminal, 'pause' | 'interrupted'>,
): Promise<string | null> {
  for (let waitedMs = 0; !interrupted.aborted; waitedMs += AGAIN_MS) {
    const address = readAddressFile(dataFolder);
    if (address !== null && (await isServed(address))) return address;
    if (waitedMs >= START_MS) return null;
    await pause(AGAIN_MS);
  }
  return null;
}

/** Whether our window is there: whoever was killed left an address behind, and another program may have its port. */
async function isServed(address: string): Promise<boolean> {
  try {
    await ticketAddress(address);
    return true;
  } catch (error) {
    if (error instanceof Error || error instanceof DOMException) return false;
    throw error;
  }
}

/** Takes folders in, and the demo shoot. Null when there is nothing whose end is told. */
async function takeIn(
  { api }: EngineAccess,
  paths: readonly string[],
  { dataFolder, isDemo }: { readonly dataFolder: string; readonly isDemo: boolean },
  terminal: Terminal,
): Promise<number | null> {
  if (isDemo) {
    const shoot = await placeDemo(dataFolder);
    terminal.say('The demo shoot goes to the practice account, on this machine only.');
    const order = { folders: [shoot], destination: null, concepts: ['demo'], notConcepts: [] };
    const { runId } = await api.startIngest(order);
    return runId;
  }
  const { CLARIFAI_USER_ID: user = '', CLARIFAI_APP_ID: app = '' } = terminal.env;
  const named = user.trim() === '' || app.trim() === '' ? null : destinationOf({}, terminal.env);
  const { destinationId } =
    named === null ? await api.glance({ destinationId: null }) : await api.addDestination(named);
  if (named !== null) await api.saveViewSettings({ settings: { destinationId } });
  if (paths.length > 0) await api.addFolders({ paths, destinationId });
  return null;
}
