/** The queue as a person sees it: what would be sent, what holds it and what ends that, batches, pace, and what was done. */
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startStudio } from '../support/window.ts';
import { openWindow, until, untilText } from './page-model.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Goes to the queue. */
async function queueOf(page: Page): Promise<Locator> {
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('button', { name: /^Queue/u }).click();
  return page.getByRole('main', { name: 'Queue' });
}

it('plans what a pause holds, shows the batches that leave, and says what was done', async () => {
  await using studio = await startStudio({ photoCount: 60 });
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  await line.pause({});
  const sending = { method: 'POST', path: '^/inputs$' };
  await studio.account.setFaults([{ kind: 'delay', ms: 3000, when: 'before', on: sending }]);
  const { page, problems } = await openWindow(browser, studio.host().address);
  const main = await queueOf(page);
  const plan = main.getByRole('region', { name: 'To be sent' });

  // Some may have left before the pause; whatever waits is planned, asked about, and then certain.
  await until(async () => (await line.plan({ destinationId })).undecidedCount, 0);
  const waiting = (await line.plan({ destinationId })).photoCount;
  expect(waiting).toBeGreaterThan(0);
  await untilText(() => plan.innerText(), /Up to \d+ photos/u);
  await plan.getByRole('button', { name: 'Ask which are there' }).click();
  await page
    .getByText(/^Asked about \d+ photos?: 0 are there already\.$/u)
    .first()
    .waitFor();
  await untilText(
    () => plan.innerText(),
    new RegExp(`^To be sent\\s+${waiting} photos, (about )?[\\d.]+ .B`, 'u'),
  );
  await main.getByText(/^Paused since/u).waitFor();

  await main.getByRole('button', { name: 'Resume sending' }).last().click();
  const bar = main.getByRole('progressbar').first();
  await bar.waitFor();
  expect(await bar.getAttribute('aria-label')).toMatch(/^Batch of \d+ photos$/u);
  const plot = main.getByRole('img', { name: 'Pace of the last ten minutes' });
  await until(() => studio.isQuiet(), true);
  await studio.account.setFaults([]);
  await untilText(() => main.innerText(), /The last run\s+.*60 photos sent/u);
  // Told by another answer than the run: it may come a moment later.
  await main.getByText('Nothing is on the way').waitFor();
  await plot.waitFor();
  await untilText(
    () =>
      plot.evaluate((svg) => {
        const id = svg.getAttribute('aria-describedby') ?? '';
        return document.getElementById(id)?.textContent ?? '';
      }),
    /^Minute by minute, the oldest first: .*\/s/u,
  );
  expect((await studio.account.inputs()).length).toBe(60);
  expect(problems).toEqual([]);
});

it('keeps the window readable while photos are in flight, small and in both themes', async () => {
  await using studio = await startStudio({ photoCount: 12 });
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  const sending = { method: 'POST', path: '^/inputs$' };
  await studio.account.setFaults([{ kind: 'delay', ms: 60_000, when: 'before', on: sending }]);
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  for (const [colorScheme, width, height] of [
    ['dark', 1280, 800],
    ['light', 1280, 800],
    ['dark', 900, 600],
  ] as const) {
    const viewport = { width, height };
    const { page, close, problems } = await openWindow(browser, studio.host().address, {
      colorScheme,
      viewport,
    });
    const main = await queueOf(page);
    await main.getByRole('progressbar').first().waitFor();
    await main.getByRole('img', { name: 'Pace of the last ten minutes' }).waitFor();
    const picture = main.getByRole('region', { name: 'In flight' }).locator('img').first();
    await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0), true);
    const isWide = await main.evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(isWide).toBe(false);
    const shots = process.env['QUEUE_SHOTS'];
    if (shots !== undefined)
      await page.screenshot({ path: path.join(shots, `queue-${colorScheme}-${width}.png`) });
    expect(problems).toEqual([]);
    await close();
  }
});
