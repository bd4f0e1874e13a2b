/** The window as a person meets it: by names and roles, with keys. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { AccountNames } from '../support/window-account.ts';
import type { Tags } from '../support/window.ts';

const PATIENCE_MS = 30_000;

/** A pattern in which `00:00` is any moment as the window writes it: with the day in front when it is not today. */
export function withTimes({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll('00:00', String.raw`(?:\d+ \w+ \d{4}, )?\d\d:\d\d`), flags);
}

/** A place, as the rail calls it. */
export type PlaceName = 'Sheet' | 'Queue' | 'Failures' | 'Account' | 'Settings';

/** A page, and what went wrong in it. */
export interface Window {
  readonly page: Page;
  /** Errors that the page threw or logged. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** A photo as the sheet shows it. */
export interface ShownPhoto {
  readonly name: string;
  readonly state: string;
  readonly tags: Tags;
  readonly hasUnsentTags: boolean;
  readonly isSelected: boolean;
}

/** Opens the window in a browser's context of its own. */
export async function openWindow(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // A thumbnail that is not made yet is asked for again by the page.
    const isExpected = /404|WebSocket|ERR_CONNECTION/u.test(message.text());
    if (message.type() === 'error' && !isExpected) problems.push(message.text());
  });
  await page.goto(address);
  return { page, problems, close: () => context.close() };
}

/** The grid of photos. */
export function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Photos' });
}

/** The cell of a photo. */
export function cell(page: Page, name: string): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`^${name.replaceAll('.', '\\.')},`, 'u') });
}

/** What the name of a cell says. */
export function readCell(label: string): ShownPhoto {
  const isSelected = label.endsWith(', selected');
  const plain = isSelected ? label.slice(0, -', selected'.length) : label;
  const hasUnsentTags = plain.endsWith(', tags not sent yet');
  const rest = hasUnsentTags ? plain.slice(0, -', tags not sent yet'.length) : plain;
  const [facts = '', words] = rest.split(/, tags (.*)/u, 2);
  const [name = '', state = ''] = facts.split(', ');
  const tags = (words?.split(', ') ?? []).map((word): [string, 0 | 1] =>
    word.startsWith('not ') ? [word.slice(4), 0] : [word, 1],
  );
  return {
    name,
    state,
    tags: Object.fromEntries(tags.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    hasUnsentTags,
    isSelected,
  };
}

/** The photos whose cells are there, in the order of the sheet. */
export async function shownPhotos(page: Page): Promise<ShownPhoto[]> {
  const labels = await page
    .getByRole('gridcell')
    .evaluateAll((cells) => cells.map((one) => one.getAttribute('aria-label') ?? ''));
  return labels.map(readCell);
}

/** Tags by photo name as the page shows them; photos without a tag are left out. */
export async function shownTags(page: Page): Promise<ReadonlyMap<string, Tags>> {
  const photos = await shownPhotos(page);
  return new Map(
    photos.filter(({ tags }) => Object.keys(tags).length > 0).map(({ name, tags }) => [name, tags]),
  );
}

/** Waits until so many cells are there and every one of their pictures is loaded; failed and skipped photos may have none. */
export async function untilPictures(page: Page, atLeast: number): Promise<void> {
  await page.waitForFunction(
    (atLeast) => {
      const cells = [...document.querySelectorAll('[role="gridcell"]')].filter(
        (cell) => !/, (?:failed|skipped)/u.test(cell.getAttribute('aria-label') ?? ''),
      );
      const pictures = cells.flatMap((cell) => [...cell.querySelectorAll('img')]);
      const loaded = pictures.filter(({ complete, naturalWidth }) => complete && naturalWidth > 0);
      return loaded.length >= atLeast && loaded.length === cells.length;
    },
    atLeast,
    { timeout: PATIENCE_MS },
  );
}

/** Waits until the sheet says that it has so many photos, and shows the first of them: keys have something to act on. */
export async function untilSheetHas(page: Page, count: number): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Places' });
  await rail
    .getByRole('button', {
      name: `Sheet, ${count.toLocaleString('en-GB')} photo${count === 1 ? '' : 's'}`,
      exact: true,
    })
    .waitFor({ timeout: PATIENCE_MS });
  await page.getByRole('gridcell').first().waitFor({ timeout: PATIENCE_MS });
}

