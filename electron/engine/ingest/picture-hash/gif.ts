/** GIF 87a and 89a: every block but comments and foreign application extensions. */
import type { Hash } from 'node:crypto';
import type { ByteStream, Sink, Steps } from './byte-stream.ts';
import { BLOCK_BYTES_LIMIT, type MetadataBlocks } from './metadata-blocks.ts';
import type { Walked } from './version-1.ts';

const VERSION_BYTES = 6;
const SCREEN_BYTES = 7;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
/** XMP's "magic trailer": 258 bytes that lead every reader of sub-blocks to the end. */
const XMP_TRAILER_BYTES = 257;

/** Hashes screen, colours, frames, timing and repetition. */
export function* walkGif(bytes: ByteStream, hash: Hash, metadata: MetadataBlocks): Steps<Walked> {
  const put: Sink = (part) => hash.update(part);
  yield* bytes.pass(VERSION_BYTES);
  const screen = yield* bytes.take(SCREEN_BYTES);
  hash.update(screen);
  if (screen.length < SCREEN_BYTES) return { pictured: false, complete: false };
  metadata.size ??= { width: screen.readUInt16LE(0), height: screen.readUInt16LE(2) };
  yield* bytes.pass(colourBytes(screen[4] ?? 0), put);
  let pictured = false;
  for (;;) {
    const introducer = yield* bytes.take(1);
    if (introducer.length === 0) return { pictured, complete: false };
    const kind = introducer[0];
    if (kind === EXTENSION) {
      yield* extension(bytes, hash, metadata);
      continue;
    }
    hash.update(introducer);
    if (kind === TRAILER) return { pictured, complete: true };
    if (kind !== IMAGE) {
      yield* bytes.pass(Infinity, put);
      return { pictured, complete: false };
    }
    const descriptor = yield* bytes.take(9);
    hash.update(descriptor);
    yield* bytes.pass(colourBytes(descriptor[8] ?? 0), put);
    yield* bytes.pass(1, put);
    if ((yield* subBlocks(bytes, put)) > 1) pictured = true;
  }
}

/** Bytes of the colour table that a flags byte announces. */
const colourBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function* extension(bytes: ByteStream, hash: Hash, metadata: MetadataBlocks): Steps<undefined> {
  const put: Sink = (part) => hash.update(part);
  const label = yield* bytes.take(1);
  if (label[0] === COMMENT) {
    yield* subBlocks(bytes);
    return;
  }
  const start = Buffer.concat([Buffer.from([EXTENSION]), label]);
  if (label[0] !== APPLICATION) {
    hash.update(start);
    yield* subBlocks(bytes, put);
    return;
  }
  const length = yield* bytes.take(1);
  const name = yield* bytes.take(length[0] ?? 0);
  const application = name.toString('latin1');
  if (application === 'NETSCAPE2.0') {
    hash.update(start).update(length).update(name);
    yield* subBlocks(bytes, put);
  } else if (application === 'XMP DataXMP') {
    const parts: Buffer[] = [];
    let kept = 0;
    yield* subBlocks(bytes, (part) => {
      kept += part.length;
      if (kept <= BLOCK_BYTES_LIMIT) parts.push(Buffer.from(part));
    });
    const packet = Buffer.concat(parts);
    metadata.add('xmp', packet.subarray(0, Math.max(0, packet.length - XMP_TRAILER_BYTES)));
  } else if (length[0] !== 0) yield* subBlocks(bytes);
}

/** Runs sub-blocks with their length bytes and the closing zero through `sink`; returns how many bytes. */
function* subBlocks(bytes: ByteStream, sink?: Sink): Steps<number> {
  let passed = 0;
  /** Where the next length byte is, from the window's start. */
  let next = 0;
  for (;;) {
    const window = bytes.window();
    let length: number | undefined;
    while (next < window.length && (length = window[next]) !== 0) next += 1 + (length ?? 0);
    const end = Math.min(window.length, length === 0 ? next + 1 : next);
    sink?.(window.subarray(0, end));
    passed += end;
    bytes.advance(end);
    if (length === 0) return passed;
    next -= end;
    if (!(yield* bytes.more())) return passed;
  }
}
