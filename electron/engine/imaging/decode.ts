/**
 * Opens a picture by its sniffed format (never by its name), decodes it whole, and says in the ledger's words what is
 * wrong when that fails. The file's own orientation tag is never applied, only the one that is passed in.
 */
import sharp from 'sharp';
import type { Orientation, PhotoFormat } from '#shared/photo.ts';
import type { Decoded } from '../workers/jobs.ts';
import { decodeBmp, readBmpHeader, type RawPixels } from './bmp.ts';
import { turnsItself } from './avif-turn.ts';
import { isCutOff } from './cut-off.ts';
import { measureDecodedRows } from './jpeg-rows.ts';
import { checkFile, problem, readWhole, wordsOf, type Problem } from './open-file.ts';
import { createPicture, DECODED_PIXELS_LIMIT, type Picture, type Tolerance } from './picture.ts';
import { decodeTiffPage, readTiffPage } from './tiff.ts';

export interface PictureFile {
  readonly path: string;
  readonly format: PhotoFormat;
  readonly orientation: Orientation;
}

/** What a picture is rendered into (buffers); writing them is the caller's, so that a full disk is no bad picture. */
export type Render<T> = (picture: Picture) => Promise<T>;

/** Smallest share of rows with which a damaged JPEG counts as recovered. */
export const RECOVERED_SHARE = 0.95;

/** Most pixels for decoders that need the whole picture in memory at four bytes a pixel, twice. */
const IN_MEMORY_PIXELS_LIMIT = 120_000_000;

/** What sharp calls the formats that it may be given; anything else (SVG, PDF …) is not a picture of ours. */
const LOADERS: Readonly<Partial<Record<PhotoFormat, string>>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  tiff: 'tiff',
  avif: 'heif',
};

interface Size {
  readonly width: number;
  readonly height: number;
}

function checkSize({ width, height }: Size, limit: number): Problem | null {
  return width * height <= limit
    ? null
    : problem(
        'too-large',
        `The picture has ${width} × ${height} pixels; more than ${limit / 1_000_000} megapixels are not decoded.`,
      );
}

function isProblem(value: object): value is Problem {
  return 'kind' in value && value.kind === 'problem';
}

/** The stored size from the header; throws sharp's error when there is none to read. */
async function readHeader({ path, format }: PictureFile): Promise<Size | Problem> {
  const header = await sharp(path, { limitInputPixels: false, failOn: 'none' }).metadata();
  const expected = LOADERS[format];
  return header.format === expected
    ? { width: header.width, height: header.pageHeight ?? header.height }
    : problem('cannot-decode', `The file is ${header.format} now, not ${format}.`);
}

async function rendered<T extends object>(picture: Picture, render: Render<T>): Promise<Decoded<T>> {
  const made = await render(picture);
  const { width, height, recoveredShare } = picture;
  return { ...made, kind: 'made', width, height, recoveredShare };
}

/** A JPEG that failed the strict decode: measured, then decoded as far as it goes. */
async function recoverJpeg<T extends object>(
  file: PictureFile,
  bytes: Buffer,
  error: unknown,
  render: Render<T>,
): Promise<Decoded<T>> {
  const rows = measureDecodedRows(bytes);
  if (rows === null) {
    return problem('cannot-decode', wordsOf(error));
  }
  if (rows.share < RECOVERED_SHARE) {
    return problem(
      'incomplete',
      `${(rows.share * 100).toFixed(1)} % of the rows decode (${wordsOf(error)}).`,
    );
  }
  const size = await readHeader(file);
  if (isProblem(size)) {
    return size;
  }
  const whole = rows.share === 1 && rows.ended;
  const source = { path: file.path, tolerance: 'anything' } as const;
  return await rendered(createPicture(source, size, file.orientation, whole ? null : rows.share), render);
}

function decodeUnguarded({ format }: PictureFile, bytes: Buffer): RawPixels | Problem | null {
  if (format === 'bmp') {
    const header = readBmpHeader(bytes);
    return checkSize(header, IN_MEMORY_PIXELS_LIMIT) ?? decodeBmp(bytes);
  }
  const page = format === 'tiff' ? readTiffPage(bytes) : null;
  if (page === null || page.cutOff) {
    return null;
  }
  return checkSize(page, IN_MEMORY_PIXELS_LIMIT) ?? decodeTiffPage(bytes, page);
}

/** Reads what sharp cannot with a decoder of its own; null when there is none for the format. */
function decodeInMemory(file: PictureFile, bytes: Buffer): RawPixels | Problem | null {
  try {
    return decodeUnguarded(file, bytes);
  } catch (error) {
    return error instanceof RangeError
      ? problem('incomplete', 'The file ends inside the picture.')
      : problem('cannot-decode', wordsOf(error));
  }
}

/** After sharp gave up with `error` (or was never asked, for BMP): what else can be done. */
async function decodeOtherwise<T extends object>(
  file: PictureFile,
  error: unknown,
  render: Render<T>,
): Promise<Decoded<T>> {
  const bytes = await readWhole(file.path);
  if (isProblem(bytes)) {
    return bytes;
  }
  if (file.format === 'jpeg') {
    return await recoverJpeg(file, bytes, error, render);
  }
  if (isCutOff(file.format, bytes)) {
    return problem('incomplete', wordsOf(error));
  }
  const raw = decodeInMemory(file, bytes);
  if (raw === null) {
    return problem('cannot-decode', wordsOf(error));
  }
  return isProblem(raw) ? raw : await rendered(createPicture({ raw }, raw, file.orientation, null), render);
}

/** Decodes with sharp; null when it could not, with the error in `errors`. */
async function decodeWithSharp<T extends object>(
  file: PictureFile,
  tolerances: readonly Tolerance[],
  errors: unknown[],
  render: Render<T>,
): Promise<Decoded<T> | null> {
  for (const tolerance of tolerances) {
    try {
      const size = await readHeader(file);
      if (isProblem(size)) {
        return size;
      }
      const tooLarge = checkSize(size, DECODED_PIXELS_LIMIT);
      if (tooLarge !== null) {
        return tooLarge;
      }
      const upright = file.format === 'avif' && (await turnsItself(file.path));
      const orientation = upright ? 1 : file.orientation;
      const picture = createPicture({ path: file.path, tolerance }, size, orientation, null);
      return await rendered(picture, render);
    } catch (error) {
      errors.push(error);
    }
  }
  return null;
}

/**
 * Decodes the picture and renders it. Every failure that is about the file comes back as a problem: `file-gone`,
 * `file-unreadable`, `file-empty`, `too-large`, `incomplete` or `cannot-decode`. `render` may be called more than once.
 */
export async function decodePicture<T extends object>(
  file: PictureFile,
  render: Render<T>,
): Promise<Decoded<T>> {
  const fault = await checkFile(file.path);
  if (fault !== null) {
    return fault;
  }
  const errors: unknown[] = [];
  try {
    if (file.format in LOADERS) {
      // A JPEG's warnings are looked into at once: they are how libjpeg reports damage in the middle.
      const tolerances = file.format === 'jpeg' ? (['strict'] as const) : (['strict', 'warnings'] as const);
      const answer = await decodeWithSharp(file, tolerances, errors, render);
      if (answer !== null) {
        return answer;
      }
    } else if (file.format !== 'bmp') {
      return problem(
        'cannot-decode',
        file.format === 'unknown'
          ? 'It is named like a picture, but its content is that of none.'
          : `No decoder reads the format "${file.format}".`,
      );
    }
    return await decodeOtherwise(file, errors[0], render);
  } catch (error) {
    return problem('cannot-decode', wordsOf(errors[0] ?? error));
  }
}
