/**
 * Pictures for tests, made on the fly. The same options give the same pixels; another `seed` gives another picture.
 * Everything here is small and quick: 1,000 mixed pictures take a few seconds on two cores.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { Orientation } from '#shared/photo.ts';
import { writeBmp } from './bmp-writer.ts';
import { pixels, random } from './drawing.ts';
import { exifOf, usualFacts, xmpOf } from './written-facts.ts';
import type { WrittenFacts } from './written-facts.ts';

/** What a single picture is like. */
export interface PictureOptions {
  /** Stored pixels, before orientation. Defaults: 96 × 64. */
  readonly width?: number;
  readonly height?: number;
  /** Any integer; decides the picture. Default 1. */
  readonly seed?: number;
  /** 1–100, for the lossy formats. Default 80. */
  readonly quality?: number;
  /**
   * Facts as EXIF and XMP; `true` for the usual ones (`usualFacts`). BMP and GIF carry none, TIFF
   * only the XMP: caption, keywords, rating.
   */
  readonly exif?: true | WrittenFacts;
  /** EXIF orientation, written only when given. BMP and GIF carry none. */
  readonly orientation?: Orientation;
}

/** The picture of `options` as a sharp pipeline, with its metadata set and no format chosen. */
function drawn(options: PictureOptions): Sharp {
  const { width = 96, height = 64, seed = 1 } = options;
  let image = sharp(pixels(width, height, seed), { raw: { width, height, channels: 3 } });
  const facts = options.exif === true ? usualFacts(seed) : options.exif;
  if (facts !== undefined) image = image.withExif(exifOf(facts)).withXmp(xmpOf(facts));
  if (options.orientation !== undefined) image = image.withMetadata({ orientation: options.orientation });
  return image;
}

/** A baseline, or progressive, JPEG. */
export function jpeg(options: PictureOptions & { readonly progressive?: boolean } = {}): Promise<Buffer> {
  const { quality = 80, progressive = false } = options;
  return drawn(options).jpeg({ quality, progressive }).toBuffer();
}

export function png(options: PictureOptions = {}): Promise<Buffer> {
  return drawn(options).png({ compressionLevel: 4 }).toBuffer();
}

export function webp(options: PictureOptions & { readonly lossless?: boolean } = {}): Promise<Buffer> {
  const { quality = 80, lossless = false } = options;
  return drawn(options).webp({ quality, lossless, effort: 0 }).toBuffer();
}

export function tiff(options: PictureOptions = {}): Promise<Buffer> {
  return drawn(options).tiff({ compression: 'lzw' }).toBuffer();
}

export function gif(options: PictureOptions = {}): Promise<Buffer> {
  const { width = 96, height = 64, seed = 1 } = options;
  return drawn({ width, height, seed }).gif({ effort: 1, colours: 64, dither: 0 }).toBuffer();
}

export function avif(options: PictureOptions = {}): Promise<Buffer> {
  return drawn(options)
    .avif({ quality: options.quality ?? 50, effort: 0 })
    .toBuffer();
}

/** A 24-bit uncompressed BMP, bottom row first. */
export function bmp(options: PictureOptions = {}): Promise<Buffer> {
  const { width = 96, height = 64, seed = 1 } = options;
  const image = { pixels: pixels(width, height, seed), width, height };
  return Promise.resolve(writeBmp(image, { bitCount: 24 }));
}

/** Bytes that are HEIC by their first box and no picture at all. */
export function heicLike(seed = 1): Buffer {
  const type = Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1');
  const body = noise(512, seed);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write('mdat', 4, 'latin1');
  return Buffer.concat([type, head, body]);
}

/** Bytes that begin like a Canon CR2 or a Nikon NEF (a TIFF whose only directory names the maker) and hold no picture. */
export function rawLike(kind: 'cr2' | 'nef' = 'nef', seed = 1): Buffer {
  const maker = Buffer.from(kind === 'cr2' ? 'Canon\0' : 'NIKON CORPORATION\0', 'latin1');
  const made = Buffer.alloc(64);
  made.write('II*\0', 0, 'latin1');
  made.writeUInt32LE(16, 4);
  if (kind === 'cr2') made.write('CR\u0002\0', 8, 'latin1');
  made.writeUInt16LE(1, 16);
  made.writeUInt16LE(0x010f, 18);
  made.writeUInt16LE(2, 20);
  made.writeUInt32LE(maker.length, 22);
  made.writeUInt32LE(34, 26);
  maker.copy(made, 34);
  return Buffer.concat([made, noise(1024, seed)]);
}

/** The first `share` (0–1) of a JPEG's bytes: its end, EOI included, is missing. */
export async function truncatedJpeg(share: number, options: PictureOptions = {}): Promise<Buffer> {
  const whole = await jpeg({ width: 400, height: 300, ...options });
  return whole.subarray(0, Math.floor(whole.length * share));
}

