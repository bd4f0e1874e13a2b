/** The picture hash of TIFF and DNG: the same for every layout of the same images, another for another image. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMetadataBlocks } from '../../../electron/engine/ingest/picture-hash/metadata-blocks.ts';
import { rangesOfBlock } from '../../../electron/engine/ingest/picture-hash/ranges.ts';
import { readTiffStructure, walkTiff } from '../../../electron/engine/ingest/picture-hash/tiff.ts';
import { writeTiff, type Field, type Layout, type WrittenDirectory } from './tiff-writer.ts';

async function hashOf(bytes: Buffer): Promise<string> {
  const structure = await readTiffStructure(rangesOfBlock(bytes));
  if (structure === null) return 'no TIFF';
  const hash = createHash('sha256');
  const { pictured, complete } = await walkTiff(structure, hash, createMetadataBlocks());
  return pictured ? `${hash.digest('hex')}${complete ? '' : ' cut off'}` : 'nothing';
}

const PLAIN: Layout = { order: 'II', isBig: false, padding: 0 };
const short = (tag: number, ...values: number[]): Field => ({ tag, type: 'short', values });
const strips = (first: number): Buffer[] => [Buffer.alloc(12, first), Buffer.from([9, 8, first])];

const image = (first: number, more: readonly Field[] = []): WrittenDirectory => ({
  fields: [short(256, 5), short(257, 3), short(258, 8), short(259, 1), short(262, 1), short(278, 2), ...more],
  strips: strips(first),
});
const thumbnail = (first: number): WrittenDirectory =>
  image(first, [{ tag: 254, type: 'long', values: [1] }]);

test('byte order, offsets, type widths, BigTIFF and metadata tags leave the hash alone', async () => {
  const usual = await hashOf(writeTiff([image(1), image(2)], PLAIN));
  const layout = fc.record({
    order: fc.constantFrom('II' as const, 'MM' as const),
    isBig: fc.boolean(),
    padding: fc.nat({ max: 40 }),
  });
  const metadata = fc.uniqueArray(
    fc.record({
      tag: fc.constantFrom(270, 271, 274, 305, 306, 315, 700, 33432, 33723, 34377, 34675),
      type: fc.constant('byte' as const),
      values: fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 50 }),
    }),
    { selector: ({ tag }) => tag },
  );
  await fc.assert(
    fc.asyncProperty(layout, metadata, fc.boolean(), async (how, extra, isWide) => {
      const widen = ({ fields, ...rest }: WrittenDirectory): WrittenDirectory => ({
        ...rest,
        fields: fields.map((field) => (isWide ? { ...field, type: 'long' as const } : field)),
      });
      const written = writeTiff(
        [widen({ ...image(1), fields: [...image(1).fields, ...extra] }), widen(image(2))],
        how,
      );
      expect(await hashOf(written)).toBe(usual);
    }),
    { numRuns: 60 },
  );
});

test('defaults said aloud, whole rationals and reduced copies leave the hash alone', async () => {
  const plain = await hashOf(writeTiff([image(1)], PLAIN));
  const black = await hashOf(writeTiff([image(1, [short(50714, 64)])], PLAIN));
  const rational: Field = { tag: 50714, type: 'rational', values: [128, 2] };
  expect({
    defaults: await hashOf(writeTiff([image(1, [short(266, 1), short(284, 1), short(317, 1)])], PLAIN)),
    reduced: await hashOf(writeTiff([image(1), thumbnail(7)], PLAIN)),
    reducedBelow: await hashOf(writeTiff([{ ...thumbnail(7), below: [image(1)] }], PLAIN)),
    rational: await hashOf(writeTiff([image(1, [rational])], PLAIN)),
  }).toEqual({ defaults: plain, reduced: plain, reducedBelow: plain, rational: black });
});

test('pixels, pages, and tags that decode them make another hash', async () => {
  const variants = {
    plain: [image(1)],
    pixels: [image(2)],
    predictor: [image(1, [short(317, 2)])],
    black: [image(1, [short(50714, 64)])],
    second: [image(1), image(2)],
    turned: [image(2), image(1)],
    onlyReduced: [thumbnail(1)],
  };
  const hashes: string[] = [];
  for (const chain of Object.values(variants)) hashes.push(await hashOf(writeTiff(chain, PLAIN)));
  expect(new Set(hashes).size).toBe(Object.keys(variants).length - 1);
  // A picture that has nothing but a reduced copy is that copy.
  expect(hashes.at(-1)).toBe(hashes[0]);
});

test('a cut or damaged TIFF has a hash of its own or none, and never an error', async () => {
  const bytes = writeTiff([image(1), image(2)], { ...PLAIN, order: 'MM', padding: 3 });
  const usual = await hashOf(bytes);
  expect(await hashOf(Buffer.alloc(40, 'II*\0'))).toBe('nothing');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 8 }),
      fc.integer({ min: 1, max: bytes.length }),
      async (changes, length) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        expect(await hashOf(changed.subarray(0, length))).toMatch(
          /^(no TIFF|nothing|[0-9a-f]{64}( cut off)?)$/,
        );
      },
    ),
    { numRuns: 300 },
  );
  // A strip's length, turned into more bytes than the file has.
  const long = writeTiff([{ ...image(1), strips: [Buffer.alloc(12, 1)] }], PLAIN);
  const lengthAt = long.indexOf(Buffer.from([0x17, 0x01, 4, 0, 1, 0, 0, 0, 12])) + 8;
  long[lengthAt + 2] = 1;
  expect(await hashOf(long)).toMatch(/ cut off$/);
  const pixel = bytes.indexOf(Buffer.alloc(12, 1));
  for (let at = pixel; at < pixel + 12; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = 77;
    expect(await hashOf(changed)).not.toBe(usual);
  }
});
