/**
 * The real electron-updater, as an AppImage has it, against a feed on this machine: asked, downloaded, checked, put in
 * place and started. Electron's part in it is a stand-in: its network is Node's, its `app` notes what is asked.
 */
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../electron/engine/log.ts';
import { startUpdates, type Updates } from '../../electron/start-updates.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { listen } from '../support/listen.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/tree.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const MODULE = 'file:///electron-for-updater.cjs';

const asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
const files = new Map<string, Buffer>();
const noted: string[] = [];
let server: Server;
let place: TemporaryFolder;
let program = '';
let updates: Updates;
let last: (() => void) | null = null;

const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  whenReady: () => Promise.resolve(),
  getVersion: () => '0.1.0',
  getName: () => 'Tagalong',
  getPath: () => join(place.path, 'data'),
  quit: () => void noted.push('quit'),
  relaunch: () => void noted.push('relaunch'),
});

/** electron-updater requires `electron` where it uses it. */
function standIn() {
  return registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: MODULE, format: 'commonjs', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === MODULE
        ? {
            format: 'commonjs',
            source: 'module.exports = globalThis.electronForUpdater;',
            shortCircuit: true,
          }
        : next(url, context),
  });
}

/** Puts a version on the feed whose program notes that it was started. */
function offer(version: string, spoil: (program: Buffer) => Buffer = (same) => same): void {
  const bytes = Buffer.from(
    `#!/bin/sh\necho ${version} > ${join(place.path, 'started')}\n#${'-'.repeat(200_000)}\n`,
  );
  const sha512 = createHash('sha512').update(bytes).digest('base64');
  const name = `Tagalong-${version}.AppImage`;
  files.set(`/${name}`, spoil(bytes));
  const file = { url: name, sha512, size: bytes.length };
  files.set(
    '/latest-linux.yml',
    Buffer.from(JSON.stringify({ version, files: [file], path: name, sha512, releaseDate: '2026-01-02' })),
  );
}

beforeAll(async () => {
  place = await temporaryFolder();
  await mkdir(join(place.path, 'data'));
  await mkdir(join(place.path, 'resources'));
  program = join(place.path, 'Tagalong.AppImage');
  await writeFile(program, '#!/bin/sh\n');
  await chmod(program, 0o755);
  server = createServer((message, response) => {
    const path = (message.url ?? '').replace(/\?.*$/u, '');
    asked.push({ path: message.url ?? '', headers: message.headers });
    const bytes = files.get(path);
    response.writeHead(bytes === undefined ? 404 : 200);
    response.end(bytes);
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  await writeFile(
    join(place.path, 'resources', 'app-update.yml'),
    JSON.stringify({ provider: 'generic', url, updaterCacheDirName: 'tagalong-updater' }),
  );
  Object.assign(process, { resourcesPath: join(place.path, 'resources') });
  Object.assign(globalThis, {
    electronForUpdater: {
      app,
      net: { request },
      session: { fromPartition: () => null },
      autoUpdater: new EventEmitter(),
    },
  });
  vi.stubEnv('APPIMAGE', program);
  vi.stubEnv('XDG_CACHE_HOME', join(place.path, 'cache'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await place[Symbol.asyncDispose]();
});
beforeEach(() => {
  asked.length = 0;
  noted.length = 0;
  files.clear();
});
afterEach(() => updates.stop());

async function start(): Promise<void> {
  updates = startUpdates({
    isPackaged: true,
    isWanted: () => true,
    endWith: (act) => void (last = act),
    startAgain: () => void noted.push('start again'),
    onChange: () => undefined,
    clock: createFakeClock(),
    log: silentLog,
  });
  await vi.waitFor(() => expect(updates.state()).not.toBeNull(), WAIT);
}

describe.skipIf(process.platform !== 'linux')('a newer version', () => {
  const hooks = standIn();
  afterAll(() => hooks.deregister());

  it('is none when the feed has this one, and the feed hears nothing but the question', async () => {
    offer('0.1.0');
    await start();
    await updates.act('look');
    expect(updates.state()).toEqual({ state: 'none' });
    expect(asked.length).toBeGreaterThan(0);
    for (const { path, headers } of asked) {
      expect(path).toMatch(/^\/latest-linux\.yml\?noCache=\w+$/u);
      const { host: _, connection: __, ...said } = headers;
      expect(said).toEqual({
        'user-agent': 'electron-builder',
        'cache-control': 'no-cache',
        'x-user-staging-id': 'none',
      });
    }
  });

  it('that arrives spoiled is thrown away, and can be tried again', async () => {
    offer('0.2.0', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]));
    await start();
    await vi.waitFor(
      () => expect(updates.state()).toEqual({ state: 'offered', version: '0.2.0', hasFailed: false }),
      WAIT,
    );
    await updates.act('load');
    await vi.waitFor(
      () => expect(updates.state()).toEqual({ state: 'offered', version: '0.2.0', hasFailed: true }),
      WAIT,
    );
  });

  it('is downloaded when the owner says so; one that cannot be put in place lets this one start again', async () => {
    offer('0.2.0');
    await start();
    await updates.act('look');
    expect(asked.filter(({ path }) => path.endsWith('.AppImage'))).toHaveLength(0);
    await updates.act('load');
    await vi.waitFor(() => expect(updates.state()).toEqual({ state: 'ready', version: '0.2.0' }), WAIT);
    await updates.act('restart');
    vi.stubEnv('APPIMAGE', join(place.path, 'gone.AppImage'));
    last?.();
    await vi.waitFor(() => expect(noted).toEqual(['start again']), WAIT);
    vi.stubEnv('APPIMAGE', program);
  });

  it('takes the place of this one and is started, when everything else has ended and not before', async () => {
    offer('0.2.0');
    await start();
    await updates.act('look');
    await updates.act('load');
    await vi.waitFor(() => expect(updates.state()).toEqual({ state: 'ready', version: '0.2.0' }), WAIT);
    await updates.act('restart');
    expect([await readFile(program, 'utf8'), noted]).toEqual(['#!/bin/sh\n', []]);
    last?.();
    await vi.waitFor(
      async () => expect(await readFile(join(place.path, 'started'), 'utf8')).toBe('0.2.0\n'),
      WAIT,
    );
    expect(await readFile(program)).toEqual(files.get('/Tagalong-0.2.0.AppImage'));
    expect((await stat(program)).mode & 0o111).not.toBe(0);
    await vi.waitFor(() => expect(noted).toEqual(['quit']), WAIT);
  });
});
