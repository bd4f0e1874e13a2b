/** Photos that somebody opens with the desktop program: shown in the sheet, wherever one is, at the account that they go to. */
import { expect, it } from 'vitest';
import path from 'node:path';
import { photoName, startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { giveBridge, showInPage } from './bridge-stand-in.ts';
import { openWindow, shownPhotos, until, untilSheetHas } from './page-model.ts';

it('are shown in the sheet, wherever one is and whichever account was shown', async () => {
  await using studio = await startStudio({ photoCount: 3, isTakenIn: true });
  const { line, address } = studio.host();
  await until(async () => (await studio.rows()).map(({ state }) => state), ['indexed', 'indexed', 'indexed']);
  const { page, problems, close } = await openWindow(browser, address);
  await giveBridge(page, {});
  await page.reload();
  await untilSheetHas(page, 3);
  const open = async (index: number): Promise<void> => {
    const opened = await line.photosOfFiles({ paths: [path.join(studio.home, 'Shoot', photoName(index))] });
    if (opened === null) throw new Error('The photo is not known.');
    await showInPage(page, opened);
    await until(
      async () => (await shownPhotos(page)).filter(({ isSelected }) => isSelected).map(({ name }) => name),
      [photoName(index)],
    );
  };
  const rail = page.getByRole('navigation', { name: 'Places' });
  const go = (place: RegExp) => rail.getByRole('button', { name: place }).click();

  await go(/^Settings/u);
  await open(1);
  const names = { baseUrl: 'https://api.test', userId: 'me', appId: 'photos' };
  const { destinationId } = await line.addDestination(names);
  await go(/^Account/u);
  await page.getByRole('button', { name: 'Show me / photos' }).click();
  await until(async () => (await line.viewSettings({})).settings.destinationId, destinationId);
  await page.getByRole('button', { name: 'Account that is shown: me / photos' }).waitFor();
  await open(2);
  await page.getByRole('button', { name: 'Account that is shown: Practice account' }).waitFor();
  expect(problems).toEqual([]);
  await close();
});
