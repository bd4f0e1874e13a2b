/** Acts on very many photos, and very many acts, by keys. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { writeLargeLedger } from '../bench/large-ledger.ts';
import { photoName, startStudio, type Tags } from '../support/window.ts';
import { browser } from './browser.ts';
import { useKeySet } from './key-set.ts';
import { cursorToFirst, grid, openWindow, until, untilPictures, untilSheetHas } from './page-model.ts';

const PRACTICE = { baseUrl: 'practice:', userId: 'practice', appId: 'photos' };

/** A keyboard that counts: typed text by its letters, a chord as one stroke. */
function countStrokes({ keyboard }: Page) {
  let count = 0;
  return {
    count: () => count,
    async press(chord: string): Promise<void> {
      count += 1;
      await keyboard.press(chord);
    },
  };
}

describe('keys', () => {
  it('tag 5,000 selected photos with one press, which is one undo', async () => {
    await using studio = await startStudio({
      prepare: (dataFolder) => {
        writeLargeLedger(path.join(dataFolder, 'ledger.db'), 5000, {
          destination: PRACTICE,
          isSettled: true,
        });
      },
    });
    // The account does not have these photos: what is sent is not what is looked at here.
    await studio.account.goAway();
    await useKeySet(studio, { h: 'harbour' });
    const before = await studio.ledgerTags();
    const { page, problems } = await openWindow(browser, studio.host().address);
    await untilSheetHas(page, 5000);
    await cursorToFirst(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('h');
    await page.keyboard.press('Enter');
    const presentCount = async (): Promise<number | undefined> =>
      (await studio.host().line.concepts({ text: 'harbour', limit: 1 })).exact?.presentCount;
    await until(presentCount, 5000);
    expect((await studio.host().line.editLine({})).undo).toMatchObject({ photoCount: 5000 });

    await page.keyboard.press('Control+z');
    await until(presentCount, 0);
    expect(await studio.ledgerTags()).toEqual(before);
    await page.keyboard.press('Control+Shift+z');
    await until(presentCount, 5000);
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it('tag 100 photos with three concepts each in at most 450 strokes, without a pointer', async () => {
    await using studio = await startStudio({ photoCount: 100, isTakenIn: true });
    // The order of the sheet is settled: when each photo was taken is known.
    await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 100);
    const concepts = ['bride', 'cake', 'dance', 'garden', 'guests', 'rings', 'speech'];
    await useKeySet(studio, Object.fromEntries(concepts.map((name, index) => [String(index + 1), name])));
    const { page, problems } = await openWindow(browser, studio.host().address);
    await untilSheetHas(page, 100);
    await untilPictures(page, 12);
    await page.getByRole('region', { name: 'Key set' }).getByText('speech').waitFor();
    const keyboard = countStrokes(page);

    // From wherever the focus is after the start: to the sheet and its first photo.
    for (const key of ['g', 's', 'Home']) await keyboard.press(key);
    const wanted = new Map<string, Tags>();
    for (let index = 0; index < 100; index += 1) {
      const [first, second, third] = [index % 7, (index + 1 + (index % 2)) % 7, (index + 4) % 7];
      const keys = [first, second, third].map((place) => String(place + 1));
      expect(new Set(keys).size).toBe(3);
      for (const key of keys) await keyboard.press(key);
      const names = keys.map((key) => concepts[Number(key) - 1] ?? '').toSorted();
      wanted.set(photoName(index), Object.fromEntries(names.map((name) => [name, 1])));
      if (index < 99) await keyboard.press('ArrowRight');
    }
    await until(() => studio.ledgerTags(), wanted);
    expect(keyboard.count()).toBeLessThanOrEqual(450);
    const sets = [...wanted.values()].map((tags) => Object.keys(tags).join());
    expect(sets.filter((set, index) => set === sets[index + 1])).toEqual([]);
    await until(() => studio.accountTags(), wanted);
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it('shows what is tagged at once in a grid of any length', async () => {
    await using studio = await startStudio({ photoCount: 40, isTakenIn: true });
    await until(async () => (await studio.rows()).length, 40);
    await useKeySet(studio, { b: 'bride' });
    const { page } = await openWindow(browser, studio.host().address, {
      viewport: { width: 900, height: 600 },
    });
    await untilPictures(page, 8);
    await cursorToFirst(page);
    await page.keyboard.press('End');
    await page.keyboard.press('b');
    const last = page.getByRole('gridcell', { name: new RegExp(`^${photoName(39)}.*tags bride`, 'u') });
    await last.waitFor();
    await expect.poll(() => grid(page).getAttribute('aria-rowcount')).toMatch(/^\d+$/u);
    const box = await last.boundingBox();
    expect(box === null ? -1 : box.y + box.height).toBeLessThanOrEqual(600);
    await page.context().close();
  });
});
