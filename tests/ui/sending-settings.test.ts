/** How photos are sent, as it is typed in the settings: what holds, what is refused, what could not be kept. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, until, untilSheetHas } from './page-model.ts';
import { refuse } from './refused-call.ts';
import type { TimetableEntry } from '#shared/sending.ts';

const WEEK: TimetableEntry = { days: [1], from: 9 * 60, to: 17 * 60, limit: 1_000_000 };

async function settingsOf(page: Page): Promise<Locator> {
  await untilSheetHas(page, 1);
  await page.keyboard.press('Control+,');
  const section = page.getByRole('region', { name: 'Sending photos' });
  await section.waitFor();
  return section;
}

it('keeps what is typed with its line, shows the time that holds, and says why a day stays', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { line, address } = studio.host();
  const timetable = async (): Promise<readonly TimetableEntry[]> =>
    (await line.sending({})).settings.timetable;
  await line.saveSending({ settings: { timetable: [WEEK, { ...WEEK, from: 10 * 60 + 30 }] } });
  const { page, problems, close } = await openWindow(browser, address);
  const section = await settingsOf(page);

  await section.getByRole('textbox', { name: 'Line 1, limit, MB/s' }).fill('abc');
  const wrong = section.getByText('Type a number');
  await wrong.waitFor();
  expect((await wrong.boundingBox())?.height, 'the sentence stands in one line').toBeLessThan(20);
  await section.getByRole('button', { name: 'Remove line 1' }).click();
  await until(async () => (await timetable()).length, 1);
  await section.getByRole('listitem', { name: 'Line 2 of the timetable' }).waitFor({ state: 'hidden' });
  expect(await section.getByRole('textbox', { name: 'Line 1, limit, MB/s' }).inputValue()).toBe('1');
  expect(await section.getByText('Type a number').count()).toBe(0);

  const from = section.getByLabel('Line 1, from');
  await from.fill('');
  await from.blur();
  await until(() => from.inputValue(), '10:30');

  await section.getByRole('button', { name: 'Monday' }).press('Enter');
  await section.getByText('A line holds on one day at least.').waitFor();
  await section.getByRole('button', { name: 'Tuesday' }).click();
  await section.getByText('A line holds on one day at least.').waitFor({ state: 'hidden' });
  await until(timetable, [{ ...WEEK, days: [1, 2], from: 10 * 60 + 30 }]);
  expect(problems).toEqual([]);
  await close();
});

it('says what could not be kept until it is dismissed, wherever one goes and whatever is done meanwhile', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, 'about:blank');
  await refuse(page, 'saveSending', 'The disk is full.');
  await page.goto(studio.host().address);
  const section = await settingsOf(page);
  await section.getByRole('button', { name: 'Order: As they come' }).click();
  await page.getByRole('menuitemradio', { name: 'Newest first' }).click();
  const failed = page.getByRole('region', { name: 'Could not be done' });
  await failed.getByText('The disk is full.').waitFor();
  await page.getByRole('alert').getByText('The disk is full.').waitFor();
  await section.getByRole('button', { name: 'Order: As they come' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.keyboard.press('p');
  await page.getByRole('region', { name: 'Last act' }).getByText('Sending is paused.').waitFor();
  await failed.getByRole('button', { name: 'Dismiss' }).click();
  await failed.waitFor({ state: 'hidden' });
  expect(problems).toEqual([]);
  await close();
});

it('says what else holds the sending when a pause is over, by button and by key', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { line, address } = studio.host();
  const rest: TimetableEntry = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0, limit: 0 };
  await line.saveSending({ settings: { timetable: [rest] } });
  const { page, problems, close } = await openWindow(browser, address);
  await untilSheetHas(page, 1);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  const said = page.getByRole('region', { name: 'Last act' });
  const holds = page.getByRole('list', { name: 'What holds the sending' });
  for (const isByKey of [true, false]) {
    await page.keyboard.press('p');
    await said.getByText('Sending is paused.').waitFor();
    const resume = holds.getByRole('button', { name: 'Resume sending' });
    await resume.waitFor();
    if (isByKey) await page.keyboard.press('p');
    else await resume.click();
    await resume.waitFor({ state: 'hidden' });
    await said.getByText(/^The pause is over\. Resting by your timetable since/u).waitFor();
  }
  await line.saveSending({ settings: { timetable: [] } });
  await holds.waitFor({ state: 'hidden' });
  await page.keyboard.press('p');
  await holds.waitFor();
  await page.keyboard.press('p');
  await said.getByText('Sending goes on.').waitFor();
  expect(problems).toEqual([]);
  await close();
});
