/** The first screen: what is wrong with an account, said where it was typed, and folders that are dropped on the window. */
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { quietFreePort } from '../support/listen.ts';
import { startStudio, writePhotos, type Studio } from '../support/window.ts';
import type { AccountNames } from '../support/window-account.ts';
import { giveBridge } from './bridge-stand-in.ts';
import { browser } from './browser.ts';
import { openWindow, typeAccount, until, untilPictures, untilSheetHas } from './page-model.ts';

const WRONG_TOKEN = 'wrong-token-5f1e0c';

/** What *Check* says in the form. */
async function checkSays(page: Page, account: AccountNames): Promise<string> {
  await typeAccount(page, account);
  const form = page.getByRole('region', { name: 'Account' });
  // What was said of something else is gone as soon as another letter is typed.
  expect(await form.getByRole('status').innerText()).toBe('');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const told = form.getByRole('status').filter({ hasText: /\./u });
  await told.waitFor();
  return (await told.innerText()).split('\n')[0] ?? '';
}

/** Everything of the page that could hold a secret: its elements, what is typed into them, what it stores, its history. */
function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input')].map(({ value }) => value),
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
      document.cookie,
      location.href,
      JSON.stringify(history.state),
    ].join('\n'),
  );
}

/** Files of the data folder that hold these letters, by their names in it. */
async function filesWith(studio: Studio, secret: string): Promise<string[]> {
  const names = await readdir(studio.dataFolder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if ((await readFile(file)).includes(secret)) found.push(path.relative(studio.dataFolder, file));
  }
  return found;
}

it('says in plain words what is wrong with an account, and keeps its token out of the page and of every log', async () => {
  await using studio = await startStudio({ isAccountElsewhere: true });
  const { names } = studio.account;
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  const sent: string[] = [];
  page.on('console', (message) => sent.push(message.text()));
  page.on('request', (request) => sent.push(request.url()));
  await page.getByRole('button', { name: 'Use my Clarifai account' }).click();

  expect(await checkSays(page, { ...names, pat: WRONG_TOKEN })).toMatch(
    /^The service does not know this token\. Copy the personal access token/u,
  );
  expect(await checkSays(page, { ...names, appId: 'no-such-app' })).toMatch(
    /^The service finds no such user or app for this token\. Compare both ids/u,
  );
  await studio.account.setFaults([
    { kind: 'status', http: 403, code: 11007, on: { path: '^/inputs/status$' } },
  ]);
  expect(await checkSays(page, names)).toMatch(/^The token is right but not allowed to read inputs\./u);
  await studio.account.setFaults([]);
  expect(await checkSays(page, { ...names, baseUrl: `http://127.0.0.1:${await quietFreePort()}` })).toMatch(
    /^The service cannot be reached\. Check the network and the address/u,
  );
  // Nothing that was wrong became an account.
  expect((await studio.host().line.glance({ destinationId: null })).destinations).toHaveLength(1);

  expect(await checkSays(page, names)).toMatch(/^The account works\. It holds 0 photos now\.$/u);
  await page.getByRole('button', { name: 'Use this account' }).click();
  await page.getByText(`Photos go to ${names.userId} / ${names.appId}.`).waitFor();
  for (const secret of [names.pat, WRONG_TOKEN]) {
    expect(await everythingIn(page)).not.toContain(secret);
    expect(sent.join('\n')).not.toContain(secret);
    expect(studio.host().words()).not.toContain(secret);
  }
  const kept = await filesWith(studio, names.pat);
  expect(kept).toHaveLength(1);
  expect((await stat(path.join(studio.dataFolder, kept[0] ?? ''))).mode & 0o777).toBe(0o600);
  expect(await filesWith(studio, WRONG_TOKEN)).toEqual([]);

  // Whoever asks again is shown an empty form.
  await page.getByRole('button', { name: 'Use my Clarifai account' }).click();
  expect(await page.getByLabel('Personal access token').inputValue()).toBe('');
  await close();
  expect(problems).toEqual([]);
});

/** Holds files and folders of this machine over the window, as the system does, and lets them go there or takes them away. */
async function drag(page: Page, files: readonly string[], letsGo = true): Promise<void> {
  const line = await page.context().newCDPSession(page);
  const over = page.getByText('Drop folders to add them');
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const tell = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    line.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await tell('dragEnter');
  await tell('dragOver');
  await over.waitFor();
  // As a hand that holds them for longer than one move: what lies under it then has said that it takes them.
  await tell('dragOver');
  if (letsGo) await tell('drop');
  else {
    // The page is not told of the end, as when what lay under the pointer went in the meantime: it sees it by the pointer.
    await tell('dragCancel');
    await page.mouse.move(300, 300);
  }
  await over.waitFor({ state: 'detached' });
  await line.detach();
}

