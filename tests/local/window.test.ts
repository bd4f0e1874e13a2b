/** The window served from this machine: pages over one engine, tokens kept, and the commands that open it. */
import { createServer } from 'node:http';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listen } from '../support/listen.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree, type TemporaryFolder } from '../support/tree.ts';
import { startLocalServer } from '../../electron/local/server/local-server.ts';
import { silentLog } from '../../electron/engine/log.ts';
import { begin, tagalong } from './command.ts';
import { endOf, serveHere, type ServedWindow } from './window-server.ts';

let folder: TemporaryFolder;
let photos: string;
let here: ServedWindow;

beforeAll(async () => {
  folder = await temporaryFolder();
  photos = path.join(folder.path, 'photos');
  await writeTree(photos, { 'a.jpg': await jpeg({ seed: 1 }), 'b.jpg': await jpeg({ seed: 2 }) });
  here = await serveHere({}, { ingest: { quietMs: 100 }, upload: { idleMs: 50, gatherMs: 20 } });
});
afterAll(async () => {
  await here[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

it('tells every page of what happens, whichever asked for it', async () => {
  const [one, other] = await Promise.all([here.open(), here.open()]);
  expect(here.server.pageCount()).toBe(2);
  const { destinationId } = await one.calls.glance({ destinationId: null });
  await one.calls.addFolders({ paths: [photos], destinationId });
  await vi.waitFor(
    async () => {
      const { counts } = await other.calls.glance({ destinationId });
      expect(counts.indexed).toBe(2);
    },
    { timeout: 20_000 },
  );
  const topics = (events: typeof one.events): Set<string> => new Set(events.flatMap((event) => event.topics));
  for (const { events } of [one, other]) {
    expect([...topics(events)]).toEqual(expect.arrayContaining(['photos', 'folders', 'destinations']));
    expect(events.map(({ asOf }) => asOf)).toEqual(events.map(({ asOf }) => asOf).toSorted((a, b) => a - b));
  }

  const before = other.events.length;
  const { query } = { query: { destinationId, filter: {}, groupBy: 'day', descending: false } as const };
  const tagged = await one.calls.tag({
    target: { query },
    wishes: [{ concept: { name: 'coast' }, value: 1 }],
    destinationId,
  });
  await vi.waitFor(() => {
    const later = other.events.slice(before);
    expect([...topics(later)]).toEqual(expect.arrayContaining(['tags', 'edits']));
    expect(later.at(-1)?.asOf).toBeGreaterThanOrEqual(tagged.asOf);
  });

  one.socket.close();
  await vi.waitFor(() => expect(here.server.pageCount()).toBe(1));
  expect(await other.calls.glance({ destinationId })).toMatchObject({ destinationId });
});

it('shows thumbnails of the photos that it took in', async () => {
  const { calls } = await here.open();
  const { thumbnailBase } = await calls.hostFacts({});
  const { path: file } = await calls.thumbnail({ photoId: 1, size: 320 });
  const shown = await here.ask(`${thumbnailBase}${path.basename(file ?? '')}`);
  expect([shown.status, shown.headers['content-length']]).toEqual([
    200,
    String((await stat(file ?? '')).size),
  ]);
});

it('keeps tokens in a file that only its owner reads, one per address, and none that is none', async () => {
  const { calls } = await here.open();
  const file = path.join(here.dataFolder, 'pat');
  await writeFile(file, 'old-token\nhttps://other.example other-token\n', { mode: 0o600 });
  const saved = await calls.savePat({ baseUrl: 'https://api.clarifai.com/', pat: ' new-token ' });
  expect(saved).toEqual({ store: 'file' });
  const places = ['https://api.clarifai.com', 'https://third.example'].map((baseUrl) =>
    calls.patPlace({ baseUrl }),
  );
  expect(await Promise.all(places)).toEqual([
    { store: 'file', trouble: null },
    { store: null, trouble: null },
  ]);
  expect(await readFile(file, 'utf8')).toBe(
    'https://other.example other-token\nhttps://api.clarifai.com new-token\n',
  );
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  for (const pat of ['', '  ', 'two words', 'a\nhttps://evil.example b', 'tökén']) {
    await expect(calls.savePat({ baseUrl: 'https://api.clarifai.com', pat }), pat).rejects.toThrow(
      'This is no token',
    );
  }
  for (const baseUrl of ['https://a b', 'nonsense', 'file:///etc']) {
    await expect(calls.savePat({ baseUrl, pat: 'x' }), baseUrl).rejects.toThrow();
  }
  expect(await readFile(file, 'utf8')).toContain('new-token');
  expect(await here.log()).not.toContain('new-token');
});

it('ends its lines when it ends', async () => {
  await using short = await serveHere();
  const { socket } = await short.open();
  const ended = endOf(socket);
  await short.server.stop();
  expect((await ended).code).toBe(1001);
  await expect(stat(path.join(short.dataFolder, 'window-address'))).rejects.toThrow('ENOENT');
});

it('serves until Ctrl-C; a second start finds the first one and adds its folder', async () => {
  const dataDir = path.join(folder.path, 'served');
  const words = ['--no-open', '--data-dir', dataDir];
  const first = begin(['serve', ...words]);
  await first.shows('Tagalong is at http://127.0.0.1:');
  const address = /http:\S+/u.exec(first.said())?.[0] ?? '';
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=[\w-]{43}$/u);
  expect((await fetch(address)).status).toBe(200);
  const second = await tagalong(['serve', photos, ...words]);
  expect([second.code, second.stdout]).toEqual([0, `Tagalong is at ${address}\n`]);
  const status = await tagalong(['status', '--json', '--data-dir', dataDir]);
  expect(JSON.parse(status.stdout)).toMatchObject({ isRunning: true, folders: [{ path: photos }] });
  first.child.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
});

it('takes no stranger for the window that a killed start left the address of, and starts twice at once', async () => {
  const dataDir = path.join(folder.path, 'watched');
  const words = ['--no-open', '--data-dir', dataDir];
  const watch = begin(['watch', photos, '--data-dir', dataDir]);
  await watch.shows('Watching');
  const stranger = createServer((_, response) => void response.end('<html>something else</html>'));
  const port = await listen(stranger);
  await writeFile(path.join(dataDir, 'window-address'), `http://127.0.0.1:${port}/#key=${'k'.repeat(43)}`);
  const refused = await tagalong(['serve', ...words]);
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toContain('its window is in no browser');
  watch.child.kill('SIGINT');
  await watch.ended;

  const both = [begin(['serve', ...words]), begin(['serve', ...words])];
  const visitor = await Promise.race(both.map((one) => one.ended));
  const owner = both.find(({ child }) => child.exitCode === null);
  expect([visitor.code, visitor.stdout]).toEqual([0, expect.stringMatching(/^Tagalong is at http:/u)]);
  expect(owner?.said()).toContain(visitor.stdout.trim());
  expect(visitor.stdout).not.toContain(`:${port}/`);
  owner?.child.kill('SIGINT');
  expect((await owner?.ended)?.code).toBe(0);
  stranger.close();
});

it('keeps its address over restarts where that is wanted, in a file of its owner, and forgets it when it is not', async () => {
  const dataDir = path.join(folder.path, 'kept');
  const file = path.join(dataDir, 'window-key');
  const free = createServer();
  const port = await listen(free);
  await new Promise((closed) => free.close(closed));
  const words = ['serve', '--no-open', '--data-dir', dataDir];
  const addressOf = async (...more: string[]): Promise<string> => {
    const served = begin([...words, ...more]);
    await served.shows('Ctrl-C ends it.');
    served.child.kill('SIGINT');
    return (await served.ended).stdout;
  };
  const kept = await addressOf('--keep-key', '--port', String(port));
  expect(kept).toMatch(/#key=[\w-]{43}$/mu);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await addressOf('--keep-key', '--port', String(port))).toBe(kept);

  await chmod(file, 0o644);
  const open = await tagalong([...words, '--keep-key', '--port', String(port)]);
  expect([open.code, open.stdout]).toEqual([1, '']);
  expect(open.stderr).toMatch(/Others can read .*window-key\. Remove it/u);
  const without = await tagalong([...words, '--keep-key']);
  expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--port')]);

  expect(await addressOf('--port', String(port))).not.toBe(kept);
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

it('lets other machines in only under a name that was said, and says what is wrong with port and address', async () => {
  const refused = await tagalong(['serve', '--listen', '0.0.0.0', '--no-open', '--data-dir', folder.path]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--allow-host')]);
  const { port } = here.server;
  const { dataFolder, pageFolder } = here;
  const listening = (where: { readonly port?: number; readonly listenOn?: string }) =>
    startLocalServer({
      ...where,
      dataFolder,
      pageFolder,
      calls: () => ({}),
      listen: () => () => {},
      log: silentLog,
    });
  await expect(listening({ port })).rejects.toThrow(`Port ${port} is taken by another program.`);
  await expect(listening({ listenOn: '192.0.2.1' })).rejects.toThrow(
    '192.0.2.1 is no address of this machine',
  );
});

it('shows the demo shoot, and ends by itself where nobody can watch', async () => {
  const dataDir = path.join(folder.path, 'demo');
  const ended = await tagalong(['start', '--demo', '--data-dir', dataDir]);
  expect(ended).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Tagalong is at http:.*\n30 photos in 30 files, .*\n {2}uploaded +30 /u),
    stderr: expect.stringContaining('npx tagalong serve'),
  });
});
