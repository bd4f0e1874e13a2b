/** Finding, choosing and looking: what the sheet's pointer, filters, loupe and inspector do, over the real engine. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../support/pictures.ts';
import { usualFacts } from '../support/written-facts.ts';
import { photoName, startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { cell, cursorToFirst, openWindow, shownPhotos, until, untilPictures } from './page-model.ts';

const PHOTOS = 8;
/** Larger than any pane of the window, so that 100 % is more than what fits. */
const LARGE = { width: 2400, height: 1600 };
const LARGE_PLACES = [PHOTOS, PHOTOS + 1];
const LAST_NAME = photoName(PHOTOS + 1);

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ photoCount: PHOTOS });
  const shoot = path.join(studio.home, 'Shoot');
  for (const place of LARGE_PLACES) {
    const exif = { ...usualFacts(place), keywords: [], rating: 4 };
    await writeFile(path.join(shoot, photoName(place)), await jpeg({ ...LARGE, seed: place + 1, exif }));
  }
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [shoot], destinationId });
  await until(async () => (await studio.rows()).length, PHOTOS + 2);
  await until(() => studio.isQuiet(), true);
  const photoIds = (await studio.rows()).slice(0, 3).map(({ photoId }) => photoId);
  const wishes = [{ concept: { name: 'bride' }, value: 1 }] as const;
  await line.tag({ target: { photoIds }, wishes, destinationId });
});
afterAll(() => studio[Symbol.asyncDispose]());

async function names(page: Page): Promise<string[]> {
  return (await shownPhotos(page)).map(({ name }) => name);
}

async function selected(page: Page): Promise<string[]> {
  return (await shownPhotos(page)).filter(({ isSelected }) => isSelected).map(({ name }) => name);
}

const photos = (...places: readonly number[]): string[] => places.map(photoName);

async function boxOf(one: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await one.boundingBox();
  if (box === null) throw new Error('It is not on the screen.');
  return box;
}

describe('the sheet', () => {
  it('shows what all parts of a filter ask for, and a filter that was saved again after a restart of the page', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, PHOTOS + 2);
    await page.getByRole('button', { name: 'Filter by concept' }).click();
    await page.getByRole('dialog').getByLabel('With bride').click();
    await page.keyboard.press('Escape');
    await until(() => names(page), photos(0, 1, 2));
    await page.keyboard.press('/');
    await page.keyboard.type(photoName(1));
    await until(() => names(page), photos(1));
    // A facet counts with all other parts of the filter.
    await page.getByRole('button', { name: 'Filter by state' }).click();
    await page.getByRole('checkbox', { name: /^Indexed.*1$/u }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByLabel('Name of the filter').fill('The second bride');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'The second bride', exact: true }).waitFor();
    await page.reload();
    await untilPictures(page, PHOTOS + 2);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('button', { name: 'The second bride', exact: true }).click();
    await until(() => names(page), photos(1));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await until(() => names(page), photos(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

    await page.getByRole('button', { name: 'Filter by rating' }).click();
    await page.getByRole('checkbox', { name: /^4 of 5/u }).click();
    await until(() => names(page), photos(...LARGE_PLACES));
    await close();
    expect(problems).toEqual([]);
  });

  it('is selected from by click, shift, ctrl and a rectangle, and says what the chosen photos have in common', async () => {
    const { page, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, PHOTOS + 2);
    await cell(page, photoName(1)).click();
    await until(() => selected(page), photos(1));
    await cell(page, photoName(4)).click({ modifiers: ['Shift'] });
    await until(() => selected(page), photos(1, 2, 3, 4));
    await cell(page, photoName(3)).click({ modifiers: ['ControlOrMeta'] });
    await until(() => selected(page), photos(1, 2, 4));
    const inspector = page.getByRole('complementary');
    await inspector.getByText('2 of 3').waitFor();
    await inspector.getByText('720 × 480').waitFor();
    await cell(page, photoName(PHOTOS)).click();
    await cell(page, LAST_NAME).click({ modifiers: ['Shift'] });
    await inspector.getByText('2,400 × 1,600').waitFor();

    const [from, to] = [await boxOf(cell(page, photoName(0))), await boxOf(cell(page, photoName(2)))];
    await page.mouse.move(from.x - 3, from.y + from.height / 3);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + from.height / 2, { steps: 3 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    await until(() => selected(page), photos(0, 1, 2));
    await page.mouse.up();
    expect(await selected(page)).toEqual(photos(0, 1, 2));
    await close();
  });
});

