/**
 * Two pages whose answers come late and in any order, while both pause and resume, try again, leave out, take in, undo
 * and change the folder, photos come in and a line breaks: when all is silent, queue, plan, failures, folders and strip
 * of both say what the ledger and the account have; and on the way nothing that only grows was ever shown smaller.
 */
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { errors, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { statusParts } from '../../renderer/src/frame/status-line.ts';
import { groupCount } from '../../renderer/src/text/failures.ts';
import { folderLines } from '../../renderer/src/text/folders.ts';
import { destinationName } from '../../renderer/src/text/frame.ts';
import { planNotes, planSentence, waitSentence } from '../../renderer/src/text/queue.ts';
import { random } from '../support/drawing.ts';
import { POST } from '../support/practice.ts';
import { startStudio, writePhotos, type Studio } from '../support/window.ts';
import { LATE_MS, openBadly, type BadWindow } from './bad-line.ts';
import { browser } from './browser.ts';
import { GROWING, watchGrowth, type Growth } from './growth.ts';
import { goTo, openWindow, until } from './page-model.ts';

const STEPS = 90;
const PHOTOS = 16;
/** A few more come in every so many steps. */
const MORE_EVERY = 15;
const MORE = 2;
/** As this process writes times, so that they can be compared. */
const { locale: LOCALE } = new Intl.DateTimeFormat().resolvedOptions();
const PLACES = ['Sheet', 'Queue', 'Failures', 'Account'] as const;
/** Another one each run; `SEED=…` repeats one. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

/** Presses a button of the place that is shown, if it comes within what an answer may be late. */
async function press(page: Page, label: string): Promise<boolean> {
  const pressed = page.waitForFunction(
    (label) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('main button')];
      const button = buttons.find((one) => one.textContent === label && !one.disabled);
      button?.click();
      return button !== undefined;
    },
    label,
    { timeout: LATE_MS * 5 },
  );
  return pressed.then(
    () => true,
    (error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    },
  );
}

/** Turns one choice of the folder over and saves it; over a broken line it may be said that nobody knows, and is left. */
async function changeFolder(page: Page, choice: string): Promise<void> {
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Change Shoot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change Shoot' });
  await dialog.getByRole('checkbox', { name: choice }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const isUnsure = dialog.getByText('The line broke before that was confirmed.');
  await until(async () => (await dialog.isHidden()) || (await isUnsure.isVisible()), true);
  if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** One act of a person. */
async function act(page: Page, next: () => number): Promise<string> {
  const pick = <T>(choices: readonly T[]): T =>
    choices[Math.floor(next() * choices.length)] ?? (choices[0] as T);
  const kind = pick([
    'go',
    'go',
    'pause',
    'pause',
    'retry',
    'skip',
    'takeIn',
    'undo',
    'folder',
    'scan',
  ] as const);
  const acts: Readonly<Record<typeof kind, () => Promise<unknown>>> = {
    go: () => goTo(page, pick(PLACES)),
    pause: () => page.keyboard.press('p'),
    retry: () => goTo(page, 'Failures').then(() => press(page, pick(['Try all again', 'Try again']))),
    skip: () => goTo(page, 'Failures').then(() => press(page, 'Leave out for good')),
    takeIn: () => goTo(page, 'Failures').then(() => press(page, 'Take in again')),
    undo: () => page.keyboard.press(pick(['Control+z', 'Control+Shift+z'])),
    folder: () => changeFolder(page, pick(['The name of the file', 'When it was taken'])),
    scan: () => goTo(page, 'Account').then(() => press(page, 'Look through now')),
  };
  const done = await acts[kind]();
  return done === false ? `${kind} (nothing to press)` : kind;
}

type WatchedWindow = BadWindow & { readonly growth: () => Promise<Growth> };

/** Leads pages to where all that only grows is said: in the queue while something waits, and in the folders. */
async function showGrowth(studio: Studio, windows: readonly WatchedWindow[], from: number): Promise<void> {
  const { line } = studio.host();
  await line.pause({});
  await writePhotos(path.join(studio.home, 'Shoot'), MORE, from);
  await until(async () => (await line.glance({ destinationId: null })).counts.queued, MORE);
  for (const { page, growth } of windows) {
    const sees = (what: string) => async (): Promise<boolean> => (await growth()).seen.includes(what);
    await goTo(page, 'Queue');
    await until(sees('there in the plan'), true);
    await goTo(page, 'Account');
    await until(sees('indexed in the folder'), true);
  }
  await line.resume({});
}

/** What should stand in each place, by the ledger. */
async function truth(
  studio: Studio,
): Promise<Readonly<Record<'Queue' | 'Failures' | 'Account', readonly string[]>>> {
  const { line } = studio.host();
  const glance = await line.glance({ destinationId: null });
  const { destinationId } = glance;
  const now = Date.now();
  const [queue, plan] = [await line.queue({ destinationId }), await line.plan({ destinationId })];
  const { groups, leftOut } = await line.failureGroups({ destinationId });
  const { folders } = await line.folders({});
  const strip = statusParts(glance, now).map(({ text }) => text);
  const isEmpty = plan.photoCount + plan.sendingCount + glance.waitingPaths + glance.counts.accepted === 0;
  const [destination] = glance.destinations.filter(({ id }) => id === destinationId);
  return {
    Queue: [
      ...strip,
      ...(isEmpty
        ? ['Nothing is on the way']
        : [
            planSentence({ ...plan, secondsLeft: null }).slice(0, -1),
            ...planNotes({ ...plan, secondsLeft: 1 }),
          ]),
      ...queue.waits.map((wait) => waitSentence(wait, now)),
    ],
    Failures: [
      ...strip,
      ...groups.flatMap((group) => [group.sentence, groupCount(group)]),
      ...(leftOut.photoCount + leftOut.fileCount > 0 ? [`You left out ${groupCount(leftOut)}.`] : []),
    ],
    Account: folders.flatMap((folder) =>
      folderLines(folder, destination === undefined ? '' : destinationName(destination)).map(
        ({ value }) => value,
      ),
    ),
  };
}

/** What a page does not say that is so, place by place. */
async function unsaid(studio: Studio, { page }: BadWindow): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of ['Queue', 'Failures', 'Account'] as const) {
    await goTo(page, place);
    // What the place asks for when it comes has to have come.
    await setTimeout(LATE_MS * 3);
    const wanted = (await truth(studio))[place];
    const text = (await page.locator('body').innerText()).replaceAll(/\s+/gu, ' ');
    found.push(
      ...wanted
        .filter((line) => !text.includes(line.replaceAll(/\s+/gu, ' ')))
        .map((line) => `${place}: ${line}`),
    );
  }
  return found;
}

