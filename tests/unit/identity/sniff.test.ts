import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { extensionOf, formatOfTiff, isNamedLikePhoto, sniff } from '../../../electron/engine/ingest/sniff.ts';

const fixture = (name: string): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`../../fixtures/picture-hash/${name}`, import.meta.url)));
const start = (text: string): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(64)]);
const ftyp = (major: string, ...compatible: readonly string[]): Buffer => {
  const body = `ftyp${major}\0\0\0\0${compatible.join('')}`;
  return start(`\0\0\0${String.fromCodePoint(body.length + 4)}${body}`);
};

test('formats are told by their bytes', async () => {
  const found = {
    jpeg: sniff(await fixture('baseline.jpg')),
    png: sniff(await fixture('rgb.png')),
    webp: sniff(await fixture('lossy.webp')),
    gif: sniff(await fixture('still.gif')),
    tiff: sniff(await fixture('strips.tif')),
    bmp: sniff(await fixture('plain.bmp')),
    avif: sniff(await fixture('plain.avif')),
    heic: sniff(ftyp('heic', 'mif1', 'heic')),
    cr2: sniff(start('II*\0\u0010\0\0\0CR\u0002\0')),
    nef: sniff(start('II*\0\b\0\0\0')),
    bigTiff: sniff(start('MM\0+')),
    raf: sniff(start('FUJIFILMCCD-RAW 0201')),
    orf: sniff(start('IIRO')),
    rw2: sniff(start('IIU\0')),
    x3f: sniff(start('FOVb')),
    mrw: sniff(start('\0MRM')),
    crw: sniff(start('II\u001a\0\0\0HEAPCCDR')),
    cr3: sniff(ftyp('crx ', 'crx ', 'isom')),
    heicByCompatible: sniff(ftyp('mif1', 'mif1', 'hevc')),
    avifByCompatible: sniff(ftyp('mif1', 'mif1', 'avif')),
    avifFirst: sniff(ftyp('avif', 'mif1', 'heic')),
  };
  expect(found).toEqual({
    jpeg: 'jpeg',
    png: 'png',
    webp: 'webp',
    gif: 'gif',
    tiff: 'tiff-container',
    bmp: 'bmp',
    avif: 'avif',
    heic: 'heic',
    cr2: 'raw',
    nef: 'tiff-container',
    bigTiff: 'tiff-container',
    raf: 'raw',
    orf: 'raw',
    rw2: 'raw',
    x3f: 'raw',
    mrw: 'raw',
    crw: 'raw',
    cr3: 'raw',
    heicByCompatible: 'heic',
    avifByCompatible: 'avif',
    avifFirst: 'avif',
  });
});

test('videos, texts and short starts are no pictures', () => {
  const others = [
    ftyp('isom', 'isom', 'mp42'),
    ftyp('qt  ', 'qt  '),
    start('BMW is a car maker, not a bitmap, whatever it begins with'),
    start('RIFF\0\0\0\0AVI LIST'),
    start('%PDF-1.7'),
    Buffer.from('MZ'),
    Buffer.from('B'),
    Buffer.from('BM'),
    Buffer.from([0xff, 0xd8]),
    Buffer.from('\0\0\0 ftyp', 'latin1'),
    Buffer.alloc(0),
  ];
  expect(others.map(sniff)).toEqual(others.map(() => null));
});

test('TIFF, DNG and RAW are told by directories first, then by name', () => {
  const nature = { isDng: false, hasSensorData: false };
  expect([
    formatOfTiff({ isDng: true, hasSensorData: true }, 'tif'),
    formatOfTiff({ ...nature, hasSensorData: true }, 'tif'),
    formatOfTiff(nature, 'nef'),
    formatOfTiff(nature, 'tif'),
    formatOfTiff(nature, ''),
  ]).toEqual(['dng', 'raw', 'raw', 'tiff', 'tiff']);
});

test('names', () => {
  expect(['/a.b/c', '/a/.jpg', 'C:\\a\\B.JPG', '/a/b.jpg.txt', 'x.CR3'].map(extensionOf)).toEqual([
    '',
    '',
    'jpg',
    'txt',
    'cr3',
  ]);
  expect(['/a/b.HIF', '/a/b.jxl', '/a/b.mp4', '/a/jpg', '/a/b.jfif'].map(isNamedLikePhoto)).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});
