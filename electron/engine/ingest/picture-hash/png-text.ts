/** PNG's text chunks that carry metadata: XMP in iTXt, and ImageMagick's "Raw profile type" in any of the three. */
import { inflateSync } from 'node:zlib';
import { BLOCK_BYTES_LIMIT, type MetadataBlocks } from './metadata-blocks.ts';

const XMP_KEYWORD = 'XML:com.adobe.xmp';
const RAW_PROFILE = 'Raw profile type ';
const EXIF_PREFIX = 'Exif\0\0';
const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';

/** Adds what one text chunk (its content) carries; a chunk without metadata, or a damaged one, adds nothing. */
export function readPngText(type: string, content: Buffer, metadata: MetadataBlocks): void {
  const end = content.indexOf(0);
  if (end === -1) return;
  const keyword = content.toString('latin1', 0, end);
  if (keyword !== XMP_KEYWORD && !keyword.startsWith(RAW_PROFILE)) return;
  const text = textOf(type, content, end + 1);
  if (text === null) return;
  if (keyword === XMP_KEYWORD) metadata.add('xmp', text);
  else addRawProfile(keyword.slice(RAW_PROFILE.length), text, metadata);
}

function textOf(type: string, content: Buffer, at: number): Buffer | null {
  if (type === 'tEXt') return content.subarray(at);
  if (type === 'zTXt') return inflated(content.subarray(at + 1));
  const language = content.indexOf(0, at + 2);
  const translated = language === -1 ? -1 : content.indexOf(0, language + 1);
  if (translated === -1) return null;
  const text = content.subarray(translated + 1);
  return content[at] === 1 ? inflated(text) : text;
}

function inflated(bytes: Buffer): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: BLOCK_BYTES_LIMIT });
  } catch {
    // Damaged or larger than any metadata: as if it were not there. The picture itself is not touched by it.
    return null;
  }
}

/** `\nname\n   length\nhex digits`, lines of 72. */
function addRawProfile(name: string, text: Buffer, metadata: MetadataBlocks): void {
  const lines = /^\s*\S+\s+(\d+)\s+([0-9a-fA-F\s]*)/.exec(text.toString('latin1'));
  if (lines === null) return;
  const bytes = Buffer.from((lines[2] ?? '').replaceAll(/\s/g, ''), 'hex').subarray(0, Number(lines[1]));
  const after = (prefix: string): Buffer | null =>
    bytes.subarray(0, prefix.length).toString('latin1') === prefix ? bytes.subarray(prefix.length) : null;
  const exif = after(EXIF_PREFIX);
  const xmp = after(XMP_PREFIX);
  if (name === 'iptc') metadata.add('photoshop', bytes);
  else if (name === 'xmp') metadata.add('xmp', xmp ?? bytes);
  else if (name === 'exif') metadata.add('exif', exif ?? bytes);
  else if (name === 'APP1' && exif !== null) metadata.add('exif', exif);
  else if (name === 'APP1' && xmp !== null) metadata.add('xmp', xmp);
}
