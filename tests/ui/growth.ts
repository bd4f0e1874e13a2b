/** That nothing which only grows is shown smaller than it was. */
import type { Page } from 'playwright-core';

/** What only grows, and is said somewhere in a page. */
export const GROWING = [
  'photos in the rail',
  'indexed in the strip',
  'there in the plan',
  'indexed in the folder',
];

export interface Growth {
  /** What was said smaller than before. */
  readonly shrunk: readonly string[];
  /** What was said at all. */
  readonly seen: readonly string[];
}

/** Notes from now on, frame by frame, what a page says of that which only grows, where it says it. */
export async function watchGrowth(page: Page): Promise<() => Promise<Growth>> {
  await page.evaluate(() => {
    const greatest = new Map<string, number>();
    const shrunk: string[] = [];
    const said = (what: string, text: string | null | undefined, pattern: RegExp): void => {
      const found = pattern.exec(text ?? '')?.[1];
      if (found === undefined) return;
      const count = Number(found);
      const before = greatest.get(what) ?? 0;
      if (count < before) shrunk.push(`${what}: ${count} after ${before}`);
      greatest.set(what, Math.max(before, count));
    };
    const look = (): void => {
      const sheet = document.querySelector('nav button[aria-label^="Sheet, "]');
      said('photos in the rail', sheet?.getAttribute('aria-label'), /^Sheet, (\d+) photo/u);
      said('indexed in the strip', document.querySelector('footer')?.textContent, /^(\d+) indexed/u);
      // Places that were left stay in the document as they were.
      const main = [...document.querySelectorAll('main')].find((one) => one.checkVisibility())?.textContent;
      said('there in the plan', main, /(\d+) (?:is|are) already there\./u);
      said('indexed in the folder', main, /Photos[^.]*?(\d+) indexed/u);
      requestAnimationFrame(look);
    };
    look();
    Object.assign(globalThis, { growth: () => ({ shrunk, seen: [...greatest.keys()] }) });
  });
  return () => page.evaluate(() => (globalThis as unknown as { growth(): Growth }).growth());
}
