/** The sample photos that the project carries: all there, all pictures, all different, all described, and not heavy. */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { DEMO_PHOTOS } from '../../../electron/local/demo/photo-list.ts';
import { exiftool } from '../../support/exiftool.ts';

const FOLDER = path.join(import.meta.dirname, '../../../electron/local/demo/photos');

async function carried(): Promise<string[]> {
  const found = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(FOLDER, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Upright RGB pixels; `side` scales them to a square. A BMP is read by hand, because sharp does not. */
async function upright(file: string, side: number): Promise<Buffer> {
  const content = await readFile(path.join(FOLDER, file));
  if (!file.endsWith('.bmp'))
    return sharp(content).autoOrient().flatten().resize(side, side, { fit: 'fill' }).raw().toBuffer();
  const [start, width, height] = [content.readUInt32LE(10), content.readInt32LE(18), content.readInt32LE(22)];
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const rows = Array.from({ length: height }, (_, row) => {
    const from = start + (height - 1 - row) * rowBytes;
    return content.subarray(from, from + width * 3);
  });
  return sharp(Buffer.concat(rows), { raw: { width, height, channels: 3 } })
    .resize(side, side, { fit: 'fill' })
    .raw()
    .toBuffer();
}

test('the folder holds the listed photos and one sidecar, and nothing else', async () => {
  const sidecars = DEMO_PHOTOS.filter(({ file }) => file.endsWith('.bmp')).map(({ file }) =>
    file.replace(/bmp$/, 'xmp'),
  );
  expect(sidecars).toHaveLength(1);
  expect(await carried()).toEqual([...DEMO_PHOTOS.map(({ file }) => file), ...sidecars].sort());
});

test('all of them together are under 8 MB', async () => {
  const sizes = await Promise.all((await carried()).map((file) => stat(path.join(FOLDER, file))));
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(8_000_000);
});

test('each decodes in full, in the stated format, with the stated upright size', async () => {
  const read = await Promise.all(
    DEMO_PHOTOS.filter(({ file }) => !file.endsWith('.bmp')).map(async ({ file, wide }) => {
      const image = sharp(path.join(FOLDER, file), { failOn: 'warning' });
      const { format, autoOrient, orientation = 1, icc } = await image.metadata();
      await image.stats();
      // ExifTool stores an orientation of 1 where a file has none.
      return { file, format, ...autoOrient, orientation, isWide: icc !== undefined, wide: wide === true };
    }),
  );
  const stated = DEMO_PHOTOS.filter(({ file }) => !file.endsWith('.bmp')).map((photo) => {
    const ending = path.extname(photo.file).slice(1);
    const format = { jpg: 'jpeg', tif: 'tiff', avif: 'heif' }[ending] ?? ending;
    const { file, width = 1600, height = 1067, orientation = 1, wide = false } = photo;
    return { file, format, width, height, orientation, isWide: wide, wide };
  });
  expect(read).toEqual(stated);
  expect(new Set(stated.map(({ format }) => format))).toEqual(
    new Set(['jpeg', 'png', 'webp', 'tiff', 'heif', 'gif']),
  );
  expect(new Set(stated.map(({ orientation }) => orientation))).toEqual(new Set([1, 3, 6, 8]));
});

test('no two are the same picture, not even within a burst', async () => {
  const pixels = await Promise.all(DEMO_PHOTOS.map(({ file }) => upright(file, 48)));
  const alike: string[] = [];
  for (const [n, one] of pixels.entries())
    for (const [m, other] of pixels.entries()) {
      if (m <= n) continue;
      const apart = one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / one.length;
      if (apart < 0.5) alike.push(`${DEMO_PHOTOS[n]!.file} = ${DEMO_PHOTOS[m]!.file}: ${apart}`);
    }
  expect(alike).toEqual([]);
});

test('none is flat, and none is noise', async () => {
  const looks = await Promise.all(
    DEMO_PHOTOS.map(async ({ file }) => {
      const pixels = await upright(file, 64);
      const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
      const spread = Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
      // Neighbours differ less than strangers: a picture of something.
      const steps = pixels.reduce((sum, value, at) => sum + Math.abs(value - (pixels[at - 3] ?? value)), 0);
      return { file, isPicture: spread > 15 && steps / pixels.length < spread };
    }),
  );
  expect(looks.filter(({ isPicture }) => !isPicture)).toEqual([]);
});

const listed = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);

test('each states when it was taken and what is on it', async () => {
  const carriers = DEMO_PHOTOS.map(({ file }) => path.join(FOLDER, file.replace(/bmp$/, 'xmp')));
  const tags = [
    'DateTimeOriginal',
    'OffsetTimeOriginal',
    'XMP:DateCreated',
    'XMP:Subject',
    'XMP:HierarchicalSubject',
  ];
  const told = await exiftool(['-json', '-struct', ...tags.map((tag) => `-${tag}`), ...carriers]);
  const read = (JSON.parse(told) as Record<string, unknown>[]).map((facts) => ({
    taken: facts['DateTimeOriginal'] ?? null,
    offset: facts['OffsetTimeOriginal'] ?? null,
    created: facts['DateCreated'],
    flat: listed(facts['Subject']),
    hierarchical: listed(facts['HierarchicalSubject']),
  }));
  expect(read).toEqual(
    DEMO_PHOTOS.map(({ file, capturedAt, keywords }) => {
      const taken = capturedAt.slice(0, 19).replaceAll('-', ':').replace('T', ' ');
      const carriesExif = !/gif|bmp$/.test(file);
      return {
        taken: carriesExif ? taken : null,
        offset: carriesExif ? '+02:00' : null,
        created: `${taken}+02:00`,
        flat: keywords.map((keyword) => keyword.split('|').at(-1)),
        hierarchical: keywords,
      };
    }),
  );
});

test('they span two days of a trip, in the order of their numbers', () => {
  const times = DEMO_PHOTOS.map(({ capturedAt }) => capturedAt);
  expect(times).toEqual([...times].sort());
  expect(new Set(times.map((time) => time.slice(0, 10)))).toEqual(new Set(['2026-05-02', '2026-05-03']));
});
