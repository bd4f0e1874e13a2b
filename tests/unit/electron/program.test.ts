/** Menu, command line, quit, single instance, the page's bridge: what the program decides around its window. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MenuItemConstructorOptions } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultDataFolder } from '../../../electron/host/data-folder.ts';
import { createMenu, menuTemplate } from '../../../electron/menu.ts';
import { addFolders, takePlaces } from '../../../electron/open-folders.ts';
import { holdQuit } from '../../../electron/quit.ts';
import { createRemoteWorkers } from '../../../electron/remote-workers.ts';
import { becomeOnly } from '../../../electron/single-instance.ts';
import { readStartWords } from '../../../electron/start-words.ts';
import { openPage } from '../../support/page-stand-in.ts';
import { createContents } from '../../support/electron-stand-in.ts';
import { reachFrom } from '../../support/import-graph.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';
import { MENU_COMMANDS } from '#shared/bridge.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted, parts } = electron;
const ROOT = join(import.meta.dirname, '../../..');

let place: TemporaryFolder;
beforeAll(async () => {
  place = await temporaryFolder();
  await mkdir(join(place.path, 'shoot'));
  await mkdir(join(place.path, 'my shoot'));
  await writeFile(join(place.path, 'a.jpg'), '');
  await writeFile(join(place.path, 'a.txt'), '');
  await symlink('loop', join(place.path, 'loop'));
});
afterAll(() => place[Symbol.asyncDispose]());

function itemsOf(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

describe('the menu', () => {
  it.each(['darwin', 'linux', 'win32'] as const)('sends every command once, and quits: %s', (platform) => {
    const sent: string[] = [];
    const items = itemsOf(
      menuTemplate({ platform, dataFolder: '/data', update: null, send: (command) => sent.push(command) }),
    );
    for (const { click, label } of items) {
      if (label !== 'Show data folder') click?.({} as never, undefined, {});
    }
    expect(sent.sort()).toEqual([...MENU_COMMANDS].sort());
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(items.some(({ role }) => role === 'reload' || role === 'toggleDevTools')).toBe(false);
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });
});

describe('the menu on a newer version', () => {
  it.each([
    [null, []],
    [{ state: 'none' }, []],
    [{ state: 'offered', version: '0.2.0', hasFailed: false }, ['Version 0.2.0 can be had…']],
    [{ state: 'loading', version: '0.2.0', fraction: 0.5 }, ['Version 0.2.0 is being downloaded…']],
    [{ state: 'ready', version: '0.2.0' }, ['Version 0.2.0 is ready…']],
  ] as const)('%j', (update, labels) => {
    const sent: string[] = [];
    const items = itemsOf(
      menuTemplate({ platform: 'linux', dataFolder: '/data', update, send: (command) => sent.push(command) }),
    ).filter(({ label }) => label?.startsWith('Version'));
    expect(items.map(({ label }) => label)).toEqual(labels);
    for (const { click } of items) click?.({} as never, undefined, {});
    expect(sent).toEqual(labels.map(() => 'go-settings'));
  });

  it('is put up anew only when it says something else, not with every part of a download', () => {
    const show = createMenu({ platform: 'linux', dataFolder: '/data', send: () => undefined });
    show(null);
    show({ state: 'none' });
    for (const fraction of [0, 0.1, 0.2]) show({ state: 'loading', version: '0.2.0', fraction });
    show({ state: 'ready', version: '0.2.0' });
    show(null);
    const said = noted.menus.map((menu) => itemsOf(menu).flatMap(({ label }) => label ?? []));
    expect(said.map((labels) => labels.find((label) => label.startsWith('Version')))).toEqual([
      undefined,
      'Version 0.2.0 is being downloaded…',
      'Version 0.2.0 is ready…',
      undefined,
    ]);
  });
});

describe('the command line', () => {
  it('names data folder, demo and the folders among its words', () => {
    const read = (...words: string[]) => readStartWords(words, place.path);
    expect(read()).toEqual({
      isDemo: false,
      isHidden: false,
      dataFolder: defaultDataFolder(),
      folders: [],
      opened: [],
    });
    expect(read('--demo').dataFolder).toBe(`${defaultDataFolder()}-demo`);
    expect(read('--data-dir', 'mine', 'shoot', 'a.txt', 'gone', '--remote-debugging-port=0')).toEqual({
      isDemo: false,
      isHidden: false,
      dataFolder: join(place.path, 'mine'),
      folders: [join(place.path, 'shoot')],
      opened: [],
    });
    expect(read('--hidden').isHidden).toBe(true);
  });

  it('keeps apart what the owner is asked about: the folders of photos, and what a desktop may open by itself', () => {
    const read = (...words: string[]) => {
      const { folders, opened } = readStartWords(words, place.path);
      return [folders, opened];
    };
    const shoot = join(place.path, 'shoot');
    expect(read('a.jpg', 'shoot', join(place.path, 'a.jpg'))).toEqual([[shoot], [place.path]]);
    expect(read('--opened', 'shoot', 'a.jpg')).toEqual([[], [shoot, place.path]]);
  });

  it('passes over what cannot be looked at, whatever the reason', () => {
    const unreachable = ['x'.repeat(300), 'a.jpg/below', 'loop'];
    expect(readStartWords([...unreachable, 'shoot'], place.path)).toMatchObject({
      folders: [join(place.path, 'shoot')],
      opened: [],
    });
  });

  it('takes folders that a file manager names by their address, if they are here', () => {
    const { folders } = readStartWords(
      [
        pathToFileURL(join(place.path, 'my shoot')).href,
        'file://nas/photos',
        'file://%',
        join(place.path, 'shoot'),
      ],
      place.path,
    );
    expect(folders).toEqual([join(place.path, 'my shoot'), join(place.path, 'shoot')]);
  });
});

describe('a second start', () => {
  it('is heard by the first, with its folders; what does not fit is none', () => {
    const heard: (readonly string[])[] = [];
    const places = { folders: ['/a'], opened: ['/o'] };
    expect(becomeOnly(places, ({ folders, opened }) => heard.push(folders, opened))).toBe(true);
    for (const order of [{ folders: ['/b'], opened: ['/c'] }, { folders: [1], opened: [] }, null]) {
      parts.app.emit('second-instance', {}, [], '/', order);
    }
    expect(heard).toEqual([['/b'], ['/c'], [], [], [], []]);
    noted.lockIsFree = false;
    expect(becomeOnly({ ...places, folders: ['/c'] }, () => undefined)).toBe(false);
    expect(noted.locks).toEqual([places, { ...places, folders: ['/c'] }]);
  });

  it('adds its folders where the owner looked last', async () => {
    const added: unknown[] = [];
    const engine = {
      glance: () => Promise.resolve({ destinationId: 7 } as never),
      addFolders: (order: unknown) => Promise.resolve({ folderIds: [added.push(order)] }),
    };
    await addFolders(engine, []);
    await addFolders(engine, ['/a']);
    expect(added).toEqual([{ paths: ['/a'], destinationId: 7 }]);
  });

  it('asks before it watches what was opened, with the account, and asks nothing about what is watched', async () => {
    const account = { id: 7, userId: 'me', appId: 'photos', isPractice: false };
    const added: unknown[] = [];
    const engine = {
      glance: () => Promise.resolve({ destinationId: 7, destinations: [account] } as never),
      status: () => Promise.resolve({ folders: [{ path: '/watched' }] } as never),
      addFolders: (order: unknown) => Promise.resolve({ folderIds: [added.push(order)] }),
    };
    await takePlaces(engine, { folders: [], opened: ['/watched', '/watched/below'] });
    expect([added, noted.boxes]).toEqual([[], []]);
    noted.answer = 1;
    await takePlaces(engine, { folders: ['/now'], opened: ['/photos/Coast', '/watched'] });
    expect(added).toEqual([{ paths: ['/now'], destinationId: 7 }]);
    expect(noted.boxes).toEqual([
      expect.objectContaining({
        message: 'Watch “Coast”?',
        detail: expect.stringContaining('sends them to the app photos of me'),
      }),
    ]);
    noted.answer = 0;
    await takePlaces(engine, { folders: [], opened: ['/photos/Coast', '/other', '/other'] });
    expect(added[1]).toEqual({ paths: ['/photos/Coast', '/other'], destinationId: 7 });
    expect(noted.boxes[1]?.message).toBe('Watch 2 folders?');
  });
});

describe('quitting', () => {
  it('waits for the engine, with a bound; a second wish ends at once', async () => {
    const ending = Promise.withResolvers<void>();
    const calls: unknown[] = [];
    holdQuit({
      stop(limitMs) {
        calls.push(limitMs);
        return ending.promise;
      },
      kill: () => void calls.push('kill'),
    });
    parts.app.quit();
    expect([calls, noted.exits]).toEqual([[10_000], []]);
    parts.app.quit();
    expect([calls, noted.exits]).toEqual([[10_000, 'kill'], [0]]);
    ending.reject(new Error('stuck'));
    await vi.waitFor(() => expect(noted.exits).toEqual([0, 1]));
    parts.app.removeAllListeners();
    noted.exits.length = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal);
  });
});

describe('the question before the end', () => {
  it('is asked once, keeps the program when the answer is no, and is none for the system', async () => {
    const answers: PromiseWithResolvers<boolean>[] = [];
    let stops = 0;
    holdQuit({
      stop: () => Promise.resolve(void (stops += 1)),
      kill: () => undefined,
      mayQuit() {
        const asked = Promise.withResolvers<boolean>();
        answers.push(asked);
        return asked.promise;
      },
    });
    parts.app.quit();
    parts.app.quit();
    expect([answers.length, stops]).toEqual([1, 0]);
    answers[0]?.resolve(false);
    await vi.waitFor(() => {
      parts.app.quit();
      expect(answers).toHaveLength(2);
    });
    expect(stops).toBe(0);
    answers[1]?.resolve(true);
    await vi.waitFor(() => expect([stops, noted.exits]).toEqual([1, [0]]));
    parts.app.removeAllListeners();
    noted.exits.length = 0;

    const ended: string[] = [];
    const other = holdQuit({
      stop: () => Promise.resolve(void ended.push('engine')),
      kill: () => undefined,
      mayQuit: () => Promise.resolve(ended.push('asked') > 1),
    });
    other.endWith(() => void ended.push('not this: the owner goes on'));
    await vi.waitFor(() => expect(ended).toEqual(['asked']));
    await new Promise(setImmediate);
    other.endWith(() => void ended.push('put in place'));
    await vi.waitFor(() => expect(ended).toEqual(['asked', 'asked', 'engine', 'put in place']));
    expect(noted.exits).toEqual([]);
    parts.app.removeAllListeners();

    const silent = holdQuit({
      stop: () => Promise.resolve(void (stops += 1)),
      kill: () => undefined,
      mayQuit: () => Promise.reject(new Error('Nobody may be asked.')),
    });
    silent.now();
    expect(stops).toBe(2);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal);
  });
});

describe('a worker that main starts', () => {
  it('gets what was said before it came, and is gone once', () => {
    const told: unknown[] = [];
    const workers = createRemoteWorkers((message) => told.push(message));
    const handle = workers.startWorker();
    const reasons: string[] = [];
    handle.onExit((reason) => reasons.push(reason));
    handle.post('one');
    const { port1, port2 } = new parts.MessageChannelMain();
    const heard: unknown[] = [];
    port2.on('message', ({ data }) => heard.push(data));
    port2.start();
    expect(handle.pid).toBe(-1);
    workers.arrived(1, 4711, port1);
    handle.post('two');
    expect(handle.pid).toBe(4711);
    handle.kill();
    workers.gone(1, 'exit code 9');
    handle.kill();
    workers.gone(1, 'again');
    expect(told).toEqual([
      { kind: 'start-worker', id: 1 },
      { kind: 'end-worker', id: 1 },
    ]);
    expect(reasons).toEqual(['exit code 9']);
    return vi.waitFor(() => expect(heard).toEqual(['one', 'two']));
  });
});

describe('the page’s bridge', () => {
  it('has named verbs only, and tells where dropped folders are', () => {
    const page = openPage(electron, createContents(1));
    expect(Object.keys(page).sort()).toEqual(
      ['kind', 'engine', 'host', 'onEvent', 'onConnection', 'onCommand', 'dropFolders'].sort(),
    );
    // As a list of files looks when it comes out of the page: its length is left behind.
    const list = { 0: { path: '/a' }, 1: { path: '' }, 2: { path: '/b' } };
    expect(page.dropFolders(list as unknown as ArrayLike<object>)).toEqual(['/a', '/b']);
  });

  it('passes commands of the menu on until nobody listens', () => {
    const contents = createContents(1);
    const page = openPage(electron, contents);
    const heard: string[] = [];
    const stop = page.onCommand((command) => heard.push(command));
    contents.send('command', 'undo');
    stop();
    contents.send('command', 'redo');
    expect(heard).toEqual(['undo']);
  });

  it('is bundled out of nothing but its own parts and shared words', () => {
    const reach = reachFrom(ROOT, ['electron/preload.ts']);
    expect([...reach.packages.keys()]).toEqual(['electron']);
    expect([...reach.files.keys()].filter((file) => !file.startsWith('shared/')).sort()).toEqual(
      ['electron/channels.ts', 'electron/page-bridge.ts', 'electron/preload.ts'].sort(),
    );
    expect(reach.unclear).toEqual([]);
  });
});
