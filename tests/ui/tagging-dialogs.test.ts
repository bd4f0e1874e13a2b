/** Key sets, concepts, keyword files and keywords of photos, as a person gives them through the dialogs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { jpeg } from '../support/pictures.ts';
import { usualFacts } from '../support/written-facts.ts';
import { photoName, startStudio, type Tags } from '../support/window.ts';
import { browser } from './browser.ts';
import { cursorToFirst, openWindow, shownTags, until, untilPictures } from './page-model.ts';

/** Opens a dialog by the name of its command. */
async function open(page: Page, command: string, title = command): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find a command' });
  await palette.getByRole('combobox').fill(command);
  await palette.getByRole('option', { name: command }).first().waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  return dialog;
}

async function close(page: Page, dialog: Locator): Promise<void> {
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

const tags = (...of: readonly (readonly [place: number, tags: Tags])[]): ReadonlyMap<string, Tags> =>
  new Map(of.map(([place, tags]) => [photoName(place), tags]));

it('keys are bound by typing, concepts renamed and merged, keywords taken over; undo takes it back act by act', async () => {
  await using studio = await startStudio({ photoCount: 3 });
  const shoot = path.join(studio.home, 'Shoot');
  const exif = { ...usualFacts(3), keywords: ['harbour'], rating: null };
  await writeFile(path.join(shoot, photoName(3)), await jpeg({ width: 720, height: 480, seed: 4, exif }));
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [shoot], destinationId });
  await until(() => studio.isQuiet(), true);
  const { page, problems } = await openWindow(browser, studio.host().address);
  await untilPictures(page, 4);

  // The concepts come from a keyword file with levels.
  let dialog = await open(page, 'Import a keyword file', 'Import a keyword file');
  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose a file…' }).click();
  await (
    await choosing
  ).setFiles({
    name: 'keywords.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('People\n\tBride\n\tGroom\nFood\n\tCake\n'),
  });
  await dialog.getByRole('button', { name: 'Import 3 concepts' }).click();
  await dialog.waitFor({ state: 'hidden' });

  // Keys go to what is added, and are changed by typing; one that a command has, or a concept, is refused in words.
  dialog = await open(page, 'Edit key sets', 'Key sets');
  await dialog.getByRole('button', { name: 'New set' }).click();
  const adding = dialog.getByRole('combobox', { name: 'Add a concept to the set' });
  for (const [name, key] of [
    ['Bride', '1'],
    ['Groom', '2'],
  ] as const) {
    await adding.fill(name);
    await page.getByRole('option', { name }).first().waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: new RegExp(`^${name}: key ${key}`, 'u') }).waitFor();
  }
  await dialog.getByRole('button', { name: /^Groom: key 2/u }).click();
  await page.keyboard.press('t');
  await dialog
    .getByRole('alert')
    .getByText(/type a concept/iu)
    .waitFor();
  await page.keyboard.press('1');
  await dialog.getByRole('alert').getByText('1 gives “Bride” in this set already.').waitFor();
  await page.keyboard.press('x');
  await dialog.getByRole('button', { name: /^Groom: key X/iu }).waitFor();
  await close(page, dialog);

  await cursorToFirst(page);
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+x');
  const typed = tags([0, { Bride: 1 }], [1, { Groom: 0 }]);
  await until(() => studio.ledgerTags(), typed);

  dialog = await open(page, 'Concepts');
  await dialog.getByRole('button', { name: 'Rename Bride', exact: true }).click();
  await dialog.getByLabel('New name').fill('The bride');
  await page.keyboard.press('Enter');
  await dialog.getByText('Renamed: Bride → The bride').waitFor();
  await dialog.getByRole('button', { name: 'Merge Groom into another concept' }).click();
  await dialog.getByRole('combobox', { name: 'Merge Groom into' }).fill('The bride');
  await page.getByRole('option', { name: 'The bride' }).first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog.getByText('Merged: Groom → The bride, 1 photo changed').waitFor();
  await close(page, dialog);
  const merged = tags([0, { 'The bride': 1 }], [1, { 'The bride': 0 }]);
  await until(() => shownTags(page), merged);

  dialog = await open(page, 'Keywords in your photos', 'Keywords in your photos');
  await dialog.getByLabel('What is done with harbour').getByText('Automatic').click();
  await dialog.getByLabel('Concept for harbour').fill('Port');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const all = new Map([...merged, [photoName(3), { Port: 1 } satisfies Tags]]);
  await until(() => shownTags(page), all);
  // Names of concepts have a way of their own to the account.
  await until(() => studio.accountTags(), all);

  await close(page, dialog);
  for (const [sentence, held] of [
    [/^Undid: .*harbour on 1 photo/u, merged],
    [/^Undid: .*Groom → The bride on 1 photo/u, tags([0, { 'The bride': 1 }], [1, { Groom: 0 }])],
    [/^Undid: .*Bride → The bride/u, typed],
  ] as const) {
    await page.keyboard.press('Control+z');
    await page.getByText(sentence).first().waitFor();
    await until(() => shownTags(page), held);
  }
  await until(() => studio.accountTags(), typed);
  await page.context().close();
  expect(problems).toEqual([]);
});
