import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { exposureOf } from '../../../electron/engine/ingest/exposure.ts';
import { exiftool } from '../../support/exiftool.ts';
import { temporaryFolder } from '../../support/tree.ts';

const { signal } = new AbortController();

test('states how a picture was taken, whatever the format', async () => {
  await using folder = await temporaryFolder();
  const formats = ['jpg', 'png', 'webp', 'tif', 'avif'] as const;
  const picture = sharp({ create: { width: 32, height: 32, channels: 3, background: 'red' } });
  const files = formats.map((format) => path.join(folder.path, `a.${format}`));
  for (const file of files) await picture.clone().toFile(file);
  const odd = path.join(folder.path, 'odd.jpg');
  const bare = path.join(folder.path, 'bare.jpg');
  await copyFile(files[0] ?? '', odd);
  await copyFile(files[0] ?? '', bare);
  await exiftool([
    '-overwrite_original',
    '-n',
    '-ExposureTime=0.004',
    '-FNumber=2.8',
    '-ISO=800',
    '-FocalLength=35',
    '-FocalLengthIn35mmFormat=52',
    '-ExposureCompensation=-0.3333333333',
    '-EXIF:Flash=25',
    '-ExposureProgram=3',
    '-MeteringMode=5',
    '-EXIF:WhiteBalance=1',
    '-Software=Camera 1.2',
    '-Artist=Zoë',
    '-Copyright=© Zoë',
    '-ColorSpace=1',
    ...files,
    '-execute',
    '-overwrite_original',
    '-n',
    '-ShutterSpeedValue=0.002',
    '-ApertureValue=4',
    '-ISO=65535',
    '-ISOSpeed=102400',
    '-FocalLengthIn35mmFormat=0',
    '-EXIF:Flash=16',
    '-ExposureProgram=0',
    odd,
  ]);
  for (const file of files) {
    const { lines } = await exposureOf(file, { signal });
    expect(lines.map(({ name }) => name)).toEqual([
      'exposureTime',
      'aperture',
      'iso',
      'focalLength',
      'focalLength35mm',
      'exposureBias',
      'flash',
      'exposureProgram',
      'meteringMode',
      'whiteBalance',
      'software',
      'artist',
      'copyright',
      'colorSpace',
    ]);
    const facts = Object.fromEntries(lines.map(({ name, value }) => [name, value]));
    expect(facts).toMatchObject({
      exposureTime: 0.004,
      aperture: 2.8,
      iso: 800,
      focalLength: 35,
      focalLength35mm: 52,
      flash: 'Fired, auto',
      exposureProgram: 'Aperture priority',
      meteringMode: 'Multi-segment',
      whiteBalance: 'Manual',
      software: 'Camera 1.2',
      artist: 'Zoë',
      copyright: '© Zoë',
      colorSpace: 'sRGB',
    });
    expect(facts['exposureBias']).toBeCloseTo(-1 / 3, 5);
  }
  expect((await exposureOf(odd, { signal })).lines).toEqual([
    { name: 'exposureTime', value: 0.002 },
    { name: 'aperture', value: 4 },
    { name: 'iso', value: 102_400 },
    { name: 'flash', value: 'Did not fire' },
    { name: 'colorSpace', value: 'Uncalibrated' },
  ]);
  expect(await exposureOf(bare, { signal })).toEqual({ lines: [] });
});

test('what is gone or no picture states nothing', async () => {
  await using folder = await temporaryFolder();
  const below = path.join(folder.path, 'a');
  await mkdir(below);
  expect(await exposureOf(path.join(folder.path, 'gone.jpg'), { signal })).toEqual({ lines: [] });
  expect(await exposureOf(below, { signal })).toEqual({ lines: [] });
  expect(await exposureOf(import.meta.filename, { signal })).toEqual({ lines: [] });
});
