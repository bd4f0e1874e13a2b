/** The running program: engine, protocols, calls, menu, window. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, powerMonitor, session } from 'electron';
import { COMMAND, WANTS_ENGINE } from './channels.ts';
import { createDesktopCalls } from './desktop-calls.ts';
import { isFromOurPage, serveDesktop } from './desktop.ts';
import type { Log } from './engine/log.ts';
import { guardContents, guardSession } from './guards.ts';
import { programFolder } from './host/program-folder.ts';
import { showMenu } from './menu.ts';
import { addFolders, takeFirstOrders } from './open-folders.ts';
import { serveProtocols } from './protocols.ts';
import { startEngine } from './start-engine.ts';
import { foldersAmong, type StartWords } from './start-words.ts';
import { startTheme } from './theme.ts';
import { createTokenStore } from './token-store.ts';
import { openWindow, showWindow } from './window.ts';
import type { Remote } from '#shared/calls.ts';
import type { EngineCalls } from '#shared/engine-api.ts';

/** Starts everything. Returns how to take in folders that come from outside; the window comes to the front. */
export function runDesktop(words: StartWords, log: Log): (folders: readonly string[]) => void {
  const { dataFolder } = words;
  const statePath = join(app.getPath('userData'), 'window.json');
  const tokens = createTokenStore(join(app.getPath('userData'), 'tokens.json'));
  const engine = startEngine(dataFolder, tokens, statePath, log);

  startTheme(statePath);
  guardSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  serveProtocols({
    page: join(programFolder(), 'out', 'renderer'),
    thumbnails: join(dataFolder, 'thumbnails'),
  });
  serveDesktop(createDesktopCalls({ ...words, env: process.env, tokens, engine: () => engine.calls() }), log);
  ipcMain.on(WANTS_ENGINE, (event) => {
    if (isFromOurPage(event)) engine.attach(event.sender);
    else log.warn('stranger-refused', { call: WANTS_ENGINE });
  });
  showMenu({
    platform: process.platform,
    dataFolder,
    send: (command) => window().webContents.send(COMMAND, command),
  });

  const open = (): BrowserWindow => {
    const opened = openWindow({
      preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
      statePath,
      log,
    });
    // Windows: the session ends, and the system does not wait.
    opened.on('session-end', () => engine.kill());
    return opened;
  };
  const window = (): BrowserWindow => BrowserWindow.getAllWindows()[0] ?? open();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => showWindow(window()));
  powerMonitor.on('shutdown', () => app.quit());
  window();

  const order = (act: (calls: Remote<EngineCalls>) => Promise<void>): void => {
    engine
      .calls()
      .then(act)
      .catch((error: unknown) => log.warn('folders-not-added', { error: String(error) }));
  };
  order((calls) => takeFirstOrders(calls, { ...words, env: process.env }));
  return (paths) => {
    order((calls) => addFolders(calls, foldersAmong(paths)));
    showWindow(window());
  };
}
