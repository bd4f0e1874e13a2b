/** Capture facts, written by ExifTool into every format that holds them, and from damaged metadata. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_CAPTURE_FACTS, type CaptureFacts } from '#shared/capture.ts';
import { parseMoment } from '../../../electron/engine/ingest/capture-text.ts';
import { pixels } from '../../support/drawing.ts';
import { exiftool } from '../../support/exiftool.ts';
import { createFolder, identifyPhoto, type Folder } from './identified.ts';

const EXTENSIONS = ['jpg', 'png', 'webp', 'tif', 'avif', 'gif'] as const;
type Extension = (typeof EXTENSIONS)[number];
const SIZE = { width: 24, height: 16 };

let folder: Folder;
const drawing = pixels(SIZE.width, SIZE.height, 1);
const encode = (extension: Extension): Promise<Buffer> => {
  const image = sharp(drawing, { raw: { ...SIZE, channels: 3 } });
  const encoders = {
    jpg: () => image.jpeg(),
    png: () => image.png(),
    webp: () => image.webp(),
    tif: () => image.tiff({ compression: 'lzw' }),
    avif: () => image.avif({ effort: 0 }),
    gif: () => image.gif(),
  };
  return encoders[extension]().toBuffer();
};

/** The facts of a picture of each format after ExifTool wrote `args` into it. */
async function written(
  args: readonly string[],
  extensions: readonly Extension[] = EXTENSIONS,
): Promise<Partial<Record<Extension, CaptureFacts>>> {
  const files = await Promise.all(
    extensions.map(async (extension) => await folder.write(`photo.${extension}`, await encode(extension))),
  );
  await exiftool([...args, '-overwrite_original', '-q', '-m', ...files]);
  const facts: Partial<Record<Extension, CaptureFacts>> = {};
  for (const extension of extensions) {
    facts[extension] = (await identifyPhoto(path.join(folder.root, `photo.${extension}`))).facts;
  }
  return facts;
}

const each = <T>(extensions: readonly Extension[], value: T): Partial<Record<Extension, T>> =>
  Object.fromEntries(extensions.map((extension) => [extension, value]));

beforeAll(async () => {
  folder = await createFolder();
});
afterAll(async () => {
  await folder.remove();
});

const EXIF_ARGS = [
  '-EXIF:DateTimeOriginal=2024:05:01 10:20:30',
  '-EXIF:SubSecTimeOriginal=7',
  '-EXIF:OffsetTimeOriginal=+02:00',
  '-EXIF:CreateDate=2023:01:01 00:00:00',
  '-EXIF:GPSLatitude=33.8568',
  '-EXIF:GPSLatitudeRef=S',
  '-EXIF:GPSLongitude=151.2153',
  '-EXIF:GPSLongitudeRef=E',
  '-EXIF:Make=Lumen',
  '-EXIF:Model=L1',
  '-EXIF:LensModel=Lumen 35mm F2',
  '-EXIF:ImageDescription=Opera, Sydney – façade',
  '-EXIF:Orientation#=8',
];
const XMP_ARGS = [
  '-XMP-dc:Subject=Århus',
  '-XMP-dc:Subject=a & b < "c"',
  '-XMP-dc:Subject=Århus',
  '-XMP-lr:HierarchicalSubject=Places|Denmark|Århus',
  '-XMP-digiKam:TagsList=Places/Denmark/Århus',
  '-XMP-digiKam:TagsList=People/Ann',
  '-XMP-microsoft:LastKeywordXMP=Things/Boat',
  '-XMP-microsoft:RatingPercent=75',
  '-XMP-xmp:Rating=-1',
  '-XMP-dc:Description=First line\nsecond 🙂',
  '-XMP-photoshop:DateCreated=2022:03:04 05:06:07+01:00',
  '-XMP-exif:GPSLatitude=55.5',
  '-XMP-exif:GPSLongitude=-10.25',
  '-XMP-tiff:Make=Lumen',
  '-XMP-aux:Lens=Lumen 50mm',
];
const XMP_FACTS: CaptureFacts = {
  ...NO_CAPTURE_FACTS,
  ...SIZE,
  capturedAt: '2022-03-04T05:06:07',
  captureOffset: '+01:00',
  latitude: 55.5,
  longitude: -10.25,
  cameraMake: 'Lumen',
  lens: 'Lumen 50mm',
  caption: 'First line\nsecond 🙂',
  keywords: ['Århus', 'a & b < "c"'],
  hierarchicalKeywords: ['Places|Denmark|Århus', 'People|Ann', 'Things|Boat'],
  rating: -1,
};

