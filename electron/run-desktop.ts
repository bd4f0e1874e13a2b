/** The running program: engine, protocols, calls, menu, window. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, powerMonitor, session } from 'electron';
import { COMMAND, WANTS_ENGINE } from './channels.ts';
import { createDesktopCalls } from './desktop-calls.ts';
import { isFromOurPage, serveDesktop } from './desktop.ts';
import { realClock } from './engine/clock.ts';
import type { Log } from './engine/log.ts';
import { guardContents, guardSession } from './guards.ts';
import { programFolder } from './host/program-folder.ts';
import { createLoginItem } from './login-item.ts';
import { createMenu } from './menu.ts';
import { gatherPlaces, takeFirstOrders, takePlaces } from './open-folders.ts';
import { serveProtocols } from './protocols.ts';
import { startEngine } from './start-engine.ts';
import type { Places, StartWords } from './start-words.ts';
import { startSurroundings } from './surroundings.ts';
import { startTheme } from './theme.ts';
import { startUpdates } from './start-updates.ts';
import { createTokenStore } from './token-store.ts';
import { openWindow, showWindow } from './window.ts';
import type { MenuCommand } from '#shared/bridge.ts';
import type { Remote } from '#shared/calls.ts';
import type { EngineCalls } from '#shared/engine-api.ts';

/** As the packaged program is called, see packaging/electron-builder.json. */
export const APP_ID = 'app.tagalong.Tagalong';

/** Starts everything. Returns how to take in what comes from outside; the window comes to the front. */
export function runDesktop(words: StartWords, log: Log): (places: Places) => void {
  const { dataFolder } = words;
  const statePath = join(app.getPath('userData'), 'window.json');
  const tokens = createTokenStore(join(app.getPath('userData'), 'tokens.json'));
  const loginItem = createLoginItem({
    platform: process.platform,
    isPackaged: app.isPackaged,
    executable: process.execPath,
    home: app.getPath('home'),
    env: process.env,
  });
  const surroundings = startSurroundings({
    engine: () => engine.calls(),
    openWindow: (command) => openAt(command),
    settingsPath: join(app.getPath('userData'), 'desktop.json'),
    pictures: join(programFolder(), 'electron', 'pictures'),
    loginItem,
    platform: process.platform,
    clock: realClock,
    log,
  });
  const { engine, quit } = startEngine({ dataFolder, tokens, statePath, log, ...surroundings });
  const updates = startUpdates({
    isPackaged: app.isPackaged,
    isWanted: () => surroundings.powers.state().settings.looksForUpdates,
    endWith: (last) => quit.endWith(last),
    startAgain() {
      app.relaunch();
      app.exit(0);
    },
    onChange: () => showMenu(updates.state()),
    clock: realClock,
    log,
  });

  // Windows shows notifications only of programs that say which of its shortcuts they are.
  app.setAppUserModelId(APP_ID);
  startTheme(statePath);
  guardSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
  serveProtocols({
    page: join(programFolder(), 'out', 'renderer'),
    thumbnails: join(dataFolder, 'thumbnails'),
  });
  serveDesktop(
    createDesktopCalls({
      ...words,
      env: process.env,
      tokens,
      engine: () => engine.calls(),
      desktop: {
        ...surroundings.powers,
        state: () => ({ ...surroundings.powers.state(), update: updates.state() }),
        update: (act) => updates.act(act),
      },
    }),
    log,
  );
  ipcMain.on(WANTS_ENGINE, (event) => {
    if (isFromOurPage(event)) engine.attach(event.sender);
    else log.warn('stranger-refused', { call: WANTS_ENGINE });
  });
  const showMenu = createMenu({
    platform: process.platform,
    dataFolder,
    send: (command) => window().webContents.send(COMMAND, command),
  });
  showMenu(updates.state());

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
  const openAt = (command?: MenuCommand): void => {
    const isNew = BrowserWindow.getAllWindows().length === 0;
    const shown = window();
    showWindow(shown);
    // A new page shows the sheet first; its rail says what needs the owner.
    if (command !== undefined && !isNew) shown.webContents.send(COMMAND, command);
  };
  app.on('window-all-closed', () => {
    if (!surroundings.staysOpen()) app.quit();
  });
  app.on('activate', () => showWindow(window()));
  // The system waits for a program that asks it to. Its event is missing in the types.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    quit.now();
  });
  if (!words.isHidden && !loginItem.wasOpened()) window();

  const order = (act: (calls: Remote<EngineCalls>) => Promise<void>): Promise<void> =>
    engine
      .calls()
      .then(act)
      .catch((error: unknown) => log.warn('folders-not-added', { error: String(error) }));
  const first = order((calls) => takeFirstOrders(calls, { ...words, env: process.env }));
  const takeIn = gatherPlaces(realClock, async (places) => {
    await first;
    await order((calls) => takePlaces(calls, places));
  });
  takeIn({ folders: [], opened: words.opened });
  return (places) => {
    takeIn(places);
    showWindow(window());
  };
}
