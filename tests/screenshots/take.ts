/**
 * `npm run screenshots`: takes pictures of every screen in both themes into `out/screenshots`, from the demo shoot over
 * the real engine, and puts the chosen ones into `docs/screenshots`, where README shows them.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { buildPage } from '../../electron/local/page-build.ts';
import { ensureBrowser, launchBrowser } from '../support/browser.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { SITUATIONS } from '../ui/busy-screens.ts';
import { startFurnishedStudio } from '../ui/furnished.ts';
import { useKeySet } from '../ui/key-set.ts';
import { cursorToFirst, openWindow, statusSentence, until, untilText } from '../ui/page-model.ts';
import { PLACE_SCREENS } from '../ui/place-screens.ts';
import { SCREENS, sheetIsThere, untilStill } from '../ui/screens.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const ALL = path.join(ROOT, 'out/screenshots');
const CHOSEN_FOLDER = path.join(ROOT, 'docs/screenshots');
const DEMO = path.join(ROOT, 'electron/local/demo/photos');
/** What README shows. */
const CHOSEN = [
  'sheet-dark',
  'sheet-light',
  'loupe-dark',
  'tagging-dark',
  'concept-palette-dark',
  'first-run-light',
];
const NORMAL = { width: 1280, height: 800 };
const SMALL = { width: 900, height: 600 };
/** Both sizes, with what a picture's name ends in. */
const WINDOWS = [
  ['', NORMAL],
  ['-900', SMALL],
] as const;
/** Longer than a selection rests before its facts are asked for. */
const SAID_MS = 600;
const THEMES = ['dark', 'light'] as const;
type Theme = (typeof THEMES)[number];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Waits until the words of the page stay the same: what is told of a selection comes once that rests. */
async function untilSaid(page: Page): Promise<void> {
  await page.waitForFunction(
    (heldMs) => {
      const own = window as typeof window & { said?: { text: string; at: number } };
      const text = document.body.innerText;
      if (own.said?.text !== text) own.said = { text, at: performance.now() };
      return performance.now() - own.said.at > heldMs;
    },
    SAID_MS,
    { polling: 50 },
  );
}

async function shoot(page: Page, name: string): Promise<void> {
  await untilStill(page);
  await untilSaid(page);
  await sharp(await page.screenshot())
    .webp({ quality: 82, effort: 5 })
    .toFile(path.join(ALL, `${name}.webp`));
  say(`${name}.webp`);
}

/** Opens the window, brings it somewhere, and takes its picture. */
async function take(
  { browser, studio, theme }: { readonly browser: Browser; readonly studio: Studio; readonly theme: Theme },
  name: string,
  open: (page: Page) => Promise<void>,
  viewport = NORMAL,
): Promise<void> {
  const { page, close } = await openWindow(browser, studio.host().address, {
    colorScheme: theme,
    viewport,
    reducedMotion: 'reduce',
  });
  try {
    await open(page);
    await shoot(page, `${name}-${theme}`);
  } finally {
    await close();
  }
}

/** The demo shoot, tagged as a person would have it after a few minutes. */
async function furnish(studio: Studio): Promise<void> {
  const { line } = studio.host();
  const shoot = path.join(studio.home, 'Shoots');
  cpSync(DEMO, shoot, { recursive: true, preserveTimestamps: true });
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [shoot], destinationId });
  await until(async () => (await studio.rows()).length > 20, true);
  await until(() => studio.isQuiet(), true);
  await useKeySet(
    studio,
    {
      1: 'sea',
      2: 'mountains',
      3: 'people',
      4: 'city',
      5: 'still life',
      6: 'portfolio',
    },
    'Travel',
  );
  const rows = await studio.rows();
  const give = async (name: string, value: 0 | 1, which: (index: number) => boolean): Promise<void> => {
    const photoIds = rows.filter((_, index) => which(index)).map(({ photoId }) => photoId);
    await line.tag({ target: { photoIds }, wishes: [{ concept: { name }, value }], destinationId });
  };
  await give('sea', 1, (index) => index < 9);
  await give('mountains', 1, (index) => index > 18);
  await give('portfolio', 1, (index) => index % 4 === 1);
  await give('people', 0, (index) => index % 5 === 2);
  await until(() => studio.isQuiet(), true);
}

const atSheet =
  (then: (page: Page) => Promise<void> = () => Promise.resolve()) =>
  async (page: Page): Promise<void> => {
    await sheetIsThere(page);
    await then(page);
  };

/** Puts the cursor on a photo. */
async function moved(page: Page, steps: number): Promise<void> {
  await cursorToFirst(page);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowRight');
}

async function afterFirstRun(browser: Browser): Promise<void> {
  await using studio = await startStudio();
  await furnish(studio);
  const { line } = studio.host();
  for (const theme of THEMES) {
    const here = { browser, studio, theme };
    await take(
      here,
      'sheet',
      atSheet((page) => moved(page, 7)),
    );
    await take(here, 'sheet-900', atSheet(), SMALL);
    await line.saveViewSettings({ settings: { sheetSize: 'large' } });
    await take(
      here,
      'tagging',
      atSheet(async (page) => {
        await moved(page, 1);
        await page.keyboard.press('Shift+ArrowRight');
        await page.keyboard.press('Shift+ArrowRight');
      }),
    );
    await line.saveViewSettings({ settings: { sheetSize: 'medium' } });
    for (const screen of SCREENS) {
      await take(here, screen.name, atSheet(screen.open));
      await line.saveViewSettings({ settings: { sheetSize: 'medium' } });
    }
  }
  await studio.account.goAway();
  for (const [index, theme] of THEMES.entries()) {
    await take(
      { browser, studio, theme },
      'offline',
      atSheet(async (page) => {
        await moved(page, 2);
        const concept = String(4 + index);
        for (const key of [concept, 'ArrowRight', concept]) await page.keyboard.press(key);
        await untilText(() => statusSentence(page), /^Offline/u);
      }),
    );
  }
}

/** Queue, failures, account and settings, in both sizes of the window. */
async function places(browser: Browser): Promise<void> {
  {
    await using studio = await startFurnishedStudio();
    for (const theme of THEMES)
      for (const [suffix, viewport] of WINDOWS)
        for (const { name, open } of PLACE_SCREENS)
          await take({ browser, studio, theme }, `${name}${suffix}`, atSheet(open), viewport);
  }
  for (const { start, screens } of SITUATIONS) {
    await using studio = await start();
    for (const theme of THEMES)
      for (const [suffix, viewport] of WINDOWS)
        for (const { name, open } of screens)
          await take({ browser, studio, theme }, `${name}${suffix}`, open, viewport);
  }
}

await ensureBrowser(say);
await buildPage({ say });
rmSync(ALL, { recursive: true, force: true });
mkdirSync(ALL, { recursive: true });
mkdirSync(CHOSEN_FOLDER, { recursive: true });
const browser = await launchBrowser();
{
  await using studio = await startStudio();
  for (const theme of THEMES) {
    for (const [suffix, viewport] of WINDOWS)
      await take(
        { browser, studio, theme },
        `first-run${suffix}`,
        (page) => page.getByRole('button', { name: 'Add a folder' }).waitFor(),
        viewport,
      );
  }
}
await afterFirstRun(browser);
await places(browser);
await browser.close();
for (const name of CHOSEN)
  copyFileSync(path.join(ALL, `${name}.webp`), path.join(CHOSEN_FOLDER, `${name}.webp`));
say(
  `All are in ${path.relative(process.cwd(), ALL)}, those of README in ${path.relative(process.cwd(), CHOSEN_FOLDER)}.`,
);
