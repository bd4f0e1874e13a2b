/** What the places can do is done by name from anywhere: the sending, failures, folders, data and the way to settings. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, until, type Window } from './page-model.ts';
import { command } from './screens.ts';
import type { SendingSettings } from '#shared/sending.ts';

let studio: Studio;
let window: Window;
let page: Page;
beforeAll(async () => {
  studio = await startStudio({ photoCount: 2, brokenCount: 1, isTakenIn: true });
  window = await openWindow(browser, studio.host().address);
  ({ page } = window);
  await until(
    async () => {
      const { counts, failureCount } = await studio.host().line.glance({ destinationId: null });
      return { indexed: counts.indexed, failureCount };
    },
    { indexed: 2, failureCount: 1 },
  );
  await page.getByRole('gridcell').first().waitFor();
});
afterAll(() => studio[Symbol.asyncDispose]());

const savedIn = (name: string): string[] => readdirSync(path.join(studio.dataFolder, name));
const settings = async (): Promise<SendingSettings> => (await studio.host().line.sending({})).settings;
const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id);

/** The line of acts says it. */
function said(sentence: string | RegExp): Promise<void> {
  return page.getByRole('region', { name: 'Last act' }).getByText(sentence).waitFor();
}

/** Whether the palette has a command of this name now. */
async function isOffered(name: string): Promise<boolean> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find a command' });
  await palette.getByRole('combobox').fill(name);
  const none = palette.getByText('No command is called that');
  const option = palette.getByRole('option', { name, exact: false }).first();
  await none.or(option).waitFor();
  const has = (await none.count()) === 0;
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'hidden' });
  return has;
}

it('steers the sending, and offers only what would change it', async () => {
  await command(page, 'Order of sending: newest first');
  await said('Photos leave in this order: newest first.');
  await until(async () => (await settings()).order, 'newest');
  expect(await isOffered('Order of sending: newest first')).toBe(false);
  expect(await isOffered('Order of sending: oldest first')).toBe(true);

  expect(await isOffered('Send as fast as it goes')).toBe(false);
  await studio.host().line.saveSending({ settings: { limit: 400_000 } });
  await until(() => isOffered('Send as fast as it goes'), true);
  await command(page, 'Send as fast as it goes');
  await until(async () => (await settings()).limit, null);

  expect(await isOffered('Send all the same, now')).toBe(false);
  const days = [0, 1, 2, 3, 4, 5, 6];
  const timetable = [{ days, from: 0, to: 0, limit: 0 }];
  await studio.host().line.saveSending({ settings: { timetable } });
  const holds = async (): Promise<readonly string[]> =>
    (await studio.host().line.glance({ destinationId: null })).holds.map(({ kind }) => kind);
  await until(() => isOffered('Send all the same, now'), true);
  await command(page, 'Send all the same, now');
  await said('Photos are sent all the same, until what held them is over.');
  await until(holds, []);
  await studio.host().line.saveSending({ settings: { timetable: [] } });
});

it('goes to a section of the settings, wherever one is', async () => {
  await command(page, 'Limit how fast photos are sent');
  await page.getByRole('heading', { level: 2, name: 'Sending photos' }).waitFor();
  await until(focused, 'sending');
  await command(page, 'Settings: data');
  await until(focused, 'data');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
});

it('takes care of folders, failures and data', async () => {
  await command(page, 'Look through all folders');
  await said('1 folder is being looked through.');
  await command(page, 'Try all failures again');
  await said(/1 stays as it is: as it was last read/u);
  await command(page, 'Back up the ledger');
  await said(/^The ledger is backed up and checked/u);
  expect(savedIn('backups').length).toBe(1);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await until(focused, 'data');
  await command(page, 'Export the ledger as JSON lines');
  await said(/^The ledger is exported/u);
  expect(savedIn('exports')).toEqual([expect.stringMatching(/\.json$/u)]);
  const download = page.waitForEvent('download');
  await command(page, 'Export the failures as CSV');
  expect((await download).suggestedFilename()).toBe('tagalong-failures.csv');
  await command(page, 'Look at diagnostics');
  const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
  await dialog.getByRole('region', { name: 'The diagnostics' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(window.problems).toEqual([]);
});
