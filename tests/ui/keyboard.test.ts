/** Where the keyboard is when what had it has gone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, until, untilSheetHas } from './page-model.ts';

/** Presses a button by keyboard. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter');
}

/** What has the keyboard, by its name; `BODY` is nothing at all. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: at } = document;
    if (at === document.body) return 'BODY';
    return at?.getAttribute('aria-label') ?? (at as HTMLElement | null)?.innerText ?? '';
  });
}

it('stays where it was when a button gives way to another, or to none', async () => {
  await using studio = await startStudio({ photoCount: 2, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilSheetHas(page, 2);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await press(page, 'Pause sending');
  await page.getByRole('menuitem', { name: 'For an hour' }).press('Enter');
  await until(() => focused(page), 'Resume sending\nP');
  const holds = page.getByRole('list', { name: 'What holds the sending' });
  await holds.getByRole('button', { name: 'Resume sending' }).press('Enter');
  await holds.waitFor({ state: 'hidden' });
  await until(() => focused(page), 'Order: As they come');

  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await press(page, 'Pause Shoot');
  await page.getByRole('menuitem', { name: 'Until I resume' }).press('Enter');
  await until(() => focused(page), 'Resume Shoot');
  await page.keyboard.press('Enter');
  await until(() => focused(page), 'Pause Shoot');

  await press(page, 'Change Shoot');
  const dialog = page.getByRole('dialog');
  const concept = dialog.getByRole('textbox', { name: 'Add a concept' });
  for (const word of ['bride', 'cake']) {
    await concept.fill(word);
    await concept.press('Enter');
  }
  await press(page, 'Take bride away');
  await until(() => focused(page), 'Take cake away');
  await page.keyboard.press('Enter');
  await until(() => dialog.getByText('cake').count(), 0);
  expect(await concept.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(problems).toEqual([]);
  await close();
});

it('stays in the timetable and at the command whose keys were not changed', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilSheetHas(page, 1);
  await page.keyboard.press('Control+,');
  await press(page, 'Add a line');
  const from = page.getByLabel('Line 1, from');
  await from.fill('10:30');
  await from.press('Enter');
  const { line } = studio.host();
  await until(async () => (await line.sending({})).settings.timetable[0]?.from, 10 * 60 + 30);
  expect(await focused(page)).toBe('Line 1, from');
  await press(page, 'Remove line 1');
  await until(() => focused(page), 'Add a line');

  const reset = page.getByRole('button', { name: 'Give “Undo” its own keys back' });
  await press(page, 'Change the keys of “Undo”');
  await page.keyboard.press('u');
  await press(page, 'Use');
  await reset.waitFor();
  await until(() => focused(page), 'Change the keys of “Undo”');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await until(() => focused(page), 'Change the keys of “Undo”');
  expect(problems).toEqual([]);
  await close();
});

it('goes to the settings that are to be changed', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilSheetHas(page, 1);
  const top = (): Promise<number> =>
    page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? -1);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await press(page, 'Change how photos are sent');
  await until(() => focused(page), 'Sending photos');
  expect(await top()).toBeLessThan(200);
  await page.keyboard.press('?');
  await press(page, 'Change keys');
  await until(() => focused(page), 'Keys');
  expect(await top()).toBeLessThan(200);
  expect(problems).toEqual([]);
  await close();
});
