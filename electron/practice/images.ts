/** Judges the bytes of images: at the POST by their header, while indexing by decoding them. */
import { IMAGE_BYTES_LIMIT, IMAGE_PIXELS_LIMIT } from '#shared/limits.ts';

/** What the POST says about an image's bytes. */
export type ImageVerdict =
  | { readonly kind: 'image'; readonly format: string; readonly width: number; readonly height: number }
  | { readonly kind: 'refused'; readonly code: number; readonly details: string };

const refused = (code: number, details: string): ImageVerdict => ({ kind: 'refused', code, details });

const startsWith = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.toString('latin1', at, at + text.length) === text;

/** Tells formats apart by their first bytes; `other` is known and not taken, null is no image at all. */
export const sniffFormat = (
  bytes: Buffer,
): 'jpeg' | 'png' | 'tiff' | 'bmp' | 'webp' | 'gif' | 'other' | null => {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return 'tiff';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp';
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif';
  if (startsWith(bytes, 'BM')) return 'bmp';
  const known = startsWith(bytes, 'ftyp', 4) || startsWith(bytes, '%PDF') || startsWith(bytes, '8BPS');
  const jxl = startsWith(bytes, '\xff\x0a') || startsWith(bytes, 'JXL ', 4);
  const svg = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg[\s>]/s.test(bytes.toString('latin1', 0, 1_000));
  return known || jxl || svg ? 'other' : null;
};

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Bytes that the file needs at least; uncompressed pictures only, else 0. */
  readonly neededBytes: number;
}

/** Reads a BMP's header, which libvips does not know. */
export const readBmpHeader = (bytes: Buffer): BmpHeader | null => {
  if (bytes.length < 26) return null;
  const pixelsAt = bytes.readUInt32LE(10);
  const headerSize = bytes.readUInt32LE(14);
  const isCore = headerSize === 12;
  if (!isCore && (headerSize < 40 || bytes.length < 54)) return null;
  const width = isCore ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const height = Math.abs(isCore ? bytes.readUInt16LE(20) : bytes.readInt32LE(22));
  const bits = bytes.readUInt16LE(isCore ? 24 : 28);
  const compression = isCore ? 0 : bytes.readUInt32LE(30);
  if (width <= 0 || height <= 0 || ![1, 2, 4, 8, 16, 24, 32].includes(bits)) return null;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  return { width, height, neededBytes: compression === 0 ? pixelsAt + rowBytes * height : 0 };
};

const readSize = async (bytes: Buffer, format: string): Promise<{ width: number; height: number }> => {
  if (format === 'bmp') {
    const header = readBmpHeader(bytes);
    if (header === null) throw new Error('its BMP header makes no sense');
    return header;
  }
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return { width, height };
};

/** The check at the POST: format, size in bytes and pixels, a header that can be read. */
export const checkImage = async (bytes: Buffer | null): Promise<ImageVerdict> => {
  if (bytes === null || bytes.length >= IMAGE_BYTES_LIMIT) {
    return refused(30105, `An image has to be smaller than ${IMAGE_BYTES_LIMIT / 1_000_000} MB`);
  }
  if (bytes.length === 0) return refused(30104, 'The image has no bytes');
  const format = sniffFormat(bytes);
  if (format === null) return refused(30300, 'The bytes are no image');
  if (format === 'other') return refused(30101, 'Images have to be JPEG, PNG, TIFF, BMP, WEBP or GIF');
  try {
    const { width, height } = await readSize(bytes, format);
    if (width * height <= IMAGE_PIXELS_LIMIT) return { kind: 'image', format, width, height };
    return refused(30105, `An image may have ${IMAGE_PIXELS_LIMIT / 1_000_000} megapixels at most`);
  } catch (error) {
    return refused(30300, `The bytes cannot be read as ${format}: ${(error as Error).message}`);
  }
};

/** Decodes the whole image; rejects with the decoder's words when it is damaged. */
export const decodeImage = async (bytes: Buffer): Promise<void> => {
  if (sniffFormat(bytes) === 'bmp') {
    const header = readBmpHeader(bytes);
    if (header === null || header.neededBytes > bytes.length) throw new Error('BMP ends too early');
    return;
  }
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  await sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true })
    .resize(32, 32, { fit: 'inside' })
    .raw()
    .toBuffer();
};