async function watched(studio: Studio): Promise<string[]> {
  const { folders } = await studio.host().line.glance({ destinationId: null });
  return folders.map((folder) => folder.path).toSorted();
}

it('adds the folders that are dropped on the desktop window, and says why others cannot be', async () => {
  await using studio = await startStudio({ photoCount: 3 });
  const [shoot, other, away] = ['Shoot', 'Other', 'Away'].map((name) => path.join(studio.home, name));
  if (shoot === undefined || other === undefined || away === undefined) throw new Error('There are three.');
  await writePhotos(other, 2, 10);
  await mkdir(away);
  const photo = path.join(shoot, 'DSC_0001.jpg');
  const { page, problems, close } = await openWindow(browser, 'about:blank');
  await giveBridge(page, { Shoot: shoot, Other: other, 'DSC_0001.jpg': photo });
  await page.goto(studio.host().address);
  await page.getByRole('heading', { name: 'Add your photos' }).waitFor();

  await drag(page, [shoot, other], false);
  await drag(page, [away]);
  await page
    .getByText('What was dropped has no folder on this machine. Choose one instead.')
    .first()
    .waitFor();
  await drag(page, [photo]);
  const refusal = page.getByRole('dialog', { name: 'The folder was not added' });
  await refusal.getByText('~/Shoot/DSC_0001.jpg is a file. Name the folder it is in.').waitFor();
  await refusal.getByRole('button', { name: 'OK' }).click();
  await refusal.waitFor({ state: 'detached' });
  expect(await watched(studio)).toEqual([]);

  await drag(page, [shoot, other]);
  await page.getByText('2 folders are added. Their photos appear as they are found.').first().waitFor();
  await untilSheetHas(page, 5);
  await untilPictures(page, 5);
  expect(await watched(studio)).toEqual([other, shoot].toSorted());
  // What is there already is no second folder.
  await drag(page, [shoot]);
  await page.getByText('The folder is added.').first().waitFor();
  expect(await watched(studio)).toHaveLength(2);
  await close();
  expect(problems).toEqual([]);
});

it('says of an added folder where its photos go, and pauses it or stops watching it at once', async () => {
  await using studio = await startStudio({ photoCount: 3, isAccountElsewhere: true });
  const [shoot, other] = ['Shoot', 'Other'].map((name) => path.join(studio.home, name));
  if (shoot === undefined || other === undefined) throw new Error('There are two.');
  await writePhotos(other, 2, 10);
  const { line, address } = studio.host();
  const { baseUrl, userId, appId, pat } = studio.account.names;
  await line.savePat({ baseUrl, pat });
  const { destinationId } = await line.addDestination({ baseUrl, userId, appId });
  await line.saveViewSettings({ settings: { destinationId } });
  const { page, problems, close } = await openWindow(browser, 'about:blank');
  await giveBridge(page, { Shoot: shoot, Other: other });
  await page.goto(address);
  // From another place than the one that shows them then.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Account' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();

  await drag(page, [shoot]);
  const message = page.getByRole('region', { name: /last/iu });
  await message
    .getByText(`The folder is added. Its photos go to ${userId} / ${appId} as they are found.`)
    .waitFor();
  await message.getByRole('button', { name: 'Stop watching' }).click();
  await message.getByText('The folder is not watched any more.').waitFor();
  expect(await watched(studio)).toEqual([]);
  await message.getByRole('button', { name: 'Undo' }).click();
  await until(() => watched(studio), [shoot]);

  await drag(page, [other]);
  await message.getByRole('button', { name: 'Pause it' }).click();
  await message.getByText('The folder is paused').waitFor();
  const { folders } = await line.folders({});
  const paused = folders.filter(({ pausedAt }) => pausedAt !== null);
  expect(paused.map((folder) => folder.path)).toEqual([other]);
  // Nothing is to be taken back of a folder that was there before.
  await drag(page, [shoot]);
  await message.getByText('The folder is added.').waitFor();
  expect(await message.getByRole('button', { name: 'Stop watching' }).count()).toBe(0);
  expect(problems).toEqual([]);
  await close();
});

it('says in a browser, which knows no paths, how else a dropped folder is added', async () => {
  await using studio = await startStudio({ photoCount: 2 });
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await page.getByRole('heading', { name: 'Add your photos' }).waitFor();
  await drag(page, [path.join(studio.home, 'Shoot')]);
  await page.getByText('A browser does not tell where a dropped folder lies.').first().waitFor();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByRole('dialog', { name: 'Add a folder' }).getByRole('option', { name: 'Shoot' }).waitFor();
  expect(page.url()).toBe(studio.host().address);
  await close();
  expect(problems).toEqual([]);
});
