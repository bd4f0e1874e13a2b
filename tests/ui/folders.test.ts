/** Watched folders in the window: changed with a preview, removed and brought back, and the view of what leaves. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { photoName, startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { cursorToFirst, goTo, openWindow, until, untilPictures } from './page-model.ts';

it('changes a folder by keyboard, shows what leaves for a photo, and takes a removal back', async () => {
  await using studio = await startStudio({ photoCount: 3, isTakenIn: true });
  await until(() => studio.isQuiet(), true);
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilPictures(page, 3);
  await goTo(page, 'Account');
  const folders = page.getByRole('region', { name: 'Watched folders' });
  await folders.getByText('Copies without metadata, 2,048 pixels, JPEG quality 85').waitFor();
  await folders.getByText('3 indexed').waitFor();

  await folders.getByRole('button', { name: 'Change Shoot' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change Shoot' });
  await dialog.getByLabel('Long edge, in pixels').fill('512');
  await dialog.getByRole('checkbox', { name: 'The name of the file' }).focus();
  await page.keyboard.press('Space');
  // Left standing in its field, it is meant all the same.
  await dialog.getByLabel('Add a concept').fill('harbour');
  await dialog.getByLabel('Add a pattern').fill('[');
  await page.keyboard.press('Enter');
  await dialog.getByText('a bracket is not closed').waitFor();
  await dialog.getByRole('button', { name: 'Take [ away' }).click();
  await dialog.getByLabel('Add a pattern').fill('*3.jpg');
  await page.keyboard.press('Enter');
  await dialog.getByText(`Leaves out 1 file more: ${photoName(2)}.`).waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await folders
    .getByText('Copies without metadata, 512 pixels, JPEG quality 85; with the file name')
    .waitFor();
  // The one that is left out by now was sent before, and has its tags as the others have.
  const harbour = { harbour: 1 as const };
  await until(async () => [...(await studio.accountTags()).values()], [harbour, harbour, harbour]);

  await cursorToFirst(page);
  const leaving = page.getByRole('region', { name: 'What leaves this computer' });
  await leaving.getByText('A copy without metadata, 512 × 341 pixels, JPEG quality 85').waitFor();
  const lines = (await leaving.locator('dl > div').allInnerTexts()).map((text) =>
    text.split('\n').filter(Boolean),
  );
  const [inputId] = (await studio.rows()).map(({ pictureHash }) => pictureHash?.slice(0, 32));
  expect(lines.slice(1)).toEqual([
    ['File name', photoName(0)],
    ['Taken', 'Nothing'],
    ['Place', 'Nothing'],
    ['Concepts', 'harbour'],
    ['Input id', inputId],
  ]);

  await goTo(page, 'Account');
  await folders.getByRole('button', { name: 'Stop watching Shoot' }).click();
  const removal = page.getByRole('dialog', { name: 'Stop watching Shoot?' });
  await removal.getByText('None of its photos waits to be sent.').waitFor();
  await removal.getByRole('button', { name: 'Stop watching' }).click();
  await folders.getByText('No folder is watched yet.').waitFor();
  expect((await studio.rows()).length).toBe(3);
  await page.getByRole('region', { name: 'Last act' }).getByRole('button', { name: 'Undo' }).click();
  await folders.getByRole('button', { name: 'Change Shoot' }).waitFor();
  expect(problems).toEqual([]);
  await close();
});

it('shows what an ingest sends along with each photo, and takes it away', async () => {
  await using studio = await startStudio({ photoCount: 1 });
  const shoot = path.join(studio.home, 'Shoot');
  const order = { folders: [shoot], destination: null, concepts: [], notConcepts: ['guest'] };
  await studio.host().line.startIngest({ ...order, metadata: { client: 'Miller', job: 12 } });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilPictures(page, 1);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  const folders = page.getByRole('region', { name: 'Watched folders' });
  await folders.getByText('JPEG quality 85; with the folder’s own metadata').waitFor();
  await folders.getByText('client: Miller\njob: 12').waitFor();
  await folders.getByText('not guest').waitFor();
  await folders.getByRole('button', { name: 'Change Shoot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change Shoot' });
  await dialog.getByRole('checkbox', { name: 'The folder’s own metadata: client and job' }).click();
  await dialog.getByRole('button', { name: 'Take guest away' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await folders.getByText('Travels with each').waitFor({ state: 'hidden' });
  const [folder] = (await studio.host().line.folders({})).folders;
  expect([folder?.metadata, folder?.concepts]).toEqual([null, []]);
  expect(problems).toEqual([]);
  await close();
});
