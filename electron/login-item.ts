/** Whether the system starts Tagalong when its user logs in. Linux has no call for it, but a folder that all desktops read. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';

/** Said by the login item to the program: begin without a window. */
const HIDDEN_WORD = '--hidden';
const FILE = 'tagalong.desktop';

export interface LoginPlace {
  readonly platform: NodeJS.Platform;
  /** A checkout has no program that could be started alone. */
  readonly isPackaged: boolean;
  /** Absolute path of the program. */
  readonly executable: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface LoginItem {
  /** Null: this program cannot be started so. */
  isSet(): boolean | null;
  set(opensAtLogin: boolean): void;
  /** Whether macOS made this start; elsewhere the item says {@link HIDDEN_WORD}. */
  wasOpened(): boolean;
}

/** The login item of this program. */
export function createLoginItem(place: LoginPlace): LoginItem {
  if (!place.isPackaged) {
    return { isSet: () => null, set: () => undefined, wasOpened: () => false };
  }
  return place.platform === 'linux' ? autostartFile(place) : systemItem(place.platform);
}

function systemItem(platform: NodeJS.Platform): LoginItem {
  const args = [HIDDEN_WORD];
  return {
    isSet() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args });
      // Windows keeps an item that its owner switched off in the system's own list.
      return openAtLogin && (platform !== 'win32' || executableWillLaunchAtLogin);
    },
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args }),
    wasOpened: () => platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin,
  };
}

/** https://specifications.freedesktop.org/autostart-spec/latest/ */
function autostartFile({ executable, home, env }: LoginPlace): LoginItem {
  const { XDG_CONFIG_HOME: config = '', APPIMAGE: image = '' } = env;
  const path = join(config === '' ? join(home, '.config') : config, 'autostart', FILE);
  return {
    isSet: () => existsSync(path),
    set(opensAtLogin) {
      if (!opensAtLogin) {
        rmSync(path, { force: true });
        return;
      }
      mkdirSync(dirname(path), { recursive: true });
      // An AppImage runs from a place that is gone when it ends; the variable names the file itself.
      writeFileSync(path, autostartEntry(image === '' ? executable : image));
    },
    wasOpened: () => false,
  };
}

/** The desktop entry that starts a program without its window. @param executable absolute path */
export function autostartEntry(executable: string): string {
  const quoted = `"${executable.replaceAll(/["`$\\]/gu, (sign) => `\\${sign}`)}"`;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tagalong',
    // First the rule of strings, then of this key: a backslash is doubled, a percent sign is none of its codes.
    `Exec=${quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')} ${HIDDEN_WORD}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
