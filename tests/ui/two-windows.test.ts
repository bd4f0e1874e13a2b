/** Two windows on one ledger: what was chosen last, in whichever of them, is what both show and what is kept. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, until, untilSheetHas } from './page-model.ts';

/** The settings in a window of their own. */
async function openSettings(address: string): Promise<{
  readonly page: Page;
  readonly theme: (name: string) => Locator;
  readonly giveKeys: (command: string, keys: string) => Promise<void>;
  readonly problems: readonly string[];
}> {
  const { page, problems } = await openWindow(browser, address);
  await untilSheetHas(page, 1);
  await page.keyboard.press('Control+,');
  const keys = page.getByRole('region', { name: 'Keys', exact: true });
  return {
    page,
    problems,
    theme: (name) => page.getByRole('radio', { name, exact: true }),
    async giveKeys(command, wanted) {
      await keys.getByRole('button', { name: `Change the keys of “${command}”`, exact: true }).click();
      await page.keyboard.press(wanted);
      await keys.getByRole('button', { name: 'Use', exact: true }).click();
    },
  };
}

const themeOf = ({ page }: { readonly page: Page }): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['theme']);

it('show and keep what was chosen last, in turn', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { address, line } = studio.host();
  const [one, other] = [await openSettings(address), await openSettings(address)];
  for (const [window, name, theme] of [
    [one, 'Dark', 'dark'],
    [other, 'Light', 'light'],
    [one, 'Dark', 'dark'],
  ] as const) {
    await window.theme(name).click();
    for (const each of [one, other]) await until(() => themeOf(each), theme);
    await until(async () => (await line.viewSettings({})).settings.theme, theme);
  }

  for (const [window, command, keys, kept] of [
    [one, 'Go to queue', 'F6', { 'go.queue': 'F6' }],
    [other, 'Go to failures', 'F7', { 'go.queue': 'F6', 'go.failures': 'F7' }],
    [one, 'Go to queue', 'F8', { 'go.queue': 'F8', 'go.failures': 'F7' }],
  ] as const) {
    await window.giveKeys(command, keys);
    await until(async () => (await line.viewSettings({})).settings.keys, kept);
    for (const { page } of [one, other])
      await page
        .getByRole('region', { name: 'Keys', exact: true })
        .getByText(keys, { exact: true })
        .waitFor();
  }
  expect([...one.problems, ...other.problems]).toEqual([]);
});

it('say of a choice that could not be kept that it was not, and show what is kept', async () => {
  await using studio = await startStudio({ photoCount: 1, isTakenIn: true });
  const { page, theme, problems } = await openSettings(studio.host().address);
  await studio.host().kill();
  await page
    .getByRole('contentinfo')
    .getByText(/The line/u)
    .waitFor();
  await theme('Dark').click();
  await page
    .getByText(/^The line broke before that was confirmed\./u)
    .first()
    .waitFor();
  expect(await theme('As the system').isChecked()).toBe(true);
  expect(problems).toEqual([]);
});
