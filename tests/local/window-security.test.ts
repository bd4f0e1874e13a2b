/** The local web host lets in its own page with the key, and nobody else. */
import { once } from 'node:events';
import { stat, symlink, writeFile, mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { thumbnailName, thumbnailPlace } from '#shared/thumbnail-names.ts';
import { ticketAddress } from '../../electron/local/server/tickets.ts';
import { endOf, serveHere, type ServedWindow } from './window-server.ts';

let here: ServedWindow;
beforeAll(async () => {
  here = await serveHere({ limits: { keyMs: 300, unreadBytes: 2_000_000 } });
});
afterAll(() => here[Symbol.asyncDispose]());

/** Resolves when the log holds a refusal for this reason, after `before` characters. */
function untilRefused(why: string, before: number): Promise<void> {
  return vi.waitFor(async () => expect((await here.log()).slice(before)).toContain(`"why":"${why}`));
}

it('gives out the page with headers that let it talk to nobody else', async () => {
  const { status, headers, body } = await here.ask('/');
  expect([status, body]).toEqual([200, '<!doctype html><title>Tagalong</title>']);
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      `connect-src 'self' ws://${here.host} wss://${here.host}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]),
  );
  expect(policy.filter((part) => /unsafe-eval|\*|script-src.*inline/u.test(part))).toEqual([]);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  const script = await here.ask('/assets/app-1234.js');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  expect(await here.ask('/index.html', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

it('refuses a foreign Host, a foreign Origin and other methods, and says nothing with it', async () => {
  const before = (await here.log()).length;
  for (const host of ['evil.example', `evil.example:${here.server.port}`, '127.0.0.1:1', 'a b']) {
    const { status, body } = await here.ask('/', { headers: { host } });
    expect([host, status, body]).toEqual([host, 403, '']);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect(await here.ask('/', { method })).toMatchObject({ status: 405, body: '' });
  }
  const lines = [
    here.connect({ origin: 'https://evil.example' }),
    here.connect({ origin: `http://localhost:${here.server.port}` }),
    here.connect({ origin: 'null' }),
    here.connect({ headers: { host: 'evil.example' }, origin: 'http://evil.example' }),
    here.connect({}, '/other'),
  ];
  for (const ended of await Promise.all(lines.map(endOf))) expect(ended).toEqual({ code: 0, status: 403 });
  const log = (await here.log()).slice(before);
  for (const why of ['foreign-host', 'foreign-origin', 'no-such-line', 'method']) {
    expect(log).toContain(`"why":"${why}"`);
  }
});

it('serves nobody who does not show the key first', async () => {
  const before = (await here.log()).length;
  const silent = here.connect();
  const wrong = here.connect();
  const almost = here.connect();
  const calling = here.connect();
  const binary = here.connect();
  const all = [silent, wrong, almost, calling, binary];
  const heard: unknown[] = [];
  for (const socket of all) socket.on('message', (message) => heard.push(message));
  const ends = all.map(endOf);
  await Promise.all(all.map((socket) => once(socket, 'open')));
  wrong.send(JSON.stringify({ key: 'wrong' }));
  almost.send(JSON.stringify({ key: `${here.key.slice(0, -1)}${here.key.endsWith('A') ? 'B' : 'A'}` }));
  calling.send(JSON.stringify({ id: 1, call: 'hostFacts', argument: {} }));
  binary.send(Buffer.from(JSON.stringify({ key: here.key })));
  expect((await Promise.all(ends)).map(({ code }) => code)).toEqual([1008, 4401, 4401, 4401, 4401]);
  expect(heard).toEqual([]);
  await untilRefused('no-key', before);
  await untilRefused('wrong-key', before);
  expect(await here.log()).not.toContain(here.key.slice(0, 20));
});

it('cuts lines that carry what is no call, or more than is taken, and goes on serving the others', async () => {
  const friend = await here.open();
  const bad = ['not json', '[]', 'null', '{"id":"1","call":"glance"}', '{"key":"again"}'];
  for (const message of bad) {
    const page = await here.open();
    const ended = endOf(page.socket);
    page.socket.send(message);
    expect([message, (await ended).code]).toEqual([message, 1008]);
  }
  const before = (await here.log()).length;
  const large = await here.open();
  const ended = endOf(large.socket);
  large.socket.send(JSON.stringify({ id: 1, call: 'glance', argument: 'x'.repeat(33 * 1024 * 1024) }));
  expect((await ended).code).toBe(1009);
  await untilRefused('bad-frame', before);
  // Names that every object has are no calls, and an error tells what is wrong but not where it happened.
  for (const call of ['constructor', '__proto__', 'toString', 'deleteEverything']) {
    friend.socket.send(JSON.stringify({ id: 9000, call, argument: {} }));
    const [raw] = (await once(friend.socket, 'message')) as [Buffer];
    expect(JSON.parse(raw.toString())).toEqual({
      id: 9000,
      ok: false,
      name: 'Error',
      message: `There is no call "${call}".`,
    });
  }
  expect(await friend.calls.hostFacts({})).toMatchObject({ kind: 'local' });
});

