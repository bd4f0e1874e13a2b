/** One file at a time, as the file system has them. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, utimesSync } from 'node:fs';
import { copyFile, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import { identify } from '../../../electron/engine/ingest/identity.ts';
import { createFolder, identifyPath, type Folder } from './identified.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/picture-hash/${name}`, import.meta.url));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let folder: Folder;
beforeAll(async () => {
  folder = await createFolder();
});
afterAll(async () => {
  await folder.remove();
});

test('a photo: its stamp, hashes, format and facts', async () => {
  const file = path.join(folder.root, 'no-extension');
  await copyFile(fixture('tagged.jpg'), file);
  const { size, mtimeMs, ctimeMs, ino } = await stat(file);
  expect(await identifyPath(file)).toEqual({
    kind: 'photo',
    stamp: { size, mtimeMs, ctimeMs, inode: ino },
    fileHash: sha256(await readFile(file)),
    pictureHash: 'eec82d8bbaecf54b3f5a445177d18b8023e815bec0803b46cd85018951b40e95',
    format: 'jpeg',
    complete: true,
    facts: { ...NO_CAPTURE_FACTS, orientation: 6, width: 48, height: 32, keywords: ['Oslo'] },
  });
});

test('a file only named like a photo is one of unknown format, hashed whole; by another name it is none', async () => {
  const text = Buffer.from('A text, or a video, whose name is a photo’s.');
  const fileHash = sha256(text);
  const [named, raw, other] = await Promise.all([
    folder.photo('text.JPG', text),
    folder.photo('text.nef', text),
    identifyPath(await folder.write('text.txt', text)),
  ]);
  const unknown = {
    fileHash,
    pictureHash: fileHash,
    format: 'unknown',
    facts: NO_CAPTURE_FACTS,
    complete: true,
  };
  expect([named, raw, other]).toEqual([
    expect.objectContaining(unknown),
    expect.objectContaining(unknown),
    { kind: 'not-a-photo' },
  ]);
});

test('formats without the promise are hashed whole: BMP, RAW', async () => {
  const bitmap = await readFile(fixture('plain.bmp'));
  const raw = await readFile(fixture('strips.tif'));
  const found = [await folder.photo('plain.bmp', bitmap), await folder.photo('camera.nef', raw)];
  expect(found.map(({ format, pictureHash, facts }) => [format, pictureHash, facts.width])).toEqual([
    ['bmp', sha256(bitmap), 12],
    ['raw', sha256(raw), null],
  ]);
});

test('one picture in chunks: a photo larger than a chunk', async () => {
  const bytes = await readFile(fixture('baseline.jpg'));
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 0x20)]);
  const large = Buffer.concat([
    bytes.subarray(0, 2),
    ...Array.from({ length: 50 }, () => comment),
    bytes.subarray(2),
  ]);
  const found = await folder.photo('large.jpg', large);
  expect([large.length > 3_000_000, found.pictureHash, found.fileHash]).toEqual([
    true,
    'eec82d8bbaecf54b3f5a445177d18b8023e815bec0803b46cd85018951b40e95',
    sha256(large),
  ]);
});

test('cut-off files are not complete', async () => {
  const names = ['baseline.jpg', 'rgb.png', 'lossy.webp', 'animated.gif', 'plain.avif', 'plain.bmp'];
  const found: [string, boolean][] = [];
  for (const name of names) {
    const bytes = await readFile(fixture(name));
    const { complete } = await folder.photo(`cut-${name}`, bytes.subarray(0, -30));
    found.push([name, complete]);
  }
  expect(found).toEqual(names.map((name) => [name, false]));
});

const problem = (cause: string, detail: RegExp): object => ({
  kind: 'problem',
  cause,
  detail: expect.stringMatching(detail),
});

test('what is no file with content', async () => {
  const directory = path.join(folder.root, 'folder.jpg');
  await mkdir(directory);
  const fifo = path.join(folder.root, 'pipe.jpg');
  execFileSync('mkfifo', [fifo]);
  const socket = path.join(folder.root, 'socket.jpg');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const loop = path.join(folder.root, 'loop.jpg');
  await symlink(loop, loop);
  const found = {
    directory: await identifyPath(directory),
    fifo: await identifyPath(fifo),
    socket: await identifyPath(socket),
    gone: await identifyPath(path.join(folder.root, 'gone.jpg')),
    folderGone: await identifyPath(path.join(fixture('plain.bmp'), 'gone.jpg')),
    empty: await identifyPath(await folder.write('empty.jpg', Buffer.alloc(0))),
    emptyText: await identifyPath(await folder.write('empty.txt', Buffer.alloc(0))),
    loop: await identifyPath(loop),
  };
  await new Promise((resolve) => server.close(resolve));
  expect(found).toEqual({
    directory: { kind: 'not-a-photo' },
    fifo: { kind: 'not-a-photo' },
    socket: { kind: 'not-a-photo' },
    gone: problem('file-gone', /^ENOENT/),
    folderGone: problem('file-gone', /^ENOTDIR/),
    empty: problem('file-empty', /0 bytes/),
    emptyText: { kind: 'not-a-photo' },
    loop: problem('file-unreadable', /^ELOOP/),
  });
});

/** A signal that acts each time it is asked, which identify does at every chunk. */
function signalThat(act: (times: number) => void): AbortSignal {
  const { signal } = new AbortController();
  let times = 0;
  signal.throwIfAborted = () => act(++times);
  return signal;
}

const once = (act: () => void): AbortSignal => signalThat((times) => (times === 2 ? act() : undefined));

test('a file that changes while it is read has to settle again', async () => {
  const bytes = await readFile(fixture('baseline.jpg'));
  const grown = await folder.write('grown.jpg', bytes);
  const touched = await folder.write('touched.jpg', bytes);
  expect([
    await identify(grown, { signal: once(() => appendFileSync(grown, 'more')) }),
    await identify(touched, { signal: once(() => utimesSync(touched, 1, 1)) }),
  ]).toEqual([{ kind: 'changed' }, { kind: 'changed' }]);
});

test('stopping rejects with the signal’s reason, before and while reading', async () => {
  const file = fixture('baseline.jpg');
  const reason = new Error('The engine stops.');
  await expect(identify(file, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const later = signalThat((times) => {
    if (times > 1) throw reason;
  });
  await expect(identify(file, { signal: later })).rejects.toBe(reason);
});
