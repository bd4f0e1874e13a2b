/** Photos and files that are left out: told wherever somebody looks whether everything is there, and counts that lead there. */
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { heicLike } from '../support/pictures.ts';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, shownPhotos, statusSentence, until, untilSheetHas, untilText } from './page-model.ts';

it('are told in the strip, the queue, the failures and of their folder, and can be looked at', async () => {
  await using studio = await startStudio({ photoCount: 2 });
  const folder = path.join(studio.home, 'Shoot');
  for (const seed of [1, 2, 3]) await writeFile(path.join(folder, `CAMERA_${seed}.heic`), heicLike(seed));
  // What a cloud's program leaves in the place of a file: a size, and no block on the disk.
  for (const number of [1, 2, 3, 4]) {
    await writeFile(path.join(folder, `CLOUD_${number}.jpg`), '');
    await truncate(path.join(folder, `CLOUD_${number}.jpg`), 1_048_576);
  }
  const { line, address } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [folder], destinationId });
  await until(async () => (await line.glance({ destinationId })).leftOutCount, 7);
  const { page, problems } = await openWindow(browser, address);
  await untilSheetHas(page, 5);
  await untilText(() => statusSentence(page), /^2 indexed ?· ?everything else is there ?· ?7 left out/u);

  await page.keyboard.press('g');
  await page.keyboard.press('q');
  const queue = page.getByRole('main', { name: 'Queue' });
  await queue.getByText('Nothing is on the way').waitFor();
  const notSent = queue.getByRole('region', { name: 'Not sent' });
  await untilText(
    () => notSent.innerText(),
    /only in the cloud[^\n]*\s+4\s[^]*cannot be decoded yet\.\s+3\s/u,
  );
  await notSent.getByRole('button', { name: 'See what can be done' }).click();

  const failures = page.getByRole('main', { name: 'Failures' });
  const leftOut = failures.getByRole('region', { name: 'Left out' });
  await untilText(
    () => leftOut.innerText(),
    /only in the cloud[^\n]*\s+4\s[^]*cannot be decoded yet\.\s+3\s/u,
  );
  await leftOut.getByRole('button', { name: 'Show 3 skipped' }).click();
  await until(async () => (await shownPhotos(page)).map(({ state }) => state), Array(3).fill('skipped'));

  await page.getByRole('contentinfo').getByRole('button', { name: '7 left out' }).click();
  await failures.waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  const folders = page.getByRole('region', { name: 'Watched folders' });
  await folders.getByText('Always: hidden files').waitFor();
  expect(problems).toEqual([]);
});
