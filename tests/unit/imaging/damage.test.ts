import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePicture } from '../../../electron/engine/imaging/decode.ts';
import { measureDecodedRows } from '../../../electron/engine/imaging/jpeg-rows.ts';
import type { PhotoFormat } from '../../../shared/photo.ts';
import { writeBmp } from '../../support/bmp-writer.ts';
import { asPerson } from '../../support/person.ts';
import { detailed } from '../../support/quadrants.ts';

const SIZE = 800;
const DECODE_CHILD = join(import.meta.dirname, '../../support/decode-child.ts');

let folder: string;
beforeAll(async () => {
  sharp.cache(false);
  folder = await mkdtemp(join(tmpdir(), 'damage-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function decodeFile(path: string, format: PhotoFormat) {
  return await decodePicture({ path, format, orientation: 1 }, async (picture) => ({
    pixels: await picture.scaled(SIZE).raw().toBuffer(),
  }));
}

async function decode(bytes: Buffer, format: PhotoFormat) {
  const path = join(folder, 'picture');
  await writeFile(path, bytes);
  return await decodeFile(path, format);
}

function part(bytes: Buffer, share: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * share));
}

async function readAnyhow(bytes: Buffer): Promise<Buffer> {
  return await sharp(bytes, { failOn: 'none' }).raw().toBuffer();
}

/** Rows from the top that are the same in the whole picture, of all rows: what really decoded. */
async function sameRows(whole: Buffer, damaged: Buffer): Promise<number> {
  const [left = Buffer.alloc(0), right = Buffer.alloc(0)] = await Promise.all(
    [whole, damaged].map(readAnyhow),
  );
  const stride = SIZE * 3;
  let row = 0;
  while (
    row < SIZE &&
    left.compare(right, row * stride, (row + 1) * stride, row * stride, (row + 1) * stride) === 0
  ) {
    row++;
  }
  return row / SIZE;
}

const JPEGS: readonly (readonly [string, (picture: Sharp) => Sharp])[] = [
  ['baseline', (picture) => picture.jpeg({ quality: 90 })],
  ['baseline 4:4:4', (picture) => picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' })],
  ['progressive', (picture) => picture.jpeg({ quality: 90, progressive: true })],
  ['progressive with trellis and its own scans', (picture) => picture.jpeg({ quality: 90, mozjpeg: true })],
  ['grey', (picture) => picture.toColourspace('b-w').jpeg({ quality: 90 })],
];

describe.each(JPEGS)('a %s JPEG', (name, make) => {
  test('that is whole is no damage', async () => {
    const whole = await make(detailed(SIZE, SIZE)).toBuffer();
    expect(measureDecodedRows(whole)).toEqual({ share: 1, ended: true });
    expect(await decode(whole, 'jpeg')).toMatchObject({ kind: 'made', recoveredShare: null });
  });

  test('without its last two bytes is recovered whole, and says so', async () => {
    const whole = await make(detailed(SIZE, SIZE)).toBuffer();
    expect(await decode(whole.subarray(0, -2), 'jpeg')).toMatchObject({ kind: 'made', recoveredShare: 1 });
  });

  test.each([0.999, 0.99, 0.96, 0.94, 0.5, 0.1])(
    'cut at %d is judged by the rows that decode',
    async (share) => {
      const whole = await make(detailed(SIZE, SIZE)).toBuffer();
      const cut = part(whole, share);
      const measured = measureDecodedRows(cut)?.share ?? -1;
      if (name.startsWith('baseline')) {
        // One row of MCUs (8 or 16 pixels) counts as missing when a part of it is; chroma smoothing blurs one more.
        const same = await sameRows(whole, cut);
        expect(measured).toBeGreaterThan(same - 0.021);
        expect(measured).toBeLessThanOrEqual(same + 0.021);
        expect(measured).toBeCloseTo(share, 1);
      }
      const answer = await decode(cut, 'jpeg');
      expect(answer).toMatchObject(
        measured >= 0.95
          ? { kind: 'made', recoveredShare: measured, width: SIZE, height: SIZE }
          : { kind: 'problem', cause: 'incomplete', detail: expect.stringContaining('% of the rows decode') },
      );
    },
  );
});

test('a baseline JPEG is recovered at 96 % and refused at 94 %', async () => {
  const whole = await detailed(SIZE, SIZE).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
  expect(await decode(part(whole, 0.97), 'jpeg')).toMatchObject({ kind: 'made' });
  expect(await decode(part(whole, 0.94), 'jpeg')).toMatchObject({ cause: 'incomplete' });
});

test('a JPEG cut inside its header is incomplete, garbage is not decodable', async () => {
  const whole = await detailed(SIZE, SIZE).jpeg().toBuffer();
  expect(await decode(whole.subarray(0, 100), 'jpeg')).toMatchObject({ cause: 'incomplete' });
  const garbage = Buffer.concat([whole.subarray(0, 20), Buffer.alloc(5000, 'no picture')]);
  expect(await decode(garbage, 'jpeg')).toMatchObject({ cause: 'cannot-decode' });
});

test('damage in the middle is noticed', async () => {
  const whole = await detailed(SIZE, SIZE).jpeg({ quality: 90 }).toBuffer();
  const middle = Math.floor(whole.length / 2);
  const torn = Buffer.concat([whole.subarray(0, middle), whole.subarray(middle + 3000)]);
  expect(await decode(torn, 'jpeg')).toMatchObject({ kind: 'problem', cause: 'incomplete' });
});

const OTHERS: readonly (readonly [PhotoFormat, () => Promise<Buffer>])[] = [
  ['png', async () => await detailed(SIZE, SIZE).png().toBuffer()],
  ['webp', async () => await detailed(SIZE, SIZE).webp().toBuffer()],
  ['gif', async () => await detailed(SIZE, SIZE).gif({ effort: 1 }).toBuffer()],
  ['tiff', async () => await detailed(SIZE, SIZE).tiff({ compression: 'none' }).toBuffer()],
  ['avif', async () => await detailed(SIZE, SIZE).avif({ effort: 0 }).toBuffer()],
  [
    'bmp',
    async () =>
      writeBmp(
        { width: SIZE, height: SIZE, pixels: await detailed(SIZE, SIZE).raw().toBuffer() },
        { bitCount: 24 },
      ),
  ],
];

describe.each(OTHERS)('%s', (format, make) => {
  test('whole, cut and garbage are told apart', async () => {
    const whole = await make();
    expect(await decode(whole, format)).toMatchObject({ kind: 'made', width: SIZE, recoveredShare: null });
    expect(await decode(part(whole, 0.97), format)).toMatchObject({ cause: 'incomplete' });
    expect(await decode(part(whole, 0.3), format)).toMatchObject({ cause: 'incomplete' });
    const garbage = Buffer.concat([whole.subarray(0, 12), Buffer.alloc(60_000, 'no picture')]);
    expect(await decode(garbage, format)).toMatchObject({ kind: 'problem' });
    expect(await decode(Buffer.alloc(9000, 'nothing at all'), format)).toMatchObject({
      cause: 'cannot-decode',
    });
  });
});

/** A PNG chunk with its length and checksum. */
function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(named));
  return Buffer.concat([head, named, tail]);
}

