/** The window. */
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { PAGE_ORIGIN } from './channels.ts';
import type { Log } from './engine/log.ts';
import { createRestarts } from './restarts.ts';
import { fitBounds, readWindowState, SMALLEST, writeWindowState, type Box } from './window-state.ts';

/** The page's `--table` in both themes, so that nothing flashes before it is painted. */
const GROUND = { dark: '#191919', light: '#dedede' };

export interface WindowOptions {
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Absolute path of what is remembered about the window. */
  readonly statePath: string;
  readonly log: Log;
}

/** Opens the window where it was, and remembers where it is when it closes. */
export function openWindow({ preload, statePath, log }: WindowOptions): BrowserWindow {
  const { bounds, isMaximized } = readWindowState(statePath);
  const window = new BrowserWindow({
    ...fitBounds(bounds, workAreas()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Tagalong',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    try {
      writeWindowState(statePath, {
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
        theme: readWindowState(statePath).theme,
      });
    } catch (error) {
      log.warn('window-state-not-written', { error: String(error) });
    }
  });
  const restarts = createRestarts();
  let bornAt = performance.now();
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('page-gone', { reason, exitCode });
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const lifeMs = performance.now() - bornAt;
    bornAt = performance.now();
    if (restarts.died(lifeMs)) window.webContents.reload();
    else tellPageEnd();
  });
  window.loadURL(`${PAGE_ORIGIN}/`).catch((error: unknown) => {
    log.error('page-not-loaded', { error: String(error) });
  });
  return window;
}

function tellPageEnd(): void {
  void dialog.showMessageBox({
    type: 'error',
    title: 'Tagalong',
    message: 'The window stopped again and again',
    detail:
      'Photos, tags and uploads are as they were saved, and what is under way goes on. Close the window and open it ' +
      'again; the log in the data folder says more.',
  });
}

function workAreas(): [Box, ...Box[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}

/** Brings the window to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
