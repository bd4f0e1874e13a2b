/**
 * What the desktop's preload gives to a page, for a page that a browser shows: `window.tagalong`, over the local host's
 * own line, so that engine and ledger are the real ones. What only Electron can tell, the path of a dropped file, is
 * told here by the file's name.
 */
import type { Page } from 'playwright-core';
import type { Bridge, EngineConnection } from '#shared/bridge.ts';
import { ENGINE_CALLS } from '#shared/engine-api.ts';
import { HOST_CALLS } from '#shared/host-api.ts';
import type { OpenedPhotos } from '#shared/sheet.ts';

interface Told {
  /** Absolute paths by file name; a file without one has no place on this machine. */
  readonly paths: Readonly<Record<string, string>>;
  readonly engineCalls: readonly string[];
  readonly hostCalls: readonly string[];
}

/** Does in the page what the desktop does when somebody opens photos with it. */
export async function showInPage(page: Page, photos: OpenedPhotos): Promise<void> {
  await page.evaluate(
    (opened) => (window as unknown as { showInTagalong(opened: OpenedPhotos): void }).showInTagalong(opened),
    photos,
  );
}

/** Gives the bridge to every document that the page opens from now on. */
export async function giveBridge(page: Page, paths: Told['paths']): Promise<void> {
  const told: Told = { paths, engineCalls: ENGINE_CALLS, hostCalls: HOST_CALLS };
  await page.addInitScript(exposeBridge, told);
}

/** Runs in the page: nothing of this module is there. */
function exposeBridge({ paths, engineCalls, hostCalls }: Told): void {
  if (window.location.protocol !== 'http:') return;
  const opened = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const hearing = new Set<(event: unknown) => void>();
  const following = new Set<(connection: EngineConnection) => void>();
  let connection: EngineConnection | null = null;
  let lastId = 0;

  const socket = new WebSocket(`ws://${window.location.host}/engine`);
  socket.addEventListener('open', () => {
    const key = new URLSearchParams(window.location.hash.slice(1)).get('key');
    socket.send(JSON.stringify({ key }));
  });
  socket.addEventListener('message', ({ data }) => {
    if (connection === null) {
      connection = { state: 'here' };
      opened.resolve();
      for (const listener of following) listener(connection);
      return;
    }
    const said = JSON.parse(String(data)) as Partial<
      Record<'id' | 'ok' | 'value' | 'message' | 'event', unknown>
    >;
    if (said.event !== undefined) for (const listener of hearing) listener(said.event);
    else if (said.ok === true) waiting.get(Number(said.id))?.resolve(said.value);
    else waiting.get(Number(said.id))?.reject(new Error(String(said.message)));
  });

  const ask = (call: string) => async (argument: unknown) => {
    await opened.promise;
    lastId += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(lastId, answer);
    socket.send(JSON.stringify({ id: lastId, call, argument }));
    return answer.promise;
  };
  const calls = (names: readonly string[]): unknown =>
    Object.fromEntries(names.map((name) => [name, ask(name)]));
  const bridge: Bridge = {
    kind: 'electron',
    engine: calls(engineCalls) as Bridge['engine'],
    host: calls(hostCalls) as Bridge['host'],
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
    onShow(listener) {
      Object.assign(window, { showInTagalong: listener });
      return () => undefined;
    },
    dropFolders: (files) =>
      Object.values(files).flatMap((file) => paths[(file as { readonly name: string }).name] ?? []),
  };
  Object.assign(window, { tagalong: bridge });
}
