/** Properties of the picture hash on files' structures: what may come and go, and what may not change by one bit. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteStream } from '../../../electron/engine/ingest/picture-hash/byte-stream.ts';
import { walkGif } from '../../../electron/engine/ingest/picture-hash/gif.ts';
import { walkJpeg } from '../../../electron/engine/ingest/picture-hash/jpeg.ts';
import { createMetadataBlocks } from '../../../electron/engine/ingest/picture-hash/metadata-blocks.ts';
import { walkPng } from '../../../electron/engine/ingest/picture-hash/png.ts';
import { walkWebp } from '../../../electron/engine/ingest/picture-hash/webp.ts';

const WALKS = { jpeg: walkJpeg, png: walkPng, webp: walkWebp, gif: walkGif };
type Family = keyof typeof WALKS;

const fixture = (name: string): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`../../fixtures/picture-hash/${name}`, import.meta.url)));

/** The body's hash, or 'nothing' where the whole file would stand in; `cuts` are lengths of the chunks it arrives in. */
function hashOf(family: Family, bytes: Buffer, cuts: readonly number[] = []): string {
  const stream = createByteStream();
  const hash = createHash('sha256');
  const steps = WALKS[family](stream, hash, createMetadataBlocks());
  let step = steps.next();
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    stream.push(bytes.subarray(at, at + cut));
    if (step.done !== true) step = steps.next();
    at = Math.min(bytes.length, at + cut);
  }
  stream.end();
  while (step.done !== true) step = steps.next();
  const { pictured, complete } = step.value;
  return pictured ? `${hash.digest('hex')} ${complete ? 'complete' : 'cut off'}` : 'nothing';
}

const insert = (bytes: Buffer, at: number, piece: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

/** Offsets where a JPEG's segments start, up to and including the first scan, and of its end marker. */
function jpegPlaces(bytes: Buffer): { segments: number[]; scan: number; end: number } {
  const segments: number[] = [];
  let at = 2;
  for (;;) {
    segments.push(at);
    const next = at + 2 + bytes.readUInt16BE(at + 2);
    if (bytes[at + 1] === 0xda) return { segments, scan: next, end: bytes.length - 2 };
    at = next;
  }
}

const jpegSegment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const pngChunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
};

/** Chunks of a PNG. */
function pngChunks(bytes: Buffer): { type: string; body: Buffer }[] {
  const chunks: { type: string; body: Buffer }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body });
    at += length + 12;
  }
  return chunks;
}

const body = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));

test.each([
  ['jpeg', 'baseline.jpg'],
  ['jpeg', 'progressive.jpg'],
  ['jpeg', 'cut-off.jpg'],
  ['png', 'animated.png'],
  ['png', 'palette.png'],
  ['webp', 'animated.webp'],
  ['webp', 'alpha.webp'],
  ['gif', 'animated.gif'],
] as const)('the hash does not depend on how the bytes arrive: %s %s', async (family, name) => {
  const bytes = await fixture(name);
  const whole = hashOf(family, bytes);
  expect(whole).not.toBe('nothing');
  expect(
    hashOf(
      family,
      bytes,
      Array.from(bytes, () => 1),
    ),
  ).toBe(whole);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (cuts) => {
      expect(hashOf(family, bytes, cuts)).toBe(whole);
    }),
    { numRuns: 40 },
  );
});

test.each(['baseline.jpg', 'progressive.jpg'])(
  'JPEG segments that are no picture come and go: %s',
  async (name) => {
    const bytes = await fixture(name);
    const { segments } = jpegPlaces(bytes);
    const foreign = fc.oneof(
      fc.record({
        marker: fc.constantFrom(0xe0, 0xe1, 0xe2, 0xe5, 0xed, 0xef, 0xfe),
        body: body(3000),
        fill: fc.nat({ max: 3 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), foreign), { maxLength: 6 }), body(200), (pieces, behind) => {
        let changed = bytes;
        const places = pieces.map(([at, piece]) => [segments[at % segments.length] ?? 2, piece] as const);
        for (const [at, piece] of places.toSorted((a, b) => b[0] - a[0])) {
          const fill = Buffer.alloc(piece.fill, 0xff);
          changed = insert(changed, at, Buffer.concat([fill, jpegSegment(piece.marker, piece.body)]));
        }
        expect(hashOf('jpeg', Buffer.concat([changed, behind]))).toBe(hashOf('jpeg', bytes));
      }),
      { numRuns: 60 },
    );
  },
);

test.each(['baseline.jpg', 'progressive.jpg'])('every byte of a JPEG’s scans counts: %s', async (name) => {
  const bytes = await fixture(name);
  const { scan, end } = jpegPlaces(bytes);
  const whole = hashOf('jpeg', bytes);
  const same: number[] = [];
  for (let at = scan; at < end; at++) {
    for (const flip of [0x01, 0xff, 0x80]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ flip;
      if (hashOf('jpeg', changed) === whole) same.push(at);
    }
  }
  expect({ scanned: end - scan > 200, same }).toEqual({ scanned: true, same: [] });
});

