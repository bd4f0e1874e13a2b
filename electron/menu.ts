/** The application menu. What belongs to the page is sent to it as a command; the rest are the system's own roles. */
import { Menu, shell, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/bridge.ts';
import type { UpdateState } from '#shared/desktop.ts';

export interface MenuPowers {
  readonly platform: NodeJS.Platform;
  /** Absolute path; shown by Help. */
  readonly dataFolder: string;
  /** Null: nothing is to be said about newer versions. */
  readonly update: UpdateState | null;
  readonly send: (command: MenuCommand) => void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu as it is built from. */
export function menuTemplate({
  platform,
  dataFolder,
  update,
  send,
}: MenuPowers): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  /** The page hears the keys itself; here they are shown only (macOS has no such menus, there the menu takes them). */
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => send(command),
  });
  const settings = item('Settings…', 'go-settings', 'CmdOrCtrl+,');
  const newer = updateLabel(update);
  return [
    ...(isMac ? [appMenu(settings)] : []),
    {
      label: '&File',
      submenu: [
        item('Add folder…', 'add-folder', 'CmdOrCtrl+O'),
        item('Import keyword file…', 'import-keywords'),
        SEPARATOR,
        ...(isMac ? [] : [settings, SEPARATOR]),
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', isMac ? 'Shift+Cmd+Z' : 'Ctrl+Y'),
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Contact sheet', 'go-sheet'),
        item('Queue', 'go-queue'),
        item('Failures', 'go-failures'),
        item('Account', 'go-account'),
        SEPARATOR,
        item('Command palette…', 'show-palette', 'CmdOrCtrl+K'),
        SEPARATOR,
        item('Larger interface', 'interface-larger', 'CmdOrCtrl+Plus'),
        item('Smaller interface', 'interface-smaller', 'CmdOrCtrl+-'),
        item('Normal size', 'interface-normal', 'CmdOrCtrl+0'),
        SEPARATOR,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('Keyboard shortcuts', 'show-keys'),
        ...(newer === null ? [] : [item(newer, 'go-settings')]),
        { label: 'Show data folder', click: () => void shell.openPath(dataFolder) },
        ...(isMac ? [] : [SEPARATOR, { role: 'about' } as const]),
      ],
    },
  ];
}

function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

/** What is to be done about it is in the settings. Null: there is nothing to say. */
function updateLabel(update: UpdateState | null): string | null {
  if (update === null || update.state === 'none') return null;
  const name = `Version ${update.version}`;
  if (update.state === 'loading') return `${name} is being downloaded…`;
  return update.state === 'ready' ? `${name} is ready…` : `${name} can be had…`;
}

/** Returns what puts the menu up: at first, and whenever it says something else about newer versions. */
export function createMenu(powers: Omit<MenuPowers, 'update'>): (update: UpdateState | null) => void {
  let shown: string | null | undefined;
  return (update) => {
    const label = updateLabel(update);
    if (label === shown) return;
    shown = label;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...powers, update })));
  };
}
