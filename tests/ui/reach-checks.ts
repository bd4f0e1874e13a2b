/** Whether everything of a page can be seen and reached, asked of the page itself. */
import type { Page } from 'playwright-core';
import { untilStill } from './screens.ts';

interface Focused {
  /** Its role and name. */
  readonly what: string;
  /** Its number among the controls that were counted; null: it is none of them. */
  readonly stop: string | null;
  /** Whether one can see that it has it. */
  readonly isMarked: boolean;
}

/** The element with the focus. */
export async function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { what: 'nothing', stop: null, isMarked: true };
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : null;
    const name = one.getAttribute('aria-label') ?? label ?? one.textContent?.trim().slice(0, 40) ?? '';
    // The cursor of the sheet is a line inside the picture of the active cell.
    const active = document.getElementById(one.getAttribute('aria-activedescendant') ?? '');
    const inside = [...(active?.querySelectorAll('*') ?? [])].map((each) =>
      getComputedStyle(each, '::after'),
    );
    // Shadows are drawn around much that has no focus, and forced colours take them away.
    const isMarked = [getComputedStyle(one), ...inside].some(
      ({ outlineStyle, outlineWidth, outlineColor }) =>
        outlineStyle !== 'none' &&
        Number.parseFloat(outlineWidth) >= 1 &&
        outlineColor !== 'rgba(0, 0, 0, 0)',
    );
    const what = `${one.getAttribute('role') ?? one.tagName.toLowerCase()} ${name}`;
    return { what, stop: one.getAttribute('data-stop'), isMarked };
  });
}

/** Whatever can be pressed or typed into, and has a place among the Tab stops. */
const CONTROLS =
  'button, input, select, textarea, summary, [role="checkbox"], [role="combobox"], [role="radio"]';
const WORDS = 'p, h1, h2, h3, dt, dd, li, span, label, button';

/**
 * Controls and words that are out of the window, or cut off by something that cannot be scrolled in that direction, and
 * whether the window itself scrolls, or anything sideways.
 */
export async function cutOff(page: Page): Promise<string[]> {
  await untilStill(page);
  const around = await page.evaluate(() => {
    const { innerWidth: width, innerHeight: height } = window;
    const both = [document.documentElement, document.body];
    return [
      ...(both.some(({ scrollWidth }) => scrollWidth > width) ? ['the window scrolls sideways'] : []),
      ...(both.some(({ scrollHeight }) => scrollHeight > height) ? ['the window scrolls down'] : []),
    ];
  });
  return [
    ...around,
    ...(await scrolledSideways(page)),
    ...(await cutControls(page)),
    ...(await cutWords(page)),
  ];
}

async function scrolledSideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((one) => {
        // The strip of keys is one line, and the Tab key goes along it.
        if (one.closest('[data-lifts-messages]') !== null) return false;
        const { overflowX } = getComputedStyle(one);
        const isWide = ['auto', 'scroll'].includes(overflowX) && one.scrollWidth > one.clientWidth + 1;
        return isWide && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      })
      .map((one) => `${one.className} scrolls sideways`),
  );
}

async function cutControls(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const scrolling = ['auto', 'scroll'];
    return [...document.querySelectorAll(controls)]
      .filter((control) => {
        const box = control.getBoundingClientRect();
        if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
        if (box.width < 2 || box.height < 2) return false;
        let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
        for (let up = control.parentElement; up !== null && up !== document.body; up = up.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(up);
          const around = up.getBoundingClientRect();
          // What lies in something that scrolls can be brought to where that is.
          if (scrolling.includes(overflowX)) [left, right] = [around.left, around.right];
          if (scrolling.includes(overflowY)) [top, bottom] = [around.top, around.bottom];
          if (overflowX !== 'visible' && (left < around.left - 1 || right > around.right + 1)) return true;
          if (overflowY !== 'visible' && (top < around.top - 1 || bottom > around.bottom + 1)) return true;
        }
        return left < -1 || right > window.innerWidth + 1 || top < -1 || bottom > window.innerHeight + 1;
      })
      .map((control) => `${control.getAttribute('aria-label') ?? control.textContent ?? ''} is cut off`);
  }, CONTROLS);
}

/** Words that end in dots say the whole elsewhere; others must not be cut. */
async function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(
    (words) =>
      [...document.querySelectorAll(words)]
        .filter((one) => {
          const { overflowX, textOverflow } = getComputedStyle(one);
          if (!['hidden', 'clip'].includes(overflowX) || textOverflow === 'ellipsis') return false;
          const isCut = one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1;
          return isCut && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        })
        .map((one) => `the words “${(one.textContent ?? '').slice(0, 60)}” are cut`),
    WORDS,
  );
}

/** Controls of the place or of what lies over it that Tab does not come to, or where one does not see it. */
export async function notReached(page: Page): Promise<string[]> {
  await untilStill(page);
  const count = await page.evaluate((controls) => {
    // Places that were left stay in the document.
    const place = [...document.querySelectorAll('main')].find((one) => one.checkVisibility());
    const scope = document.querySelector('[role="dialog"]') ?? place;
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
  if (count === 0) return ['no control is there to be reached'];
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
