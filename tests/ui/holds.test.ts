/**
 * What keeps everything from being sent, made for real and seen in the window: one banner that says what, since when and
 * what ends it, no failed photo, no attempt spent; and once it has ended, every photo is there once.
 */
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openLedger } from '../../electron/engine/ledger/ledger.ts';
import { POST, type FaultRule } from '../support/practice.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { browser } from './browser.ts';
import { goTo, openWindow, statusSentence, until, untilText, withTimes, type Window } from './page-model.ts';

const PHOTOS = 12;

/** What is kept of every photo: how often it was tried, and whether anything was ever held against it. */
function triesIn(studio: Studio): { readonly attempts: readonly number[]; readonly failureCount: number } {
  const ledger = openLedger(path.join(studio.dataFolder, 'ledger.db'), { readonly: true });
  try {
    const attempts = ledger.db.prepare('SELECT attempts FROM upload').pluck().all() as number[];
    const failureCount = ledger.db.prepare('SELECT count(*) FROM failure').pluck().get() as number;
    return { attempts, failureCount };
  } finally {
    ledger.close();
  }
}

/** A machine whose photos go to an account elsewhere, with this token; no folder is added yet. */
async function startAccountElsewhere(token?: string) {
  await using started = new AsyncDisposableStack();
  const studio = started.use(await startStudio({ photoCount: PHOTOS, isAccountElsewhere: true }));
  const { line } = studio.host();
  const { baseUrl, userId, appId, pat } = studio.account.names;
  await line.savePat({ baseUrl, pat: token ?? pat });
  const { destinationId } = await line.addDestination({ baseUrl, userId, appId });
  await line.saveViewSettings({ settings: { destinationId } });
  const glance = () => line.glance({ destinationId });
  started.move();
  return {
    studio,
    line,
    glance,
    addFolder: () => line.addFolders({ paths: [path.join(studio.home, 'Shoot')], destinationId }),
    /** Every photo is found and looked at. */
    untilTakenIn: () =>
      until(
        async () => {
          const { counts, waitingPaths } = await glance();
          return { found: counts.found, waitingPaths, all: Object.values(counts).reduce((a, b) => a + b, 0) };
        },
        { found: 0, waitingPaths: 0, all: PHOTOS },
      ),
  };
}

type Elsewhere = Awaited<ReturnType<typeof startAccountElsewhere>>;

/** The queue in a window, and the banners in it. */
async function openQueue(
  studio: Studio,
): Promise<Window & { readonly banners: Locator; readonly main: Locator }> {
  const window = await openWindow(browser, studio.host().address);
  const main = await goTo(window.page, 'Queue');
  return {
    ...window,
    main,
    banners: main.getByRole('list', { name: 'What holds the sending' }).getByRole('listitem'),
  };
}

/** One banner with that sentence, the same in the status strip; nothing failed and nothing was counted as a try. */
async function expectHeld(
  { studio, glance, untilTakenIn }: Elsewhere,
  { page, banners }: { readonly page: Page; readonly banners: Locator },
  sentence: RegExp,
): Promise<void> {
  await untilTakenIn();
  await untilText(async () => (await banners.allInnerTexts()).join('\n---\n'), sentence);
  expect(await banners.count()).toBe(1);
  const [said = ''] = (await banners.first().innerText()).split('\n');
  expect(said).toMatch(/\d photos wait/u);
  await until(async () => (await statusSentence(page)).includes(said), true);
  expect(await page.getByRole('button', { name: /need(s)? you/u }).count()).toBe(0);
  const { counts, failureCount, holds } = await glance();
  expect({ failed: counts.failed, failureCount, holdCount: holds.length }).toEqual({
    failed: 0,
    failureCount: 0,
    holdCount: 1,
  });
  expect(triesIn(studio)).toEqual({ attempts: Array(PHOTOS).fill(0), failureCount: 0 });
}

/** Presses *Try now*: whether a request came before the time at which one comes by itself. */
async function isTriedEarly({ studio, glance }: Elsewhere, banners: Locator): Promise<boolean> {
  const ownTryAt = (await glance()).holds[0]?.until ?? 0;
  const asked = await studio.account.requestCount('GET');
  await banners.getByRole('button', { name: 'Try now' }).click();
  let isEarly = false;
  await until(async () => {
    const hasCome = (await studio.account.requestCount('GET')) > asked;
    const isOver = Date.now() >= ownTryAt;
    isEarly = hasCome && !isOver;
    return hasCome || isOver;
  }, true);
  return isEarly;
}

/** All photos are indexed, each input exists once, no banner is left, and nothing was ever counted as a try. */
async function expectAllThere(
  { studio, glance }: Elsewhere,
  { banners, problems, close }: Window & { readonly banners: Locator },
): Promise<void> {
  await until(async () => (await glance()).counts.indexed, PHOTOS);
  await until(() => banners.count(), 0);
  const wanted = (await studio.rows()).map(({ pictureHash }) => pictureHash?.slice(0, 32) ?? '');
  const there = (await studio.account.inputs()).map(({ id }) => id);
  expect(there.toSorted()).toEqual(wanted.toSorted());
  expect(triesIn(studio)).toEqual({ attempts: Array(PHOTOS).fill(0), failureCount: 0 });
  expect(problems).toEqual([]);
  await close();
}

