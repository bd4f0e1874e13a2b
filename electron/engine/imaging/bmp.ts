/**
 * Reads BMP files (Windows 3 to 5 and OS/2 headers; 1, 4, 8, 16, 24 and 32 bits, bit fields, both run-length codings)
 * into RGB or RGBA rows from the top. Field names as in the BITMAPINFOHEADER's documentation.
 */

/** Decoded pixels in memory: 8 bits per sample, rows from the top, no padding. */
export interface RawPixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bitCount: number;
  readonly compression: number;
  readonly pixelsAt: number;
  /** Red, green, blue, alpha. */
  readonly masks: readonly [number, number, number, number];
  /** Red, green, blue of each entry. */
  readonly palette: Uint8Array;
  /** Bytes of one stored row. */
  readonly stride: number;
}

const PLAIN = 0;
const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

function masksOf(
  file: Buffer,
  headerSize: number,
  bitCount: number,
  compression: number,
): BmpHeader['masks'] {
  if (compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS) {
    const withAlpha = headerSize >= 56 || compression === ALPHA_BIT_FIELDS;
    return [
      file.readUInt32LE(54),
      file.readUInt32LE(58),
      file.readUInt32LE(62),
      withAlpha ? file.readUInt32LE(66) : 0,
    ];
  }
  return bitCount === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0x00ff0000, 0x0000ff00, 0x000000ff, 0];
}

function paletteOf(file: Buffer, headerSize: number, bitCount: number, usedColors: number): Uint8Array {
  const entryBytes = headerSize === 12 ? 3 : 4;
  const count = bitCount > 8 ? 0 : 1 << bitCount;
  const stored = usedColors > 0 && usedColors < count ? usedColors : count;
  const palette = new Uint8Array(count * 3);
  for (let index = 0; index < stored; index++) {
    const at = 14 + headerSize + index * entryBytes;
    palette.set([file.readUInt8(at + 2), file.readUInt8(at + 1), file.readUInt8(at)], index * 3);
  }
  return palette;
}

/** Reads the header; throws a sentence for what is no readable BMP. */
export function readBmpHeader(file: Buffer): BmpHeader {
  const headerSize = file.length < 26 ? 0 : file.readUInt32LE(14);
  const known = headerSize === 12 || headerSize >= 40;
  if (file.toString('latin1', 0, 2) !== 'BM' || !known || 14 + headerSize > file.length) {
    throw new Error('The BMP header is damaged.');
  }
  const old = headerSize === 12;
  const signedHeight = old ? file.readUInt16LE(20) : file.readInt32LE(22);
  const width = old ? file.readUInt16LE(18) : file.readInt32LE(18);
  const bitCount = file.readUInt16LE(old ? 24 : 28);
  const compression = old ? PLAIN : file.readUInt32LE(30);
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(bitCount)) {
    throw new Error(`The BMP header states ${width} × ${height} pixels of ${bitCount} bits.`);
  }
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bitCount,
    compression,
    pixelsAt: file.readUInt32LE(10),
    masks: masksOf(file, headerSize, bitCount, compression),
    palette: paletteOf(file, headerSize, bitCount, old ? 0 : file.readUInt32LE(46)),
    stride: Math.ceil((width * bitCount) / 32) * 4,
  };
}

/** A sample of `mask` in `value`, scaled to 8 bits. */
function sample(value: number, mask: number): number {
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return Math.round((((value & mask) >>> shift) * 255) / most);
}

function readMasked(file: Buffer, header: BmpHeader, target: Uint8Array, channels: 3 | 4): void {
  const { width, height, bitCount, masks, stride, pixelsAt, topDown } = header;
  const bytes = bitCount / 8;
  for (let row = 0; row < height; row++) {
    let from = pixelsAt + (topDown ? row : height - 1 - row) * stride;
    let to = row * width * channels;
    for (let column = 0; column < width; column++) {
      const value = bytes === 2 ? file.readUInt16LE(from) : file.readUInt32LE(from);
      for (let channel = 0; channel < channels; channel++) {
        const mask = masks[channel] ?? 0;
        target[to + channel] = mask === 0 ? 0 : sample(value, mask);
      }
      from += bytes;
      to += channels;
    }
  }
}

