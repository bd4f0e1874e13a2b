/**
 * The browser that the window is tested in: one of the Chromium family that is here, else one that is installed without
 * asking anybody. The tests of the window never pass by because there is none.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where browsers of the family are put by the systems' packages. */
const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Nothing that the browser does by itself may reach the network or depend on the machine's graphics. */
const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
];

/** The program of a browser that is here: `CHROME`, a usual place, or Playwright's own cache; null when there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env['CHROME'];
  if (named !== undefined && named !== '') {
    accessSync(named, constants.X_OK);
    return named;
  }
  const places = [...(USUAL_PLACES[process.platform] ?? []), chromium.executablePath()];
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * The program of a browser; installed when there is none: by the system's packages where that needs no questions, else
 * by Playwright.
 *
 * @throws Error with the last words of what was tried
 */
export async function ensureBrowser(say: (line: string) => void): Promise<string> {
  const found = findBrowser();
  if (found !== null) return found;
  const failures: string[] = [];
  for (const [program = '', ...words] of ways()) {
    say(`No browser of the Chromium family is here; trying: ${[program, ...words].join(' ')}`);
    const failure = await run(program, words);
    const installed = failure === null ? findBrowser() : null;
    if (installed !== null) return installed;
    if (failure !== null) failures.push(failure);
  }
  throw new Error(
    `The window cannot be tested: no browser of the Chromium family is here, and none could be installed. ` +
      `Install Chromium or Chrome, or name one with CHROME=/path/to/it. ${failures.join(' · ')}`,
  );
}

function ways(): readonly (readonly string[])[] {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  const debian = [
    ['/usr/bin/apt-get', '-q', 'update'],
    ['/usr/bin/apt-get', '-q', '-y', '--no-install-recommends', 'install', 'chromium'],
  ];
  const playwright = [process.execPath, 'node_modules/playwright-core/cli.js', 'install', 'chromium'];
  return [...(isDebianRoot ? debian : []), playwright];
}

/** Null when it went well, else its last words. */
async function run(program: string, words: readonly string[]): Promise<string | null> {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-500)));
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code) =>
      resolve(code === 0 ? null : `${program} ended with ${code}: ${said.trim()}`),
    );
  });
}

/** Starts the browser, without a window of its own. Close it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await ensureBrowser(() => undefined);
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox', ...FLAGS] : FLAGS });
}
