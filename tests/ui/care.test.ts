/** Data and help in the settings: what they say is what lies on the disk. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLedger } from '../../electron/engine/ledger/check.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { goTo, openWindow, until } from './page-model.ts';
import { refuse } from './refused-call.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ photoCount: 2 });
  const shoot = path.join(studio.home, 'Shoot');
  writeFileSync(path.join(shoot, 'BROKEN_0.jpg'), 'no picture');
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [shoot], destinationId });
  await until(
    async () => {
      const { counts, failureCount } = await line.glance({ destinationId });
      return { indexed: counts.indexed, failureCount };
    },
    { indexed: 2, failureCount: 1 },
  );
});
afterAll(() => studio[Symbol.asyncDispose]());

const kept = (one: Locator, name: string, checked: boolean): Locator =>
  one.getByRole('radio', { name, exact: true, checked });
const files = (name: string): string[] => readdirSync(path.join(studio.dataFolder, name)).toSorted();

async function settings(page: Page, section: string): Promise<Locator> {
  const main = await goTo(page, 'Settings');
  const found = main.getByRole('region', { name: section, exact: true });
  await found.waitFor();
  return found;
}

it('backs up, lists and exports, in every window', async () => {
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const other = await openWindow(browser, studio.host().address);
  const data = await settings(page, 'Data');
  const seenThere = await settings(other.page, 'Data');
  await data.getByText(studio.dataFolder, { exact: true }).waitFor();
  await data.getByText(/the ledger [\d.]+ [kM]B/u).waitFor();
  await data.getByText('There is no backup yet.').waitFor();

  await data.getByRole('button', { name: 'Back up now' }).focus();
  await page.keyboard.press('Enter');
  await data.getByText(/^The ledger is backed up and checked/u).waitFor();
  const [name = ''] = files('backups');
  const backup = path.join(studio.dataFolder, 'backups', name);
  expect(checkLedger(backup)).toBe('ok');
  await data.getByText(backup, { exact: true }).waitFor();
  for (const one of [data, seenThere]) {
    await one.getByRole('list', { name: 'Backups' }).getByRole('listitem').waitFor();
    expect(await one.getByRole('list', { name: 'Backups' }).getByRole('listitem').count()).toBe(1);
  }

  await data.getByRole('radio', { name: '3', exact: true }).click();
  await until(async () => (await studio.host().line.backups({})).keptCount, 3);
  await seenThere.getByRole('radio', { name: '3', exact: true, checked: true }).waitFor();
  for (const count of [2, 3, 3]) {
    await data.getByRole('button', { name: 'Back up now' }).click();
    await until(async () => data.getByRole('list', { name: 'Backups' }).getByRole('listitem').count(), count);
    await data.getByRole('button', { name: 'Back up now' }).waitFor();
  }
  await until(async () => Promise.resolve(files('backups').includes(name)), false);

  await data.getByRole('button', { name: 'Export CSV' }).click();
  await data.getByText(/^The ledger is exported/u).waitFor();
  const [csv = ''] = files('exports');
  const lines = readFileSync(path.join(studio.dataFolder, 'exports', csv), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines.length).toBe(4);
  expect(lines[0]).toMatch(/^path,photo,pictureHash,inputId,state/u);
  expect(lines.filter((line) => line.includes(',indexed,')).length).toBe(2);
  expect([...problems, ...other.problems]).toEqual([]);
  await other.close();
  await close();
});

it('shows the diagnostics to the last letter before they are saved', async () => {
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const help = await settings(page, 'Help');
  await help.getByText(/Node \d+\.\d+.*SQLite \d/u).waitFor();
  await help.getByRole('button', { name: 'Look at diagnostics' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
  const preview = dialog.getByRole('region', { name: 'The diagnostics' });
  await preview.waitFor();
  const text = async (): Promise<string> => (await preview.textContent()) ?? '';
  expect(await text()).not.toContain('BROKEN_0');
  for (const secret of [
    studio.home,
    studio.dataFolder,
    studio.account.names.pat,
    studio.account.names.baseUrl,
  ])
    expect(await text()).not.toContain(secret);

  await dialog.getByRole('checkbox', { name: 'With the names of files that failed' }).click();
  await until(async () => (await preview.count()) === 1 && (await text()).includes('BROKEN_0.jpg'), true);
  const shown = await text();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The diagnostics are saved as they are shown here.').waitFor();
  const [name = ''] = files('diagnostics');
  const saved = path.join(studio.dataFolder, 'diagnostics', name);
  expect(readFileSync(saved, 'utf8')).toBe(shown);
  expect(statSync(saved).mode & 0o077).toBe(0);
  await dialog.getByText(saved, { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe('Look at diagnostics');
  expect(problems).toEqual([]);
  await close();
});

it('goes back to a backup, in every window, after saying what that does', async () => {
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const other = await openWindow(browser, studio.host().address);
  const data = await settings(page, 'Data');
  const seenThere = await settings(other.page, 'Data');
  await data.getByRole('radio', { name: '10', exact: true }).click();
  await kept(seenThere, '10', true).waitFor();
  await data.getByRole('button', { name: 'Back up now' }).click();
  await data.getByText(/^The ledger is backed up and checked/u).waitFor();
  await kept(data, '30', false).click();
  await kept(seenThere, '30', true).waitFor();

  const goBack = data.getByRole('button', { name: /^Go back to it: backup of/u }).first();
  const dialog = page.getByRole('dialog', { name: /^Go back to the backup of/u });
  await goBack.click();
  await dialog.getByText(/set aside in the data folder/u).waitFor();
  await dialog.getByRole('button', { name: 'Keep the ledger of now' }).press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(files('.').filter((name) => name.includes('before-restore'))).toEqual([]);

  await goBack.click();
  await dialog.getByRole('button', { name: 'Go back to it' }).click();
  await data.getByText(/^The backup of .* is the ledger now\./u).waitFor();
  const [aside = ''] = files('.').filter((name) => name.includes('before-restore') && name.endsWith('Z'));
  await data.getByText(path.join(studio.dataFolder, aside)).waitFor();
  for (const one of [data, seenThere]) await kept(one, '10', true).waitFor();
  expect([...problems, ...other.problems]).toEqual([]);
  await other.close();
  await close();
});

it('tells screen readers at once why a backup could not be made', async () => {
  const { page, problems, close } = await openWindow(browser, 'about:blank');
  await refuse(page, 'backUp', 'There is no room for a backup.');
  await page.goto(studio.host().address);
  const data = await settings(page, 'Data');
  await data.getByRole('button', { name: 'Back up now' }).press('Enter');
  await data.getByText('There is no room for a backup.').waitFor();
  await page.getByRole('alert').getByText('There is no room for a backup.').waitFor();
  expect(problems).toEqual([]);
  await close();
});
