import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IpcMainInvokeEvent } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostChannel } from '../../../electron/channels.ts';
import { createDesktopCalls } from '../../../electron/desktop-calls.ts';
import { serveDesktop } from '../../../electron/desktop.ts';
import { silentLog } from '../../../electron/engine/log.ts';
import { createTokenStore } from '../../../electron/token-store.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';
import { DEFAULT_DESKTOP } from '#shared/desktop.ts';
import { HOST_CALLS, type HostCall } from '#shared/host-api.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);
const { noted } = electron;

const BASE = 'https://api.clarifai.com';
const OURS = { senderFrame: { url: 'app://tagalong/', parent: null } } as unknown as IpcMainInvokeEvent;
let place: TemporaryFolder;
let path = '';

function serve(env: Readonly<Record<string, string>> = {}): void {
  const calls = createDesktopCalls({
    dataFolder: place.path,
    isDemo: false,
    env,
    tokens: createTokenStore(path, 'linux'),
    engine: () => Promise.resolve({ status: () => Promise.resolve({ folders: [], destinations: [] }) }),
    platform: 'linux',
    desktop: {
      state: () => ({ settings, opensAtLogin: null, update: null }),
      update: (act) => Promise.resolve(void acts.push(act)),
      save: ({ staysInTray = settings.staysInTray }) => {
        settings = { ...settings, staysInTray };
      },
    },
  });
  serveDesktop(calls, { ...silentLog, warn: (event) => void refused.push(event) });
}

let settings = DEFAULT_DESKTOP;
const refused: string[] = [];
const acts: string[] = [];

function ask(call: HostCall, argument: unknown, event: IpcMainInvokeEvent = OURS): unknown {
  return noted.handlers.get(hostChannel(call))?.(event, argument);
}

beforeAll(async () => {
  place = await temporaryFolder();
  path = join(place.path, 'tokens.json');
});
beforeEach(() => serve());
afterAll(() => place[Symbol.asyncDispose]());

const answered = (staysInTray: boolean) => ({
  ok: true,
  value: { settings: { ...DEFAULT_DESKTOP, staysInTray }, opensAtLogin: null, update: null },
});

describe('calls to the desktop', () => {
  it('change what is given of its settings, and nothing that is not one', async () => {
    expect(await ask('desktop', {})).toEqual(answered(false));
    expect(await ask('saveDesktop', { staysInTray: true })).toEqual(answered(true));
    expect(await ask('saveDesktop', { staysInTray: 'yes' })).toMatchObject({ ok: false });
    expect(await ask('saveDesktop', { pausesOnMondays: true })).toMatchObject({ ok: false });
    expect(await ask('desktop', {})).toEqual(answered(true));
  });

  it('do with a newer version what the owner can do, and nothing else', async () => {
    expect(await ask('updateTagalong', { act: 'load' })).toEqual(answered(true));
    expect(await ask('updateTagalong', { act: 'install' })).toMatchObject({ ok: false });
    expect(acts).toEqual(['load']);
  });

  it('say what this host is', async () => {
    expect(await ask('hostFacts', {})).toEqual({
      ok: true,
      value: {
        kind: 'electron',
        version: '0.1.0',
        platform: 'linux',
        hasFolderDialog: true,
        canReveal: true,
        patStore: 'keychain',
        thumbnailBase: 'thumb://thumbnails/',
        isDemo: false,
      },
    });
  });

  it.each([
    ['another address', { url: 'https://example.org/', parent: null }],
    ['a name that begins like ours', { url: 'app://tagalong.example.org/', parent: null }],
    ['a frame within our page', { url: 'app://tagalong/', parent: {} }],
    ['a frame that is gone', null],
  ])('are refused and noted from %s', async (_what, senderFrame) => {
    refused.length = 0;
    for (const call of HOST_CALLS) {
      expect(await ask(call, {}, { senderFrame } as unknown as IpcMainInvokeEvent)).toMatchObject({
        ok: false,
      });
    }
    expect(refused).toEqual(HOST_CALLS.map(() => 'stranger-refused'));
  });

  it.each([
    ['reveal', { path: '' }],
    ['reveal', { path: '/a', also: 1 }],
    ['savePat', { baseUrl: 'ftp://api', pat: 'x' }],
    ['savePat', { baseUrl: BASE, pat: 'two words' }],
    ['savePat', { baseUrl: BASE }],
    ['hostFacts', null],
  ] as const)('refuse arguments that do not fit: %s %j', async (call, argument) => {
    expect(await ask(call, argument)).toMatchObject({ ok: false, message: expect.any(String) });
    await expect(stat(path)).rejects.toThrow(/ENOENT/);
  });

  it('give the folders of the dialog, none when it was closed', async () => {
    expect(await ask('chooseFolders', {})).toEqual({ ok: true, value: [] });
    noted.chosen.push('/photos');
    expect(await ask('chooseFolders', {})).toEqual({ ok: true, value: ['/photos'] });
  });

  it('save a text where the dialog says, and nothing when it was closed', async () => {
    expect(await ask('saveText', { name: 'a.csv', text: 'a,b' })).toEqual({
      ok: true,
      value: { isSaved: false },
    });
    const file = join(dirname(path), 'saved.csv');
    noted.saveAs = file;
    expect(await ask('saveText', { name: 'a.csv', text: 'a,b' })).toEqual({
      ok: true,
      value: { isSaved: true },
    });
    expect(await readFile(file, 'utf8')).toBe('a,b');
  });
});

