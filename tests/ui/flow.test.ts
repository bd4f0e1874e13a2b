/** From the first start to an account that holds exactly what was tagged, with the network away and the engine killed in between. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { jpeg } from '../support/pictures.ts';
import { photoName, startStudio, type Studio, type Tags } from '../support/window.ts';
import { browser } from './browser.ts';
import {
  addFirstFolder,
  cursorToFirst,
  openWindow,
  photoUnderCursor,
  shownTags,
  statusSentence,
  until,
  untilText,
  untilPictures,
  untilSheetHas,
  useOwnAccount,
} from './page-model.ts';
import { useKeySet } from './key-set.ts';

/** The sheet keeps no more cells than a screen holds; this one holds all photos. */
const ALL_IN_SIGHT = { viewport: { width: 1600, height: 2000 } };

/** Tags as the test means them, by photo. */
function createWanted() {
  const wanted = new Map<string, Record<string, 0 | 1>>();
  return {
    set(name: string, concept: string, value: 0 | 1 | null): void {
      const { [concept]: _, ...others } = wanted.get(name) ?? {};
      const next = value === null ? others : { ...others, [concept]: value };
      if (Object.keys(next).length === 0) wanted.delete(name);
      else
        wanted.set(name, Object.fromEntries(Object.entries(next).toSorted(([a], [b]) => (a < b ? -1 : 1))));
    },
    now: (): ReadonlyMap<string, Tags> => new Map([...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Types a concept for the photo under the cursor. */
async function type(page: Page, concept: string): Promise<void> {
  await page.keyboard.press('t');
  await page.keyboard.type(concept);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

async function online(page: Page, studio: Studio): Promise<void> {
  await until(() => studio.isQuiet(), true);
  await untilText(() => statusSentence(page), /everything is there|60 indexed/u);
}

describe('the window', () => {
  it('takes a folder in, tags by keys with and without the network, and the account ends up with exactly that', async () => {
    await using studio = await startStudio({ photoCount: 60, isAccountElsewhere: true });
    const wanted = createWanted();
    let { page, problems } = await openWindow(browser, studio.host().address, ALL_IN_SIGHT);

    await useOwnAccount(page, studio.account.names);
    await addFirstFolder(page, 'Shoot');
    await untilSheetHas(page, 60);
    await untilPictures(page, 20);
    await until(() => studio.isQuiet(), true);

    // Thirty photos by keyboard only; the concepts are made by typing their names.
    await cursorToFirst(page);
    const concepts = ['bride', 'first dance', 'cake'];
    for (let index = 0; index < 30; index += 1) {
      expect((await photoUnderCursor(page)).name).toBe(photoName(index));
      const concept = concepts[index % 3] ?? '';
      await type(page, concept);
      wanted.set(photoName(index), concept, 1);
      await page.keyboard.press('ArrowRight');
    }
    await until(() => studio.ledgerTags(), wanted.now());
    await online(page, studio);
    expect(await studio.accountTags()).toEqual(wanted.now());

    // Twenty more without the network, some present and some absent; five acts are taken back.
    await studio.account.goAway();
    const undone: (() => void)[] = [];
    await useKeySet(studio, { 1: 'bride', 2: 'cake' });
    await page.getByRole('region', { name: 'Key set' }).getByText('cake').waitFor();
    for (let index = 30; index < 50; index += 1) {
      const name = photoName(index);
      const isAbsent = index % 4 === 0;
      await page.keyboard.press(isAbsent ? 'Shift+2' : '1');
      wanted.set(name, isAbsent ? 'cake' : 'bride', isAbsent ? 0 : 1);
      undone.push(() => wanted.set(name, isAbsent ? 'cake' : 'bride', null));
      await page.keyboard.press('ArrowRight');
    }
    for (let count = 0; count < 5; count += 1) {
      await page.keyboard.press('Control+z');
      undone.pop()?.();
    }
    await until(() => studio.ledgerTags(), wanted.now());
    await until(() => shownTags(page), wanted.now());
    await untilText(() => statusSentence(page), /^Offline since .* Edits on 15 photos wait/u);

    // The engine is started again while the network is still away: everything is there, undo too.
    expect(problems).toEqual([]);
    await page.context().close();
    const { address } = await studio.restart('in order');
    ({ page, problems } = await openWindow(browser, address, ALL_IN_SIGHT));
    await untilSheetHas(page, 60);
    expect(await studio.ledgerTags()).toEqual(wanted.now());
    await page.keyboard.press('Control+z');
    undone.pop()?.();
    await until(() => studio.ledgerTags(), wanted.now());

    await until(() => shownTags(page), wanted.now());
    await untilText(() => statusSentence(page), /^Offline since .* Edits on 14 photos wait/u);

    await studio.account.comeBack();
    await online(page, studio);
    expect(await studio.accountTags()).toEqual(wanted.now());
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it('keeps each key press through kill -9 right after the screen shows it', async () => {
    await using studio = await startStudio({ photoCount: 6, isTakenIn: true });
    await until(async () => (await studio.rows()).length, 6);
    await useKeySet(studio, { 1: 'bride', 2: 'cake' });
    const kept = new Map<string, Tags>();
    for (const [index, key, concept] of [
      [0, '1', 'bride'],
      [1, '2', 'cake'],
      [2, '1', 'bride'],
    ] as const) {
      const { page } = await openWindow(browser, studio.host().address);
      await untilPictures(page, 6);
      await cursorToFirst(page);
      for (let step = 0; step < index; step += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press(key);
      await until<Tags>(async () => (await photoUnderCursor(page)).tags, { [concept]: 1 }, { pauseMs: 2 });
      await studio.restart('kill');
      await page.context().close();
      kept.set(photoName(index), { [concept]: 1 });
      expect(await studio.ledgerTags()).toEqual(kept);
    }
  });

  it('takes in what comes into a watched folder without a jump of what is selected', async () => {
    await using studio = await startStudio({ photoCount: 6 });
    const { page } = await openWindow(browser, studio.host().address);
    // The practice account is the one that is chosen: nothing but the folder is asked for.
    await addFirstFolder(page, 'Shoot');
    await untilPictures(page, 6);
    await cursorToFirst(page);
    await page.keyboard.press('ArrowRight');
    // An older picture comes before all others.
    const older = path.join(studio.home, 'Shoot', 'AAA.jpg');
    await writeFile(older, await jpeg({ seed: 999, exif: { capturedAt: '2020-01-01T12:00:00' } }));
    await untilSheetHas(page, 7);
    expect((await photoUnderCursor(page)).name).toBe(photoName(1));
    await page.context().close();
  });
});
