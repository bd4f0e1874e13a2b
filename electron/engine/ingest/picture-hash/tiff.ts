/** TIFF and DNG: the strips or tiles of every image directory, and the tags needed to decode them. */
import type { Hash } from 'node:crypto';
import type { MetadataBlocks } from './metadata-blocks.ts';
import { feedRange, type Ranges } from './ranges.ts';
import {
  openTiff,
  readDirectory,
  readInteger,
  readNumbers,
  type Directory,
  type Tiff,
  type TiffNumber,
} from './tiff-directory.ts';
import type { Walked } from './version-1.ts';

const DIRECTORIES_LIMIT = 4096;

const NEW_SUBFILE_TYPE = 254;
const SUBFILE_TYPE = 255;
const PHOTOMETRIC = 262;
const STRIPS = { offsets: 273, lengths: 279 };
const TILES = { offsets: 324, lengths: 325 };
const SUB_DIRECTORIES = 330;
/** One JPEG stream by offset and length: old-style TIFF, and EXIF thumbnails. */
const JPEG_STREAM = { offsets: 513, lengths: 514 };
const DNG_VERSION = 50706;

/**
 * The tags that are hashed. TIFF 6.0: ImageWidth, ImageLength, BitsPerSample, Compression, Photometric, FillOrder,
 * SamplesPerPixel, RowsPerStrip, PlanarConfiguration, T4Options, T6Options, Predictor, ColorMap, TileWidth, TileLength, InkSet,
 * ExtraSamples, SampleFormat, JPEGTables, YCbCrCoefficients, YCbCrSubSampling, YCbCrPositioning, ReferenceBlackWhite. DNG 1.7:
 * CFARepeatPatternDim, CFAPattern, CFAPlaneColor, CFALayout, LinearizationTable, BlackLevelRepeatDim, BlackLevel,
 * BlackLevelDeltaH, BlackLevelDeltaV, WhiteLevel, DefaultScale, ActiveArea, MaskedAreas, RowInterleaveFactor,
 * SubTileBlockSize, ColumnInterleaveFactor.
 */
const HASHED_TAGS: readonly number[] = [
  256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 293, 317, 320, 322, 323, 332, 338, 339, 347, 529, 530,
  531, 532, 33421, 33422, 50710, 50711, 50712, 50713, 50714, 50715, 50716, 50717, 50718, 50829, 50830, 50974,
  50975, 52547,
];

/** Single values that mean the same as no tag; writers differ in whether they write them. */
const DEFAULTS: ReadonlyMap<number, string> = new Map([
  [266, '1'],
  [284, '1'],
  [292, '0'],
  [293, '0'],
  [317, '1'],
]);

/** A TIFF container with its directories read. */
export interface TiffStructure {
  readonly tiff: Tiff;
  /** Those of the chain, each followed by its SubIFDs; every one once. */
  readonly directories: readonly Directory[];
  /** It has a DNGVersion. */
  readonly isDng: boolean;
  /** One of its images is sensor data (colour filter array or linear raw). */
  readonly hasSensorData: boolean;
}

interface Image {
  readonly directory: Directory;
  readonly pieces: readonly { readonly offset: number; readonly length: number }[];
  readonly isReduced: boolean;
}

/** Reads the structure; null when the bytes are no TIFF. */
export async function readTiffStructure(ranges: Ranges): Promise<TiffStructure | null> {
  const tiff = await openTiff(ranges);
  if (tiff === null) return null;
  const directories = await readDirectories(tiff);
  let hasSensorData = false;
  for (const { entries } of directories) {
    const photometric = await readInteger(tiff, entries.get(PHOTOMETRIC));
    if (photometric === 32803 || photometric === 34892) hasSensorData = true;
  }
  return { tiff, directories, isDng: directories[0]?.entries.has(DNG_VERSION) === true, hasSensorData };
}

