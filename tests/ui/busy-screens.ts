/** Screens of studios in which something is the matter, or nothing at all: each has a studio of its own. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startStudio, type Studio } from '../support/window.ts';
import { goTo, until } from './page-model.ts';
import { POST, type FaultRule } from '../support/practice.ts';

/** A studio with its screens. */
export interface Situation {
  readonly name: string;
  readonly start: () => Promise<Studio>;
  readonly screens: readonly { readonly name: string; readonly open: (page: Page) => Promise<void> }[];
}

/** Photos that are taken in while the account is bent; `stands` tells that they stand as they are to be shown. */
async function takenIn(
  photoCount: number,
  faults: readonly FaultRule[],
  stands: (glance: Awaited<ReturnType<ReturnType<Studio['host']>['line']['glance']>>) => boolean,
): Promise<Studio> {
  await using started = new AsyncDisposableStack();
  const studio = started.use(await startStudio({ photoCount }));
  const { line } = studio.host();
  await studio.account.setFaults(faults);
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  await until(async () => stands(await line.glance({ destinationId })), true);
  started.move();
  return studio;
}

async function queue(page: Page, text: RegExp): Promise<void> {
  const main = await goTo(page, 'Queue');
  await main.getByText(text).first().waitFor();
}

/** What the screens of the places are seen in besides a furnished studio. */
export const SITUATIONS: readonly Situation[] = [
  {
    name: 'at rest',
    start: () => takenIn(6, [], ({ counts }) => counts.indexed === 6),
    screens: [
      { name: 'queue-empty', open: (page) => queue(page, /Nothing is on the way/u) },
      {
        name: 'failures-empty',
        async open(page) {
          await goTo(page, 'Failures');
          await page.getByText('Nothing needs you').waitFor();
        },
      },
    ],
  },
  {
    name: 'in flight',
    start: () =>
      takenIn(
        40,
        [{ kind: 'delay', ms: 600_000, when: 'before', on: POST }],
        ({ counts }) => counts.sending > 0 && counts.found === 0,
      ),
    screens: [
      {
        name: 'queue-in-flight',
        async open(page) {
          await queue(page, /Sent, waiting for the answer/u);
          await page.getByRole('heading', { name: 'To be sent' }).waitFor();
          await page.getByRole('img', { name: 'Pace of the last ten minutes' }).waitFor();
          const picture = page.getByRole('region', { name: 'In flight' }).locator('img').first();
          await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0), true);
        },
      },
    ],
  },
  {
    name: 'paused',
    async start() {
      await using started = new AsyncDisposableStack();
      const studio = started.use(await startStudio({ photoCount: 40 }));
      const { line } = studio.host();
      const { destinationId } = await line.glance({ destinationId: null });
      await line.pause({});
      await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
      await until(async () => (await line.glance({ destinationId })).counts.queued, 40);
      started.move();
      return studio;
    },
    screens: [
      {
        name: 'queue-paused',
        async open(page) {
          await queue(page, /^Paused since/u);
          await page.getByRole('button', { name: 'Ask which are there' }).waitFor();
        },
      },
    ],
  },
  {
    name: 'refused',
    start: () =>
      takenIn(12, [{ kind: 'revoke-pat' }], ({ holds }) =>
        holds.some(({ kind }) => kind === 'token-rejected'),
      ),
    screens: [{ name: 'queue-refused', open: (page) => queue(page, /The token has not been accepted/u) }],
  },
];
