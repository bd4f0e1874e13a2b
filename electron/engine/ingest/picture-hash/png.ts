/** PNG and APNG: the chunks that make the picture (W3C PNG, third edition). */
import { createHash, type Hash } from 'node:crypto';
import type { ByteStream, Steps } from './byte-stream.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';
import { readPngText } from './png-text.ts';
import type { Walked } from './version-1.ts';

const SIGNATURE_BYTES = 8;
const WHOLE: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'acTL']);
const TEXT: ReadonlySet<string> = new Set(['iTXt', 'tEXt', 'zTXt']);
const SEQUENCE_BYTES = 4;

/** Hashes the picture's chunks, whatever stands between them. */
export function* walkPng(bytes: ByteStream, hash: Hash, metadata: MetadataBlocks): Steps<Walked> {
  yield* bytes.pass(SIGNATURE_BYTES);
  const frame = createFrame(hash);
  let header = false;
  for (;;) {
    const head = yield* bytes.take(8);
    const type = head.toString('latin1', 4, 8);
    if (head.length < 8 || !/^[A-Za-z]{4}$/.test(type)) {
      frame.close();
      if (head.length > 0) {
        hash.update('rest').update(head);
        yield* bytes.pass(Infinity, (rest) => hash.update(rest));
      }
      return { pictured: header && frame.count() > 0, complete: false };
    }
    if (type === 'IEND') {
      frame.close();
      hash.update('IEND');
      return { pictured: header && frame.count() > 0, complete: true };
    }
    if (type === 'IHDR') header = true;
    yield* chunk(bytes, { type, head, length: head.readUInt32BE(0) }, { hash, frame, metadata });
    // The checksum: a decoder's concern, and other writers' mistakes in it are no other picture.
    yield* bytes.pass(4);
  }
}

interface Chunk {
  readonly type: string;
  readonly head: Buffer;
  readonly length: number;
}
interface Into {
  readonly hash: Hash;
  readonly frame: Frame;
  readonly metadata: MetadataBlocks;
}

function* chunk(bytes: ByteStream, { type, head, length }: Chunk, into: Into): Steps<undefined> {
  const { hash, frame, metadata } = into;
  if (type === 'IDAT' || type === 'fdAT') {
    const skipped = type === 'fdAT' ? yield* bytes.pass(Math.min(SEQUENCE_BYTES, length)) : 0;
    frame.open(type);
    yield* bytes.pass(length - skipped, frame.put);
  } else if (type === 'fcTL') {
    frame.close();
    const skipped = yield* bytes.pass(Math.min(SEQUENCE_BYTES, length));
    hash.update(type).update(head.subarray(0, 4));
    yield* bytes.pass(length - skipped, (part) => hash.update(part));
  } else if (WHOLE.has(type)) {
    hash.update(type).update(head.subarray(0, 4));
    let first = true;
    yield* bytes.pass(length, (part) => {
      hash.update(part);
      if (type === 'IHDR' && first && part.length >= 8) {
        metadata.size ??= { width: part.readUInt32BE(0), height: part.readUInt32BE(4) };
      }
      first = false;
    });
  } else if ((type === 'eXIf' || TEXT.has(type)) && metadata.hasRoom(length)) {
    const content = yield* bytes.take(length);
    if (type === 'eXIf') metadata.add('exif', content);
    else readPngText(type, content, metadata);
  } else {
    yield* bytes.pass(length);
  }
}

/** The compressed data of one frame, as one stream over all its chunks. */
interface Frame {
  open(type: 'IDAT' | 'fdAT'): void;
  readonly put: (bytes: Buffer) => void;
  close(): void;
  /** Bytes put into all frames so far. */
  count(): number;
}

function createFrame(hash: Hash): Frame {
  let current: { readonly type: 'IDAT' | 'fdAT'; readonly hash: Hash } | null = null;
  let count = 0;
  const close = (): void => {
    if (current !== null) hash.update(current.type).update(current.hash.digest());
    current = null;
  };
  return {
    open: (type) => {
      if (current?.type === type) return;
      close();
      current = { type, hash: createHash('sha256') };
    },
    put: (bytes) => {
      current?.hash.update(bytes);
      count += bytes.length;
    },
    close,
    count: () => count,
  };
}
