/** How photos are sent, as it is typed in the settings: what holds, what is refused, what could not be kept. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startStudio } from '../support/window.ts';
import { openWindow, until, untilSheetHas } from './page-model.ts';
import type { TimetableEntry } from '#shared/sending.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

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
  await section.getByText('Type a number').waitFor();
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
