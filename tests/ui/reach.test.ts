/** Everything can be reached and seen: by Tab, in small windows and at 200 %, with motion off, and after dialogs. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import type { Studio } from '../support/window.ts';
import { SITUATIONS } from './busy-screens.ts';
import { startFurnishedStudio } from './furnished.ts';
import { cursorToFirst, openWindow } from './page-model.ts';
import { PLACE_SCREENS } from './place-screens.ts';
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

let browser: Browser;
let studio: Studio;
beforeAll(async () => {
  browser = await launchBrowser();
  studio = await startFurnishedStudio();
});
afterAll(async () => {
  await browser.close();
  await studio[Symbol.asyncDispose]();
});

interface Focused {
  /** Its role and name. */
  readonly what: string;
  /** Its number among the controls that were counted; null: it is none of them. */
  readonly stop: string | null;
  /** Whether one can see that it has it. */
  readonly isMarked: boolean;
}

/** The element with the focus. */
async function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { what: 'nothing', stop: null, isMarked: true };
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
    const what = `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${name}`;
    return { what, stop: one.getAttribute('data-stop'), isMarked };
  });
}

/** Whatever can be pressed or typed into, and has a place among the Tab stops. */
const CONTROLS =
  'button, input, select, textarea, summary, [role="checkbox"], [role="combobox"], [role="radio"]';

/**
 * Controls and words that are out of the window, or cut off by something that cannot be scrolled in that direction, and
 * whether the window itself scrolls, or anything sideways.
 */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const { innerWidth: width, innerHeight: height } = window;
    const root = document.documentElement;
    const isSeen = (one: Element): boolean =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const nameOf = (one: Element): string =>
      (one.getAttribute('aria-label') ?? one.textContent ?? '').slice(0, 60) || one.className;
    const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
    const window_ = [
      ...(Math.max(root.scrollWidth, document.body.scrollWidth) > width
        ? ['the window scrolls sideways']
        : []),
      ...(Math.max(root.scrollHeight, document.body.scrollHeight) > height
        ? ['the window scrolls down']
        : []),
    ];
    const sideways = [...document.querySelectorAll('body *')].flatMap((one) => {
      const isWide = scrolls(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
      // The strip of keys is one line, and the Tab key goes along it.
      const isStrip = one.closest('[data-lifts-messages]') !== null;
      return isWide && !isStrip && isSeen(one) ? [`${nameOf(one)} scrolls sideways`] : [];
    });
    const out = [...document.querySelectorAll(controls)].flatMap((control) => {
      const box = control.getBoundingClientRect();
      if (!isSeen(control) || box.width < 2 || box.height < 2) return [];
      let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
      for (let up = control.parentElement; up !== null; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        const around = up.getBoundingClientRect();
        // What lies in something that scrolls can be brought to where that is.
        if (scrolls(overflowX)) [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
        if (scrolls(overflowY)) [top, bottom] = [around.top, around.bottom];
        const isCut =
          (overflowX !== 'visible' && (left < around.left - 1 || right > around.right + 1)) ||
          (overflowY !== 'visible' && (top < around.top - 1 || bottom > around.bottom + 1));
        if (isCut && up !== document.body) return [`${nameOf(control)} is cut off by ${up.className}`];
      }
      const isOut = left < -1 || right > width + 1 || top < -1 || bottom > height + 1;
      return isOut ? [`${nameOf(control)} sticks out`] : [];
    });
    // Words that end in dots say the whole in a title or in their name; others must not be cut.
    const words = [...document.querySelectorAll('p, h1, h2, h3, dt, dd, li, span, label, button')].flatMap(
      (one) => {
        const { overflowX, textOverflow } = getComputedStyle(one);
        if (overflowX === 'visible' || scrolls(overflowX) || textOverflow === 'ellipsis') return [];
        const { width: own } = one.getBoundingClientRect();
        return own > 2 && one.scrollWidth > one.clientWidth + 1 && isSeen(one)
          ? [`the words “${nameOf(one)}” are cut`]
          : [];
      },
    );
    return [...window_, ...sideways, ...out, ...words];
  }, CONTROLS);
}

/** Controls of the place or of what lies over it that Tab does not come to, or where one does not see it. */
async function notReached(page: Page): Promise<string[]> {
  const count = await page.evaluate((controls) => {
    const scope = document.querySelector('[role="dialog"]') ?? document.querySelector('main:not([hidden])');
    const all = [...(scope?.querySelectorAll(controls) ?? [])].filter(
      (one) =>
        one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        one.getAttribute('aria-hidden') !== 'true' &&
        one.closest('[hidden], [inert]') === null &&
        // Of a group of choices one is a stop, and the arrows lead to the others; some have but one way in.
        one.getAttribute('tabindex') !== '-1' &&
        !(one instanceof HTMLInputElement && one.tabIndex < 0),
    );
    for (const [index, one] of all.entries()) one.setAttribute('data-stop', String(index));
    return all.length;
  }, CONTROLS);
  const reached = new Set<string>();
  const unmarked: string[] = [];
  for (let press = 0; press < count + 40 && reached.size < count; press += 1) {
    await page.keyboard.press('Tab');
    const { what, stop, isMarked } = await focused(page);
    if (stop !== null) reached.add(stop);
    if (!isMarked) unmarked.push(`${what} does not show its focus`);
  }
  const missed = await page.evaluate(
    (found) => {
      const all = [...document.querySelectorAll('[data-stop]')];
      const left = all.filter((one) => !found.includes(one.getAttribute('data-stop') ?? ''));
      for (const one of all) one.removeAttribute('data-stop');
      return left.map((one) => `${one.getAttribute('aria-label') ?? one.textContent ?? ''} is not reached`);
    },
    [...reached],
  );
  return [...missed, ...unmarked];
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