async function readDirectories(tiff: Tiff): Promise<Directory[]> {
  const found: Directory[] = [];
  const seen = new Set<number>();
  const pending: number[] = [tiff.first];
  while (pending.length > 0 && found.length < DIRECTORIES_LIMIT) {
    const offset = pending.pop() ?? 0;
    if (seen.has(offset)) continue;
    seen.add(offset);
    const directory = await readDirectory(tiff, offset);
    if (directory === null) continue;
    found.push(directory);
    if (directory.next !== 0) pending.push(directory.next);
    const below = (await readNumbers(tiff, directory.entries.get(SUB_DIRECTORIES))) ?? [];
    for (const place of below.slice(0, DIRECTORIES_LIMIT).toReversed()) {
      if (typeof place === 'number') pending.push(place);
    }
  }
  return found;
}

/** Hashes the images of a TIFF. `pictured` is false when it has none, or when its structure cannot be followed. */
export async function walkTiff(
  { tiff, directories }: TiffStructure,
  hash: Hash,
  metadata: MetadataBlocks,
): Promise<Walked> {
  const { ranges } = tiff;
  const images: Image[] = [];
  for (const directory of directories) {
    const image = await imageOf(tiff, directory, directory.offset === tiff.first);
    if (image !== null) images.push(image);
  }
  const full = images.filter((image) => !image.isReduced);
  const chosen = full.length > 0 ? full : images;
  const first = chosen[0];
  const pieces = chosen.flatMap((image) => image.pieces);
  const there = pieces.reduce((sum, { offset, length }) => sum + bytesThere(ranges, offset, length), 0);
  // Pieces that overlap without end are a trap, not a picture.
  if (first === undefined || there === 0 || there > ranges.size * 2)
    return { pictured: false, complete: false };
  metadata.size ??= await sizeOf(tiff, first.directory);
  let complete = true;
  for (const image of chosen) complete = (await hashImage(tiff, image, hash)) && complete;
  return { pictured: true, complete };
}

const bytesThere = (ranges: Ranges, offset: number, length: number): number =>
  Math.max(0, Math.min(length, ranges.size - offset));

async function imageOf(tiff: Tiff, directory: Directory, isFirst: boolean): Promise<Image | null> {
  const { entries } = directory;
  const kinds = isFirst ? [TILES, STRIPS, JPEG_STREAM] : [TILES, STRIPS];
  const kind = kinds.find(({ offsets }) => entries.has(offsets));
  if (kind === undefined) return null;
  const offsets = await readNumbers(tiff, entries.get(kind.offsets));
  const lengths = await readNumbers(tiff, entries.get(kind.lengths));
  if (offsets === null || lengths === null) return null;
  const pieces = offsets.slice(0, lengths.length).flatMap((offset, index) => {
    const length = lengths[index];
    return typeof offset === 'number' && typeof length === 'number' ? [{ offset, length }] : [];
  });
  const subfile = (await readInteger(tiff, entries.get(NEW_SUBFILE_TYPE))) ?? 0;
  const oldSubfile = await readInteger(tiff, entries.get(SUBFILE_TYPE));
  return { directory, pieces, isReduced: subfile % 2 === 1 || oldSubfile === 2 };
}

async function sizeOf(tiff: Tiff, { entries }: Directory): Promise<{ width: number; height: number } | null> {
  const width = await readInteger(tiff, entries.get(256));
  const height = await readInteger(tiff, entries.get(257));
  return width === null || height === null ? null : { width, height };
}

/** Returns whether all its bytes are there. */
async function hashImage(tiff: Tiff, { directory, pieces }: Image, hash: Hash): Promise<boolean> {
  hash.update('directory\n');
  for (const tag of HASHED_TAGS) {
    const numbers = await readNumbers(tiff, directory.entries.get(tag));
    const text = numbers?.map(plain).join(',');
    if (text !== undefined && text !== DEFAULTS.get(tag)) hash.update(`${tag}=${text}\n`);
  }
  hash.update(`pieces ${pieces.length}\n`);
  let complete = true;
  for (const piece of pieces) {
    hash.update(`${piece.length}\n`);
    complete = (await feedRange(tiff.ranges, piece, (bytes) => hash.update(bytes))) && complete;
  }
  return complete;
}

/** A number as text; a rational that is an integer looks like the integer. */
function plain(value: TiffNumber): string {
  if (typeof value === 'number') return String(value);
  const [numerator, denominator] = value;
  return denominator !== 0 && numerator % denominator === 0
    ? String(numerator / denominator)
    : `${numerator}/${denominator}`;
}
