/** The promise of the picture hash: metadata written by another program is the same photo, a changed pixel another. */
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pixels } from '../../support/drawing.ts';
import { exiftool } from '../../support/exiftool.ts';
import { createFolder, identifyPhoto, type Folder, type IdentifiedPhoto } from './identified.ts';

const WIDTH = 96;
const HEIGHT = 64;
type Encode = (image: Sharp) => Sharp;
const FORMATS: Readonly<Record<string, Encode>> = {
  'plain.jpg': (image) => image.jpeg(),
  'progressive.jpg': (image) => image.jpeg({ progressive: true }),
  'plain.png': (image) => image.png(),
  'palette.png': (image) => image.png({ palette: true }),
  'plain.webp': (image) => image.webp({ quality: 95 }),
  'alpha.webp': (image) => image.ensureAlpha(0.5).webp(),
  'lossless.webp': (image) => image.webp({ lossless: true }),
  'plain.gif': (image) => image.gif(),
  'strips.tif': (image) => image.tiff({ compression: 'lzw' }),
  'jpeg.tif': (image) => image.tiff({ compression: 'jpeg' }),
  'tiles.tif': (image) => image.tiff({ tile: true, tileWidth: 32, tileHeight: 32, compression: 'deflate' }),
  'pyramid.tif': (image) => image.tiff({ tile: true, tileWidth: 16, tileHeight: 16, pyramid: true }),
  'plain.avif': (image) => image.avif({ effort: 0, lossless: true }),
  'alpha.avif': (image) => image.ensureAlpha(0.5).avif({ effort: 0, lossless: true }),
};
const NAMES = Object.keys(FORMATS);

/** Acts of other programs, in this order, each upon the files as the one before left them. */
const ACTS: Readonly<Record<string, readonly string[]>> = {
  tagged: [
    '-IPTC:Keywords=Oslo',
    '-XMP-dc:Subject=Oslo',
    '-XMP-lr:HierarchicalSubject=Places|Oslo',
    '-XMP-xmp:Rating=4',
    '-EXIF:Orientation#=6',
  ],
  'big XMP': [`-XMP-dc:Rights=${'x'.repeat(150_000)}`, '-Comment=a comment'],
  stripped: ['-all=', '-CommonIFD0='],
  'tagged again': ['-XMP-dc:Subject=Bergen', '-EXIF:Make=Lumen', '-EXIF:ImageDescription=Harbour'],
  'stripped again': ['-all=', '-CommonIFD0='],
};

let folder: Folder;
const drawings = { first: pixels(WIDTH, HEIGHT, 1), other: changedPixel(pixels(WIDTH, HEIGHT, 1)) };

/** The same picture with one pixel turned to its opposite. */
function changedPixel(rgb: Uint8Array): Buffer {
  const changed = Buffer.from(rgb);
  const at = (20 * WIDTH + 30) * 3;
  for (let c = at; c < at + 3; c++) changed[c] = (changed[c] ?? 0) < 128 ? 255 : 0;
  return changed;
}

const encode = (name: string, rgb: Uint8Array): Promise<Buffer> => {
  const image = sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  return (FORMATS[name] ?? ((same) => same))(image).toBuffer();
};

async function identifyAll(): Promise<Record<string, IdentifiedPhoto>> {
  const entries: [string, IdentifiedPhoto][] = [];
  for (const name of NAMES) entries.push([name, await identifyPhoto(path.join(folder.root, name))]);
  return Object.fromEntries(entries);
}

const pick = <T>(
  all: Record<string, IdentifiedPhoto>,
  of: (photo: IdentifiedPhoto) => T,
): Record<string, T> => Object.fromEntries(Object.entries(all).map(([name, photo]) => [name, of(photo)]));

beforeAll(async () => {
  folder = await createFolder();
  for (const name of NAMES) await folder.write(name, await encode(name, drawings.first));
});
afterAll(async () => {
  await folder.remove();
});

test('what ExifTool writes and removes never makes a new photo', async () => {
  const before = await identifyAll();
  const hashes = pick(before, ({ pictureHash }) => pictureHash);
  expect(new Set(Object.values(hashes)).size).toBe(NAMES.length);
  let files = pick(before, ({ fileHash }) => fileHash);
  expect(Object.values(hashes).filter((hash) => Object.values(files).includes(hash))).toEqual([]);
  const tagged: Record<string, readonly string[]> = {};
  for (const [act, args] of Object.entries(ACTS)) {
    await exiftool([
      ...args,
      '-overwrite_original',
      '-q',
      '-m',
      ...NAMES.map((name) => path.join(folder.root, name)),
    ]);
    const now = await identifyAll();
    expect(
      pick(now, ({ pictureHash, complete }) => ({ pictureHash, complete })),
      act,
    ).toEqual(pick(before, ({ pictureHash }) => ({ pictureHash, complete: true })));
    const nowFiles = pick(now, ({ fileHash }) => fileHash);
    expect(
      NAMES.filter((name) => nowFiles[name] === files[name]),
      `${act} changed every file`,
    ).toEqual([]);
    files = nowFiles;
    if (act === 'tagged')
      Object.assign(
        tagged,
        pick(now, ({ facts }) => facts.keywords),
      );
  }
  expect(tagged).toEqual(pick(before, () => ['Oslo']));
});

test.each(NAMES)('one changed pixel makes another photo: %s', async (name) => {
  const [first, other] = await Promise.all([
    folder.photo(`first-${name}`, await encode(name, drawings.first)),
    folder.photo(`other-${name}`, await encode(name, drawings.other)),
  ]);
  expect(other.pictureHash).not.toBe(first.pictureHash);
});
