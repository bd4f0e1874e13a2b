/** Whether a file's own structure says that its end is missing, per format. Only asked after a decode failed. */
import type { PhotoFormat } from '#shared/photo.ts';
import { isBmpCutOff, readBmpHeader } from './bmp.ts';
import { readTiffPage } from './tiff.ts';

function isPngCutOff(file: Buffer): boolean {
  let at = 8;
  while (at + 12 <= file.length) {
    if (file.toString('latin1', at + 4, at + 8) === 'IEND') {
      return false;
    }
    at += 12 + file.readUInt32BE(at);
  }
  return true;
}

/** Skips a chain of GIF sub-blocks; the offset behind it. */
function behindSubBlocks(file: Buffer, start: number): number {
  let at = start;
  while (at < file.length && file[at] !== 0) {
    at += 1 + (file[at] ?? 0);
  }
  return at + 1;
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Only the first frame matters: it is the one that is shown and sent. */
function isGifCutOff(file: Buffer): boolean {
  let at = 13 + colourTableBytes(file[10] ?? 0);
  while (at < file.length) {
    if (file[at] === 0x21) {
      at = behindSubBlocks(file, at + 2);
    } else if (file[at] === 0x2c) {
      return behindSubBlocks(file, at + 11 + colourTableBytes(file[at + 9] ?? 0)) > file.length;
    } else {
      return false;
    }
  }
  return true;
}

/** ISO base media (AVIF): a top-level box reaches beyond the end. */
function isBoxCutOff(file: Buffer): boolean {
  let at = 0;
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at);
    const whole = size === 1 && at + 16 <= file.length ? Number(file.readBigUInt64BE(at + 8)) : size;
    if (whole < 8) {
      // 0 means "to the end of the file"; 2 to 7 are nonsense.
      return false;
    }
    at += whole;
  }
  return at !== file.length;
}

/** Where and how the formats' files begin. */
const SIGNATURES: Readonly<Partial<Record<PhotoFormat, readonly [number, RegExp]>>> = {
  png: [0, /^\u0089PNG/],
  gif: [0, /^GIF8/],
  webp: [0, /^RIFF/],
  avif: [4, /^ftyp/],
  bmp: [0, /^BM/],
  tiff: [0, /^(?:II|MM)/],
};

function hasSignature(format: PhotoFormat, file: Buffer): boolean {
  const [at, pattern] = SIGNATURES[format] ?? [0, /^$/];
  return pattern.test(file.toString('latin1', at, at + 4));
}

/** Writers like to put the directory last, so a cut file lacks it as a whole. */
function isTiffCutOff(file: Buffer): boolean {
  const little = file.toString('latin1', 0, 1) === 'I';
  const big = (little ? file.readUInt16LE(2) : file.readUInt16BE(2)) === 43;
  const directoryAt = big
    ? Number(little ? file.readBigUInt64LE(8) : file.readBigUInt64BE(8))
    : little
      ? file.readUInt32LE(4)
      : file.readUInt32BE(4);
  return directoryAt + 2 > file.length || (!big && readTiffPage(file)?.cutOff === true);
}

function looksCutOff(format: PhotoFormat, file: Buffer): boolean {
  switch (format) {
    case 'png':
      return isPngCutOff(file);
    case 'gif':
      return isGifCutOff(file);
    case 'webp':
      return file.length < 12 || file.readUInt32LE(4) + 8 > file.length;
    case 'avif':
      return isBoxCutOff(file);
    case 'bmp':
      return isBmpCutOff(readBmpHeader(file), file.length);
    case 'tiff':
      return isTiffCutOff(file);
    default:
      return false;
  }
}

/** True when the end is missing. Damage that makes the structure itself unreadable is not "cut off". */
export function isCutOff(format: PhotoFormat, file: Buffer): boolean {
  try {
    return hasSignature(format, file) && looksCutOff(format, file);
  } catch (error) {
    // A read behind the end of the buffer; other errors are contradictions inside the file.
    return error instanceof RangeError;
  }
}
