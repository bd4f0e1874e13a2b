/** No screen, in either theme, has anything that axe finds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions, Spec } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { SITUATIONS } from './busy-screens.ts';
import { startFailedShoot } from './failed-shoot.ts';
import { startFurnishedStudio } from './furnished.ts';
import { openWindow, untilText, statusSentence, type Window } from './page-model.ts';
import { PLACE_SCREENS } from './place-screens.ts';
import { backToSheet, SCREENS, sheetIsThere, untilStill } from './screens.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** An open menu has the keyboard and goes with Escape, like a dialog; it and a tooltip need no landmark around them. */
const SURFACES = 'dialog, [role=dialog], [role=alertdialog], [role=menu], [role=tooltip], svg';
const RULES: RunOptions = {
  resultTypes: ['violations'],
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
};
/** Some sixty screens, one after the other, on a machine that has other work too. In ms. */
const ALL_SCREENS_MS = 400_000;
const THEMES = ['light', 'dark'] as const;

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
  await untilStill(page);
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(AXE);
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

describe('over the photos', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await startFurnishedStudio();
  });
  afterAll(() => studio[Symbol.asyncDispose]());

  it.each(THEMES)('nothing is found on any screen, %s', { timeout: ALL_SCREENS_MS }, async (colorScheme) => {
    const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
    await sheetIsThere(page);
    const found: string[] = [];
    for (const screen of [...SCREENS, ...PLACE_SCREENS]) {
      await screen.open(page);
      found.push(...(await findings(page, screen.name)));
      await backToSheet(page);
    }
    await close();
    expect(found).toEqual([]);
  });

  // The last one: it ends the host.
  it('nothing is found when the account or the engine is away, in either theme', async () => {
    const windows: Window[] = [];
    for (const colorScheme of THEMES)
      windows.push(await openWindow(browser, studio.host().address, { colorScheme }));
    await studio.account.goAway();
    const found: string[] = [];
    for (const [index, { page }] of windows.entries()) {
      await sheetIsThere(page);
      await page.keyboard.press('Home');
      await page.keyboard.press(String(index + 2));
      await untilText(() => statusSentence(page), /^Offline/u);
      found.push(...(await findings(page, 'offline')));
    }
    await studio.host().kill('group');
    for (const { page, close } of windows) {
      await page
        .getByText(/Nothing is lost/u)
        .first()
        .waitFor();
      found.push(...(await findings(page, 'connection-lost')));
      await close();
    }
    expect(found).toEqual([]);
  });
});

it.each(SITUATIONS)('nothing is found in the places $name, in either theme', async ({ start, screens }) => {
  await using studio = await start();
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
    for (const screen of screens) {
      await screen.open(page);
      found.push(...(await findings(page, screen.name)));
    }
    await close();
  }
  expect(found).toEqual([]);
});

it('nothing is found in the first run, in either theme', async () => {
  await using studio = await startStudio({ photoCount: 2 });
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    const { page, close } = await openWindow(browser, studio.host().address, { colorScheme });
    await page.getByRole('button', { name: 'Add a folder' }).waitFor();
    found.push(...(await findings(page, 'first-run')));
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
  }
  expect(found).toEqual([]);
});

it('nothing is found while the window opens, or when it may not, in either theme', async () => {
  await using studio = await startStudio();
  const { address } = studio.host();
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    const waits = await openWindow(browser, 'about:blank', { colorScheme });
    // A host that never answers.
    await waits.page.routeWebSocket(/\/engine$/u, () => undefined);
    await waits.page.goto(address);
    await waits.page.getByText('Opening your photos').waitFor();
    found.push(...(await findings(waits.page, 'opening')));
    await waits.close();
    const refused = await openWindow(browser, `${address}x`, { colorScheme });
    await refused.page.getByText(/cannot be shown/u).waitFor();
    found.push(...(await findings(refused.page, 'refused')));
    await refused.close();
  }
  expect(found).toEqual([]);
});

it('nothing is found among failures of every cause, opened, tried again and asked about, in either theme', async () => {
  await using shoot = await startFailedShoot();
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    const { page, close } = await openWindow(browser, shoot.studio.host().address, { colorScheme });
    await page.getByRole('button', { name: /^Failures/u }).click();
    await page.getByRole('button', { name: 'Send as it is' }).waitFor();
    found.push(...(await findings(page, 'failures-closed')));
    for (const cause of [/refused the pictures?/u, /kept failing/u, /cannot be read/u]) {
      const card = page.getByRole('listitem', { name: cause });
      await card.getByRole('button', { name: 'Show it' }).click();
      await card.getByRole('checkbox').first().click();
      found.push(...(await findings(page, `failures ${cause.source}`)));
    }
    await page
      .getByRole('listitem', { name: /cut off/u })
      .getByRole('button', { name: 'Show it' })
      .click();
    const gone = page.getByRole('listitem', { name: /The file was gone/u });
    await gone.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('region', { name: 'What became of it' }).waitFor();
    found.push(...(await findings(page, 'failures-outcome')));
    await page.getByRole('button', { name: 'Remove there and send again' }).click();
    await page.getByRole('dialog').waitFor();
    found.push(...(await findings(page, 'failures-dialog')));
    await close();
  }
  expect(found).toEqual([]);
});