test('EXIF in every format that has it', async () => {
  const extensions = EXTENSIONS.filter((extension) => extension !== 'gif');
  const facts: CaptureFacts = {
    ...NO_CAPTURE_FACTS,
    ...SIZE,
    orientation: 8,
    capturedAt: '2024-05-01T10:20:30.700',
    captureOffset: '+02:00',
    latitude: expect.closeTo(-33.8568, 5),
    longitude: expect.closeTo(151.2153, 5),
    cameraMake: 'Lumen',
    cameraModel: 'L1',
    lens: 'Lumen 35mm F2',
    caption: 'Opera, Sydney – façade',
  };
  expect(await written(EXIF_ARGS, extensions)).toEqual({
    ...each(extensions, facts),
    // Decoders of AVIF turn by the container's own property and not by EXIF.
    avif: { ...facts, orientation: 1 },
  });
});

test('XMP in every format', async () => {
  expect(await written(XMP_ARGS)).toEqual(each(EXTENSIONS, XMP_FACTS));
});

test('XMP in the shorthand form, and too big for one JPEG segment', async () => {
  const big = ['-api', 'Compact=Shorthand', `-XMP-dc:Rights=${'long '.repeat(30_000)}`];
  expect(await written([...big, ...XMP_ARGS])).toEqual(each(EXTENSIONS, XMP_FACTS));
});

describe('IPTC', () => {
  const KEPT = ['jpg', 'tif'] as const;
  const args = ['-IPTC:Keywords=Malmö', '-IPTC:Keywords=sea', '-IPTC:Caption-Abstract=Öresund'];
  const dates = ['-IPTC:DateCreated=2021:02:03', '-IPTC:TimeCreated=04:05:06-03:30'];
  const facts = {
    ...NO_CAPTURE_FACTS,
    ...SIZE,
    capturedAt: '2021-02-03T04:05:06',
    captureOffset: '-03:30',
    caption: 'Öresund',
    keywords: ['Malmö', 'sea'],
  };

  test('in UTF-8 and in Latin-1', async () => {
    expect(await written([...args, ...dates, '-IPTC:CodedCharacterSet=UTF8'], KEPT)).toEqual(
      each(KEPT, facts),
    );
    expect(await written([...args, ...dates], KEPT)).toEqual(each(KEPT, facts));
  });

  test('gives way to the whole form of what it had to cut, and comes before XMP’s', async () => {
    const long = 'A keyword that is a good deal longer than sixty-four bytes, as some are';
    const both = [
      `-IPTC:Keywords=${long.slice(0, 64)}`,
      '-IPTC:Keywords=sea',
      `-XMP-dc:Subject=${long}`,
      '-XMP-dc:Subject=boat',
    ];
    const { jpg } = await written(
      [...both, '-XMP-dc:Description=From XMP', '-IPTC:Caption-Abstract=From IPTC'],
      ['jpg'],
    );
    expect([jpg?.keywords, jpg?.caption]).toEqual([['sea', long, 'boat'], 'From XMP']);
  });
});

const dateOf = async (...args: readonly string[]): Promise<unknown> => {
  const { jpg } = await written(args, ['jpg']);
  return [jpg?.capturedAt, jpg?.captureOffset];
};

test('dates: the order of tags', async () => {
  const iptc = '-IPTC:DateCreated=2018:07:08';
  const xmp = '-XMP-xmp:CreateDate=2020:01:02 03:04:05Z';
  const created = ['-EXIF:CreateDate=2019:01:02 03:04:05', '-EXIF:OffsetTimeDigitized=-05:00'];
  const modified = '-EXIF:ModifyDate=2016:01:01 00:00:00';
  expect([
    await dateOf(modified, ...created, xmp, iptc),
    await dateOf(modified, xmp, iptc),
    await dateOf('-XMP-photoshop:DateCreated=2017', iptc),
    await dateOf('-XMP-photoshop:DateCreated=2017', modified),
  ]).toEqual([
    ['2019-01-02T03:04:05', '-05:00'],
    ['2020-01-02T03:04:05', '+00:00'],
    ['2018-07-08T00:00:00', null],
    [null, null],
  ]);
});

