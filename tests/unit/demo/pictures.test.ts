/** The picture generator of the tests is itself tested, so that a green test elsewhere means something. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makePictures } from '../../support/pictures.ts';
import * as pictures from '../../support/pictures.ts';
import { setTimes, temporaryFolder, writeTree } from '../../support/tree.ts';

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const decoded = async (content: Buffer): Promise<string> => digest(await sharp(content).raw().toBuffer());

const digests = async (made: readonly { path: string }[]): Promise<string[]> =>
  Promise.all(made.map(async ({ path }) => digest(await readFile(path))));

test('makes distinct pictures of mixed formats, the same ones for the same seed', async () => {
  await using folder = await temporaryFolder();
  const first = await makePictures(`${folder.path}/a`, { count: 150, seed: 3 });
  const again = await makePictures(`${folder.path}/b`, { count: 150, seed: 3 });
  const other = await makePictures(`${folder.path}/c`, { count: 50, seed: 4 });
  const [one, same, next] = [await digests(first), await digests(again), await digests(other)];
  expect(same).toEqual(one);
  expect(new Set([...one, ...next]).size).toBe(200);
  expect(new Set(first.map(({ format }) => format)).size).toBeGreaterThanOrEqual(6);
  const facts = await Promise.all(
    first
      .filter(({ format }) => format !== 'bmp')
      .map(async (made) => {
        const { width, height, format, orientation = 1 } = await sharp(made.path).metadata();
        return { width, height, format: format === 'heif' ? 'avif' : format, orientation };
      }),
  );
  expect(facts).toEqual(
    first
      .filter(({ format }) => format !== 'bmp')
      .map(({ width, height, format, orientation }) => ({ width, height, format, orientation })),
  );
});

test('variants of one JPEG have its size and pixels of their own', async () => {
  const jpeg = await pictures.bytesJpeg(60_000, 5);
  expect(Math.abs(jpeg.length / 60_000 - 1)).toBeLessThan(0.05);
  const variants = pictures.variantsOf(jpeg, 40);
  expect(new Set(variants.map(({ length }) => length))).toEqual(new Set([jpeg.length]));
  const seen = await Promise.all([jpeg, ...variants].map(decoded));
  expect(new Set(seen).size).toBe(41);
});

test('a decompression bomb is a valid PNG of the stated size', async () => {
  const small = pictures.decompressionBombPng(3001);
  const { channels } = await sharp(small, { failOn: 'warning' }).stats();
  expect(channels[0]).toMatchObject({ min: 0, max: 0 });
  const bomb = pictures.decompressionBombPng();
  expect(bomb.length).toBeLessThan(400_000);
  expect(await sharp(bomb, { limitInputPixels: false }).metadata()).toMatchObject({
    width: 50_000,
    height: 50_000,
  });
});

test('broken and undecodable ones do not decode', async () => {
  const broken = [
    await pictures.truncatedJpeg(0.5),
    pictures.heicLike(),
    pictures.rawLike(),
    pictures.rawLike('cr2'),
  ];
  const outcomes = await Promise.allSettled(broken.map(decoded));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
});

test('a tree is written as it is drawn, and goes with its folder', async () => {
  let kept = '';
  {
    await using folder = await temporaryFolder();
    kept = folder.path;
    const written = await writeTree(folder.path, {
      'a.txt': 'text',
      'sub/': { 'b.bin': Buffer.from([1, 2]) },
      'c/d/e.txt': '',
    });
    await setTimes(1_700_000_000_000, ...written);
    const read = await Promise.all(
      written.map(async (path) => [
        path.slice(kept.length + 1),
        [...(await readFile(path))],
        (await stat(path)).mtimeMs,
      ]),
    );
    expect(read).toEqual([
      ['a.txt', [...Buffer.from('text')], 1_700_000_000_000],
      ['sub/b.bin', [1, 2], 1_700_000_000_000],
      ['c/d/e.txt', [], 1_700_000_000_000],
    ]);
  }
  await expect(stat(kept)).rejects.toMatchObject({ code: 'ENOENT' });
});
