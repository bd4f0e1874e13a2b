import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImageStrings, type ImageString } from '../../electron/practice/image-strings.ts';

const TOKEN = '6f1c9d1e-token-';

/** Scans the text in chunks of the given sizes, over and over. */
const scan = (text: string, sizes: readonly number[], limitBytes = 1_000_000) => {
  const images: ImageString[] = [];
  const strings = createImageStrings(TOKEN, limitBytes, (image, index) => (images[index] = image));
  const bytes = Buffer.from(text);
  let at = 0;
  for (let n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    strings.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { images, skeleton: strings.skeleton() };
};

/** The tree with its images back in their places. */
const restore = (value: unknown, images: readonly ImageString[]): unknown => {
  if (typeof value === 'string' && value.startsWith(TOKEN)) {
    return images[Number(value.slice(TOKEN.length))]?.bytes?.toString('base64');
  }
  if (Array.isArray(value)) return value.map((one) => restore(one, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, restore(one, images)]));
};

describe('image strings', () => {
  it('gives back every body as it was, however it is cut into chunks', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('base64', '\\', '"', ':', '\\"', 'é', '\u2028'),
    );
    const image = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') }));
    const key = fc
      .oneof(text, fc.constant('base64x'))
      .filter((name) => name !== 'base64' && name !== '__proto__');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.constant(null),
        image,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        fc.boolean(),
        (body, sizes, wide) => {
          const { images, skeleton } = scan(JSON.stringify(body, null, wide ? 2 : 0), sizes);
          expect(images.every((one) => one.valid)).toBe(true);
          expect(restore(JSON.parse(skeleton), images)).toStrictEqual(JSON.parse(JSON.stringify(body)));
        },
      ),
    );
  });

  it.each([
    ['escaped slashes', String.raw`"\/\/\/\/"`, 'ffffff', true],
    ['the URL-safe alphabet', '"____"', 'ffffff', true],
    ['no padding', '"AQ"', '01', true],
    ['padding', '"AQ=="', '01', true],
    ['one digit too many', '"AAAAA"', '000000', false],
    ['a character that base64 does not have', '"AA*A"', '00', false],
    ['an escape that base64 does not have', String.raw`"AA\nAA"`, '', false],
    ['nothing', '""', '', true],
  ])('reads %s', (_, value, hex, valid) => {
    for (const size of [1, 2, 3, 5, 100]) {
      const { images } = scan(`{"base64" : ${value}}`, [size]);
      expect(images.map((image) => image.valid)).toStrictEqual([valid]);
      if (valid) expect(images[0]?.bytes?.toString('hex')).toBe(hex);
    }
  });

  it('drops the bytes of an image that reaches the limit', () => {
    const body = JSON.stringify({ a: { base64: Buffer.alloc(9).toString('base64') }, b: { base64: 'AAAA' } });
    const { images } = scan(body, [4], 9);
    expect(images).toStrictEqual([
      { bytes: null, valid: true },
      { bytes: Buffer.alloc(3), valid: true },
    ]);
  });
});