function readTrueColour(file: Buffer, header: BmpHeader, target: Uint8Array): void {
  const { width, height, stride, pixelsAt, topDown, bitCount } = header;
  const bytes = bitCount / 8;
  for (let row = 0; row < height; row++) {
    let from = pixelsAt + (topDown ? row : height - 1 - row) * stride;
    let to = row * width * 3;
    for (let column = 0; column < width; column++) {
      target[to] = file[from + 2] ?? 0;
      target[to + 1] = file[from + 1] ?? 0;
      target[to + 2] = file[from] ?? 0;
      from += bytes;
      to += 3;
    }
  }
}

function unpackIndexes(file: Buffer, header: BmpHeader): Uint8Array {
  const { width, height, bitCount, stride, pixelsAt, topDown } = header;
  const perByte = 8 / bitCount;
  const indexes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = pixelsAt + (topDown ? row : height - 1 - row) * stride;
    for (let column = 0; column < width; column++) {
      const byte = file[from + Math.floor(column / perByte)] ?? 0;
      const shift = 8 - bitCount * ((column % perByte) + 1);
      indexes[row * width + column] = (byte >> shift) & ((1 << bitCount) - 1);
    }
  }
  return indexes;
}

/** Undoes RLE8 and RLE4; throws when the data ends before the picture does. */
function unpackRuns(file: Buffer, header: BmpHeader): Uint8Array {
  const { width, height, pixelsAt, compression } = header;
  const indexes = new Uint8Array(width * height);
  const pairs = compression === RLE4;
  let at = pixelsAt;
  let column = 0;
  let row = height - 1;
  const put = (index: number): void => {
    if (column < width && row >= 0) {
      indexes[row * width + column] = index;
    }
    column++;
  };
  const half = (byte: number, index: number): number =>
    !pairs ? byte : index % 2 === 0 ? byte >> 4 : byte & 15;
  while (row >= 0) {
    const count = file.readUInt8(at);
    const value = file.readUInt8(at + 1);
    at += 2;
    if (count > 0) {
      for (let index = 0; index < count; index++) {
        put(half(value, index));
      }
    } else if (value === 0) {
      column = 0;
      row--;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      column += file.readUInt8(at);
      row -= file.readUInt8(at + 1);
      at += 2;
    } else {
      for (let index = 0; index < value; index++) {
        put(half(file.readUInt8(at + (pairs ? index >> 1 : index)), index));
      }
      const bytes = pairs ? (value + 1) >> 1 : value;
      at += bytes + (bytes % 2);
    }
  }
  return indexes;
}

/** True when the stored rows reach beyond the end of the file. */
export function isBmpCutOff(header: BmpHeader, fileBytes: number): boolean {
  const packed = header.compression === RLE8 || header.compression === RLE4;
  return !packed && header.pixelsAt + header.stride * header.height > fileBytes;
}

/** Decodes a whole BMP file; throws a sentence for what it cannot read, a RangeError when the file ends too early. */
export function decodeBmp(file: Buffer): RawPixels {
  const header = readBmpHeader(file);
  const { width, height, bitCount, compression, masks, palette } = header;
  const masked = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS || bitCount === 16;
  if (bitCount > 8) {
    if (compression !== PLAIN && !masked) {
      throw new Error(`BMP compression ${compression} is not read.`);
    }
    const channels = masks[3] === 0 ? 3 : 4;
    const pixels = new Uint8Array(width * height * channels);
    if (masked) {
      readMasked(file, header, pixels, channels);
    } else {
      readTrueColour(file, header, pixels);
    }
    return { pixels, width, height, channels };
  }
  if (compression !== PLAIN && compression !== RLE8 && compression !== RLE4) {
    throw new Error(`BMP compression ${compression} is not read.`);
  }
  const indexes = compression === PLAIN ? unpackIndexes(file, header) : unpackRuns(file, header);
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < indexes.length; index++) {
    const entry = (indexes[index] ?? 0) * 3;
    pixels[index * 3] = palette[entry] ?? 0;
    pixels[index * 3 + 1] = palette[entry + 1] ?? 0;
    pixels[index * 3 + 2] = palette[entry + 2] ?? 0;
  }
  return { pixels, width, height, channels: 3 };
}
