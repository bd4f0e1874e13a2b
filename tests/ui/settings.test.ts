/** Settings and accounts in the window: the size of the interface, the way between sections, tokens told but never shown. */
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startStudio } from '../support/window.ts';
import { giveBridge } from './bridge-stand-in.ts';
import { browser } from './browser.ts';
import { useKeySet } from './key-set.ts';
import { goTo, openWindow, until, untilSheetHas } from './page-model.ts';
import type { HostCalls } from '#shared/host-api.ts';

const rootSize = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).fontSize);

it('makes everything larger, in every window, and from the first picture of the next start on', async () => {
  await using studio = await startStudio({ photoCount: 4, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const other = await openWindow(browser, studio.host().address);
  await untilSheetHas(page, 4);
  await untilSheetHas(other.page, 4);
  const heights = (): Promise<number[]> =>
    other.page.evaluate(() =>
      ['[role="rowgroup"] > [role="row"]', '[role="rowgroup"] > [role="row"]:nth-child(2)'].map(
        (row) => document.querySelector(row)?.getBoundingClientRect().height ?? 0,
      ),
    );
  const [heading = 0, pictures = 0] = await heights();
  await goTo(page, 'Settings');
  await page.getByRole('radio', { name: '150%' }).click();
  for (const one of [page, other.page]) await until(() => rootSize(one), '24px');
  // The sheet reckons with it: headings by half, pictures as the width of the table allows.
  await until(async () => (await heights())[0], heading * 1.5);
  expect((await heights())[1]).toBeGreaterThan(pictures * 1.2);
  // A host that does not answer: what shows is what the page remembers.
  await other.page.routeWebSocket(/\/engine$/u, () => undefined);
  await other.page.reload();
  await other.page.getByText('Opening your photos').waitFor();
  expect(await rootSize(other.page)).toBe('24px');
  expect([...problems, ...other.problems]).toEqual([]);
  await other.close();
  await close();
});

it('has keys for the size where no browser has its own', async () => {
  await using studio = await startStudio({ photoCount: 2, isTakenIn: true });
  const { page, problems, close } = await openWindow(browser, 'about:blank');
  await giveBridge(page, {});
  await page.addInitScript(() => {
    const { tagalong } = window as { tagalong?: { host: { hostFacts: HostCalls['hostFacts'] } } };
    if (tagalong === undefined) return;
    const { hostFacts } = tagalong.host;
    tagalong.host.hostFacts = (nothing) =>
      Promise.resolve(hostFacts(nothing)).then((facts) => ({ ...facts, kind: 'electron' })) as never;
  });
  await page.goto(studio.host().address);
  await untilSheetHas(page, 2);
  // Also while something is typed.
  await page.getByRole('searchbox', { name: 'Name or path' }).focus();
  const sizes = [
    ['Control+=', '18.4px'],
    ['Control+Shift++', '20.8px'],
    ['Control+-', '18.4px'],
    ['Control+0', '16px'],
  ] as const;
  for (const [keys, size] of sizes) {
    await page.keyboard.press(keys);
    await until(() => rootSize(page), size);
  }
  expect(problems).toEqual([]);
  await close();
});

it('leads to every section, beside them or in a menu, and the keyboard goes on there', async () => {
  await using studio = await startStudio({ photoCount: 2, isTakenIn: true });
  await useKeySet(studio, { 1: 'bride', 2: 'cake' }, 'Wedding');
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await untilSheetHas(page, 2);
  await goTo(page, 'Settings');
  const sections = page.getByRole('navigation', { name: 'Sections' });
  const names = await sections.getByRole('button').allInnerTexts();
  expect(names).toEqual(expect.arrayContaining(['Appearance', 'Accounts and folders', 'Key sets', 'Data']));
  for (const name of names) {
    await sections.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 2, name, exact: true });
    await until(() => heading.evaluate((one) => document.activeElement === one), true);
    const top = await heading.evaluate((one) => one.getBoundingClientRect().top);
    expect(top, name).toBeGreaterThanOrEqual(44);
    expect(top, name).toBeLessThan(800);
    await until(() => sections.locator('[aria-current]').allInnerTexts(), [name]);
  }
  await page.setViewportSize({ width: 900, height: 600 });
  await sections.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Go to a section' }).focus();
  await page.keyboard.press('Enter');
  // Letters are heard as soon as the menu has the keyboard.
  await page.locator('[role="menuitem"][data-highlighted]').waitFor();
  await page.keyboard.press('D');
  await page.getByRole('menuitem', { name: 'Desktop' }).and(page.locator('[data-highlighted]')).waitFor();
  await page.keyboard.press('Enter');
  const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id);
  await until(focused, 'desktop');

  await page.getByRole('region', { name: 'Key sets' }).getByText('2 keys').waitFor();
  await page.getByRole('button', { name: 'Edit key sets', exact: true }).click();
  await page.getByRole('dialog', { name: 'Key sets' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open accounts and folders' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  expect(problems).toEqual([]);
  await close();
});

it('says where the token of an account is, checks it, and takes a new one, which no page ever sees', async () => {
  await using studio = await startStudio({ photoCount: 2, isTakenIn: true, isAccountElsewhere: true });
  const { pat, ...names } = studio.account.names;
  await studio.host().line.addDestination(names);
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const told: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => told.push(String(payload)));
  });
  await page.reload();
  await untilSheetHas(page, 2);
  await goTo(page, 'Account');
  const account = page.getByRole('listitem').filter({ hasText: names.baseUrl });
  const name = `${names.userId} / ${names.appId}`;
  await account.getByText('It has no token here').waitFor();
  await account.getByRole('button', { name: `Check ${name}` }).click();
  await account.getByText('There is no token for this account.').waitFor();

  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('User id').fill('ann');
  await account.getByRole('button', { name: `Enter a token for ${name}` }).click();
  await page.keyboard.type(pat);
  expect(await page.getByLabel('User id').inputValue()).toBe('ann');
  await account.getByRole('button', { name: 'Check', exact: true }).click();
  await account.getByRole('button', { name: 'Keep this token' }).click();
  await account.getByText('Its token is in a file of the data folder that only you may read.').waitFor();
  // What was said without a token is gone, and the keyboard is where it was.
  expect(await account.getByText('There is no token').count()).toBe(0);
  await until(() => page.evaluate(() => document.activeElement?.textContent), 'Enter another token');
  await account.getByRole('button', { name: `Check ${name}` }).click();
  await account.getByText(/^The account works\. It holds 0 photos now\.$/u).waitFor();
  await studio.account.goAway();
  await account.getByRole('button', { name: `Check ${name}` }).click();
  await account.getByText('The service cannot be reached.').waitFor();

  await account.getByRole('button', { name: `Forget token of ${name}` }).click();
  const asked = page.getByRole('dialog', { name: `Forget the token of ${name}?` });
  await asked
    .getByText(/its file in the data folder\. What waits for .* waits until you enter a token/u)
    .waitFor();
  await asked.getByRole('button', { name: 'Forget token' }).click();
  await account.getByText('It has no token here').waitFor();
  expect(readdirSync(studio.dataFolder)).not.toContain('pat');
  await until(() => page.evaluate(() => document.activeElement?.textContent), 'Enter a token');
  expect(await account.getByRole('button', { name: /^Forget/u }).count()).toBe(0);

  expect(told.length).toBeGreaterThan(5);
  expect(told.join('\n')).not.toContain(pat);
  expect(await page.content()).not.toContain(pat);
  expect(problems).toEqual([]);
  await close();
});
