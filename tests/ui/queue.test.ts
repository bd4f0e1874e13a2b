/** The queue as a person sees it: what would be sent, what holds it and what ends that, batches, pace, and what was done. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { POST } from '../support/practice.ts';
import { startStudio } from '../support/window.ts';
import { browser } from './browser.ts';
import { goTo, openWindow, until, untilText } from './page-model.ts';

it('plans what a pause holds, shows the batches that leave, and says what was done', async () => {
  await using studio = await startStudio({ photoCount: 60 });
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.pause({});
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  await studio.account.setFaults([{ kind: 'delay', ms: 3000, when: 'before', on: POST }]);
  const { page, problems } = await openWindow(browser, studio.host().address);
  const main = await goTo(page, 'Queue');
  const plan = main.getByRole('region', { name: 'To be sent' });

  // What waits is planned, asked about, and then certain.
  await until(async () => {
    const { photoCount, undecidedCount } = await line.plan({ destinationId });
    return [photoCount, undecidedCount];
  }, [60, 0]);
  await untilText(() => plan.innerText(), /Up to 60 photos/u);
  await plan.getByRole('button', { name: 'Ask which are there' }).click();
  await page.getByText('Asked about 60 photos: 0 are there already.').first().waitFor();
  await untilText(() => plan.innerText(), /^To be sent\s+60 photos, (about )?[\d.]+ .B/u);
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
