/** Everything can be reached and seen: by Tab, in small windows and at 200 %, with motion off, and after dialogs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { jpeg } from '../support/pictures.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { useKeySet } from './key-set.ts';
import { cursorToFirst, openWindow, until } from './page-model.ts';
import { backToSheet, SCREENS, sheetIsThere } from './screens.ts';

/** Some thirty screens, one after the other, on a machine that has other work too. In ms. */
const ALL_SCREENS_MS = 400_000;

let browser: Browser;
let studio: Studio;
beforeAll(async () => {
  browser = await launchBrowser();
  studio = await startStudio({ photoCount: 24 });
  const exif = { keywords: ['church', 'flowers'] };
  const shoot = path.join(studio.home, 'Shoot');
  await writeFile(path.join(shoot, 'KEYWORDS.jpg'), await jpeg({ seed: 700, exif }));
  await useKeySet(studio, { 1: 'bride', 2: 'cake' });
  // A concept that is used, so that filters and dialogs have something to show.
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [shoot], destinationId });
  await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 25);
  await until(async () => (await line.keywordMapping({})).keywords.length, 2);
  const photoIds = (await studio.rows()).slice(0, 2).map(({ photoId }) => photoId);
  await line.tag({ target: { photoIds }, wishes: [{ concept: { name: 'bride' }, value: 1 }], destinationId });
});
afterAll(async () => {
  await browser.close();
  await studio[Symbol.asyncDispose]();
});

/** The element with the focus: its role and name, and whether one can see that it has it. */
async function focused(page: Page): Promise<{ readonly what: string; readonly isMarked: boolean }> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { what: 'nothing', isMarked: true };
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : null;
    const name = one.getAttribute('aria-label') ?? label ?? one.textContent?.trim().slice(0, 40) ?? '';
    // The ring may be drawn by the control itself, a box around it, or the marked line of a list in it.
    const around = [
      one,
      one.parentElement,
      one.parentElement?.parentElement,
      one.querySelector('[aria-selected="true"]'),
    ];
    // The cursor of the sheet is a line inside the picture of the active cell.
    const active = document.getElementById(one.getAttribute('aria-activedescendant') ?? '');
    const inside = [...(active?.querySelectorAll('*') ?? [])].map((each) =>
      getComputedStyle(each, '::after'),
    );
    const styles = around.flatMap((each) => (each instanceof Element ? [getComputedStyle(each)] : []));
    const isMarked = [...styles, ...inside].some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none',
    );
    return { what: `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${name}`, isMarked };
  });
}

/** Controls that stick out of the window, or lie under its edge, and whether the window scrolls sideways. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth: width, innerHeight: height } = window;
    const root = document.documentElement;
    const sideways =
      root.scrollWidth > width || document.body.scrollWidth > width ? ['the window scrolls sideways'] : [];
    const controls = document.querySelectorAll(
      'button, input, select, textarea, [role="checkbox"], [role="combobox"]',
    );
    const out = [...controls].flatMap((control) => {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
      const { left, right, top, bottom, width: own } = control.getBoundingClientRect();
      if (own < 2) return [];
      // What lies in something that scrolls can be brought into sight.
      for (let up = control.parentElement; up !== null; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if ([overflowX, overflowY].some((each) => each === 'auto' || each === 'scroll')) return [];
      }
      const isOut = left < -1 || right > width + 1 || top < -1 || bottom > height + 1;
      return isOut ? [`${control.getAttribute('aria-label') ?? control.textContent ?? ''} sticks out`] : [];
    });
    return [...sideways, ...out];
  });
}

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
    const lost: string[] = [];
    for (const key of ['Control+k', '?', 'Space', 't']) {
      await cursorToFirst(page);
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') !== 'grid');
      await page.keyboard.press('Escape');
      await page
        .waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid', null, {
          timeout: 3000,
        })
        .catch(() => lost.push(key));
    }
    for (const name of ['Filter by state', 'View', 'Account that is shown']) {
      const trigger = page.getByRole('button', { name: new RegExp(`^${name}`, 'u') });
      await trigger.focus();
      await page.keyboard.press('Enter');
      await page.locator('[role="menu"], [role="dialog"]').first().waitFor();
      await page.keyboard.press('Escape');
      await page
        .waitForFunction(
          (name) => document.activeElement?.getAttribute('aria-label')?.startsWith(name),
          name,
          {
            timeout: 3000,
          },
        )
        .catch(() => lost.push(name));
    }
    expect(lost).toEqual([]);
    await close();
  });

  it.each([
    ['900 × 600', { width: 900, height: 600 }, 1],
    ['1280 × 800 at 200 %', { width: 640, height: 400 }, 2],
  ] as const)(
    'cuts nothing off in %s',
    { timeout: ALL_SCREENS_MS },
    async (_name, viewport, deviceScaleFactor) => {
      const found: string[] = [];
      const { page, close } = await openWindow(browser, studio.host().address, {
        viewport,
        deviceScaleFactor,
      });
      await sheetIsThere(page);
      for (const screen of SCREENS) {
        await screen.open(page);
        found.push(...(await cutOff(page)).map((what) => `${screen.name}: ${what}`));
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
