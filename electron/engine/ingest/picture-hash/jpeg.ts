/** JPEG: the picture's segments and scans (ITU-T T.81 annex B), without APPn and COM. */
import type { Hash } from 'node:crypto';
import type { ByteStream, Steps } from './byte-stream.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';
import type { Walked } from './version-1.ts';

const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP13 = 0xed;
const APP14 = 0xee;
const APP15 = 0xef;

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const XMP_EXTENSION = Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1');
const PHOTOSHOP = Buffer.from('Photoshop 3.0\0', 'latin1');

const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;
/** Markers without a length: TEM, RSTn, SOI, EOI. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= EOI);
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isLeftOut = (marker: number): boolean =>
  marker === COM || (marker >= APP0 && marker <= APP15 && marker !== APP14);

/** Hashes the primary image. */
export function* walkJpeg(bytes: ByteStream, hash: Hash, metadata: MetadataBlocks): Steps<Walked> {
  let pictured = false;
  for (;;) {
    const marker = yield* nextMarker(bytes);
    if (marker === null) return { pictured, complete: false };
    const code = Buffer.from([0xff, marker]);
    if (standsAlone(marker)) {
      hash.update(code);
      if (marker === EOI) return { pictured, complete: true };
      continue;
    }
    const lengthField = yield* bytes.take(2);
    const length = lengthField.length === 2 ? lengthField.readUInt16BE(0) - 2 : -1;
    if (length < 0) {
      hash.update(code).update(lengthField);
      yield* bytes.pass(Infinity, (rest) => hash.update(rest));
      return { pictured, complete: false };
    }
    if (isLeftOut(marker)) {
      yield* leaveOut(bytes, marker, length, metadata);
      continue;
    }
    const payload = yield* bytes.take(length);
    hash.update(code).update(lengthField).update(payload);
    if (isFrame(marker) && payload.length >= 5) {
      metadata.size ??= { width: payload.readUInt16BE(3), height: payload.readUInt16BE(1) };
    }
    if (marker === SOS && (yield* scan(bytes, hash)) > 0) pictured = true;
  }
}

/** Goes to the next marker over fill bytes and strays, as decoders do; null at the end. */
function* nextMarker(bytes: ByteStream): Steps<number | null> {
  for (;;) {
    const window = bytes.window();
    const at = window.indexOf(0xff);
    if (at === -1) {
      bytes.advance(window.length);
      if (!(yield* bytes.more())) return null;
      continue;
    }
    bytes.advance(at);
    if (!(yield* bytes.ensure(2))) {
      bytes.advance(1);
      return null;
    }
    const marker = bytes.window()[1] ?? 0;
    if (marker === 0xff) bytes.advance(1);
    else {
      bytes.advance(2);
      if (marker !== 0x00) return marker;
    }
  }
}

/** Hashes entropy-coded data up to the next marker that is not a restart; returns the bytes hashed. */
function* scan(bytes: ByteStream, hash: Hash): Steps<number> {
  let hashed = 0;
  const put = (window: Buffer, end: number): void => {
    hash.update(window.subarray(0, end));
    hashed += end;
    bytes.advance(end);
  };
  for (;;) {
    const window = bytes.window();
    const end = nextStop(window);
    put(window, end);
    if (end === window.length) {
      if (!(yield* bytes.more())) return hashed;
      continue;
    }
    if (!(yield* bytes.ensure(2))) {
      put(bytes.window(), 1);
      return hashed;
    }
    const pair = bytes.window();
    const code = pair[1] ?? 0;
    if (code === 0xff) bytes.advance(1);
    else if (code === 0x00 || isRestart(code)) put(pair, 2);
    else return hashed;
  }
}

/** Where the window's entropy-coded data stops: at an FF that is not stuffed or a restart, or that is the last byte. */
function nextStop(window: Buffer): number {
  let at = window.indexOf(0xff);
  while (at !== -1 && at + 1 < window.length) {
    const code = window[at + 1] ?? 0;
    if (code !== 0x00 && !isRestart(code)) return at;
    at = window.indexOf(0xff, at + 2);
  }
  return at === -1 ? window.length : at;
}

function* leaveOut(
  bytes: ByteStream,
  marker: number,
  length: number,
  metadata: MetadataBlocks,
): Steps<undefined> {
  if ((marker !== APP1 && marker !== APP13) || !metadata.hasRoom(length)) {
    yield* bytes.pass(length);
    return;
  }
  const payload = yield* bytes.take(length);
  const follows = (name: Buffer): boolean => payload.subarray(0, name.length).equals(name);
  if (marker === APP13) {
    if (follows(PHOTOSHOP)) metadata.add('photoshop', payload.subarray(PHOTOSHOP.length));
  } else if (follows(EXIF)) metadata.add('exif', payload.subarray(EXIF.length));
  else if (follows(XMP)) metadata.add('xmp', payload.subarray(XMP.length));
  else if (follows(XMP_EXTENSION) && payload.length > XMP_EXTENSION.length + 40) {
    const piece = payload.subarray(XMP_EXTENSION.length);
    const guid = piece.toString('latin1', 0, 32);
    metadata.addXmpPiece({ guid, offset: piece.readUInt32BE(36), bytes: piece.subarray(40) });
  }
}
