/** Acts on failures as people press them: twice, while the one before is still on its way, and on what they chose. */
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import type { FaultRule } from '../support/practice.ts';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, shownPhotos, until } from './page-model.ts';

const REFUSED: FaultRule = { kind: 'per-input', code: 30_106, details: 'Not this one.' };

/** A studio of which no photo is taken, and its failures in a window. */
async function startRefused(photoCount: number, fault: FaultRule = REFUSED) {
  const studio = await startStudio({ photoCount });
  await studio.account.setFaults([fault]);
  const { line, address } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  const glance = () => line.glance({ destinationId });
  await until(async () => (await glance()).failureCount, photoCount);
  const window = await openWindow(browser, address);
  const places = window.page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('button', { name: /^Failures/u }).click();
  const main = window.page.getByRole('main', { name: 'Failures' });
  return { ...window, studio, main, glance };
}

it('tries again once, however often the button is pressed', async () => {
  const { page, main, glance, problems, ...refused } = await startRefused(5);
  await using studio = refused.studio;
  await studio.account.setFaults([]);
  await main.getByRole('button', { name: 'Try all again' }).dblclick();
  const outcome = main.getByRole('region', { name: 'What became of it' });
  await outcome.getByText('5 photos are queued again.').waitFor();
  await until(async () => (await glance()).counts.indexed, 5);
  await page.getByText('Nothing needs you').waitFor();
  expect(await outcome.getByRole('paragraph').allInnerTexts()).toEqual(['5 photos are queued again.']);
  expect(problems).toEqual([]);
});

it('shows that a removal at the service is on its way, and starts no other act meanwhile', async () => {
  const { main, page, glance, problems, ...refused } = await startRefused(2, { kind: 'indexing-failure' });
  await using studio = refused.studio;
  // No answer to the removal until the account is away.
  await studio.account.setFaults([{ kind: 'delay', ms: 60_000, on: { method: 'DELETE' } }]);
  await main.getByRole('button', { name: 'Remove there and send again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove and send again' }).click();
  await main.getByRole('button', { name: 'Asking …', disabled: true }).waitFor();
  for (const name of ['Try all again', 'Leave out for good'])
    expect(await main.getByRole('button', { name, disabled: true }).count()).toBe(1);
  await studio.account.goAway();
  const outcome = main.getByRole('region', { name: 'What became of it' });
  await outcome.getByText(/^Nothing is tried again\./u).waitFor();
  await main.getByRole('button', { name: 'Remove there and send again', disabled: false }).waitFor();
  expect((await glance()).counts.failed).toBe(2);
  expect(problems).toEqual([]);
});

it('chooses from one to another and all, by pointer and by keys, and forgets what failed no longer', async () => {
  const { page, main, glance, problems, ...refused } = await startRefused(6);
  await using studio = refused.studio;
  const box = (place: number): Locator => main.getByRole('checkbox').nth(place);
  await main.getByRole('button', { name: 'Show all 6' }).click();
  await box(1).click();
  await main.getByText('1 chosen').waitFor();
  await box(4).click({ modifiers: ['Shift'] });
  await main.getByText('4 chosen').waitFor();
  const chosen = await Promise.all([0, 1, 2, 3, 4, 5].map((place) => box(place).isChecked()));
  expect(chosen).toEqual([false, true, true, true, true, false]);
  // By keys: one of them is taken out again, and those from there on.
  await box(3).focus();
  await page.keyboard.press('Space');
  await main.getByText('3 chosen').waitFor();
  await box(2).focus();
  await page.keyboard.press('Shift+Space');
  await main.getByText('2 chosen').waitFor();
  await page.keyboard.press('Control+a');
  await main.getByText('6 chosen').waitFor();
  expect(await main.getByRole('button', { name: 'Choose all' }).count()).toBe(0);

  // One of them is tried again from its own row.
  await studio.account.setFaults([]);
  await main.getByRole('button', { name: 'Try again: DSC_0004.jpg' }).click();
  await main.getByText('1 photo is queued again.').waitFor();
  await main.getByText('5 chosen').waitFor();
  await until(async () => (await glance()).counts.indexed, 1);

  await main.getByRole('button', { name: 'Choose none' }).click();
  await main.getByRole('button', { name: 'Show in the sheet: DSC_0006.jpg' }).click();
  await until(
    async () => (await shownPhotos(page)).filter(({ isSelected }) => isSelected).map(({ name }) => name),
    ['DSC_0006.jpg'],
  );
  expect(problems).toEqual([]);
});