/** A PNG with other bytes in its middle; its beginning and its end stand, so that only decoding shows it. */
export async function damagedPng(options: PictureOptions = {}): Promise<Buffer> {
  const whole = await png(options);
  return whole.fill(0x5a, Math.floor(whole.length / 3), Math.floor(whole.length / 2));
}

/** A JPEG with so much behind its end that the service does not take the file; a sized copy of it is small. */
export async function heavyJpeg(options: PictureOptions = {}): Promise<Buffer> {
  return Buffer.concat([await jpeg(options), Buffer.alloc(20 * 1024 * 1024, 1)]);
}

function pngChunk(type: string, body: Buffer): Buffer {
  const made = Buffer.alloc(body.length + 12);
  made.writeUInt32BE(body.length, 0);
  made.write(type, 4, 'latin1');
  body.copy(made, 8);
  made.writeUInt32BE(crc32(made.subarray(4, 8 + body.length)), 8 + body.length);
  return made;
}

/** A deflate block of `count` zeros that may stand anywhere in a stream. */
function zeros(count: number): Buffer {
  return deflateRawSync(Buffer.alloc(count), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
}

/** A valid 1-bit PNG of `side` × `side` black pixels (default 50,000: 2.5 gigapixels in about 300 KB). */
export function decompressionBombPng(side = 50_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  // All filters and pixels are zero, so one flushed block of zeros can stand for every megabyte of them.
  const total = (1 + Math.ceil(side / 8)) * side;
  const block = zeros(1_048_576);
  const adler = Buffer.alloc(4);
  adler.writeUInt16BE(total % 65_521, 0);
  adler.writeUInt16BE(1, 2);
  const packed = Buffer.concat([
    Buffer.from([0x78, 0xda]),
    ...Array.from({ length: Math.floor(total / 1_048_576) }, () => block),
    zeros(total % 1_048_576),
    Buffer.from([0x03, 0x00]),
    adler,
  ]);
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', packed),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A JPEG of one flat colour with 90 megapixels: more than the service's 85, and cheap. */
export function hugeJpeg(width = 10_000, height = 9000): Promise<Buffer> {
  const background = { r: 90, g: 120, b: 160 };
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })
    .jpeg({ quality: 40 })
    .toBuffer();
}

function noise(count: number, seed: number): Buffer {
  const next = random(seed);
  return Buffer.from(Uint8Array.from({ length: count }, () => next() * 256));
}

/**
 * A 3:2 JPEG of about `sizeBytes` (within 5 %), with a photograph's ratio of bytes to pixels (about 2.5 bits per
 * pixel), so that decoding it costs what decoding a photo of that size does. Distinct by seed; see {@link variantsOf}
 * for many of them.
 */
export async function bytesJpeg(sizeBytes: number, seed = 1): Promise<Buffer> {
  let height = Math.max(16, Math.round(Math.sqrt((sizeBytes * 8) / 2.5 / 1.5)));
  let made: Buffer = Buffer.alloc(0);
  for (let attempt = 0; attempt < 4; attempt += 1) {
    made = await noisyJpeg(Math.round(height * 1.5), height, seed);
    if (Math.abs(made.length / sizeBytes - 1) < 0.05) break;
    height = Math.max(16, Math.round(height * Math.sqrt(sizeBytes / made.length)));
  }
  return made;
}