test('a decompression bomb is refused by its header alone', async () => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const bomb = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  expect(await decode(bomb, 'png')).toEqual({
    kind: 'problem',
    cause: 'too-large',
    detail: 'The picture has 60000 × 60000 pixels; more than 400 megapixels are not decoded.',
  });
});

test('a PNG with a bad checksum on a text chunk is a whole picture', async () => {
  const whole = await detailed(40, 40).png().toBuffer();
  const text = chunk('tEXt', Buffer.from('Title\0a'));
  text[text.length - 1] = (text.at(-1) ?? 0) ^ 1;
  const odd = Buffer.concat([whole.subarray(0, 33), text, whole.subarray(33)]);
  expect(await decode(odd, 'png')).toMatchObject({ kind: 'made', recoveredShare: null });
});

test('files that are gone, empty, unreadable or something else say so', async () => {
  await mkdir(join(folder, 'directory'), { recursive: true });
  expect(await decodeFile(join(folder, 'none'), 'jpeg')).toMatchObject({ cause: 'file-gone' });
  expect(await decodeFile(join(folder, 'directory'), 'jpeg')).toMatchObject({ cause: 'file-unreadable' });
  expect(await decode(Buffer.alloc(0), 'jpeg')).toMatchObject({ cause: 'file-empty' });
  const png = await detailed(40, 40).png().toBuffer();
  expect(await decode(png, 'webp')).toMatchObject({
    cause: 'cannot-decode',
    detail: 'The file is png now, not webp.',
  });
  expect(await decode(png, 'heic')).toMatchObject({ cause: 'cannot-decode' });
});

