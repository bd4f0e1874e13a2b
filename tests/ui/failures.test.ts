/** Failures in the window: shown by cause, tried again, left out and brought back, written as a list. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { damagedPng } from '../support/pictures.ts';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { goTo, openWindow, until } from './page-model.ts';

it('tells causes, tries some and all of a cause again, leaves out, undoes, and writes the list', async () => {
  await using studio = await startStudio({ photoCount: 5 });
  const at = (name: string): string => path.join(studio.home, 'Shoot', name);
  await writeFile(at('EMPTY.jpg'), '');
  for (const seed of [1, 2]) await writeFile(at(`NOISE_${seed}.png`), await damagedPng({ seed }));
  await studio.account.setFaults([{ kind: 'per-input', code: 30_106, details: 'Not this one.' }]);
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  const failureCount = async (): Promise<number> => (await line.glance({ destinationId })).failureCount;
  await until(failureCount, 8);

  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await page.getByRole('button', { name: 'Failures, 8 need you' }).waitFor();
  await goTo(page, 'Failures');
  const card = page.getByRole('listitem', { name: /^5 photos\s*The service refused/u });
  await card.waitFor();
  expect(await page.getByRole('list', { name: 'Failures' }).getByRole('heading').count()).toBe(3);

  // Its photos, with the service's words; two are chosen by keyboard.
  await card.getByRole('button', { name: 'Show all 5' }).focus();
  await page.keyboard.press('Enter');
  await card.getByText('Not this one.').first().waitFor();
  expect(await card.getByText(/Code 30106/u).count()).toBe(5);
  expect(await card.getByRole('button', { name: /^Request / }).count()).toBe(5);
  await until(
    () =>
      card
        .locator('img')
        .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length),
    5,
  );
  for (const name of ['DSC_0001.jpg', 'DSC_0002.jpg']) {
    await card.getByRole('checkbox', { name: `Choose ${name}` }).focus();
    await page.keyboard.press('Space');
  }
  await card.getByText('2 chosen').waitFor();
  await studio.account.setFaults([]);
  await card.getByRole('button', { name: 'Try again', exact: true }).click();
  await page.getByText('2 photos are queued again.').first().waitFor();
  await until(async () => (await line.glance({ destinationId })).counts.indexed, 2);
  await page.getByRole('listitem', { name: /^3 photos\s*The service refused/u }).waitFor();

  // What cannot be decoded would be so again.
  const noise = page.getByRole('listitem', { name: /^2 photos\s*The files are not readable/u });
  await page.getByRole('button', { name: 'Try all again' }).click();
  await page
    .getByText(
      /^3 photos are queued again\. 1 file is read again\. 2 stay as they are: as they were last read/u,
    )
    .first()
    .waitFor();
  await until(async () => (await line.glance({ destinationId })).counts.indexed, 5);

  // Left out for good, and undone.
  await noise.getByRole('button', { name: 'Leave out for good' }).click();
  await page.getByText('Left out for good: 2 photos.').first().waitFor();
  await noise.waitFor({ state: 'hidden' });
  expect(await failureCount()).toBe(1);
  await page.getByRole('region', { name: /last/iu }).getByRole('button', { name: 'Undo' }).click();
  await noise.waitFor();
  expect(await failureCount()).toBe(3);

  // Left out again, and taken in by a button of its own: read again, it fails for the same reason.
  await noise.getByRole('button', { name: 'Leave out for good' }).click();
  await page.getByText('You left out 2 photos.').waitFor();
  await page.getByRole('button', { name: 'Take in again' }).click();
  await page.getByText('2 files are read again.').first().waitFor();
  await noise.waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const file = await download;
  const text = await readFile(await file.path(), 'utf8');
  expect([file.suggestedFilename(), text.trimEnd().split('\r\n').length]).toEqual([
    'tagalong-failures.csv',
    4,
  ]);
  expect(text).not.toContain(studio.home);
  expect(problems).toEqual([]);
  await close();
});
