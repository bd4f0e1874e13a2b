import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRendition } from '../../../electron/engine/imaging/rendition.ts';
import type { Orientation, PhotoFormat } from '../../../shared/photo.ts';
import { writeBmp } from '../../support/bmp-writer.ts';
import {
  farthest,
  HEIGHT,
  quadrants,
  QUADRANTS,
  seen,
  storedQuadrants,
  WIDTH,
} from '../../support/quadrants.ts';
import { writeOldJpegTiff } from '../../support/old-jpeg-tiff.ts';

let folder: string;
beforeAll(async () => {
  // As in the worker process: the tests write one file again and again.
  sharp.cache(false);
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes the bytes to a file that is named like nothing, and makes its rendition. */
async function render(bytes: Buffer, format: PhotoFormat, orientation: Orientation = 1) {
  const path = join(folder, 'picture');
  const target = join(folder, 'rendition.jpg');
  await writeFile(path, bytes);
  const answer = await makeRendition({ kind: 'rendition', path, format, orientation, target });
  return { answer, target };
}

const WRITERS: Readonly<Record<string, (orientation: Orientation) => Promise<Buffer>>> = {
  jpeg: (orientation) => quadrants(orientation).jpeg({ quality: 95 }).toBuffer(),
  png: (orientation) => quadrants(orientation).png().toBuffer(),
  webp: (orientation) => quadrants(orientation).webp({ lossless: true }).toBuffer(),
  gif: (orientation) => quadrants(orientation).gif().toBuffer(),
  tiff: (orientation) => quadrants(orientation).tiff({ compression: 'lzw' }).toBuffer(),
  avif: (orientation) => quadrants(orientation).avif({ quality: 90, effort: 0 }).toBuffer(),
  bmp: async (orientation) => writeBmp(storedQuadrants(orientation), { bitCount: 24 }),
};
const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const UPRIGHT = { kind: 'made', width: WIDTH, height: HEIGHT, recoveredShare: null };

describe.each(Object.keys(WRITERS))('%s', (format) => {
  test.each(ORIENTATIONS)('orientation %i comes out upright', async (orientation) => {
    const bytes = (await WRITERS[format]?.(orientation)) ?? Buffer.alloc(0);
    const { answer, target } = await render(bytes, format as PhotoFormat, orientation);
    expect(answer).toMatchObject(UPRIGHT);
    const { width, height, colours } = await seen(target);
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect(farthest(colours, QUADRANTS)).toBeLessThan(12);
  });
});

test.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
  'a %s file with an orientation tag of its own is turned once, by the number given',
  async (format) => {
    const bytes = await quadrants(6).withMetadata({ orientation: 6 }).toFormat(format).toBuffer();
    const turned = await render(bytes, format, 6);
    expect(turned.answer).toMatchObject(UPRIGHT);
    expect(farthest((await seen(turned.target)).colours, QUADRANTS)).toBeLessThan(12);
    const asStored = await render(bytes, format, 1);
    expect(asStored.answer).toMatchObject({ width: HEIGHT, height: WIDTH });
  },
);

test('an AVIF that turns itself is not turned again by the EXIF orientation beside it', async () => {
  const bytes = await quadrants(6).withMetadata({ orientation: 6 }).avif({ effort: 0 }).toBuffer();
  expect(bytes.includes('irot')).toBe(true);
  const { answer, target } = await render(bytes, 'avif', 6);
  expect(answer).toMatchObject(UPRIGHT);
  expect(farthest((await seen(target)).colours, QUADRANTS)).toBeLessThan(12);
});

const grey = quadrants().greyscale();
const halfClear = sharp(Buffer.from([0, 0, 0, 0, 0, 0, 0, 255].flatMap((sample) => [sample])), {
  raw: { width: 2, height: 1, channels: 4 },
}).resize(WIDTH, HEIGHT, { kernel: 'nearest', fit: 'fill' });
const WHITE_AND_BLACK = [
  [255, 255, 255],
  [0, 0, 0],
  [255, 255, 255],
  [0, 0, 0],
] as const;
/** Luminance of the quadrants (CIE Y of the linear samples), coded again as sRGB. */
const GREYS = [
  [102, 102, 102],
  [147, 147, 147],
  [77, 77, 77],
  [206, 206, 206],
] as const;

const KINDS = [
  ['CMYK JPEG', 'jpeg', () => quadrants().toColourspace('cmyk').jpeg({ quality: 95 }), QUADRANTS, 60],
  ['grey JPEG', 'jpeg', () => grey.clone().toColourspace('b-w').jpeg({ quality: 95 }), GREYS, 8],
  ['progressive JPEG', 'jpeg', () => quadrants().jpeg({ progressive: true, quality: 95 }), QUADRANTS, 12],
  ['16-bit PNG', 'png', () => quadrants().toColourspace('rgb16').png(), QUADRANTS, 8],
  ['palette PNG', 'png', () => quadrants().png({ palette: true }), QUADRANTS, 12],
  ['interlaced PNG', 'png', () => quadrants().png({ progressive: true }), QUADRANTS, 8],
  ['PNG with alpha', 'png', () => halfClear.clone().png(), WHITE_AND_BLACK, 3],
  ['16-bit PNG with alpha', 'png', () => halfClear.clone().toColourspace('rgb16').png(), WHITE_AND_BLACK, 3],
  ['grey PNG with alpha', 'png', () => halfClear.clone().toColourspace('b-w').png(), WHITE_AND_BLACK, 3],
  ['WebP with alpha', 'webp', () => halfClear.clone().webp({ lossless: true }), WHITE_AND_BLACK, 3],
  ['lossy WebP', 'webp', () => quadrants().webp({ quality: 95 }), QUADRANTS, 12],
  ['CMYK TIFF', 'tiff', () => quadrants().toColourspace('cmyk').tiff(), QUADRANTS, 60],
  ['Lab TIFF', 'tiff', () => quadrants().toColourspace('lab').tiff(), QUADRANTS, 12],
  ['16-bit TIFF', 'tiff', () => quadrants().toColourspace('rgb16').tiff(), QUADRANTS, 8],
  ['tiled JPEG TIFF', 'tiff', () => quadrants().tiff({ tile: true, compression: 'jpeg' }), QUADRANTS, 20],
  [
    'deflate TIFF with predictor',
    'tiff',
    () => quadrants().tiff({ compression: 'deflate', predictor: 'horizontal' }),
    QUADRANTS,
    8,
  ],
  [
    '1-bit TIFF',
    'tiff',
    () =>
      halfClear
        .clone()
        .flatten({ background: '#fff' })
        .toColourspace('b-w')
        .tiff({ bitdepth: 1, compression: 'ccittfax4' }),
    WHITE_AND_BLACK,
    3,
  ],
] as const;

test.each(KINDS)('%s comes out in sRGB on white', async (_, format, make, expected, tolerance) => {
  const { answer, target } = await render(await make().toBuffer(), format);
  expect(answer).toMatchObject(UPRIGHT);
  expect(farthest((await seen(target)).colours, expected)).toBeLessThan(tolerance);
  expect(await sharp(target).metadata()).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
});

test.each(['gif', 'webp', 'tiff'] as const)(
  'of many frames or pages in %s the first counts',
  async (format) => {
    const frames = Buffer.concat([storedQuadrants(1).pixels, Buffer.alloc(WIDTH * HEIGHT * 3, 255)]);
    const stack = sharp(frames, {
      raw: { width: WIDTH, height: HEIGHT * 2, channels: 3, pageHeight: HEIGHT },
    });
    const bytes = await stack.toFormat(format).toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const { answer, target } = await render(bytes, format);
    expect(answer).toMatchObject(UPRIGHT);
    expect(farthest((await seen(target)).colours, QUADRANTS)).toBeLessThan(12);
  },
);

test('a wide gamut is brought into sRGB, not relabelled', async () => {
  const bytes = await quadrants().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
  const unmanaged = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
  expect(Math.abs((unmanaged[1] ?? 0) - 30)).toBeGreaterThan(8);
  const { target } = await render(bytes, 'jpeg');
  expect(farthest((await seen(target)).colours, QUADRANTS)).toBeLessThan(8);
});

test('an old-style JPEG TIFF is read', async () => {
  const jpeg = await quadrants().jpeg({ quality: 95 }).toBuffer();
  const { answer, target } = await render(writeOldJpegTiff(jpeg, WIDTH, HEIGHT), 'tiff');
  expect(answer).toMatchObject(UPRIGHT);
  expect(farthest((await seen(target)).colours, QUADRANTS)).toBeLessThan(12);
});

test('a rendition carries no metadata, and no picture is enlarged', async () => {
  const bytes = await quadrants()
    .withMetadata({ orientation: 1 })
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  expect(await sharp(bytes).metadata()).toHaveProperty('exif');
  const { target } = await render(bytes, 'jpeg');
  const metadata = await sharp(target).metadata();
  expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc, metadata.orientation]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect([metadata.width, metadata.height]).toEqual([WIDTH, HEIGHT]);
});

test('the long edge of a rendition is 2048, whichever edge that is', async () => {
  const wide = await render(await quadrants().resize(5000, 1000, { fit: 'fill' }).png().toBuffer(), 'png', 6);
  expect(wide.answer).toMatchObject({ width: 1000, height: 5000 });
  expect(await sharp(wide.target).metadata()).toMatchObject({ width: 410, height: 2048 });
});
