import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBmp, isBmpCutOff, readBmpHeader } from '../../../electron/engine/imaging/bmp.ts';
import { writeBmp, type BmpKind, type RgbPixels } from '../../support/bmp-writer.ts';

/** Pictures of few colours whose samples survive 5 and 6 bits. */
const anyImage = (colours: number): fc.Arbitrary<RgbPixels> =>
  fc
    .record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 6 }),
      palette: fc.array(fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(0, 255))), {
        minLength: colours,
        maxLength: colours,
      }),
      seed: fc.array(fc.nat(colours - 1), { minLength: 7, maxLength: 90 }),
    })
    .map(({ width, height, palette, seed }) => ({
      width,
      height,
      pixels: Uint8Array.from(
        Array.from({ length: width * height }, (_, at) => palette[seed[at % seed.length] ?? 0] ?? []).flat(),
      ),
    }));

const KINDS: readonly (readonly [string, BmpKind])[] = [
  ['1 bit', { bitCount: 1 }],
  ['4 bits', { bitCount: 4 }],
  ['8 bits', { bitCount: 8 }],
  ['8 bits, rows from the top', { bitCount: 8, topDown: true }],
  ['8 bits, OS/2', { bitCount: 8, os2: true }],
  ['8 bits, run-length coded', { bitCount: 8, packed: true }],
  ['4 bits, run-length coded', { bitCount: 4, packed: true }],
  ['16 bits', { bitCount: 16 }],
  ['16 bits as 5-6-5', { bitCount: 16, masked: true }],
  ['24 bits', { bitCount: 24 }],
  ['24 bits, rows from the top, behind a gap', { bitCount: 24, topDown: true, gap: 10 }],
  ['24 bits, OS/2', { bitCount: 24, os2: true }],
  ['32 bits without meaning in the fourth byte', { bitCount: 32 }],
];

test.each(KINDS)('%s', (_, kind) => {
  fc.assert(
    fc.property(anyImage(kind.bitCount === 1 ? 2 : 8), (image) => {
      const decoded = decodeBmp(writeBmp(image, kind));
      expect(decoded).toEqual({
        width: image.width,
        height: image.height,
        channels: 3,
        pixels: image.pixels,
      });
    }),
    { numRuns: 40 },
  );
});

test('32 bits with an alpha mask', () => {
  const image = { width: 2, height: 1, pixels: Uint8Array.from([1, 2, 3, 250, 128, 7]) };
  expect(decodeBmp(writeBmp(image, { bitCount: 32, masked: true }))).toEqual({
    width: 2,
    height: 1,
    channels: 4,
    pixels: Uint8Array.from([1, 2, 3, 255, 250, 128, 7, 255]),
  });
});

test('knows when rows are missing, and refuses nonsense in words', () => {
  const file = writeBmp({ width: 3, height: 3, pixels: new Uint8Array(27) }, { bitCount: 24 });
  expect(isBmpCutOff(readBmpHeader(file), file.length)).toBe(false);
  expect(isBmpCutOff(readBmpHeader(file), file.length - 1)).toBe(true);
  expect(() => decodeBmp(Buffer.from('BM and then nothing that is one.'))).toThrow('header');
  file.writeUInt16LE(7, 28);
  expect(() => decodeBmp(file)).toThrow('3 × 3 pixels of 7 bits');
});