describe('tokens', () => {
  it('are kept encrypted, one per base URL, for their owner only', async () => {
    expect(await ask('savePat', { baseUrl: `${BASE}/`, pat: ' token-one ' })).toEqual({
      ok: true,
      value: { store: 'keychain' },
    });
    expect(await ask('savePat', { baseUrl: 'https://other.example', pat: 'token-two' })).toMatchObject({
      ok: true,
    });
    expect(await readFile(path, 'utf8')).not.toMatch(/token-|dG9rZW4/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const store = createTokenStore(path, 'linux');
    expect([
      await store.read(BASE),
      await store.read('https://other.example'),
      await store.read('https://x'),
    ]).toEqual(['token-one', 'token-two', null]);
    expect(await ask('patPlace', { baseUrl: BASE })).toEqual({
      ok: true,
      value: { store: 'keychain', trouble: null },
    });
    expect(await ask('patPlace', { baseUrl: 'https://x' })).toEqual({
      ok: true,
      value: { store: null, trouble: null },
    });
  });

  it('are written anew when the key changed', async () => {
    noted.reEncrypt = true;
    const before = await stat(path);
    expect(await createTokenStore(path, 'linux').read(BASE)).toBe('token-one');
    expect((await stat(path)).ino).not.toBe(before.ino);
    noted.reEncrypt = false;
  });

  it('say so when there is no keychain behind them', () => {
    noted.backend = 'basic_text';
    expect([createTokenStore(path, 'linux').kind(), createTokenStore(path, 'darwin').kind()]).toEqual([
      'basic-text',
      'keychain',
    ]);
    noted.backend = 'gnome_libsecret';
  });

  it('are not kept when the keychain does not answer, in words for the owner', async () => {
    noted.keychainAnswers = false;
    const text = await readFile(path, 'utf8');
    expect(await ask('savePat', { baseUrl: BASE, pat: 'token-three' })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/Unlock it/),
    });
    await expect(createTokenStore(path, 'linux').read(BASE)).rejects.toThrow(/enter the token again/);
    serve();
    expect(await ask('patPlace', { baseUrl: BASE })).toMatchObject({
      value: { store: 'keychain', trouble: expect.stringMatching(/Unlock it/) },
    });
    expect(await readFile(path, 'utf8')).toBe(text);
    noted.keychainAnswers = true;
  });

  it('of the environment go first, and are not replaced', async () => {
    serve({ CLARIFAI_PAT: 'token-four' });
    expect(await ask('hostFacts', {})).toMatchObject({ value: { patStore: 'environment' } });
    expect(await ask('patPlace', { baseUrl: BASE })).toMatchObject({ value: { store: 'environment' } });
    expect(await ask('savePat', { baseUrl: BASE, pat: 'token-five' })).toMatchObject({ ok: false });
    expect(await ask('savePat', { baseUrl: 'https://other.example', pat: 'token-six' })).toMatchObject({
      ok: true,
    });
  });

  it('in a damaged file are not thrown away', async () => {
    await writeFile(path, '{"tokens":');
    await expect(createTokenStore(path).read(BASE)).rejects.toThrow(/damaged/);
    expect(await ask('savePat', { baseUrl: BASE, pat: 'token-seven' })).toMatchObject({ ok: false });
    expect(await readFile(path, 'utf8')).toBe('{"tokens":');
  });
});
