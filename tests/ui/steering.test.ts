/** Order, pace, timetable, pauses and rests, as a person sets them and sees them. */
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { photoName, startStudio, writePhotos } from '../support/window.ts';
import { browser } from './browser.ts';
import { cell, goTo, openWindow, until, untilSheetHas, untilText, withTimes } from './page-model.ts';

const HOUR_MS = 3_600_000;

async function settingsOf(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+,');
  const section = page.getByRole('region', { name: 'Sending photos' });
  await section.waitFor();
  return section;
}

it('sets order, requests, pace and a timetable by keyboard, and the queue says so in every window', async () => {
  await using studio = await startStudio({ photoCount: 3, isTakenIn: true });
  const { line, address } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await until(async () => (await line.glance({ destinationId })).counts.indexed, 3);
  const one = await openWindow(browser, address);
  const other = await openWindow(browser, address);
  await untilSheetHas(one.page, 3);
  await untilSheetHas(other.page, 3);
  const queue = await goTo(other.page, 'Queue');
  await queue.getByText('As fast as it goes').waitFor();

  const { page } = one;
  const section = await settingsOf(page);
  await section.getByRole('button', { name: 'Order: As they come' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Newest first' }).focus();
  await page.keyboard.press('Enter');
  await section.getByRole('button', { name: 'Order: Newest first' }).waitFor();
  await section.getByRole('button', { name: 'Requests at once: 4' }).click();
  await page.getByRole('menuitemradio', { name: '2', exact: true }).click();
  await section.getByRole('button', { name: 'Limit: As fast as it goes' }).click();
  await page.getByRole('menuitemradio', { name: 'At most …' }).click();
  const field = section.getByRole('textbox', { name: 'Limit, MB/s' });
  await field.fill('nothing');
  await section.getByText('Type a number from 0.01 to 1,000, as 1.5.').waitFor();
  await field.fill('0.4');
  await field.press('Enter');
  await until(async () => (await line.sending({})).settings, {
    order: 'newest',
    batchesInFlight: 2,
    limit: 400_000,
    timetable: [],
  });
  await queue.getByText('At most 400 kB/s').waitFor();
  await queue.getByRole('button', { name: 'Order: Newest first' }).waitFor();

  await section.getByRole('button', { name: 'Add a line' }).click();
  const entry = section.getByRole('listitem', { name: 'Line 1 of the timetable' });
  for (const day of ['Saturday', 'Sunday']) await entry.getByRole('button', { name: day }).click();
  await entry.getByLabel('Line 1, from').fill('22:30');
  await entry.getByLabel('Line 1, to').fill('06:00');
  await entry.getByLabel('Line 1, to').blur();
  await entry.getByText('next day').waitFor();
  await entry.getByRole('button', { name: 'Line 1, limit: At most …' }).click();
  await page.getByRole('menuitemradio', { name: 'Nothing is sent' }).click();
  await until(
    async () => (await line.sending({})).settings.timetable,
    [{ days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60 + 30, to: 6 * 60, limit: 0 }],
  );
  await page.setViewportSize({ width: 640, height: 400 });
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWide).toBe(false);
  await page.setViewportSize({ width: 1280, height: 800 });

  // All day long from now on: it rests, says until when, and can be sent through.
  await entry.getByLabel('Line 1, from').fill('00:00');
  await entry.getByLabel('Line 1, to').fill('00:00');
  await entry.getByLabel('Line 1, to').blur();
  await until(
    async () => (await line.sending({})).settings.timetable,
    [{ days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0, limit: 0 }],
  );
  await queue.getByText(/^Resting by your timetable since/u).waitFor();
  await queue.getByRole('button', { name: 'Send all the same' }).click();
  await queue.getByText(/^Resting by your timetable/u).waitFor({ state: 'hidden' });
  await entry.getByRole('button', { name: 'Remove line 1' }).click();
  await until(async () => (await line.sending({})).settings.timetable, []);
  expect([...one.problems, ...other.problems]).toEqual([]);
});

it('takes a limit when it is typed to the end, and keeps it when what is chosen is chosen again', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { line, address } = studio.host();
  await line.saveSending({ settings: { limit: 400_000 } });
  const { page, problems } = await openWindow(browser, 'about:blank');
  const saved: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const [, limit] = /"saveSending".*"limit":(\d+)/u.exec(String(payload)) ?? [];
      if (limit !== undefined) saved.push(limit);
    });
  });
  await page.goto(address);
  await untilSheetHas(page, 1);
  const section = await settingsOf(page);
  await section.getByRole('button', { name: 'Limit: At most …' }).click();
  await page.getByRole('menuitemradio', { name: 'At most …' }).click();
  const field = section.getByRole('textbox', { name: 'Limit, MB/s' });
  await field.fill('');
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await until(async () => (await line.sending({})).settings.limit, 12_000_000);
  await field.fill('');
  await page.keyboard.type('25');
  await page.keyboard.press('Tab');
  await until(async () => (await line.sending({})).settings.limit, 25_000_000);
  expect(saved).toEqual(['12000000', '25000000']);
  expect(problems).toEqual([]);
});

