/** WebP (RFC 9649): the chunks that hold pixels, still or animated. */
import type { Hash } from 'node:crypto';
import type { ByteStream, Steps } from './byte-stream.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';
import type { Walked } from './version-1.ts';

const HEADER_BYTES = 12;
const FRAME_HEADER_BYTES = 16;
const BITMAPS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH']);

/** Hashes the picture's chunks inside the length that the RIFF header declares. */
export function* walkWebp(bytes: ByteStream, hash: Hash, metadata: MetadataBlocks): Steps<Walked> {
  const header = yield* bytes.take(HEADER_BYTES);
  if (header.length < HEADER_BYTES) return { pictured: false, complete: false };
  const left = header.readUInt32LE(4) - 4;
  return yield* chunks(bytes, left, { hash, metadata, inFrame: false });
}

interface Place {
  readonly hash: Hash;
  readonly metadata: MetadataBlocks;
  readonly inFrame: boolean;
}

/** Walks through the chunks of the next `room` bytes. */
function* chunks(bytes: ByteStream, room: number, place: Place): Steps<Walked> {
  let left = room;
  let pictured = false;
  while (left >= 8) {
    const head = yield* bytes.take(8);
    if (head.length < 8) return { pictured, complete: false };
    left -= 8;
    const declared = head.readUInt32LE(4);
    const length = Math.min(declared, left);
    const there = yield* content(bytes, head, length, place);
    pictured ||= there.pictured;
    if (!there.complete) return { pictured, complete: false };
    left -= length;
    if (declared % 2 === 1 && left > 0) left -= yield* bytes.pass(1);
    if (declared > length) return { pictured, complete: false };
  }
  yield* bytes.pass(Math.max(0, left));
  return { pictured, complete: true };
}

function* content(bytes: ByteStream, head: Buffer, length: number, place: Place): Steps<Walked> {
  const { hash, metadata } = place;
  const type = head.toString('latin1', 0, 4);
  if (type === 'ANMF' && !place.inFrame) {
    hash.update('ANMF');
    const header = Math.min(length, FRAME_HEADER_BYTES);
    const passed = yield* bytes.pass(header, (part) => hash.update(part));
    if (passed < header) return { pictured: false, complete: false };
    return yield* chunks(bytes, length - header, { ...place, inFrame: true });
  }
  if (BITMAPS.has(type) || (type === 'ANIM' && !place.inFrame)) {
    hash.update(head);
    const start = yield* bytes.take(Math.min(length, 10));
    hash.update(start);
    if (!place.inFrame) metadata.size ??= sizeOf(type, start);
    const passed = start.length + (yield* bytes.pass(length - start.length, (part) => hash.update(part)));
    return { pictured: type !== 'ANIM' && type !== 'ALPH' && passed > 0, complete: passed === length };
  }
  const kind = type === 'EXIF' ? 'exif' : type === 'XMP ' ? 'xmp' : null;
  if (!place.inFrame && (kind !== null || type === 'VP8X') && metadata.hasRoom(length)) {
    const block = yield* bytes.take(length);
    if (kind !== null) metadata.add(kind, block);
    else metadata.size ??= sizeOf(type, block);
    return { pictured: false, complete: block.length === length };
  }
  return { pictured: false, complete: (yield* bytes.pass(length)) === length };
}

function sizeOf(type: string, start: Buffer): { width: number; height: number } | null {
  if (type === 'VP8X' && start.length >= 10) {
    return { width: start.readUIntLE(4, 3) + 1, height: start.readUIntLE(7, 3) + 1 };
  }
  if (type === 'VP8 ' && start.length >= 10) {
    return { width: start.readUInt16LE(6) & 0x3fff, height: start.readUInt16LE(8) & 0x3fff };
  }
  if (type === 'VP8L' && start.length >= 5) {
    const bits = start.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
}
