/** What a browser shows of Tagalong beside its page, and the settings of the desktop as the page shows them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStudio, writePhotos, type Studio } from '../support/window.ts';
import { giveBridge } from './bridge-stand-in.ts';
import { browser } from './browser.ts';
import { goTo, openWindow, until, untilText } from './page-model.ts';
import type { DesktopChange } from '#shared/desktop.ts';
import { RUN_REST_MS } from '#shared/news.ts';

const { version: VERSION } = createRequire(import.meta.url)('../../package.json') as {
  readonly version: string;
};

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ photoCount: 2, isTakenIn: true });
  await until(async () => (await studio.rows()).map(({ state }) => state), ['indexed', 'indexed']);
  await studio.account.setFaults([{ kind: 'indexing-failure' }]);
  await writePhotos(path.join(studio.home, 'Shoot'), 1, 2);
});
afterAll(() => studio[Symbol.asyncDispose]());

/** A browser whose page is not looked at; notes what it shows, and what it was asked. Runs in the page. */
function exposeNotifications(permission: NotificationPermission): void {
  class Notified extends EventTarget {
    static permission = permission;
    static asked = 0;
    static shown: string[] = [];
    static requestPermission(): Promise<string> {
      Notified.asked += 1;
      Notified.permission = 'granted';
      return Promise.resolve('granted');
    }
    constructor(title: string, { body = '' }: { readonly body?: string } = {}) {
      super();
      Notified.shown.push(`${title}: ${body}`);
    }
  }
  Object.assign(window, { Notification: Notified });
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
}

/** What {@link exposeNotifications} noted. */
function noted(page: Page): Promise<{ readonly asked: number; readonly shown: readonly string[] }> {
  return page.evaluate(() => {
    const { asked, shown } = Notification as unknown as { asked: number; shown: string[] };
    return { asked, shown };
  });
}

async function goToSettings(page: Page): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('heading', { level: 2, name: 'Desktop' }).waitFor();
}

