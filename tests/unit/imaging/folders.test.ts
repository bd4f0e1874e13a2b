import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileCache } from '../../../electron/engine/imaging/cache.ts';
import { asWriteError, DiskFullError } from '../../../electron/engine/imaging/disk-full.ts';
import { fitsAsOriginal, renditionKey } from '../../../electron/engine/imaging/rendition-recipe.ts';
import { createSpool } from '../../../electron/engine/imaging/spool.ts';
import { thumbnailName, thumbnailPlace } from '#shared/thumbnail-names.ts';
import { makePreview } from '../../../electron/engine/imaging/preview.ts';
import { makeThumbnails } from '../../../electron/engine/imaging/thumbnails.ts';
import { farthest, HEIGHT, quadrants, QUADRANTS, seen, WIDTH } from '../../support/quadrants.ts';

const hash = (digit: string): string => digit.repeat(64);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folders-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** All files below the folder, as sorted relative paths. */
async function files(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

async function put(place: string, bytes: number, ageHours = 0): Promise<void> {
  const path = join(folder, place);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.alloc(bytes));
  const at = new Date(Date.now() - ageHours * 3_600_000);
  await utimes(path, at, at);
}

test('thumbnails of both sizes lie where their names say, and nothing else is left', async () => {
  const path = join(folder, 'picture');
  await quadrants(6).resize(800, 1200, { kernel: 'nearest' }).jpeg().toFile(path);
  const answer = await makeThumbnails({
    kind: 'thumbnails',
    path,
    format: 'jpeg',
    orientation: 6,
    pictureHash: hash('a'),
    folder: join(folder, 'thumbs'),
  });
  const names = [thumbnailName(hash('a'), 6, 320), thumbnailName(hash('a'), 6, 640)];
  expect(answer).toMatchObject({ kind: 'made', width: 1200, height: 800, recoveredShare: null });
  expect(await files()).toEqual(['picture', ...names.map((name) => `thumbs/${thumbnailPlace(name)}`)]);
  for (const [index, width] of [320, 640].entries()) {
    const thumbnail = await seen(join(folder, 'thumbs', thumbnailPlace(names[index] ?? '')));
    expect([thumbnail.width, thumbnail.height]).toEqual([width, Math.round((width * HEIGHT) / WIDTH)]);
    expect(farthest(thumbnail.colours, QUADRANTS)).toBeLessThan(12);
  }
});

test('thumbnails and previews of small pictures are not enlarged, and have no metadata', async () => {
  const path = join(folder, 'picture');
  await quadrants().withMetadata({ orientation: 1 }).withIccProfile('p3').png().toFile(path);
  const request = { path, format: 'png', orientation: 1 } as const;
  const answer = await makeThumbnails({ ...request, kind: 'thumbnails', pictureHash: hash('b'), folder });
  expect(answer).toMatchObject({ kind: 'made', width: WIDTH, height: HEIGHT });
  const target = join(folder, 'preview.webp');
  expect(await makePreview({ ...request, kind: 'preview', target })).toMatchObject({ kind: 'made' });
  for (const made of [target, join(folder, thumbnailPlace(thumbnailName(hash('b'), 1, 640)))]) {
    const { format, width, height, icc, exif } = await sharp(made).metadata();
    expect({ format, width, height, icc, exif }).toEqual({
      format: 'webp',
      width: WIDTH,
      height: HEIGHT,
      icc: undefined,
      exif: undefined,
    });
  }
});

test('the cache removes previews first, then what was used longest ago, down to a tenth below its limit', async () => {
  const place = (digit: string, size: 320 | 640 | 2048): string =>
    thumbnailPlace(thumbnailName(hash(digit), 1, size));
  await put(place('1', 320), 100, 50);
  await put(place('2', 320), 100, 10);
  await put(place('3', 640), 100, 30);
  await put(place('4', 2048), 300, 1);
  const cache = await createFileCache({ folder, limitBytes: 300 });
  expect(await cache.has(thumbnailName(hash('4'), 1, 2048))).toBe(true);
  expect(await cache.prune()).toEqual({ usedBytes: 300 - 100 - 0, removedCount: 2 });
  expect(await files()).toEqual([place('2', 320), place('3', 640)]);
  expect(await cache.has(thumbnailName(hash('4'), 1, 2048))).toBe(false);
  expect([cache.added(100), cache.added(1)]).toEqual([false, true]);
});

