/**
 * Golden vectors: the picture hash, version 1, of files that never change. A failure here means that every input id in
 * the world would change: mend the code, not the table.
 */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { PhotoFormat } from '#shared/photo.ts';
import { PICTURE_HASH_VERSION } from '../../../electron/engine/ingest/picture-hash/version-1.ts';
import { identifyPhoto } from './identified.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/picture-hash/', import.meta.url));

const GOLDEN: readonly (readonly [name: string, format: PhotoFormat, complete: boolean, hash: string])[] = [
  ['alpha.avif', 'avif', true, 'd22b00b0dfdb30e2167c1f12789e593f98e4496ca1854044962228c21c77ff1e'],
  ['alpha.webp', 'webp', true, '1a860af93c503c196ec5e9080f37d3e7ac8d45c59f5b2eebb41379372cb0d606'],
  ['animated.gif', 'gif', true, 'ea3c4cd2e30b0e2cd2eae10f04a497833a6529485921d86ad6a3c1aa258948df'],
  ['animated.png', 'png', true, 'b77efdc86e529bbdd79e22761af633b1635b9228b059eb286ec25d2ece800afc'],
  ['animated.webp', 'webp', true, '69d936b7c52c8363e008aa1442b909983cfb6bbede62656bc46ba129fb6c9c42'],
  ['baseline.jpg', 'jpeg', true, 'eec82d8bbaecf54b3f5a445177d18b8023e815bec0803b46cd85018951b40e95'],
  ['big.tif', 'tiff', true, '715ea9e1ba7338b25bee44551b3822933ad9313e0ebdd1d58b3c7890b43ffcf7'],
  ['cut-off.jpg', 'jpeg', false, 'a2d113a86cb2fb9ab0faaf55bea50a8bd256c0363f35e372bed6912db38d455d'],
  ['lossless.webp', 'webp', true, '185a9114bc3f124ebbeb49a19fecdde7c418691508447bb83f267258fd0c398f'],
  ['lossy.webp', 'webp', true, 'f81b5d1c7805431f3436ecb4cc0d85563a9ff3ce905c11fc1a78ec8727a54612'],
  ['no-picture.jpg', 'unknown', true, 'e4ffde4f0135b2919adaa1f83c33f98b22dfdc87f59cb44e93e58b39a91c0bba'],
  ['palette.png', 'png', true, '6c008cf5e2570ef0cbd81cc0bb260946f481186d8a5d44c38cf9343c873bfef1'],
  ['plain.avif', 'avif', true, 'a4f503ebe3533ab4f38880f5ffe4c12d179575999ec381fbf94de221b3d3c04d'],
  ['plain.bmp', 'bmp', true, '6b5dca3c98e5951ed879cbb2a163d591b5c93187612a467934911bd57c73d95c'],
  ['progressive.jpg', 'jpeg', true, '756c67f61eadd22d62e4f3b476def603c978725c836cd06c444c246bb5782aed'],
  ['rgb.png', 'png', true, 'c47f589b5e529bec12a44002a298503a052b08bebeeed36c09f85a6c3d834f8f'],
  ['sensor.dng', 'dng', true, 'e3ff48b546c2250b08332adab755b92eb11aeb3f06e4eead04b2d2ac9f71a06d'],
  ['still.gif', 'gif', true, 'a4ec9f51c3964bceba31843afc76169deeed3bc6a446113bfee2b864337c62a0'],
  ['strips.tif', 'tiff', true, 'bb583e35474680162b11f9e0588a30febff8e5b89bffca84f030f780fbb8adf8'],
  ['tagged.jpg', 'jpeg', true, 'eec82d8bbaecf54b3f5a445177d18b8023e815bec0803b46cd85018951b40e95'],
  ['tiles.tif', 'tiff', true, '1e851a7330ba622a99fd83acf223ec8833eb89dc4b45636623572096bde59b68'],
];

test('every fixture has the hash it always had', async () => {
  const names = (await readdir(FIXTURES)).filter((name) => !name.endsWith('.md')).sort();
  const found: (typeof GOLDEN)[number][] = [];
  for (const name of names) {
    const { format, complete, pictureHash } = await identifyPhoto(FIXTURES + name);
    found.push([name, format, complete, pictureHash]);
  }
  expect({ version: PICTURE_HASH_VERSION, found }).toEqual({ version: 1, found: GOLDEN });
});

const hashOf = (name: string): string | undefined => GOLDEN.find(([golden]) => golden === name)?.[3];

test('tags and orientation are not in the hash', () => {
  expect(hashOf('tagged.jpg')).toBe(hashOf('baseline.jpg'));
});