test('a JPEG’s restart markers, Adobe segment and end count; fill bytes and what follows the end do not', async () => {
  const bytes = await fixture('baseline.jpg');
  const { scan, end } = jpegPlaces(bytes);
  const whole = hashOf('jpeg', bytes);
  const adobe = jpegSegment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01', 'latin1'));
  expect({
    restart: hashOf('jpeg', insert(bytes, scan + 10, Buffer.from([0xff, 0xd0]))) === whole,
    adobe: hashOf('jpeg', insert(bytes, 2, adobe)) === whole,
    noEnd: hashOf('jpeg', bytes.subarray(0, end)) === whole,
    fillBeforeEnd: hashOf('jpeg', insert(bytes, end, Buffer.from([0xff, 0xff]))) === whole,
    secondPicture: hashOf('jpeg', Buffer.concat([bytes, bytes])) === whole,
    cutInHeader: hashOf('jpeg', bytes.subarray(0, scan - 4)),
    onlyEnds: hashOf('jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 1, 2, 3])),
  }).toEqual({
    restart: false,
    adobe: false,
    noEnd: false,
    fillBeforeEnd: true,
    secondPicture: true,
    cutInHeader: 'nothing',
    onlyEnds: 'nothing',
  });
});

test.each(['rgb.png', 'palette.png', 'animated.png'])(
  'PNG chunks that are no picture come and go: %s',
  async (name) => {
    const bytes = await fixture(name);
    const chunks = pngChunks(bytes).filter(({ type }) => !['tEXt', 'pHYs', 'iCCP'].includes(type));
    const whole = hashOf('png', bytes);
    const ancillary = fc.record({
      type: fc.constantFrom('tEXt', 'zTXt', 'iTXt', 'eXIf', 'pHYs', 'tIME', 'iCCP', 'gAMA', 'prVt'),
      body: body(400),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), ancillary), { maxLength: 6 }), fc.nat(), (pieces, cut) => {
        const out: { type: string; body: Buffer }[] = chunks.flatMap((chunk) => {
          if (chunk.type !== 'IDAT') return [chunk];
          const at = cut % (chunk.body.length + 1);
          return [
            { type: 'IDAT', body: chunk.body.subarray(0, at) },
            { type: 'IDAT', body: chunk.body.subarray(at) },
          ];
        });
        for (const [at, piece] of pieces) out.splice(1 + (at % (out.length - 1)), 0, piece);
        const written = out.map(({ type, body }) => pngChunk(type, body));
        expect(hashOf('png', Buffer.concat([bytes.subarray(0, 8), ...written]))).toBe(whole);
      }),
      { numRuns: 60 },
    );
  },
);

const chunkAt = (bytes: Buffer, type: string): number => bytes.indexOf(type, 8, 'latin1');

test('every byte of a PNG’s, WebP’s and GIF’s pixel data counts', async () => {
  const same: string[] = [];
  const flip = async (
    family: Family,
    name: string,
    from: (bytes: Buffer) => [number, number],
  ): Promise<void> => {
    const bytes = await fixture(name);
    const whole = hashOf(family, bytes);
    const [start, end] = from(bytes);
    expect(end - start).toBeGreaterThan(50);
    for (let at = start; at < end; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      if (hashOf(family, changed) === whole) same.push(`${name} ${at}`);
    }
  };
  await flip('png', 'rgb.png', (bytes) => {
    const at = chunkAt(bytes, 'IDAT');
    return [at + 4, at + 4 + bytes.readUInt32BE(at - 4)];
  });
  for (const [name, type] of [
    ['lossy.webp', 'VP8 '],
    ['lossless.webp', 'VP8L'],
    ['alpha.webp', 'ALPH'],
  ] as const) {
    await flip('webp', name, (bytes) => {
      const at = chunkAt(bytes, type);
      return type === 'ALPH' ? [at, bytes.length - 1] : [at + 8, at + 8 + bytes.readUInt32LE(at + 4)];
    });
  }
  await flip('gif', 'still.gif', (bytes) => [bytes.indexOf(0x2c, bytes.length - 1300), bytes.length - 1]);
  expect(same).toEqual([]);
});

test('GIF: version, comments and XMP are left out, repetition and frames are not', async () => {
  const bytes = await fixture('animated.gif');
  const whole = hashOf('gif', bytes);
  const netscape = bytes.indexOf('!\u00ff\u000bNETSCAPE2.0', 0, 'latin1');
  const comment = Buffer.from('!\u00fe\u0005hello\u0003abc\0', 'latin1');
  const xmp = Buffer.from('!\u00ff\u000bXMP DataXMP\u0004<x/>\0', 'latin1');
  const older = Buffer.from(bytes);
  older.write('GIF87a', 0, 'latin1');
  const looped = Buffer.from(bytes);
  looped[netscape + 16] = 7;
  expect({
    comment: hashOf('gif', insert(bytes, netscape, comment)) === whole,
    xmp: hashOf('gif', insert(bytes, netscape, xmp)) === whole,
    older: hashOf('gif', older) === whole,
    looped: hashOf('gif', looped) === whole,
    noTrailer: hashOf('gif', bytes.subarray(0, -1)),
  }).toEqual({
    comment: true,
    xmp: true,
    older: true,
    looped: false,
    noTrailer: expect.stringMatching(/^(?!nothing).* cut off$/),
  });
});

test('no bytes make a parser fail or go on for ever', async () => {
  const starts: Record<Family, Buffer> = {
    jpeg: await fixture('progressive.jpg'),
    png: await fixture('animated.png'),
    webp: await fixture('animated.webp'),
    gif: await fixture('animated.gif'),
  };
  fc.assert(
    fc.property(
      fc.constantFrom<Family>('jpeg', 'png', 'webp', 'gif'),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 }),
      fc.nat(),
      (family, changes, length) => {
        const bytes = Buffer.from(starts[family]);
        for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 400)] = value;
        const cut = bytes.subarray(0, 16 + (length % bytes.length));
        expect(hashOf(family, cut)).toBe(hashOf(family, cut, [7, 100]));
      },
    ),
    { numRuns: 400 },
  );
});
