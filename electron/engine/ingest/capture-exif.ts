/** Capture facts of an EXIF block (Exif 3.0), and the XMP and IPTC that TIFF keeps in its first directory. */
import type { Orientation } from '#shared/photo.ts';
import { cleanText, decodeText, parseMoment, type CaptureTime } from './capture-text.ts';
import type { Ranges } from './picture-hash/ranges.ts';
import {
  openTiff,
  readBytes,
  readDirectory,
  readInteger,
  readNumbers,
  type Directory,
  type Tiff,
  type TiffNumber,
} from './picture-hash/tiff-directory.ts';

const TAGS = {
  imageDescription: 0x010e,
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  xmp: 0x02bc,
  rating: 0x4746,
  iptc: 0x83bb,
  photoshop: 0x8649,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
} as const;
const EXIF_TAGS = { lensModel: 0xa434 } as const;
const ORIGINAL = { moment: 0x9003, fraction: 0x9291, offset: 0x9011 } as const;
const DIGITIZED = { moment: 0x9004, fraction: 0x9292, offset: 0x9012 } as const;
const LATITUDE = { reference: 1, degrees: 2 } as const;
const LONGITUDE = { reference: 3, degrees: 4 } as const;

export interface ExifFacts {
  readonly orientation: Orientation | null;
  readonly original: CaptureTime | null;
  readonly digitized: CaptureTime | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  readonly description: string | null;
  readonly rating: number | null;
  /** Blocks of other kinds inside, as TIFF files have them. */
  readonly xmp: Buffer | null;
  readonly iptc: Buffer | null;
  readonly photoshop: Buffer | null;
}

/** Reads the first directory, EXIF and GPS; null when the block is no TIFF structure. */
export async function readExif(ranges: Ranges): Promise<ExifFacts | null> {
  const tiff = await openTiff(ranges);
  const main = tiff === null ? null : await readDirectory(tiff, tiff.first);
  if (tiff === null || main === null) return null;
  const below = async (tag: number): Promise<Directory | null> => {
    const offset = await readInteger(tiff, main.entries.get(tag));
    return offset === null ? null : await readDirectory(tiff, offset);
  };
  const exif = await below(TAGS.exifDirectory);
  const gps = await below(TAGS.gpsDirectory);
  const bytes = async (tag: number): Promise<Buffer | null> => await readBytes(tiff, main.entries.get(tag));
  return {
    orientation: toOrientation(await readInteger(tiff, main.entries.get(TAGS.orientation))),
    original: await moment(tiff, exif, ORIGINAL),
    digitized: await moment(tiff, exif, DIGITIZED),
    latitude: await coordinate(tiff, gps, LATITUDE),
    longitude: await coordinate(tiff, gps, LONGITUDE),
    make: await text(tiff, main, TAGS.make),
    model: await text(tiff, main, TAGS.model),
    lens: await text(tiff, exif, EXIF_TAGS.lensModel),
    description: await text(tiff, main, TAGS.imageDescription),
    rating: await readInteger(tiff, main.entries.get(TAGS.rating)),
    xmp: await bytes(TAGS.xmp),
    iptc: await bytes(TAGS.iptc),
    photoshop: await bytes(TAGS.photoshop),
  };
}

function toOrientation(value: number | null): Orientation | null {
  return value !== null && value >= 1 && value <= 8 ? (value as Orientation) : null;
}

async function text(tiff: Tiff, directory: Directory | null, tag: number): Promise<string | null> {
  const bytes = await readBytes(tiff, directory?.entries.get(tag));
  return bytes === null ? null : cleanText(decodeText(bytes));
}

async function moment(
  tiff: Tiff,
  directory: Directory | null,
  tags: { readonly moment: number; readonly fraction: number; readonly offset: number },
): Promise<CaptureTime | null> {
  return parseMoment(await text(tiff, directory, tags.moment), {
    fraction: await text(tiff, directory, tags.fraction),
    offset: await text(tiff, directory, tags.offset),
  });
}

/** Decimal degrees, signed by the reference; null without a reference, since half the world would be a guess. */
async function coordinate(
  tiff: Tiff,
  gps: Directory | null,
  tags: { readonly reference: number; readonly degrees: number },
): Promise<number | null> {
  const reference = (await text(tiff, gps, tags.reference))?.[0]?.toUpperCase();
  const numbers = await readNumbers(tiff, gps?.entries.get(tags.degrees));
  if (numbers === null || reference === undefined || !'NSEW'.includes(reference)) return null;
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = numbers.slice(0, 3).map((value, index) => {
    const quotient = toNumber(value);
    // Writers without seconds put 0/0 there.
    return index > 0 && Number.isNaN(quotient) ? 0 : quotient;
  });
  const value = degrees + minutes / 60 + seconds / 3600;
  if (!Number.isFinite(value)) return null;
  return reference === 'S' || reference === 'W' ? -value : value;
}

const toNumber = (value: TiffNumber): number => (typeof value === 'number' ? value : value[0] / value[1]);