test('the cache removes old unfinished files, keeps strangers, and follows no link', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  const name = thumbnailName(hash('a'), 1, 320);
  await writeFile(join(outside, name), Buffer.alloc(5000));
  await put(`bb/${hash('b')}-1-320.webp.0123456789ab.tmp`, 10, 2);
  await put(`cc/${hash('c')}-1-320.webp.0123456789ab.tmp`, 10, 0);
  await put('dd/holiday.jpg', 9000);
  await symlink(outside, join(folder, 'aa'));
  await symlink(join(outside, name), join(folder, 'dd', thumbnailName(hash('d'), 1, 320)));
  const cache = await createFileCache({ folder, limitBytes: 10 });
  expect(await cache.prune()).toEqual({ usedBytes: 0, removedCount: 0 });
  expect(await files()).toEqual([
    'aa',
    `cc/${hash('c')}-1-320.webp.0123456789ab.tmp`,
    `dd/${thumbnailName(hash('d'), 1, 320)}`,
    'dd/holiday.jpg',
  ]);
  expect(await readdir(outside)).toEqual([name]);
  expect(await cache.has(name)).toBe(false);
  expect(await cache.has(thumbnailName(hash('d'), 1, 320))).toBe(false);
  expect(() => cache.pathOf('../../etc/passwd')).toThrow('no name');
  await rm(outside, { recursive: true });
});

test('the spool takes stock at start, and stays within its limit', async () => {
  const whole = Buffer.from([0xff, 0xd8, 0, 0, 0xff, 0xd9]);
  const [kept, half, old] = [renditionKey(hash('1'), 1), renditionKey(hash('2'), 8), `${hash('3')}-1-v0`];
  await writeFile(join(folder, `${kept}.jpg`), whole);
  await writeFile(join(folder, `${half}.jpg`), whole.subarray(0, 5));
  await writeFile(join(folder, `${old}.jpg`), whole);
  await writeFile(join(folder, `${kept}.jpg.0123.tmp`), whole);
  await symlink('/etc/hostname', join(folder, `${renditionKey(hash('4'), 1)}.jpg`));
  const spool = await createSpool({ folder, limitBytes: 10 });
  expect(await files()).toEqual([`${kept}.jpg`]);
  expect([spool.usedBytes, spool.room(1, false), spool.has(kept), spool.bytesOf(half)]).toEqual([
    6,
    true,
    true,
    null,
  ]);
  const next = renditionKey(hash('5'), 3);
  await writeFile(spool.targetFor(next), whole);
  spool.added(next, 6, 1);
  spool.added(next, 6, 1);
  expect([spool.usedBytes, spool.room(1, false)]).toEqual([12, false]);
  await spool.release(kept);
  await spool.release(kept);
  expect([spool.usedBytes, spool.room(1, false), await files()]).toEqual([6, true, [`${next}.jpg`]]);
  expect(() => spool.targetFor('../x')).toThrow('no key');
});

test('a full disk has an error of its own', () => {
  expect(asWriteError(withCode('ENOSPC'), '/data/x')).toBeInstanceOf(DiskFullError);
  expect(asWriteError(withCode('EDQUOT'), '/data/x')).toBeInstanceOf(DiskFullError);
  const other = withCode('EACCES');
  expect(asWriteError(other, '/data/x')).toBe(other);
});

test.each([
  ['a fitting JPEG', { format: 'jpeg', bytes: 19_999_999, width: 10_000, height: 8500 }, null],
  ['20 MB', { format: 'jpeg', bytes: 20_000_000, width: 10, height: 10 }, 'too-large'],
  ['more than 85 megapixels', { format: 'png', bytes: 10, width: 10_000, height: 8501 }, 'too-large'],
  ['an unknown size', { format: 'tiff', bytes: 10, width: null, height: null }, null],
  ['AVIF', { format: 'avif', bytes: 10, width: 1, height: 1 }, 'format-not-accepted'],
] as const)('as it is: %s', (_, original, expected) => {
  expect(fitsAsOriginal(original)).toBe(expected);
});

test('in a full spool each destination has its reserve, whoever filled it', async () => {
  const spool = await createSpool({ folder, limitBytes: 10, reserveBytes: 4 });
  const rooms = (): boolean[] => [spool.room(1, true), spool.room(2, true), spool.room(2, false)];
  spool.added(renditionKey(hash('1'), 1), 10, 1);
  expect(rooms()).toEqual([false, true, false]);
  spool.added(renditionKey(hash('2'), 1), 3, 2);
  expect(rooms()).toEqual([false, true, false]);
  spool.added(renditionKey(hash('3'), 1), 1, 2);
  expect(rooms()).toEqual([false, false, false]);
  await spool.release(renditionKey(hash('2'), 1));
  expect(rooms()).toEqual([false, true, false]);
  await spool.release(renditionKey(hash('1'), 1));
  expect([rooms(), spool.usedBytes]).toEqual([[true, true, true], 1]);
});