/** The sentence of the status strip. */
export async function statusSentence(page: Page): Promise<string> {
  return (await page.getByRole('contentinfo').innerText()).replaceAll(/\s+/gu, ' ').trim();
}

/** The photo under the cursor: the cell that has the focus, or that the grid names as the active one. */
export async function photoUnderCursor(page: Page): Promise<ShownPhoto> {
  const label = await page.evaluate(() => {
    const focused = document.activeElement;
    const id = focused?.getAttribute('aria-activedescendant');
    const cell = id === null || id === undefined ? focused : document.getElementById(id);
    return cell?.getAttribute('aria-label') ?? '';
  });
  return readCell(label);
}

/** Gives the keyboard to the sheet and puts its cursor on the first photo, by keys alone. */
export async function cursorToFirst(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await grid(page).focus();
  await page.keyboard.press('Home');
}

/** Types an account into the form for one; what the form says of it is not asked yet. */
export async function typeAccount(page: Page, { baseUrl, userId, appId, pat }: AccountNames): Promise<void> {
  await page.getByLabel('User id').fill(userId);
  await page.getByLabel('App id').fill(appId);
  await page.getByLabel('Personal access token').fill(pat);
  const address = page.getByLabel('Address of the service');
  if (!(await address.isVisible())) await page.getByText('Another address').click();
  await address.fill(baseUrl);
}

/** Makes an account of one's own the one that photos go to, in the first run. */
export async function useOwnAccount(page: Page, account: AccountNames): Promise<void> {
  await page.getByRole('button', { name: 'Use my Clarifai account' }).click();
  await typeAccount(page, account);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('button', { name: 'Use this account' }).click();
  await page.getByText(`Photos go to`).waitFor();
}

/** Goes to a place by the rail, and waits until it is there. */
export async function goTo(page: Page, place: PlaceName): Promise<Locator> {
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: new RegExp(`^${place}`, 'u') })
    .click();
  const main = page.getByRole('main', { name: place });
  await main.waitFor();
  return main;
}

/** Where the failures say what became of the last act. */
export function outcomeOf(page: Page): Locator {
  return page.getByRole('region', { name: 'What became of it' });
}

/** The sentence about the last act among the failures; empty: none is there. */
export async function outcome(page: Page): Promise<string> {
  const words = (await outcomeOf(page).allInnerTexts()).join(' ');
  return words.replaceAll(/\s+/gu, ' ').replace(/ Close$/u, '');
}

/** Takes that sentence away: else it stays until the next act, and may be taken for what that one says. */
export async function closeOutcome(page: Page): Promise<void> {
  const told = outcomeOf(page);
  if ((await told.count()) === 0) return;
  await told.getByRole('button', { name: 'Close' }).click();
  await told.waitFor({ state: 'hidden' });
}

/** Adds a folder of the home folder in the first run, and waits for the sheet. */
export async function addFirstFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a folder' }).first().click();
  await chooseFolder(page, folder);
}

/** Chooses a folder in the open chooser. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const chooser = page.getByRole('dialog');
  await chooser.getByRole('option', { name: folder, exact: true }).click();
  await chooser.getByRole('button', { name: new RegExp(`^Add.*${folder}`, 'u') }).click();
  await chooser.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
}

/** Waits until something reads as wanted; else fails with how it read last. */
export async function until<Value>(
  read: () => Promise<Value>,
  wanted: Value,
  { patienceMs = 60_000, pauseMs = 150 }: { readonly patienceMs?: number; readonly pauseMs?: number } = {},
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const value = await read();
    if (isDeepStrictEqual(value, wanted)) return;
    if (Date.now() > giveUpAt) assert.deepStrictEqual(value, wanted);
    await sleep(pauseMs);
  }
}

/** Waits until a text is as wanted; else fails with what it was last. */
export async function untilText(read: () => Promise<string>, wanted: RegExp): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = await read();
    if (wanted.test(text)) return;
    if (Date.now() > giveUpAt) assert.match(text, wanted);
    await sleep(100);
  }
}
