/**
 * The engine is killed under the window while batches are in flight, with the queue and with the failures in view: the
 * page says so, comes back by itself and shows the truth; what is asked for meanwhile is neither lost in silence nor
 * done twice.
 */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { takeOwnership, type Ownership } from '../../electron/engine/ledger/owner.ts';
import { batchName, planNotes, planSentence, waitSentence } from '../../renderer/src/text/queue.ts';
import { bytesJpeg, variantsOf } from '../support/pictures.ts';
import { POST } from '../support/practice.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import { startWindowAccount, type WindowAccount } from '../support/window-account.ts';
import { photoName, writePhotos } from '../support/window.ts';
import { browser } from './browser.ts';
import { openDesktopWindow, type DesktopWindow } from './desktop-page.ts';
import { closeOutcome, goTo, outcomeOf, statusSentence, until, untilText } from './page-model.ts';

const electron = await vi.hoisted(async () =>
  (await import('../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);

const PHOTOS = 40;
const REFUSED = 5;
const GONE = /^The engine has ended\. Nothing is lost\. Starting it again …/u;
const NOT_CONFIRMED = /The line broke before that was confirmed\. Nothing is lost/u;

let place: TemporaryFolder;
let account: WindowAccount;
let window: DesktopWindow;
let dataFolder = '';
let shoot = '';

beforeAll(async () => {
  place = await temporaryFolder();
  dataFolder = path.join(place.path, 'data');
  shoot = path.join(place.path, 'Shoot');
  mkdirSync(dataFolder);
  mkdirSync(shoot);
  // Larger than what a line swallows at once, so that bars move; 8 MB of them make a batch.
  for (const [index, photo] of variantsOf(await bytesJpeg(700_000, 77), PHOTOS).entries())
    await writeFile(path.join(shoot, photoName(index)), photo);
  account = await startWindowAccount(path.join(dataFolder, 'practice'));
  process.argv = ['tagalong', `--data-dir=${dataFolder}`];
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(electron.noted.windows).toHaveLength(1), { timeout: 30_000 });
  window = await openDesktopWindow(browser, electron);
});
afterAll(async () => {
  await window.close();
  electron.parts.app.quit();
  await vi.waitFor(() => expect(electron.noted.exits).toEqual([0]), { timeout: 30_000 });
  await account.stop();
  await place[Symbol.asyncDispose]();
});

function enginePid(): number {
  const life = electron.noted.forked.findLast(({ entry }) => entry === 'engine-process.ts');
  if (life?.child.pid === undefined) throw new Error('There is no engine.');
  return life.child.pid;
}

/** Kills the engine, and keeps the next one from starting until the data folder is let go. */
async function killEngine(): Promise<Ownership> {
  process.kill(enginePid(), 'SIGKILL');
  return vi.waitFor(() => takeOwnership(dataFolder), { timeout: 10_000, interval: 1 });
}

/** Notes from now on how far every bar was in this life of the engine; a life ends when the page says so. */
async function watchBars(page: Page): Promise<() => Promise<readonly (readonly number[])[]>> {
  await page.evaluate(() => {
    const all: number[][] = [];
    let life = new Map<Element, number[]>();
    const look = (): void => {
      const strip = document.querySelector('footer')?.textContent ?? '';
      if (strip.startsWith('The engine has ended')) life = new Map();
      else
        for (const bar of document.querySelectorAll('[role="progressbar"]')) {
          const told = life.get(bar) ?? [];
          if (!life.has(bar)) all.push(told);
          life.set(bar, told);
          const now = bar.getAttribute('aria-valuenow');
          if (now !== null && told.at(-1) !== Number(now)) told.push(Number(now));
        }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(globalThis, { seenBars: all });
  });
  return () => page.evaluate(() => (globalThis as unknown as { readonly seenBars: number[][] }).seenBars);
}

/** Where the queue, or the rail beside it, says other things than the engine. */
async function untrue(main: Locator): Promise<readonly string[]> {
  const { engine } = window.bridge;
  const { destinationId, counts } = await engine.glance({ destinationId: null });
  const plan = await engine.plan({ destinationId });
  const { waits, batches } = await engine.queue({ destinationId });
  const lines = [
    // How long it takes follows the pace, second by second: it is the only part that may be a little old.
    planSentence({ ...plan, secondsLeft: null }).replace(/\.$/u, ''),
    ...planNotes({ ...plan, secondsLeft: 1 }),
    ...waits.map((wait) => waitSentence(wait, Date.now())),
    ...batches.map(batchName),
  ];
  const text = await main.innerText();
  const barCount = await main.getByRole('progressbar').count();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const onTheWay = counts.found + counts.queued + counts.sending + counts.accepted;
  const rail = window.page.getByRole('navigation', { name: 'Places' });
  const untold: string[] = [];
  for (const name of [`Sheet, ${all} photos`, `Queue, ${onTheWay} on the way`]) {
    if ((await rail.getByRole('button', { name, exact: true }).count()) !== 1) untold.push(name);
  }
  return [
    ...lines.filter((line) => !text.includes(line)),
    ...(barCount === batches.length ? [] : [`${barCount} bars for ${batches.length} batches`]),
    ...untold,
  ];
}

it('with the queue in view, batches in flight, and a key pressed in between', async () => {
  const { page, bridge } = window;
  const { destinationId } = await bridge.engine.glance({ destinationId: null });
  await account.setFaults([{ kind: 'slow-link', bytesPerSecond: 1_500_000, on: POST }]);
  await bridge.engine.addFolders({ paths: [shoot], destinationId });
  const all = page.getByRole('button', { name: `Sheet, ${PHOTOS} photos`, exact: true });
  await all.waitFor({ timeout: 120_000 });
  const main = await goTo(page, 'Queue');
  const bars = await watchBars(page);
  await until(async () => (await bars()).some((told) => told.length > 2), true);

  const held = await killEngine();
  await untilText(() => statusSentence(page), GONE);
  // What was known stays in view; a pause is not taken for done.
  expect(await all.count()).toBe(1);
  await page.keyboard.press('p');
  await page.getByText(NOT_CONFIRMED).first().waitFor();
  expect(await page.getByText('Sending is paused.').count()).toBe(0);
  // What goes on from here stays as it is until it is let go: page and ledger can be compared.
  await account.setFaults([{ kind: 'delay', ms: 60_000, when: 'before', on: POST }]);
  held.release();

  await until(async () => !GONE.test(await statusSentence(page)), true);
  await until(async () => (await bridge.engine.queue({ destinationId })).batches.length > 0, true);
  await main.getByRole('progressbar').first().waitFor();
  await until(() => untrue(main), []);
  expect((await bridge.engine.glance({ destinationId })).holds).toEqual([]);
  expect(await main.getByRole('button', { name: 'Pause sending' }).count()).toBe(1);
  // The whole way once more, now with a pause that arrives.
  await page.keyboard.press('p');
  await main.getByText(/^Paused since/u).waitFor();
  await account.setFaults([]);
  await page.keyboard.press('p');
  await until(async () => (await bridge.engine.glance({ destinationId })).counts.indexed, PHOTOS);
  await main.getByText('Nothing is on the way').waitFor();
  await untilText(() => statusSentence(page), /^40 indexed ?· ?everything is there/u);
  const ids = (await account.inputs()).map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([PHOTOS, PHOTOS]);
  const seen = await bars();
  expect(seen).toEqual(seen.map((told) => told.toSorted((a, b) => a - b)));
  expect(window.problems).toEqual([]);
}, 300_000);

it('with the failures in view, under a button that was pressed and one that is pressed in between', async () => {
  const { page, bridge } = window;
  const { destinationId } = await bridge.engine.glance({ destinationId: null });
  await bridge.engine.addFolders({ paths: [shoot], destinationId });
  const indexed = async (): Promise<number> => (await bridge.engine.glance({ destinationId })).counts.indexed;
  await until(indexed, PHOTOS, { patienceMs: 120_000 });
  await account.setFaults([{ kind: 'per-input', code: 30_106, details: 'Not this one.' }]);
  await writePhotos(shoot, REFUSED, PHOTOS);
  const failed = async (): Promise<number> => (await bridge.engine.glance({ destinationId })).failureCount;
  await until(failed, REFUSED);
  const main = await goTo(page, 'Failures');
  const card = main.getByRole('listitem', { name: /^5 photos\s*The service refused/u });
  await card.waitFor();

  // The order leaves the page and is never read.
  process.kill(enginePid(), 'SIGSTOP');
  await main.getByRole('button', { name: 'Try all again' }).click();
  let held = await killEngine();
  await untilText(() => statusSentence(page), GONE);
  await main.getByText(NOT_CONFIRMED).first().waitFor();
  expect(await main.getByText(/queued again/u).count()).toBe(0);
  held.release();
  await until(async () => !GONE.test(await statusSentence(page)), true);
  await card.waitFor();
  expect(await failed()).toBe(REFUSED);

  // Killed as soon as the order is out: whichever way it went, the page shows what the ledger has.
  await account.setFaults([{ kind: 'delay', ms: 60_000, when: 'before', on: POST }]);
  await closeOutcome(page);
  await main.getByRole('button', { name: 'Try all again' }).click();
  held = await killEngine();
  await untilText(() => statusSentence(page), GONE);
  const again = main.getByRole('button', { name: 'Leave out for good' });
  // Nothing that is pressed now is done later.
  if ((await again.count()) > 0) {
    await outcomeOf(page).waitFor();
    await closeOutcome(page);
    await again.first().click();
    await main.getByText(NOT_CONFIRMED).first().waitFor();
  }
  await account.setFaults([]);
  held.release();
  await until(async () => !GONE.test(await statusSentence(page)), true);
  await until(async () => {
    const hasFailed = (await failed()) > 0;
    const told = main.getByText(hasFailed ? /The service refused the pictures?\./u : 'Nothing needs you');
    return (await told.count()) > 0;
  }, true);
  if ((await failed()) > 0) await main.getByRole('button', { name: 'Try all again' }).click();
  await until(indexed, PHOTOS + REFUSED);
  expect((await bridge.engine.failureGroups({ destinationId })).leftOut).toEqual({
    photoCount: 0,
    fileCount: 0,
  });
  const ids = (await account.inputs()).map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([PHOTOS + REFUSED, PHOTOS + REFUSED]);
  await goTo(page, 'Queue');
  await untilText(() => statusSentence(page), /^45 indexed ?· ?everything is there/u);
  expect(window.problems).toEqual([]);
}, 300_000);