describe('a browser', () => {
  it('counts in the title what needs the owner, and asks about notifications when a button is pressed', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await page.addInitScript(exposeNotifications, 'default' as const);
    await page.reload();
    await until(() => page.title(), '(1) Tagalong');
    await goToSettings(page);
    expect(await noted(page)).toEqual({ asked: 0, shown: [] });
    await page.getByRole('button', { name: 'Allow notifications' }).click();
    await page.getByText('This page tells when a run has ended').waitFor();
    expect(await noted(page)).toEqual({ asked: 1, shown: [] });
    expect(problems).toEqual([]);
    await close();
  });

  it('tells once that a run has ended and once that its token is refused, and nothing to whoever looks', async () => {
    const { line } = studio.host();
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await page.clock.install();
    await page.addInitScript(exposeNotifications, 'granted' as const);
    await page.reload();
    const shoot = path.join(studio.home, 'Shoot');
    const addPhoto = (from: number) => writePhotos(shoot, 1, from);
    const toldCount = async () => (await noted(page)).shown.length;
    const strip = () => page.getByRole('contentinfo').innerText();

    await studio.account.setFaults([]);
    // The page is to see that there is work before it is done.
    await line.pause({});
    await addPhoto(3);
    await untilText(strip, /\b1 photo waits?\b/u);
    await line.resume({});
    await until(async () => {
      await page.clock.fastForward(RUN_REST_MS);
      return toldCount();
    }, 1);
    await studio.account.setFaults([{ kind: 'revoke-pat' }]);
    await addPhoto(4);
    await until(toldCount, 2);
    await addPhoto(5);
    await untilText(strip, /\b2 photos wait\b/u);
    expect((await noted(page)).shown).toEqual([
      expect.stringMatching(/1 photo is indexed/u),
      expect.stringMatching(/^Sending needs you: The service does not accept the personal access token\./u),
    ]);

    await page.addInitScript(() =>
      Object.defineProperty(document, 'visibilityState', { get: () => 'visible' }),
    );
    await page.reload();
    await untilText(strip, /\b2 photos wait\b/u);
    expect(await toldCount()).toBe(0);
    await studio.account.setFaults([]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the desktop’s settings', () => {
  it('are shown as they are kept, change what is clicked, and say when they could not be saved', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await giveBridge(page, {});
    await page.addInitScript(() => {
      const { tagalong } = window as unknown as { tagalong?: { host: Record<string, unknown> } };
      if (tagalong === undefined) return;
      const { host } = tagalong;
      const facts = host['hostFacts'] as (nothing: object) => Promise<object>;
      let state = {
        settings: { staysInTray: false, notifies: true, pausesOnBattery: false, pausesOnMetered: false },
        opensAtLogin: null,
        update: null,
      };
      let isBroken = false;
      Object.assign(window, { breakSettings: () => (isBroken = true) });
      host['hostFacts'] = async (nothing: object) => ({ ...(await facts(nothing)), kind: 'electron' });
      host['desktop'] = () => Promise.resolve(state);
      host['saveDesktop'] = (change: DesktopChange) => {
        if (isBroken) return Promise.reject(new Error('The disk is full.'));
        state = { ...state, settings: { ...state.settings, ...change } };
        return Promise.resolve(state);
      };
    });
    await page.reload();
    await goToSettings(page);
    const section = page.getByRole('region', { name: 'Desktop' });
    const boxes = section.getByRole('checkbox');
    const states = () => boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-checked')));
    // A start at login is not offered where the system cannot be asked for it.
    await until(states, ['true', 'false', 'false', 'false']);
    await section.getByRole('checkbox', { name: /^Go on working/u }).click();
    await until(states, ['true', 'true', 'false', 'false']);
    await page.evaluate(() => (window as unknown as { breakSettings(): void }).breakSettings());
    await section.getByRole('checkbox', { name: /^Notify me/u }).click();
    await section.getByRole('alert').getByText('The setting could not be saved.').waitFor();
    expect(await states()).toEqual(['true', 'true', 'false', 'false']);
    expect(problems).toEqual([]);
    await close();
  });

  it('offer a newer version, download it and restart when the owner says so, and say what failed', async () => {
    const { page, problems, close } = await openWindow(browser, studio.host().address);
    await giveBridge(page, {});
    await page.addInitScript(exposeUpdates);
    await page.reload();
    await goToSettings(page);
    const section = page.getByRole('region', { name: 'Desktop' });
    await section.getByRole('checkbox', { name: 'Look for new versions of Tagalong' }).waitFor();
    await section.getByText(`This is version ${VERSION}.`).waitFor();
    await section.getByText(/Nothing but that request is sent/u).waitFor();
    const press = (name: string) => section.getByRole('button', { name }).click();
    const answer = (given: object | null) =>
      page.evaluate((update) => Object.assign(window, { newUpdate: update }), given);
    await press('Look now');
    await section
      .getByRole('alert')
      .getByText('It could not be found out whether there is a newer version.')
      .waitFor();
    await answer({ state: 'none' });
    await press('Look now');
    await page.getByRole('region', { name: 'Last act' }).getByText('There is no newer version.').waitFor();
    await answer({ state: 'offered', version: '0.2.0', hasFailed: false });
    await press('Look now');
    await section.getByText('Version 0.2.0 can be had.').waitFor();
    await answer({ state: 'loading', version: '0.2.0', fraction: 0.4 });
    await press('Download');
    await section.getByText('Version 0.2.0 is being downloaded: 40%').waitFor();
    // Nobody presses anything for this: the page asks how far it is.
    await answer({ state: 'offered', version: '0.2.0', hasFailed: true });
    await section.getByText('Version 0.2.0 could not be downloaded.').waitFor();
    await answer({ state: 'ready', version: '0.2.0' });
    await press('Try again');
    await section.getByText('Version 0.2.0 is ready.').waitFor();
    await page.getByRole('status').getByText('Version 0.2.0 is ready.').waitFor();
    await press('Restart to use it');
    expect(await page.evaluate(() => (window as unknown as { acts: unknown }).acts)).toEqual([
      'look',
      'look',
      'look',
      'load',
      'load',
      'restart',
    ]);
    expect(problems).toEqual([]);
    await close();
  });
});

/** A desktop whose newer version is what a test puts into `newUpdate`; null: the feed does not answer. Runs in the page. */
function exposeUpdates(): void {
  const shown = window as unknown as {
    tagalong?: { host: Record<string, unknown> };
    newUpdate: object | null;
    acts: string[];
  };
  if (shown.tagalong === undefined) return;
  const { host } = shown.tagalong;
  const facts = host['hostFacts'] as (nothing: object) => Promise<object>;
  const settings = {
    staysInTray: false,
    notifies: true,
    pausesOnBattery: false,
    pausesOnMetered: false,
    looksForUpdates: true,
  };
  const state = () => ({ settings, opensAtLogin: true, update: shown.newUpdate ?? { state: 'none' } });
  shown.newUpdate = null;
  shown.acts = [];
  host['hostFacts'] = async (nothing: object) => ({ ...(await facts(nothing)), kind: 'electron' });
  host['desktop'] = () => Promise.resolve(state());
  host['updateTagalong'] = ({ act }: { readonly act: string }) => {
    shown.acts.push(act);
    return shown.newUpdate === null ? Promise.reject(new Error('No line.')) : Promise.resolve(state());
  };
}
