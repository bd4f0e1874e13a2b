/** The desktop program beside another Tagalong on the same data folder, and on the demo shoot. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LEDGER_FILE } from '../../electron/engine/own-data-folder.ts';
import { accessEngine } from '../../electron/local/engine-access.ts';
import { openPage } from '../support/page-stand-in.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import type { EngineConnection } from '#shared/bridge.ts';

const electron = await vi.hoisted(async () =>
  (await import('../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted } = electron;
const WAIT = { timeout: 20_000, interval: 50 };

let place: TemporaryFolder;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(async () => {
  electron.parts.app.quit();
  await vi.waitFor(() => expect(noted.exits).toEqual([0]), WAIT);
  for (const list of [noted.windows, noted.forked, noted.exits]) list.length = 0;
  electron.parts.app.removeAllListeners();
  electron.parts.ipcMain.removeAllListeners();
  vi.resetModules();
  await place[Symbol.asyncDispose]();
});

async function start(...words: string[]) {
  process.argv = ['tagalong', `--data-dir=${place.path}`, ...words];
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(noted.windows).toHaveLength(1), WAIT);
  return openPage(electron, noted.windows[0]!.webContents);
}

describe('the desktop program', () => {
  it('says in words that another Tagalong has the data folder, and starts no engine again', async () => {
    const other = await accessEngine(place.path, { watches: false, workerCount: 1 });
    const page = await start();
    const connections: EngineConnection[] = [];
    page.onConnection((connection) => connections.push(connection));
    await vi.waitFor(() => expect(connections).toHaveLength(1), WAIT);
    const sentence = `The data folder ${place.path} is in use by another running Tagalong.`;
    expect(connections).toEqual([{ state: 'ended', sentence }]);
    expect(noted.boxes).toEqual([expect.objectContaining({ detail: sentence })]);
    expect(noted.forked.filter(({ entry }) => entry === 'engine-process.ts')).toHaveLength(1);
    await other.close();
  });

  it('offers the newest backup of a damaged ledger, and opens it', async () => {
    const other = await accessEngine(place.path, { watches: false, workerCount: 1 });
    await other.api.saveViewSettings({ settings: { interfaceSize: 130 } });
    const { at } = await other.api.backUp({});
    await other.close();
    await writeFile(join(place.path, LEDGER_FILE), 'damaged'.repeat(1000));
    noted.boxes.length = 0;
    noted.answer = 0;
    const page = await start();
    const connections: EngineConnection['state'][] = [];
    page.onConnection(({ state }) => connections.push(state));
    await vi.waitFor(() => expect(connections.at(-1)).toBe('here'), WAIT);
    expect(noted.boxes).toEqual([
      expect.objectContaining({
        detail: expect.stringMatching(/is damaged[^]*The newest backup is of/u),
        buttons: ['Go back to that backup', 'Leave it as it is'],
      }),
    ]);
    expect((await page.engine.viewSettings({})).settings.interfaceSize).toBe(130);
    expect((await page.engine.backups({})).backups.map((backup) => backup.at)).toEqual([at]);
    expect((await readdir(place.path)).some((name) => name.includes('.before-restore-'))).toBe(true);
  });

  it('waits for an owner that is just ending', async () => {
    const { takeOwnership } = await import('../../electron/engine/ledger/owner.ts');
    const ownership = takeOwnership(place.path);
    const page = await start();
    const answered = page.engine.status({});
    await vi.waitFor(() => expect(noted.forked[0]?.child.pid).toBeDefined(), WAIT);
    ownership.release();
    expect((await answered).folders).toEqual([]);
  });

  it('takes the demo shoot in when it is asked for', async () => {
    const page = await start('--demo');
    await vi.waitFor(async () => {
      const { folders } = await page.engine.status({});
      expect(folders.map(({ path }) => path)).toEqual([join(place.path, 'Demo shoot')]);
    }, WAIT);
    expect(await page.host.hostFacts({})).toMatchObject({ isDemo: true });
  });
});
