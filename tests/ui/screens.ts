/**
 * Every screen of the sheet, and how a person gets there by keys and names: what is looked at for accessibility, and
 * what pictures are taken of. Those of the other places are in place-screens and busy-screens.
 */
import type { Page } from 'playwright-core';
import { cursorToFirst, goTo, grid, untilPictures } from './page-model.ts';

/** A screen over a sheet with photos, from a page that shows it. */
export interface Screen {
  /** Kebab-case: a file name too. */
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}

/** Runs a command by its name, as somebody does who does not know its key. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find a command' });
  await palette.getByRole('combobox').fill(name);
  await palette.getByRole('option', { name }).first().waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'hidden' });
}

async function dialog(page: Page, name: string): Promise<void> {
  await command(page, name);
  await page.getByRole('dialog').waitFor();
}

async function size(page: Page, wanted: 'Small' | 'Medium' | 'Large'): Promise<void> {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemradio', { name: wanted }).click();
  await page.keyboard.press('Escape');
  await untilPictures(page, 1);
}

async function menu(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
    .first()
    .click();
  await page.locator('[role="menu"], [role="dialog"]').first().waitFor();
}

/** Two photos selected, one with a tag. */
async function select(page: Page): Promise<void> {
  await cursorToFirst(page);
  await page.keyboard.press('Shift+ArrowRight');
}

/** The screens that a sheet of photos leads to. */
export const SCREENS: readonly Screen[] = [
  { name: 'sheet-small', open: (page) => size(page, 'Small') },
  { name: 'sheet-large', open: (page) => size(page, 'Large') },
  { name: 'sheet-medium', open: (page) => size(page, 'Medium') },
  {
    name: 'sheet-photo',
    async open(page) {
      await cursorToFirst(page);
      await page.keyboard.press('ArrowRight');
      await page.getByText('Its way').waitFor();
    },
  },
  { name: 'sheet-selection', open: select },
  {
    name: 'sheet-empty-filter',
    async open(page) {
      await page.keyboard.press('/');
      await page.keyboard.type('no such name');
      await page.getByText('No photo fits the filter').waitFor();
    },
  },
  ...(['State', 'Folder', 'Concept', 'Date', 'Camera', 'Rating'] as const).map((part) => ({
    name: `filter-${part.toLowerCase()}`,
    open: (page: Page) => menu(page, `Filter by ${part.toLowerCase()}`),
  })),
  { name: 'filter-saved', open: (page) => menu(page, 'Saved filters') },
  { name: 'view-menu', open: (page) => menu(page, 'View') },
  {
    name: 'loupe',
    async open(page) {
      await cursorToFirst(page);
      await page.keyboard.press('Space');
      await page
        .getByRole('dialog', { name: /^Loupe/u })
        .or(page.getByLabel(/^Loupe/u))
        .first()
        .waitFor();
    },
  },
  {
    name: 'compare',
    async open(page) {
      await select(page);
      await page.keyboard.press('Enter');
      await page.getByLabel('Comparison').first().waitFor();
    },
  },
  {
    name: 'palette',
    async open(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'keys',
    async open(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'concept-palette',
    async open(page) {
      await cursorToFirst(page);
      await page.keyboard.press('t');
      await page.keyboard.type('e');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'key-sets', open: (page) => dialog(page, 'Edit key sets') },
  { name: 'concepts', open: (page) => dialog(page, 'Concepts') },
  ...(['Rename', 'Merge'] as const).map((act) => ({
    name: `concepts-${act.toLowerCase()}`,
    async open(page: Page) {
      await dialog(page, 'Concepts');
      await page
        .getByRole('button', { name: new RegExp(`^${act} `, 'u') })
        .first()
        .click();
      await page.getByRole('button', { name: act, exact: true }).waitFor();
    },
  })),
  {
    name: 'keyword-import',
    async open(page) {
      await dialog(page, 'Import a keyword file');
      await page
        .getByLabel('Keywords', { exact: true })
        .fill('People\n\tBride\n\tGroom\nPlaces\n\tChurch\n\tbrides');
      await page.getByText(/to make/u).waitFor();
    },
  },
  {
    name: 'keyword-mapping',
    async open(page) {
      await dialog(page, 'Keywords in your photos');
      await page.getByRole('dialog').getByRole('radio', { name: 'Suggest' }).first().waitFor();
    },
  },
  {
    name: 'confirm-many',
    async open(page) {
      await cursorToFirst(page);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('1');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'undo-line',
    async open(page) {
      await cursorToFirst(page);
      await page.keyboard.press('2');
      await page.keyboard.press('Control+z');
      await page
        .getByText(/^Undid/u)
        .first()
        .waitFor();
    },
  },
  {
    name: 'tooltip',
    async open(page) {
      await page.getByRole('button', { name: 'Saved filters' }).hover();
      await page.locator('[role="tooltip"]').first().waitFor();
    },
  },
  {
    name: 'add-folder',
    open: (page) => dialog(page, 'Add a folder'),
  },
];

/** Waits until the sheet of a page is drawn. */
export async function sheetIsThere(page: Page): Promise<void> {
  await grid(page).waitFor();
  await untilPictures(page, 1);
}

/** What lies over the sheet and goes with Escape. */
const OVER = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** From any screen back to the sheet with everything in it and nothing over it, as a person goes: without a reload. */
export async function backToSheet(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  // A part of a dialog that is open may take the first for itself.
  for (let press = 0; press < 4 && (await page.locator(OVER).count()) > 0; press += 1) {
    await page.keyboard.press('Escape');
    await untilStill(page);
  }
  await page.locator(OVER).first().waitFor({ state: 'hidden' });
  await goTo(page, 'Sheet');
  await page.getByRole('searchbox', { name: 'Name or path' }).fill('');
  await sheetIsThere(page);
  await grid(page).focus();
}

/** Waits until nothing moves or fades any more; what turns for ever goes on. */
export async function untilStill(page: Page): Promise<void> {
  // What has just come is see-through for a frame before it begins to fade in.
  await page.waitForFunction(() => document.querySelector('[data-starting-style]') === null);
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => null)),
    ),
  );
}