describe('one photo', () => {
  it('is shown pixel by pixel at 100 %, and beside up to three others', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, PHOTOS + 2);
    await cursorToFirst(page);
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    const loupe = page.getByRole('dialog', { name: `Loupe: ${LAST_NAME}` });
    const drawn = (): Promise<number> =>
      loupe
        .locator('img')
        .evaluateAll((all) => Math.max(...all.map((one) => Math.round(one.getBoundingClientRect().width))));
    await until(async () => (await drawn()) > 0 && (await drawn()) <= 1280, true);
    await page.keyboard.press('z');
    await until(drawn, LARGE.width);
    await loupe.getByText('100%', { exact: true }).waitFor();
    await page.keyboard.press('z');
    await until(async () => (await drawn()) <= 1280, true);
    await page.keyboard.press('Space');
    await loupe.waitFor({ state: 'hidden' });

    await page.keyboard.press('Home');
    for (let count = 2; count <= 4; count += 1) {
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Enter');
      const comparison = page.getByLabel('Comparison').first();
      await comparison.getByText(photoName(count - 1)).waitFor();
      expect(await comparison.getByText(/^DSC_/u).allInnerTexts()).toEqual(
        photos(0, 1, 2, 3).slice(0, count),
      );
      await page.keyboard.press('Escape');
      await comparison.waitFor({ state: 'hidden' });
    }
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await page
      .getByText(/^Up to 4 photos can be compared/u)
      .first()
      .waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await close();
    expect(problems).toEqual([]);
  });

  it('has keys that the sheet lists before it was ever opened, and that can be changed from there', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await untilPictures(page, PHOTOS + 2);
    await cursorToFirst(page);
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'All keys' });
    const lines = list.locator('section', { has: page.getByRole('heading', { name: 'Loupe' }) });
    expect((await lines.getByRole('term').allInnerTexts()).slice(0, 5)).toEqual([
      'Back to the sheet',
      'Next photo',
      'Previous photo',
      'Show or hide tags and facts',
      'Whole picture or 100 %',
    ]);
    const groups = await list.getByRole('heading', { level: 3 }).allInnerTexts();
    expect(groups.indexOf('Loupe')).toBeGreaterThan(groups.indexOf('Sheet'));
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    // Nothing is open that it could be done to.
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Find a command' });
    await palette.getByRole('combobox').fill('Whole picture or 100');
    await palette.getByText('No command is called that').waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });

    await page.keyboard.press('Control+,');
    const change = page.getByRole('button', { name: 'Change the keys of “Whole picture or 100 %”' });
    await change.click();
    // The inspector of the sheet has that key too; it is never heard there together with this one.
    await page.keyboard.press('i');
    const taken = page.getByText(/^Also used by/u);
    await taken.waitFor();
    const others = await taken.innerText();
    expect(others).toContain('“Show or hide tags and facts”.');
    expect(others).not.toContain('inspector');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await change.click();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    const reset = page.getByRole('button', { name: 'Give “Whole picture or 100 %” its own keys back' });
    await reset.waitFor();
    await cursorToFirst(page);
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    const loupe = page.getByRole('dialog', { name: `Loupe: ${LAST_NAME}` });
    await loupe.waitFor();
    await page.keyboard.press('x');
    await loupe.getByText('100%', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await loupe.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+,');
    await reset.click();
    await reset.waitFor({ state: 'hidden' });
    await close();
    expect(problems).toEqual([]);
  });

  it('tells how it was taken, where it is, and its own way with request ids, to be copied', async () => {
    const { page, close } = await openWindow(browser, studio.host().address);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await untilPictures(page, PHOTOS + 2);
    await cell(page, LAST_NAME).click();
    const inspector = page.getByRole('complementary');
    const row = (await studio.rows()).at(-1);
    const inputId = row?.pictureHash?.slice(0, 32) ?? '';
    // What leaves for the photo names it as well.
    await inspector
      .getByRole('code')
      .filter({ hasText: new RegExp(`^${inputId}$`, 'u') })
      .waitFor();
    const said = (await inspector.innerText()).replaceAll('\u00A0', ' ');
    for (const words of ['Lumen 35mm F2', '2,400 × 1,600', '4 of 5']) expect(said).toContain(words);
    const way = await inspector
      .getByRole('listitem')
      .filter({ has: page.locator('time') })
      .allInnerTexts();
    const states = way.map((entry) => entry.split(/\s/u)[0]);
    expect(states).toEqual(['Found', 'Queued', 'Sending', 'Accepted', 'Indexed']);
    expect(way.join(' ')).toMatch(/Request [0-9a-f]{8,}/u);

    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await inspector.getByRole('button', { name: 'Copy input id' }).click();
    await until(copied, inputId);
    await inspector.getByRole('button', { name: 'Copy path' }).click();
    await until(copied, path.join(studio.home, 'Shoot', LAST_NAME));
    await close();
  });
});
