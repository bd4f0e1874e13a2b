/** A window for the page: an installed browser of the Chromium family as an application of its own, else any browser. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where browsers are looked for. */
export interface BrowserPlaces {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a file is there and may be run. */
  readonly isProgram: (path: string) => boolean;
}

/** A program with its arguments. */
export interface Program {
  readonly file: string;
  readonly words: readonly string[];
}

const LINUX_NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'brave',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS_PLACES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
];

/** Whether there is a screen to open a window on. */
export function hasDisplay({ platform, env }: Pick<BrowserPlaces, 'platform' | 'env'>): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/**
 * What opens the address where there is a screen: a browser with a window of its own when there is one, else the
 * system's way to open an address.
 *
 * @param profileFolder folder of the window's own profile, so that it is no tab of a browser that runs
 */
export function programFor(address: string, profileFolder: string, places: BrowserPlaces): Program {
  const browser = browserPaths(places).find((path) => places.isProgram(path));
  if (browser !== undefined) {
    const words = [`--app=${address}`, `--user-data-dir=${profileFolder}`, '--no-first-run'];
    return { file: browser, words: [...words, '--no-default-browser-check', '--window-size=1280,860'] };
  }
  switch (places.platform) {
    case 'darwin':
      return { file: 'open', words: [address] };
    case 'win32':
      // `start` takes the first quoted word for a title.
      return { file: 'cmd.exe', words: ['/c', 'start', '""', address] };
    default:
      return { file: 'xdg-open', words: [address] };
  }
}

function browserPaths({ platform, env }: BrowserPlaces): string[] {
  if (platform === 'darwin') {
    const homes = ['/Applications', join(env['HOME'] ?? '/', 'Applications')];
    return MAC_APPS.flatMap((app) => homes.map((home) => join(home, `${app}.app`, 'Contents', 'MacOS', app)));
  }
  if (platform === 'win32') {
    const homes = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return WINDOWS_PLACES.flatMap((place) =>
      homes.filter((home) => home !== undefined).map((home) => join(home, ...place)),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Opens a window; false where there is no screen, or nothing could be started. The window outlives this process.
 *
 * @param address gives the address, once it is known that there is a screen
 */
export async function openWindow(
  address: () => Promise<string>,
  profileFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const places: BrowserPlaces = { platform: process.platform, env, isProgram };
  if (!hasDisplay(places)) return false;
  const program = programFor(await address(), profileFolder, places);
  const child = spawn(program.file, program.words, { detached: true, stdio: 'ignore' });
  const isStarted = await new Promise<boolean>((done) => {
    child.once('spawn', () => done(true));
    child.once('error', () => done(false));
  });
  child.unref();
  return isStarted;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
