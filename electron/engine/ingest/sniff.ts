/** Tells a file's format from its first bytes. Pure. */
import type { PhotoFormat } from '#shared/photo.ts';

/** How many first bytes `sniff` wants to see. */
export const SNIFF_BYTES = 4096;

/** A format, or a TIFF container whose directories have to tell TIFF, DNG and RAW apart (`formatOfTiff`). */
export type Sniffed = PhotoFormat | 'tiff-container';

const RAW_EXTENSIONS: ReadonlySet<string> = new Set(
  'cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 rwl pef ptx dng srw 3fr fff iiq mos kdc dcr mrw x3f erf gpr'.split(
    ' ',
  ),
);
const PHOTO_EXTENSIONS: ReadonlySet<string> = new Set([
  ...RAW_EXTENSIONS,
  ...'jpg jpeg jpe jfif png webp tif tiff gif bmp dib avif heic heif hif'.split(' '),
]);

const HEVC_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'hevm',
  'hevs',
]);
const AV1_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);
/** Brands of HEIF files that do not name their codec. */
const HEIF_BRANDS: ReadonlySet<string> = new Set(['mif1', 'mif2', 'msf1', 'miaf']);

/** Starts that leave no doubt, by their text in Latin-1. */
const STARTS: readonly (readonly [start: string, format: Sniffed])[] = [
  ['\u00ff\u00d8\u00ff', 'jpeg'],
  ['\u0089PNG\r\n\u001a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['FUJIFILMCCD-RAW', 'raw'],
  ['FOVb', 'raw'],
  ['\0MRM', 'raw'],
  ['IIRO', 'raw'],
  ['IIRS', 'raw'],
  ['MMOR', 'raw'],
  ['IIU\0', 'raw'],
  ['II\u001a\0\0\0HEAPCCDR', 'raw'],
  ['II*\0', 'tiff-container'],
  ['MM\0*', 'tiff-container'],
  ['II+\0', 'tiff-container'],
  ['MM\0+', 'tiff-container'],
];

/** The format that the first bytes of a file state, or null when they state none that is a picture's. */
export function sniff(head: Buffer): Sniffed | null {
  const text = head.toString('latin1', 0, 32);
  const start = STARTS.find(([prefix]) => text.startsWith(prefix));
  // Canon's CR2 names itself at offset 8 of its TIFF header.
  if (start?.[1] === 'tiff-container' && text.startsWith('CR', 8)) return 'raw';
  if (start !== undefined) return start[1];
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (text.startsWith('BM')) return isBitmap(head) ? 'bmp' : null;
  if (text.startsWith('ftyp', 4)) return formatOfBrands(head);
  return null;
}

/** Tells apart what shares TIFF's container. `extension` as `extensionOf` gives it. */
export function formatOfTiff(
  nature: { readonly isDng: boolean; readonly hasSensorData: boolean },
  extension: string,
): PhotoFormat {
  if (nature.isDng) return 'dng';
  return nature.hasSensorData || RAW_EXTENSIONS.has(extension) ? 'raw' : 'tiff';
}

/** A path's extension in lower case without its dot, '' when it has none. */
export function extensionOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Whether a file is named like a photo. */
export const isNamedLikePhoto = (path: string): boolean => PHOTO_EXTENSIONS.has(extensionOf(path));

/** A bitmap's headers have to agree with each other, since two letters say little. */
function isBitmap(head: Buffer): boolean {
  if (head.length < 26) return false;
  const pixels = head.readUInt32LE(10);
  const header = head.readUInt32LE(14);
  if (![12, 16, 40, 52, 56, 64, 108, 124].includes(header) || pixels < 14 + header) return false;
  const planes = head.readUInt16LE(header === 12 ? 22 : 26);
  return head.length >= 28 && planes === 1;
}

/** By the brands of `ftyp`: the codec's own brand decides, the major one first. */
function formatOfBrands(head: Buffer): Sniffed | null {
  const end = Math.min(head.length, head.readUInt32BE(0));
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(head.toString('latin1', at, at + 4));
  const [major = ''] = brands;
  if (major === 'crx ') return 'raw';
  if (AV1_BRANDS.has(major)) return 'avif';
  if (HEVC_BRANDS.has(major)) return 'heic';
  if (brands.some((brand) => AV1_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEVC_BRANDS.has(brand))) return HEIF_BRANDS.has(major) ? 'heic' : null;
  return null;
}
