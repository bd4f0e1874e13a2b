/** How a picture was taken, as an EXIF block states it (Exif 3.0), for the panel beside the loupe. */
import { cleanText, decodeText, limitText } from './capture-text.ts';
import type { Ranges } from './picture-hash/ranges.ts';
import {
  openTiff,
  readBytes,
  readDirectory,
  readInteger,
  readNumbers,
  type Directory,
  type Tiff,
} from './picture-hash/tiff-directory.ts';
import type { ExposureName } from '#shared/sheet.ts';

const TEXT_BYTES_LIMIT = 1024;
const EXIF_DIRECTORY = 0x8769;
/** Of the first directory. */
const MAIN_TAGS = { software: 0x0131, artist: 0x013b, copyright: 0x8298 } as const;
const TAGS = {
  exposureTime: 0x829a,
  aperture: 0x829d,
  exposureProgram: 0x8822,
  iso: 0x8827,
  recommendedIndex: 0x8832,
  isoSpeed: 0x8833,
  shutterSpeedValue: 0x9201,
  apertureValue: 0x9202,
  exposureBias: 0x9204,
  meteringMode: 0x9207,
  flash: 0x9209,
  focalLength: 0x920a,
  colorSpace: 0xa001,
  whiteBalance: 0xa403,
  focalLength35mm: 0xa405,
} as const;
/** ISO has two bytes; what is above them stands in other tags. */
const ISO_LIMIT = 65_535;

const PROGRAMS: Readonly<Record<number, string>> = {
  1: 'Manual',
  2: 'Program',
  3: 'Aperture priority',
  4: 'Shutter priority',
  5: 'Creative',
  6: 'Action',
  7: 'Portrait',
  8: 'Landscape',
  9: 'Bulb',
};
const METERINGS: Readonly<Record<number, string>> = {
  1: 'Average',
  2: 'Center-weighted',
  3: 'Spot',
  4: 'Multi-spot',
  5: 'Multi-segment',
  6: 'Partial',
  255: 'Other',
};
const WHITE_BALANCES: Readonly<Record<number, string>> = { 0: 'Auto', 1: 'Manual' };
const COLOR_SPACES: Readonly<Record<number, string>> = { 1: 'sRGB', 2: 'Adobe RGB', 65_535: 'Uncalibrated' };

/** The facts that an EXIF block states; null when it is no TIFF structure. What makes no sense is left out. */
export async function readExposure(
  ranges: Ranges,
): Promise<Readonly<Partial<Record<ExposureName, number | string | null>>> | null> {
  const tiff = await openTiff(ranges);
  const main = tiff === null ? null : await readDirectory(tiff, tiff.first);
  if (tiff === null || main === null) return null;
  const below = await readInteger(tiff, main.entries.get(EXIF_DIRECTORY));
  const exif = below === null ? null : await readDirectory(tiff, below);
  const number = (tag: number): Promise<number | null> => numberOf(tiff, exif, tag);
  const text = (tag: number): Promise<string | null> => textOf(tiff, main, tag);
  return {
    exposureTime:
      positive(await number(TAGS.exposureTime)) ?? power(2, await number(TAGS.shutterSpeedValue), -1),
    aperture: positive(await number(TAGS.aperture)) ?? power(2, await number(TAGS.apertureValue), 0.5),
    iso: isoOf(await number(TAGS.iso), [await number(TAGS.isoSpeed), await number(TAGS.recommendedIndex)]),
    focalLength: positive(await number(TAGS.focalLength)),
    focalLength35mm: positive(await number(TAGS.focalLength35mm)),
    exposureBias: await number(TAGS.exposureBias),
    flash: flashOf(await number(TAGS.flash)),
    exposureProgram: wordOf(PROGRAMS, await number(TAGS.exposureProgram)),
    meteringMode: wordOf(METERINGS, await number(TAGS.meteringMode)),
    whiteBalance: wordOf(WHITE_BALANCES, await number(TAGS.whiteBalance)),
    software: await text(MAIN_TAGS.software),
    artist: await text(MAIN_TAGS.artist),
    copyright: await text(MAIN_TAGS.copyright),
    colorSpace: wordOf(COLOR_SPACES, await number(TAGS.colorSpace)),
  };
}

/** The first number of a value; null without one, and for a quotient that is none (`0/0`). */
async function numberOf(tiff: Tiff, directory: Directory | null, tag: number): Promise<number | null> {
  const first = (await readNumbers(tiff, directory?.entries.get(tag)))?.[0];
  if (first === undefined) return null;
  const value = typeof first === 'number' ? first : first[0] / first[1];
  return Number.isFinite(value) ? value : null;
}

async function textOf(tiff: Tiff, directory: Directory, tag: number): Promise<string | null> {
  const bytes = await readBytes(tiff, directory.entries.get(tag));
  const text = bytes === null ? null : cleanText(decodeText(bytes));
  return text === null ? null : limitText(text, TEXT_BYTES_LIMIT);
}

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);

/** APEX values are logarithms; rounded to what cameras print. */
function power(base: number, exponent: number | null, factor: number): number | null {
  return exponent === null ? null : Number((base ** (exponent * factor)).toPrecision(2));
}

function isoOf(iso: number | null, larger: readonly (number | null)[]): number | null {
  if (iso !== null && iso < ISO_LIMIT) return positive(iso);
  return larger.find((value) => positive(value) !== null) ?? positive(iso);
}

const wordOf = (words: Readonly<Record<number, string>>, value: number | null): string | null =>
  value === null ? null : (words[value] ?? null);

/** Bit 0: it fired; bits 3 and 4: how it was set; bit 5: there is none; bit 6: against red eyes. */
function flashOf(value: number | null): string | null {
  if (value === null || !Number.isInteger(value)) return null;
  if ((value & 0x20) !== 0) return 'None';
  const words = [(value & 1) === 1 ? 'Fired' : 'Did not fire'];
  if ((value & 0x18) === 0x18) words.push('auto');
  if ((value & 0x40) !== 0) words.push('red-eye reduction');
  return words.join(', ');
}
