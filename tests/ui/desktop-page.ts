/**
 * The desktop program's page in a real browser: the program's own main, engine and preload bridge run on the stand-in for
 * Electron, its protocols serve the page, and the browser's page reaches the bridge as the window's page does.
 */
import type { Browser, Page } from 'playwright-core';
import { THUMBNAIL_BASE } from '../../electron/channels.ts';
import { openPage } from '../support/page-stand-in.ts';
import type { createElectronStandIn } from '../support/electron-stand-in.ts';
import { openWindow, type Window } from './page-model.ts';
import type { Bridge, EngineConnection } from '#shared/bridge.ts';
import { ENGINE_CALLS } from '#shared/engine-api.ts';
import { HOST_CALLS } from '#shared/host-api.ts';

/** In the place of `app://tagalong`, which this browser does not know; nothing of it reaches a network. */
const ORIGIN = 'http://localhost';
const THUMBNAILS = '/thumbnails/';

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };
type Side = 'engine' | 'host';

/** A window of the desktop program. */
export interface DesktopWindow extends Window {
  /** The same bridge as the page's, for the test's own questions. */
  readonly bridge: Bridge;
}

/** Opens the page over the program that runs on this stand-in. */
export async function openDesktopWindow(
  browser: Browser,
  electron: ReturnType<typeof createElectronStandIn>,
): Promise<DesktopWindow> {
  const [shown] = electron.noted.windows;
  if (shown === undefined) throw new Error('The program has no window.');
  const bridge = openPage(electron, shown.webContents);
  const window = await openWindow(browser, 'about:blank');
  const { page } = window;
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const [scheme, address] = pathname.startsWith(THUMBNAILS)
      ? ['thumb', THUMBNAIL_BASE + pathname.slice(THUMBNAILS.length)]
      : ['app', `app://tagalong${pathname}`];
    const answer = await electron.noted.served.get(scheme)?.(new Request(address));
    if (answer === undefined) throw new Error(`Nothing serves ${scheme}.`);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.exposeFunction('askTagalong', (side: Side, call: string, argument: unknown) =>
    ask(bridge, side, call, argument),
  );
  await page.exposeFunction('hearTagalong', () => hear(page, bridge));
  await page.addInitScript(exposeBridge, { engineCalls: ENGINE_CALLS, hostCalls: HOST_CALLS });
  await page.goto(`${ORIGIN}/index.html`);
  return { ...window, bridge };
}

/** Errors cross with their words alone, as over Electron's own bridge. */
async function ask(bridge: Bridge, side: Side, call: string, argument: unknown): Promise<Answer> {
  try {
    const calls = bridge[side] as unknown as Readonly<
      Record<string, (argument: unknown) => Promise<unknown>>
    >;
    const value = await calls[call]?.(argument);
    return {
      ok: true,
      value: call === 'hostFacts' ? { ...(value as object), thumbnailBase: THUMBNAILS } : value,
    };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Tells the page of the engine's lives and of changes, from now on. */
function hear(page: Page, bridge: Bridge): void {
  const tell = (what: 'connection' | 'event', told: unknown): void => {
    page
      .evaluate(
        ([what, told]) => (window as unknown as Record<string, (told: unknown) => void>)[what]?.(told),
        [`${what}OfTagalong`, told] as const,
      )
      // The page was closed meanwhile.
      .catch((error: unknown) => {
        if (!page.isClosed()) throw error;
      });
  };
  bridge.onConnection((connection) => tell('connection', connection));
  bridge.onEvent((event) => tell('event', event));
}

interface Exposed {
  readonly engineCalls: readonly string[];
  readonly hostCalls: readonly string[];
}

/** Runs in the page: nothing of this module is there. */
function exposeBridge({ engineCalls, hostCalls }: Exposed): void {
  if (window.location.protocol !== 'http:') return;
  const { askTagalong, hearTagalong } = window as unknown as {
    readonly askTagalong: (side: string, call: string, argument: unknown) => Promise<Answer>;
    readonly hearTagalong: () => Promise<void>;
  };
  const hearing = new Set<(event: unknown) => void>();
  const following = new Set<(connection: EngineConnection) => void>();
  let connection: EngineConnection | null = null;
  const calls = (side: string, names: readonly string[]): unknown =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async (argument: unknown) => {
          const answer = await askTagalong(side, name, argument);
          if (!answer.ok) throw new Error(answer.message);
          return answer.value;
        },
      ]),
    );
  const bridge: Bridge = {
    kind: 'electron',
    engine: calls('engine', engineCalls) as Bridge['engine'],
    host: calls('host', hostCalls) as Bridge['host'],
    onEvent(listener) {
      hearing.add(listener);
      return () => void hearing.delete(listener);
    },
    onConnection(listener) {
      if (connection !== null) listener(connection);
      following.add(listener);
      return () => void following.delete(listener);
    },
    onCommand: () => () => undefined,
    onShow: () => () => undefined,
    dropFolders: () => [],
  };
  Object.assign(window, {
    tagalong: bridge,
    connectionOfTagalong(next: EngineConnection) {
      connection = next;
      for (const listener of following) listener(next);
    },
    eventOfTagalong(event: unknown) {
      for (const listener of hearing) listener(event);
    },
  });
  void hearTagalong();
}