test('moments, and texts that are none', () => {
  const moments = {
    '2024:02:29 23:59:59': ['2024-02-29T23:59:59', null],
    '2024-05-01T10:20': ['2024-05-01T10:20:00', null],
    '2024-05-01T10:20:30.12345-0330': ['2024-05-01T10:20:30.123', '-03:30'],
    '2024-05-01T10:20:30+99:00': ['2024-05-01T10:20:30', null],
    '2024:05:01 10:20:30\0junk': ['2024-05-01T10:20:30', null],
    '2024-05-01': ['2024-05-01T00:00:00', null],
    '2023:02:29 10:00:00': null,
    '2023:04:31 10:00:00': null,
    '2023:00:10 10:00:00': null,
    '2023:01:01 24:00:00': null,
    '0000:00:00 00:00:00': null,
    '    :  :     :  :  ': null,
    '2024-05': null,
    '2024': null,
    '': null,
  };
  const found = Object.keys(moments).map((text) => {
    const moment = parseMoment(text);
    return [text, moment === null ? null : [moment.at, moment.offset]];
  });
  expect(Object.fromEntries(found)).toEqual(moments);
});

test('lengths are bounded', async () => {
  const words = Array.from({ length: 1100 }, (_, index) => `-XMP-dc:Subject=word ${index}`);
  // So long a description that a JPEG has to keep it in extended XMP.
  const facts = await written(
    [`-XMP-dc:Subject=${'ö'.repeat(2000)}`, ...words, `-XMP-dc:Description=${'ü'.repeat(50_000)}`],
    ['png', 'jpg'],
  );
  const found = Object.values(facts).map(({ keywords, caption }) => [
    keywords.length,
    keywords[0],
    keywords[1],
    Buffer.byteLength(caption ?? ''),
  ]);
  const bounded = [1000, 'ö'.repeat(512), 'word 0', 65_536];
  expect(found).toEqual([bounded, bounded]);
});

const profile = (name: string, bytes: Buffer): Buffer => {
  const lines = bytes.toString('hex').replaceAll(/.{72}/g, '$&\n');
  return Buffer.from(`\n${name}\n${String(bytes.length).padStart(8)}\n${lines}\n`, 'latin1');
};
const chunk = (type: string, keyword: string, text: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(`${type}${keyword}\0`, 'latin1'), text]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  return Buffer.concat([length, body, Buffer.alloc(4)]);
};

test('PNG: the text chunks in which ImageMagick keeps EXIF, XMP and IPTC', async () => {
  const exif = Buffer.concat([
    Buffer.from(
      'Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0003\0\0\0\0\0\0',
      'latin1',
    ),
  ]);
  const iptc = Buffer.from('8BIM\u0004\u0004\0\0\0\0\0\b\u001c\u0002\u0019\0\u0003sea', 'latin1');
  const xmp = Buffer.from(
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmp:Rating="3"/></rdf:RDF>',
  );
  const png = await encode('png');
  const added = Buffer.concat([
    png.subarray(0, 33),
    chunk('tEXt', 'Raw profile type exif', profile('exif', exif)),
    chunk(
      'zTXt',
      'Raw profile type iptc',
      Buffer.concat([Buffer.from([0]), deflateSync(profile('iptc', iptc))]),
    ),
    chunk('zTXt', 'Raw profile type xmp', Buffer.from([0, 1, 2, 3])),
    chunk('iTXt', 'XML:com.adobe.xmp', Buffer.concat([Buffer.from([1, 0, 0, 0]), deflateSync(xmp)])),
    png.subarray(33),
  ]);
  const { facts } = await folder.photo('legacy.png', added);
  expect(facts).toEqual({ ...NO_CAPTURE_FACTS, ...SIZE, orientation: 3, keywords: ['sea'], rating: 3 });
});

test('broken metadata gives facts or none, never an error', async () => {
  const facts = await written([...EXIF_ARGS, ...XMP_ARGS, '-IPTC:Keywords=sea'], ['jpg', 'tif']);
  expect(facts.jpg?.keywords).toEqual(['sea', 'Århus', 'a & b < "c"']);
  for (const name of ['photo.jpg', 'photo.tif']) {
    const bytes = await readFile(path.join(folder.root, name));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 16, max: bytes.length - 1 }), fc.nat({ max: 255 })), {
          maxLength: 30,
        }),
        async (changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, value] of changes) changed[at] = value;
          const { facts } = await folder.photo(`broken-${name}`, changed);
          expect(Object.keys(facts).sort()).toEqual(Object.keys(NO_CAPTURE_FACTS).sort());
        },
      ),
      { numRuns: 80 },
    );
  }
});