it('cuts a page that does not read what it asked for', async () => {
  const before = (await here.log()).length;
  const page = await here.open();
  const ended = endOf(page.socket);
  page.socket.pause();
  // Names that are no call come back in the answer: many large answers that nobody reads.
  const call = 'x'.repeat(1_000_000);
  for (let id = 0; id < 40; id += 1) page.socket.send(JSON.stringify({ id, call }));
  await untilRefused('does-not-read', before);
  page.socket.resume();
  expect((await ended).code).toBe(1006);
});

it('gives out thumbnails behind the token only, and no path leads anywhere else', async () => {
  const { token, calls } = await here.open();
  const name = thumbnailName('ab'.repeat(32), 1, 320);
  const place = path.join(here.dataFolder, 'thumbnails', thumbnailPlace(name));
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, 'picture');
  const { thumbnailBase } = await calls.hostFacts({});
  expect(thumbnailBase).toBe(`/thumbnails/${token}/`);
  expect(await here.ask(`${thumbnailBase}${name}`)).toMatchObject({
    status: 200,
    body: 'picture',
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  });
  const missing = thumbnailName('cd'.repeat(32), 1, 320);
  await symlink(path.join(here.folder, 'secret.txt'), path.join(here.pageFolder, 'link.js'));
  await symlink(here.folder, path.join(here.pageFolder, 'out'));
  const outside = thumbnailName('ef'.repeat(32), 1, 640);
  await mkdir(path.join(here.dataFolder, 'thumbnails', 'ef'));
  await symlink(
    path.join(here.folder, 'secret.txt'),
    path.join(here.dataFolder, 'thumbnails', thumbnailPlace(outside)),
  );
  const paths = [
    `/thumbnails/${token}/${missing}`,
    `/thumbnails/${token}/${outside}`,
    `/thumbnails/${here.key}/${name}`,
    `/thumbnails/${name}`,
    `/thumbnails//${name}`,
    `/thumbnails/${token}/../${name}`,
    `/thumbnails/${token}/..%2f..%2fledger.db`,
    `/thumbnails/${token}/${name}/x`,
    `/thumbnails/${token}/${name}%00.webp`,
    `/thumbnails/${token}/ledger.db`,
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/assets%2fapp-1234.js',
    '/assets\\..\\..\\secret.js',
    '/..\\secret.js',
    '//etc/passwd',
    `/${here.folder}/secret.js`,
    '/index.html%00.js',
    '/link.js',
    '/out/secret.js',
    '/.git/config.json',
    '/assets/',
    '/assets',
    'http://evil.example/index.html',
  ];
  for (const tried of paths) {
    const { status, body } = await here.ask(tried);
    expect([tried, status, body]).toEqual([tried, 404, '']);
  }
});

it('lets a browser in by a ticket, once, and gives tickets to whoever knows the key only', async () => {
  for (const headers of [{}, { 'x-tagalong-key': 'wrong' }, { authorization: here.key }]) {
    expect(await here.ask('/ticket', { headers })).toMatchObject({ status: 404, body: '' });
  }
  const opening = new URL(await ticketAddress(here.server.address)).pathname;
  expect(opening).not.toContain(here.key);
  expect(await here.ask(opening)).toMatchObject({
    status: 303,
    headers: { location: `/#key=${here.key}`, 'cache-control': 'no-store' },
    body: '',
  });
  expect(await here.ask(opening)).toMatchObject({ status: 404, body: '' });
  expect((await here.ask('/open/guess')).headers).not.toHaveProperty('location');
});

it('shows folders of the home folder only', async () => {
  const { calls } = await here.open();
  const pictures = path.join(here.home, 'Pictures');
  expect(await calls.listFolder({ path: null })).toEqual({
    path: here.home,
    parent: null,
    folders: ['Pictures'],
    photoCount: 0,
    isCut: false,
  });
  expect(await calls.listFolder({ path: pictures })).toEqual({
    path: pictures,
    parent: here.home,
    folders: ['Coast 9', 'Coast 10'],
    photoCount: 1,
    isCut: false,
  });
  await symlink(here.folder, path.join(here.home, 'way-out'));
  const outside = [
    here.folder,
    '/',
    `${here.home}/..`,
    `${here.home}/Pictures/../..`,
    `${here.home}/way-out`,
    `${here.home}-2`,
  ];
  for (const tried of [...outside, 'Pictures', `${here.home}\0`, `${here.home}/nothing`]) {
    await expect(calls.listFolder({ path: tried }), tried).rejects.toThrow(
      /^(?:Only folders in your home folder|The folder cannot be opened)/u,
    );
  }
  await expect(calls.reveal({ path: here.home })).rejects.toThrow('Copy its path instead.');
  await expect(calls.chooseFolders({})).rejects.toThrow('Choose in the page.');
});

it('keeps what is no HTTP, and what is private, to itself', async () => {
  const before = (await here.log()).length;
  const raw = connect(here.server.port, '127.0.0.1');
  raw.on('error', () => undefined);
  raw.write('\u0016\u0003\u0001 not http at all\r\n\r\n');
  await once(raw, 'close');
  await untilRefused('no-http', before);
  const { mode } = await stat(path.join(here.dataFolder, 'window-address'));
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  const log = await here.log();
  expect(log).not.toContain(here.key);
  expect(log).not.toContain((await here.open()).token);
  expect(log).not.toContain(here.folder);
});