/** What a process with a person's rights makes of the file. */
function decodedByPerson(path: string): unknown {
  const [program, words] = asPerson(process.execPath, [DECODE_CHILD, path, 'jpeg']);
  return JSON.parse(execFileSync(program, words, { encoding: 'utf8' }));
}

test('a file without read permission is unreadable, and no more so when it is given back', async () => {
  const path = join(folder, 'secret');
  await writeFile(path, await detailed(40, 40).jpeg().toBuffer());
  await chmod(path, 0);
  expect(decodedByPerson(path)).toMatchObject({
    cause: 'file-unreadable',
    detail: expect.stringContaining('EACCES'),
  });
  await chmod(path, 0o600);
  expect(decodedByPerson(path)).toMatchObject({ kind: 'made', width: 40, height: 40 });
});

/** Writes a baseline grey JPEG of 8 × 8 blocks with a restart marker behind each row of blocks. */
function withRestarts(columns: number, rows: number): { bytes: Buffer; rowStarts: number[] } {
  const head = Buffer.from(
    [
      'ffd8',
      `ffdb0043 00${'01'.repeat(64)}`,
      `ffc0000b 08 ${(rows * 8).toString(16).padStart(4, '0')} ${(columns * 8).toString(16).padStart(4, '0')} 01 011100`,
      // DC: one code "0" for size 3. AC: "0" for end of block, "10" for run 0 size 1.
      'ffc40014 00 01000000000000000000000000000000 03',
      'ffc40015 10 01010000000000000000000000000000 0001',
      `ffdd0004 ${columns.toString(16).padStart(4, '0')}`,
      'ffda0008 01 0100 003f00',
    ]
      .join('')
      .replaceAll(' ', ''),
    'hex',
  );
  const parts: Buffer[] = [head];
  const rowStarts: number[] = [];
  let length = head.length;
  for (let row = 0; row < rows; row++) {
    // Each block: DC "0" + 3 bits "100", AC "10" + "1" then "0": eight bits 0100 1010.
    const blocks = Buffer.alloc(columns, 0b0100_1010);
    const marker = row === rows - 1 ? Buffer.from([0xff, 0xd9]) : Buffer.from([0xff, 0xd0 + (row % 8)]);
    rowStarts.push(length);
    parts.push(blocks, marker);
    length += blocks.length + marker.length;
  }
  return { bytes: Buffer.concat(parts), rowStarts };
}

test('restart markers limit the damage to their stretch', async () => {
  const { bytes, rowStarts } = withRestarts(32, 40);
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 256, height: 320 });
  expect(measureDecodedRows(bytes)).toEqual({ share: 1, ended: true });
  const lost = rowStarts[11] ?? 0;
  // One stretch is empty but its marker is there.
  const hollow = Buffer.concat([bytes.subarray(0, lost), bytes.subarray(lost + 32)]);
  expect(measureDecodedRows(hollow)).toEqual({ share: 39 / 40, ended: true });
  expect(await decode(hollow, 'jpeg')).toMatchObject({ kind: 'made', recoveredShare: 39 / 40 });
  // Three stretches are gone together with their markers.
  const gap = Buffer.concat([bytes.subarray(0, lost), bytes.subarray(rowStarts[14] ?? 0)]);
  expect(measureDecodedRows(gap)).toEqual({ share: 37 / 40, ended: true });
  expect(await decode(gap, 'jpeg')).toMatchObject({ kind: 'problem', cause: 'incomplete' });
});
