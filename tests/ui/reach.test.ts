/** Everything can be reached and seen: by Tab, in small windows and at 200 %, with motion off, and after dialogs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { SITUATIONS } from './busy-screens.ts';
import { startFurnishedStudio } from './furnished.ts';
import { cursorToFirst, openWindow, until } from './page-model.ts';
import { PLACE_SCREENS } from './place-screens.ts';
import { cutOff, focused, notReached } from './reach-checks.ts';
import { backToSheet, SCREENS, sheetIsThere } from './screens.ts';

/** Some sixty screens, one after the other, on a machine that has other work too. In ms. */
const ALL_SCREENS_MS = 400_000;

const SIZES = [
  { name: '900 × 600', interfaceSize: 100, viewport: { width: 900, height: 600 }, deviceScaleFactor: 1 },
  {
    name: '1280 × 800 at 200 %',
    interfaceSize: 100,
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  },
  {
    name: '1280 × 800 with the interface at 200 %',
    interfaceSize: 200,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
  },
] as const;

let studio: Studio;
beforeAll(async () => {
  studio = await startFurnishedStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

describe('the window', () => {
  it('gives every control of the sheet the focus by Tab, visibly, and gets back to where it began', async () => {
    const { page, close } = await openWindow(browser, studio.host().address);
    await sheetIsThere(page);
    await cursorToFirst(page);
    const seen: string[] = [];
    const unmarked: string[] = [];
    for (let press = 0; press < 80; press += 1) {
      await page.keyboard.press('Tab');
      const { what, isMarked } = await focused(page);
      if (!isMarked) unmarked.push(what);
      seen.push(what);
    }
    expect(unmarked).toEqual([]);
    const all = [...new Set(seen)].join('\n');
    for (const wanted of [
      /^grid Photos/mu,
      /^button Sheet/mu,
      /^button Queue/mu,
      /^button Failures/mu,
      /^button Account/mu,
      /^button Settings/mu,
      /^button Filter by state/mu,
      /^button Filter by rating/mu,
      /Name or path/mu,
      /^button View/mu,
      /Add a concept/mu,
      /^button Account that is shown/mu,
    ])
      expect(all).toMatch(wanted);
    // No trap: the sheet comes around again.
    expect(seen.filter((what) => what.startsWith('grid Photos')).length).toBeGreaterThan(1);
    await close();
  });

  it('gives the focus back after everything that opens over the sheet', async () => {
    const { page, close } = await openWindow(browser, studio.host().address);
    await sheetIsThere(page);
    const focus = (what: 'role' | 'aria-label') =>
      page.evaluate((what) => document.activeElement?.getAttribute(what) ?? null, what);
    for (const key of ['Control+k', '?', 'Space', 't']) {
      await cursorToFirst(page);
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') !== 'grid');
      await page.keyboard.press('Escape');
      await until(async () => ({ key, role: await focus('role') }), { key, role: 'grid' });
    }
    for (const name of ['Filter by state', 'View', 'Account that is shown']) {
      const trigger = page.getByRole('button', { name: new RegExp(`^${name}`, 'u') });
      await trigger.focus();
      await page.keyboard.press('Enter');
      await page.locator('[role="menu"], [role="dialog"]').first().waitFor();
      await page.keyboard.press('Escape');
      await until(async () => ({ name, hasIt: (await focus('aria-label'))?.startsWith(name) }), {
        name,
        hasIt: true,
      });
    }
    await close();
  });

  it.each(SIZES)(
    'cuts nothing off in $name',
    { timeout: ALL_SCREENS_MS },
    async ({ interfaceSize, viewport, deviceScaleFactor }) => {
      const found: string[] = [];
      await studio.host().line.saveViewSettings({ settings: { interfaceSize } });
      const { page, close } = await openWindow(browser, studio.host().address, {
        viewport,
        deviceScaleFactor,
      });
      await sheetIsThere(page);
      for (const screen of [...SCREENS, ...PLACE_SCREENS]) {
        await screen.open(page);
        found.push(...(await cutOff(page)).map((what) => `${screen.name}: ${what}`));
        await backToSheet(page);
      }
      await close();
      expect(found).toEqual([]);
    },
  );

  it(
    'gives every control of every place and its dialogs the focus by Tab, visibly',
    { timeout: ALL_SCREENS_MS },
    async () => {
      const found: string[] = [];
      await studio.host().line.saveViewSettings({ settings: { interfaceSize: 100 } });
      const { page, close } = await openWindow(browser, studio.host().address);
      await sheetIsThere(page);
      for (const screen of PLACE_SCREENS.filter(({ name }) => name !== 'folder-destination')) {
        await screen.open(page);
        found.push(...(await notReached(page)).map((what) => `${screen.name}: ${what}`));
        await backToSheet(page);
      }
      await close();
      expect(found).toEqual([]);
    },
  );

  it('moves nothing when the system asks for no motion', async () => {
    const { page, close } = await openWindow(browser, studio.host().address, { reducedMotion: 'reduce' });
    await sheetIsThere(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .map(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0))
        .filter((ms) => ms > 1),
    );
    expect(moving).toEqual([]);
    await close();
  });
});

it.each(SITUATIONS)('the places $name cut nothing off at any size', async ({ start, screens }) => {
  await using other = await start();
  const found: string[] = [];
  for (const { name, interfaceSize, ...options } of SIZES) {
    await other.host().line.saveViewSettings({ settings: { interfaceSize } });
    const { page, close } = await openWindow(browser, other.host().address, options);
    for (const screen of screens) {
      await screen.open(page);
      found.push(...(await cutOff(page)).map((what) => `${screen.name}, ${name}: ${what}`));
    }
    await close();
  }
  expect(found).toEqual([]);
});