it('a token that is refused is said once, and a valid one is entered where the banner leads', async () => {
  const elsewhere = await startAccountElsewhere('revoked-token-of-mine');
  await using studio = elsewhere.studio;
  await elsewhere.addFolder();
  const window = await openQueue(studio);
  const { page, banners } = window;
  const sentence = withTimes(
    /^The token has not been accepted since 00:00\. 12 photos wait until a valid token is entered\./u,
  );
  await expectHeld(elsewhere, window, sentence);

  await banners.getByRole('button', { name: 'Enter another token' }).click();
  const account = page.getByRole('main', { name: 'Account' });
  const field = account.getByLabel('Personal access token');
  await until(() => field.evaluate((element) => element === document.activeElement), true);
  expect(await account.getByText('The service does not accept the personal access token.').count()).toBe(1);
  // Another one that is wrong is told before it is kept, and the account stays held.
  await page.keyboard.type('another-wrong-token');
  await page.keyboard.press('Enter');
  await account.getByText(/^The service does not know this token\./u).waitFor();
  expect(await account.getByRole('button', { name: 'Keep this token' }).count()).toBe(0);
  expect((await elsewhere.glance()).holds.map(({ kind }) => kind)).toEqual(['token-rejected']);
  await field.fill(studio.account.names.pat);
  await page.keyboard.press('Enter');
  await account.getByRole('button', { name: 'Keep this token' }).click();
  await page.getByText('The token is kept. What waits for it goes on by itself.').first().waitFor();
  await account
    .getByText('The service does not accept the personal access token.')
    .waitFor({ state: 'hidden' });
  await goTo(page, 'Queue');
  await expectAllThere(elsewhere, window);
});

it('a token that is not allowed to send is said once, and goes on when one that is has been entered', async () => {
  const elsewhere = await startAccountElsewhere();
  await using studio = elsewhere.studio;
  await studio.account.setFaults([{ kind: 'status', http: 403, code: 11_007 }]);
  await elsewhere.addFolder();
  const window = await openQueue(studio);
  const { page, banners } = window;
  await expectHeld(
    elsewhere,
    window,
    withTimes(
      /^The token has not been allowed to send since 00:00\. 12 photos wait until a token with the right scopes/u,
    ),
  );
  await studio.account.setFaults([]);
  await banners.getByRole('button', { name: 'Enter another token' }).click();
  await page.keyboard.type(studio.account.names.pat);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Keep this token' }).click();
  await goTo(page, 'Queue');
  await expectAllThere(elsewhere, window);
});

it('a quota that is used up is said once, and tried when the owner wants it', async () => {
  const elsewhere = await startAccountElsewhere();
  await using studio = elsewhere.studio;
  await studio.account.setFaults([{ kind: 'quota', after: 0 }]);
  await elsewhere.addFolder();
  const window = await openQueue(studio);
  const sentence = withTimes(
    /^The quota of the account has been used up since 00:00\. 12 photos wait until the plan allows more\./u,
  );
  await expectHeld(elsewhere, window, sentence);
  const since = (await elsewhere.glance()).holds[0]?.since;

  // Too early: it holds as before, and no photo pays for it.
  const asked = await studio.account.requestCount('POST');
  await window.banners.getByRole('button', { name: 'Try now' }).click();
  await until(async () => (await studio.account.requestCount('POST')) > asked, true);
  await until(async () => (await elsewhere.glance()).counts.sending, 0);
  await expectHeld(elsewhere, window, sentence);
  expect((await elsewhere.glance()).holds[0]?.since).toBe(since);

  await studio.account.setFaults([]);
  await window.banners.getByRole('button', { name: 'Try now' }).click();
  await expectAllThere(elsewhere, window);
});

it('a service that asks for fewer requests is said once, and ends by itself', async () => {
  const elsewhere = await startAccountElsewhere();
  await using studio = elsewhere.studio;
  const headers = { 'Retry-After': '2' };
  await studio.account.setFaults([{ kind: 'status', http: 429, code: 11_005, headers }]);
  await elsewhere.addFolder();
  const window = await openQueue(studio);
  const sentence = withTimes(
    /^The service has asked for fewer requests since 00:00\. 12 photos wait; they go by themselves\.\s+Next try 00:00\./u,
  );
  await expectHeld(elsewhere, window, sentence);
  await studio.account.setFaults([]);
  await expectAllThere(elsewhere, window);
});

it('a server that goes away under a batch is said once, and ends by itself', async () => {
  const elsewhere = await startAccountElsewhere();
  await using studio = elsewhere.studio;
  // Everything is stored there, and no answer comes: what arrived is asked about, not sent again.
  await studio.account.setFaults([{ kind: 'delay', ms: 60_000, when: 'after-storing', on: POST }]);
  await elsewhere.addFolder();
  await until(async () => (await studio.account.inputs()).length > 0, true);
  await elsewhere.untilTakenIn();
  await studio.account.goAway();
  const window = await openQueue(studio);
  await expectHeld(
    elsewhere,
    window,
    withTimes(/^Offline since 00:00\. 12 photos wait; they go by themselves\.\s+Next try 00:00\./u),
  );
  await studio.account.comeBack();
  await expectAllThere(elsewhere, window);
});

it('a web page in the place of the service is said once, also when it is tried in vain, and ends by itself', async () => {
  const elsewhere = await startAccountElsewhere();
  await using studio = elsewhere.studio;
  const portal: readonly FaultRule[] = [{ kind: 'html' }];
  await studio.account.setFaults(portal);
  await elsewhere.addFolder();
  const window = await openQueue(studio);
  const sentence = withTimes(/^Offline since 00:00\. 12 photos wait; they go by themselves\./u);
  await expectHeld(elsewhere, window, sentence);
  await until(() => isTriedEarly(elsewhere, window.banners), true);
  await expectHeld(elsewhere, window, sentence);
  await studio.account.setFaults([]);
  await expectAllThere(elsewhere, window);
});
