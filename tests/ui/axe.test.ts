/** No screen, in either theme, has anything that axe finds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions, Spec } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { useKeySet } from './key-set.ts';
import { openWindow, until, untilText, statusSentence } from './page-model.ts';
import { SCREENS, sheetIsThere } from './screens.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** An open menu has the keyboard and goes with Escape, like a dialog; it and a tooltip need no landmark around them. */
const SURFACES = 'dialog, [role=dialog], [role=alertdialog], [role=menu], [role=tooltip], svg';
const RULES: RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
};
/** Some thirty screens, one after the other, on a machine that has other work too. In ms. */
const ALL_SCREENS_MS = 400_000;
const THEMES = ['light', 'dark'] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/**
 * The caption under a large picture is no label that anybody would say to reach the photo, and is hidden from what
 * reads aloud; the photo's own name says all of it, the state between the name and the tags.
 */
function isCaption(rule: string, html: string): boolean {
  return rule === 'label-content-name-mismatch' && html.startsWith('<div role="gridcell"');
}

/** What axe finds, one line for each element. */
async function findings(page: Page, screen: string): Promise<string[]> {
  // Colours are judged once nothing fades any more.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))),
  );
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ({ rules, surfaces }) => {
      const { axe } = window as unknown as {
        readonly axe: { configure(spec: Spec): void; run(rules: RunOptions): Promise<AxeResults> };
      };
      axe.configure({ checks: [{ id: 'region', options: { regionMatcher: surfaces } }] });
      return axe.run(rules);
    },
    { rules: RULES, surfaces: SURFACES },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !isCaption(id, html))
      .map(({ html, failureSummary = '' }) => {
        const why = failureSummary.split('\n').slice(1).join(' ').trim();
        return `${screen}: ${id}: ${html.slice(0, 160)} · ${why}`;
      }),
  );
}

/** A studio with tags, a failure and a key set. */
async function furnished(): Promise<Studio> {
  const studio = await startStudio({ photoCount: 24, isTakenIn: true, brokenCount: 2 });
  await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 24);
  await useKeySet(studio, { 1: 'bride', 2: 'cake', 3: 'first dance' });
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const [first, second] = await studio.rows();
  const photoIds = [first, second].map((row) => row?.photoId ?? -1);
  await line.tag({ target: { photoIds }, wishes: [{ concept: { name: 'bride' }, value: 1 }], destinationId });
  await line.tag({
    target: { photoIds: photoIds.slice(1) },
    wishes: [{ concept: { name: 'cake' }, value: 0 }],
    destinationId,
  });
  return studio;
}

describe.each(THEMES)('in the %s theme', (colorScheme) => {
  it('nothing is found on any screen over the photos', { timeout: ALL_SCREENS_MS }, async () => {
    await using studio = await furnished();
    const found: string[] = [];
    for (const screen of SCREENS) {
      const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
      await sheetIsThere(page);
      await screen.open(page);
      found.push(...(await findings(page, screen.name)));
      await close();
      await studio.host().line.saveViewSettings({ settings: { sheetSize: 'medium' } });
    }
    await studio.account.goAway();
    const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
    await sheetIsThere(page);
    await page.keyboard.press('Home');
    await page.keyboard.press('3');
    await untilText(() => statusSentence(page), /^Offline/u);
    found.push(...(await findings(page, 'offline')));
    await studio.host().kill('group');
    await page
      .getByText(/Nothing is lost/u)
      .first()
      .waitFor();
    found.push(...(await findings(page, 'connection-lost')));
    await close();
    expect(found).toEqual([]);
  });

  it('nothing is found in the first run', async () => {
    await using studio = await startStudio({ photoCount: 2 });
    const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
    await page.getByRole('button', { name: 'Add a folder' }).waitFor();
    const found = await findings(page, 'first-run');
    await page.getByRole('button', { name: 'Use my Clarifai account' }).click();
    await page.getByRole('button', { name: /^Check/u }).waitFor();
    found.push(...(await findings(page, 'own-account')));
    // Nobody listens there, which is what the form then says.
    await page.getByLabel('User id').fill('owner');
    await page.getByLabel('App id').fill('photos');
    await page.getByLabel('Personal access token').fill('1234567890abcdef');
    await page.getByText('Another address').click();
    await page.getByLabel('Address of the service').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: /^Check/u }).click();
    await page.getByText('Details', { exact: true }).waitFor();
    found.push(...(await findings(page, 'own-account-offline')));
    await page.getByRole('button', { name: 'Add a folder' }).click();
    await page.getByRole('option').first().waitFor();
    found.push(...(await findings(page, 'folder-chooser')));
    await close();
    expect(found).toEqual([]);
  });
});
