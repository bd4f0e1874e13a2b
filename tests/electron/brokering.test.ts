/**
 * The whole desktop program on a stand-in for Electron: its own main, engine, workers and practice account as real
 * processes, ports brokered between them. What is not here is Chromium.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makePictures } from '../support/pictures.ts';
import { preventable } from '../support/electron-stand-in.ts';
import { openPage } from '../support/page-stand-in.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';
import type { Bridge } from '#shared/bridge.ts';

const electron = await vi.hoisted(async () =>
  (await import('../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);

const { noted, parts } = electron;
const SECRET = 'pat-of-the-environment';
const WAIT = { timeout: 30_000, interval: 50 };

let place: TemporaryFolder;
let page: Bridge;
let folder = '';
const events: unknown[] = [];
const connections: string[] = [];

function engineLives() {
  return noted.forked.filter(({ entry }) => entry === 'engine-process.ts');
}

async function indexedCount(): Promise<number> {
  return (await page.engine.glance({ destinationId: null })).counts.indexed;
}

beforeAll(async () => {
  place = await temporaryFolder();
  folder = join(place.path, 'shoot');
  await mkdir(folder);
  await makePictures(folder, { count: 6 });
  vi.stubEnv('CLARIFAI_PAT', SECRET);
  process.argv = ['tagalong', `--data-dir=${join(place.path, 'data')}`];
  await import('../../electron/main.ts');
  await vi.waitFor(() => expect(noted.windows).toHaveLength(1), WAIT);
  page = openPage(electron, noted.windows[0]!.webContents);
  page.onEvent((event) => events.push(event));
  page.onConnection(({ state }) => connections.push(state));
});
afterAll(async () => {
  for (const { child } of noted.forked) if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  vi.unstubAllEnvs();
  await place[Symbol.asyncDispose]();
});

describe('the desktop program', () => {
  it('takes a folder in through the page’s own port, with workers and account that main starts', async () => {
    const { destinationId } = await page.engine.glance({ destinationId: null });
    await page.engine.addFolders({ paths: [folder], destinationId });
    await vi.waitFor(async () => expect(await indexedCount()).toBe(6), WAIT);
    expect(connections).toEqual(['here']);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'changed' }));
    const entries = new Set(noted.forked.map(({ entry }) => entry));
    expect(entries).toEqual(new Set(['engine-process.ts', 'engine/workers/worker.ts', 'practice/main.ts']));
    expect(engineLives()[0]?.options.execArgv).toEqual(['--max-semi-space-size=4']);
  });

  it('gives no process the token of its own environment', () => {
    expect(noted.forked.filter(({ options }) => JSON.stringify(options).includes(SECRET))).toEqual([]);
  });

  it('serves thumbnails straight from their folder', async () => {
    const { destinationId } = await page.engine.glance({ destinationId: null });
    const [row] = (await page.engine.rowsOf({ destinationId, photoIds: [1] })).rows;
    const name = `${row?.pictureHash}-${row?.orientation}-320.webp`;
    const answer = await noted.served.get('thumb')!(new Request(`thumb://thumbnails/${name}`));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).toBe('WEBP');
  });

  it('shows files of watched folders in the file manager, and no others', async () => {
    const path = join(folder, 'any.jpg');
    await expect(page.host.reveal({ path })).resolves.toBeNull();
    expect(noted.shown).toEqual([path]);
    await expect(page.host.reveal({ path: join(folder, '..', 'other.jpg') })).rejects.toThrow(
      /watched folders/,
    );
    expect(noted.shown).toEqual([path]);
  });

  it('starts a killed engine again and brings the page together with it', async () => {
    connections.length = 0;
    process.kill(engineLives()[0]!.child.pid!, 'SIGKILL');
    await vi.waitFor(() => expect(connections).toEqual(['gone', 'here']), WAIT);
    expect(await indexedCount()).toBe(6);
    expect(engineLives()).toHaveLength(2);
  });

  it('fails calls that the engine can no longer answer, after it has told that it is gone', async () => {
    connections.length = 0;
    const pid = engineLives()[1]!.child.pid!;
    process.kill(pid, 'SIGSTOP');
    const asked = page.engine.status({}).catch((error: unknown) => `${connections.join()}: ${String(error)}`);
    process.kill(pid, 'SIGKILL');
    expect(await asked).toMatch(/^gone: .*engine that was asked has ended/);
    await vi.waitFor(() => expect(connections).toEqual(['gone', 'here']), WAIT);
  });

  it('gives a page that was loaded anew a line of its own', async () => {
    const again = openPage(electron, noted.windows[0]!.webContents);
    expect((await again.engine.status({})).folders.map(({ path }) => path)).toEqual([folder]);
    page = again;
  });

  it('takes in the folder of a second start and comes to the front', async () => {
    const other = join(place.path, 'other');
    await mkdir(other);
    parts.app.emit('second-instance', {}, [], '', { folders: [other], opened: [], photos: [] });
    await vi.waitFor(async () => {
      const { folders } = await page.engine.status({});
      expect(folders.map(({ path }) => path)).toEqual([folder, other]);
    }, WAIT);
    expect(noted.windows[0]?.acts.slice(-2)).toEqual(['show', 'focus']);
  });

  it('takes in a folder that is dropped on its icon, and no file', async () => {
    const [dropped, file] = [join(place.path, 'dropped'), join(place.path, 'a.txt')];
    await mkdir(dropped);
    await writeFile(file, '');
    for (const path of [file, dropped]) {
      const event = preventable();
      parts.app.emit('open-file', event, path);
      expect(event.defaultPrevented).toBe(true);
    }
    await vi.waitFor(async () => {
      const { folders } = await page.engine.status({});
      expect(folders.map(({ path }) => path)).toEqual([folder, join(place.path, 'other'), dropped]);
    }, WAIT);
  });

  it('asks before it watches the folder of a photo that was opened with it, and not about one that it watches', async () => {
    const opened = join(place.path, 'opened');
    await mkdir(opened);
    await writeFile(join(opened, 'a.jpg'), '');
    noted.answer = 1;
    parts.app.emit('open-file', preventable(), join(folder, (await readdir(folder))[0] ?? ''));
    parts.app.emit('open-file', preventable(), join(opened, 'a.jpg'));
    await vi.waitFor(
      () => expect(noted.boxes).toEqual([expect.objectContaining({ message: 'Watch “opened”?' })]),
      WAIT,
    );
    noted.answer = 0;
    parts.app.emit('open-file', preventable(), join(opened, 'a.jpg'));
    await vi.waitFor(async () => {
      const { folders } = await page.engine.status({});
      expect(folders.map(({ path }) => path)).toContain(opened);
    }, WAIT);
    expect(noted.boxes).toHaveLength(2);
  });

  it('ends in order with the system, which is asked to wait: engine, workers and account before the program', async () => {
    const shutdown = preventable();
    parts.powerMonitor.emit('shutdown', shutdown);
    expect(shutdown.defaultPrevented).toBe(true);
    expect(noted.exits).toEqual([]);
    await vi.waitFor(() => expect(noted.exits).toEqual([0]), WAIT);
    expect(engineLives().map(({ child }) => child.pid)).toEqual([undefined, undefined, undefined]);
    await vi.waitFor(
      () => expect(noted.forked.filter(({ child }) => child.pid !== undefined)).toEqual([]),
      WAIT,
    );
    expect(noted.locks.at(-1)).toBe('released');
  });
});