async function noisyJpeg(width: number, height: number, seed: number): Promise<Buffer> {
  const [coarseWidth, coarseHeight] = [Math.ceil(width / 3), Math.ceil(height / 3)];
  const coarse = noise(coarseWidth * coarseHeight * 3, seed);
  return sharp(coarse, { raw: { width: coarseWidth, height: coarseHeight, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .linear(0.4, 70)
    .jpeg({ quality: 80 })
    .toBuffer();
}

/**
 * `count` (at most 500,000) valid JPEGs that differ from `jpeg` and from each other in their decoded pixels and have its very size.
 * The first quantisation table's low frequencies are raised by 0–2 steps each, which costs a copy and no encoding.
 */
export function variantsOf(jpeg: Buffer, count: number): Buffer[] {
  let table = 2;
  while (jpeg[table] === 0xff && jpeg[table + 1] !== 0xdb) table += 2 + jpeg.readUInt16BE(table + 2);
  const isEightBit = jpeg[table] === 0xff && (jpeg[table + 4] ?? 0xff) >> 4 === 0;
  if (!isEightBit || count > 500_000)
    throw new Error('variantsOf takes a JPEG with 8-bit quantisation tables, for at most 500,000 variants.');
  return Array.from({ length: count }, (_, index) => {
    const variant = Buffer.from(jpeg);
    let digits = index + 1;
    for (let entry = table + 6; digits > 0; entry += 1) {
      variant[entry] = Math.min(253, jpeg[entry]!) + (digits % 3);
      digits = Math.floor(digits / 3);
    }
    return variant;
  });
}

/** The kinds that {@link makePictures} mixes. */
export type PictureKind =
  | 'jpeg'
  | 'progressive'
  | 'png'
  | 'webp'
  | 'webp-lossless'
  | 'tiff'
  | 'gif'
  | 'bmp'
  | 'avif';

const MAKERS: Readonly<Record<PictureKind, (options: PictureOptions) => Promise<Buffer>>> = {
  jpeg,
  progressive: (options) => jpeg({ ...options, progressive: true }),
  png,
  webp,
  'webp-lossless': (options) => webp({ ...options, lossless: true }),
  tiff,
  gif,
  bmp,
  avif,
};

const USUAL_MIX: Readonly<Partial<Record<PictureKind, number>>> = {
  jpeg: 52,
  progressive: 14,
  png: 10,
  webp: 6,
  'webp-lossless': 4,
  tiff: 5,
  gif: 4,
  bmp: 3,
  avif: 2,
};

/** One picture that {@link makePictures} wrote. */
export interface MadePicture {
  readonly path: string;
  readonly kind: PictureKind;
  readonly format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif' | 'bmp' | 'avif';
  readonly bytes: number;
  /** Stored pixels, before orientation. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** The facts in the file; null for about half of them, and for every BMP and GIF. */
  readonly facts: WrittenFacts | null;
}

/** What {@link makePictures} makes. */
export interface PicturesWanted {
  readonly count: number;
  /** Two seeds give two disjoint sets (seeds apart by less than a million share none). Default 1. */
  readonly seed?: number;
  /** Weights by kind; replaces the usual mix. */
  readonly mix?: Readonly<Partial<Record<PictureKind, number>>>;
  /** Shortest and longest side in pixels. Default 64–400. */
  readonly size?: { readonly min: number; readonly max: number };
}

/**
 * Writes `count` distinct pictures of mixed formats and sizes below `folder`, up to 200 to a subfolder
 * (`roll-01/DSC_0001.jpg` …). Resolves to them in that order.
 */
export async function makePictures(folder: string, wanted: PicturesWanted): Promise<MadePicture[]> {
  const plans = planned(folder, wanted);
  for (const parent of new Set(plans.map((plan) => path.dirname(plan.path))))
    await mkdir(parent, { recursive: true });
  const made: MadePicture[] = [];
  // A few at a time keeps both cores busy without holding a thousand pictures in memory.
  for (let from = 0; from < plans.length; from += 16) {
    const some = plans.slice(from, from + 16).map(async ({ seed, ...plan }) => {
      const { width, height, orientation, facts } = plan;
      const options: PictureOptions = {
        width,
        height,
        seed,
        ...(facts && { exif: facts }),
        ...(orientation !== 1 && { orientation }),
      };
      const content = await MAKERS[plan.kind](options);
      await writeFile(plan.path, content);
      return { ...plan, bytes: content.length };
    });
    made.push(...(await Promise.all(some)));
  }
  return made;
}

/** A TIFF gets its facts as XMP only, which holds no camera and no time here. */
function factsFor(format: MadePicture['format'], seed: number): WrittenFacts {
  const { keywords = [], rating = null, ...more } = usualFacts(seed);
  return format === 'tiff' ? { keywords, rating } : { ...more, keywords, rating };
}

function planned(
  folder: string,
  wanted: PicturesWanted,
): (Omit<MadePicture, 'bytes'> & { readonly seed: number })[] {
  const { count, seed = 1, mix = USUAL_MIX, size = { min: 64, max: 400 } } = wanted;
  const next = random(seed);
  const weights = Object.entries(mix) as [PictureKind, number][];
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  const pick = (): PictureKind => {
    let left = next() * sum;
    return (weights.find(([, weight]) => (left -= weight) < 0) ?? weights[0] ?? ['jpeg'])[0];
  };
  const side = (): number => Math.round(size.min + next() ** 2 * (size.max - size.min));
  return Array.from({ length: count }, (_, index) => {
    const kind = pick();
    const format = kind === 'progressive' ? 'jpeg' : kind === 'webp-lossless' ? 'webp' : kind;
    const carriesFacts = format !== 'bmp' && format !== 'gif';
    const ownSeed = seed * 1_000_003 + index;
    const roll = `roll-${String(Math.floor(index / 200) + 1).padStart(2, '0')}`;
    const ending = format === 'jpeg' ? 'jpg' : format === 'tiff' ? 'tif' : format;
    return {
      seed: ownSeed,
      path: path.join(folder, roll, `DSC_${String(index + 1).padStart(4, '0')}.${ending}`),
      kind,
      format,
      width: side(),
      height: side(),
      orientation: (format === 'jpeg' && next() < 0.15 ? [3, 6, 8][index % 3]! : 1) as Orientation,
      facts: carriesFacts && next() < 0.6 ? factsFor(format, ownSeed) : null,
    };
  });
}