/** Waits until no message comes or goes any more, in places where nobody asks unless something changes. */
async function untilSilent(windows: readonly BadWindow[]): Promise<void> {
  for (const { page } of windows) await goTo(page, 'Account');
  const messages = (): readonly number[] => windows.map(({ messageCount }) => messageCount());
  await until(async () => {
    const before = messages();
    await setTimeout(LATE_MS * 10);
    return isDeepStrictEqual(messages(), before);
  }, true);
}

/** Inputs of the account that the ledger does not say are there, and the other way round. */
async function unlikeAccount(studio: Studio): Promise<readonly string[]> {
  const known = (await studio.rows()).filter(({ state }) => state === 'indexed' || state === 'accepted');
  const ids = known.map(({ pictureHash }) => pictureHash?.slice(0, 32) ?? '');
  const there = (await studio.account.inputs()).map(({ id }) => id);
  return [...ids.filter((id) => !there.includes(id)), ...there.filter((id) => !ids.includes(id))];
}

it(`says in queue, failures, folders and strip of both pages what the ledger has, once all is silent (SEED=${SEED})`, async () => {
  const next = random(SEED);
  await using studio = await startStudio({ photoCount: PHOTOS, brokenCount: 2 });
  await studio.account.setFaults([
    { kind: 'per-input', code: 30_106, details: 'Not this one.', every: 4, times: 3 },
    { kind: 'delay', ms: 300, when: 'before', on: POST },
  ]);
  const { address, line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId });
  const windows: WatchedWindow[] = [];
  for (const window of [
    await openBadly(browser, address, next, LOCALE),
    await openBadly(browser, address, next, LOCALE),
  ]) {
    await window.page.getByRole('button', { name: /^Sheet, \d+ photos/u }).waitFor();
    windows.push({ ...window, growth: await watchGrowth(window.page) });
  }

  const done: string[] = [];
  let photoCount = PHOTOS;
  for (let step = 0; step < STEPS; step += 1) {
    const which = next() < 0.5 ? 0 : 1;
    const window = windows[which];
    if (window === undefined) throw new Error('There are two windows.');
    done.push(`${which}: ${await act(window.page, next)}`);
    if (step % MORE_EVERY === 0) {
      await writePhotos(path.join(studio.home, 'Shoot'), MORE, photoCount);
      photoCount += MORE;
    }
    if (step === STEPS / 2) await window.cut();
  }
  const what = `seed ${SEED}: ${done.join(', ')}`;

  const isStill = (): Promise<void> =>
    until(() => studio.isQuiet(), true, { patienceMs: 60_000 }).catch((error: unknown) => {
      throw new Error(`It does not come to rest, ${what}`, { cause: error });
    });
  // A pause that was pressed last is on its way for a while.
  await untilSilent(windows);
  await line.resume({});
  await isStill();
  await showGrowth(studio, windows, photoCount);
  await isStill();
  await untilSilent(windows);
  // A page that is opened now, over a good line, sees the same as both.
  const fresh = await openWindow(browser, address, { locale: LOCALE });
  for (const window of [...windows, { ...windows[0], ...fresh } as BadWindow])
    await until(() => unsaid(studio, window), []).catch((error: unknown) => {
      throw new Error(`A page does not agree, ${what}`, { cause: error });
    });
  expect(await unlikeAccount(studio), what).toEqual([]);
  const ids = (await studio.account.inputs()).map(({ id }) => id);
  expect(new Set(ids).size, what).toBe(ids.length);
  for (const { growth } of windows) {
    const { shrunk, seen } = await growth();
    expect(shrunk, what).toEqual([]);
    expect(seen.toSorted(), what).toEqual(GROWING.toSorted());
  }
  for (const { problems, close } of [...windows, fresh]) {
    await close();
    expect(problems, what).toEqual([]);
  }
}, 300_000);