it('pauses for an hour and until tomorrow from menu and palette, and resumes', async () => {
  await using studio = await startStudio({ photoCount: 2, isTakenIn: true });
  const { line, address } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const { page, problems } = await openWindow(browser, address);
  await untilSheetHas(page, 2);
  await until(async () => (await line.glance({ destinationId })).counts.indexed, 2);
  const main = await goTo(page, 'Queue');
  const untilOf = async (): Promise<number> => (await line.queue({ destinationId })).holds[0]?.until ?? 0;
  await main.getByRole('button', { name: 'Pause sending' }).click();
  const before = Date.now();
  await page.getByRole('menuitem', { name: 'For an hour' }).click();
  await page
    .getByText(withTimes(/^Sending is paused until 00:00\. Tagging/u))
    .first()
    .waitFor();
  await main.getByText(/^Paused since .* It ends at .*\. Nothing waits\.$/u).waitFor();
  const endsAt = await untilOf();
  expect(endsAt).toBeGreaterThanOrEqual(before + HOUR_MS);
  expect(endsAt).toBeLessThanOrEqual(Date.now() + HOUR_MS);
  await main.getByRole('button', { name: 'Resume sending' }).first().click();
  await main.getByRole('button', { name: 'Pause sending' }).waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('pause sending: until tomorrow');
  await page.keyboard.press('Enter');
  await main.getByRole('button', { name: 'Resume sending' }).first().waitFor();
  expect(await untilOf()).toBeGreaterThan(Date.now() + 3 * HOUR_MS);
  await page.keyboard.press('p');
  await main.getByRole('button', { name: 'Pause sending' }).waitFor();
  expect(problems).toEqual([]);
});

it('pauses a folder, says what rests with it, and lets chosen photos go first', async () => {
  await using studio = await startStudio({ photoCount: 4 });
  const { line, address } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const shoot = path.join(studio.home, 'Shoot');
  await writePhotos(path.join(studio.home, 'Card'), 4, 4);
  await line.addFolders({ paths: [shoot, path.join(studio.home, 'Card')], destinationId });
  await until(async () => (await line.glance({ destinationId })).counts.indexed, 8);
  const { page, problems } = await openWindow(browser, address);
  await untilSheetHas(page, 8);
  await goTo(page, 'Account');
  const folders = page.getByRole('region', { name: 'Watched folders' });
  await folders.getByRole('button', { name: 'Pause Shoot' }).click();
  await page.getByRole('menuitem', { name: 'Until I resume' }).click();
  await folders.getByText('Paused until you resume it.').waitFor();
  await page.getByText('Photos of Shoot are not sent.').first().waitFor();

  await writePhotos(shoot, 3, 20);
  const main = await goTo(page, 'Queue');
  await main
    .getByText(/^3 photos wait with ~\/Shoot, which you paused\. They go when it is resumed\.$/u)
    .waitFor();
  const paused = main.getByRole('region', { name: 'Paused folders' });

  // Everything is paused, then one of the resting photos is chosen to go first.
  await page.keyboard.press('p');
  await main.getByRole('button', { name: 'Resume sending' }).first().waitFor();
  await paused.getByRole('button', { name: 'Resume Shoot' }).click();
  await paused.waitFor({ state: 'hidden' });
  await goTo(page, 'Sheet');
  await cell(page, photoName(22)).click();
  const way = page.getByRole('region', { name: 'Its way' });
  await way.getByText('It waits for its turn.').waitFor();
  await page.keyboard.press('Shift+P');
  await page.getByText('1 photo goes first.').first().waitFor();
  await way.getByText('It goes before all others.').waitFor();
  await cell(page, photoName(0)).click();
  await page.keyboard.press('Shift+P');
  await untilText(() => page.locator('body').innerText(), /1 photo is not waiting to be sent\./u);
  const there = (await studio.account.inputs()).length;
  await page.keyboard.press('p');
  await until(async () => (await studio.account.inputs()).length, there + 3);
  await until(() => studio.isQuiet(), true);
  expect(problems).toEqual([]);
});
