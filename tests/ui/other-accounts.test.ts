/** What is wrong at an account that is not shown: strip, menu, list of accounts and the tab's title say so. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { openWindow, statusSentence, until, untilText } from './page-model.ts';

const REFUSAL = 'The service does not accept the personal access token.';

/** A page that nobody looks at, and that may notify. Runs in the page. */
function noteNotifications(): void {
  const notified: EventTarget[] = [];
  class Notified extends EventTarget {
    static readonly permission = 'granted';
    readonly title: string;
    constructor(title: string) {
      super();
      this.title = title;
      notified.push(this);
    }
  }
  Object.assign(window, { Notification: Notified, notified });
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
}

/** Returns their titles. */
function clickNotifications(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { notified } = window as unknown as { readonly notified: readonly Notification[] };
    for (const one of notified) one.dispatchEvent(new Event('click'));
    return notified.map(({ title }) => title);
  });
}

it('is told beside the account that is shown, and leads to where it is mended', async () => {
  await using studio = await startStudio({ photoCount: 2, isAccountElsewhere: true });
  const { line, address } = studio.host();
  const { baseUrl, userId, appId } = studio.account.names;
  const { destinationId: shown } = await line.glance({ destinationId: null });
  const { page, problems, close } = await openWindow(browser, address);
  await page.addInitScript(noteNotifications);
  await page.reload();
  await untilText(() => statusSentence(page), /No photos yet/u);
  await line.savePat({ baseUrl, pat: 'refused' });
  const { destinationId } = await line.addDestination({ baseUrl, userId, appId });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  const name = `${userId} / ${appId}`;
  await until(async () => (await statusSentence(page)).includes(`${name} needs you`), true);
  await until(() => page.title(), '(1) Tagalong');
  expect((await line.viewSettings({})).settings.destinationId ?? shown).toBe(shown);

  const strip = page.getByRole('contentinfo', { name: 'Status' });
  await strip.getByRole('button', { name: /^Account that is shown/u }).click();
  await page.getByRole('menuitemradio', { name }).getByText(REFUSAL).waitFor();
  await page.keyboard.press('Escape');
  const accounts = page.getByRole('region', { name: 'Accounts', exact: true });
  expect(await clickNotifications(page)).toEqual(['Sending needs you']);
  await accounts.waitFor();
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: /^Queue/u })
    .click();
  await accounts.waitFor({ state: 'detached' });
  await strip.getByRole('button', { name: `${name} needs you` }).click();
  const card = accounts.getByRole('listitem').filter({ hasText: name });
  await card.getByText(REFUSAL).waitFor();
  await card.getByRole('button', { name: `Show ${name}` }).click();
  await untilText(() => statusSentence(page), /^The token has not been accepted since .*2 photos wait/u);
  expect(await statusSentence(page)).not.toMatch(/needs? you/u);
  expect(problems).toEqual([]);
  await close();
});
