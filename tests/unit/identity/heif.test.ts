/** The picture hash and orientation of AVIF and HEIC. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkHeif } from '../../../electron/engine/ingest/picture-hash/heif.ts';
import { createMetadataBlocks } from '../../../electron/engine/ingest/picture-hash/metadata-blocks.ts';
import { rangesOfBlock } from '../../../electron/engine/ingest/picture-hash/ranges.ts';

type Content = string | number[] | Buffer;
const bytesOf = (content: Content): Buffer =>
  typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)]);
const box = (type: string, ...contents: Content[]): Buffer => {
  const body = Buffer.concat(contents.map(bytesOf));
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};
/** A box with version and flags 0. */
const fullBox = (type: string, ...contents: Content[]): Buffer => box(type, u32(0), ...contents);

interface WrittenItem {
  readonly type: string;
  readonly data: Buffer;
  readonly properties: readonly Buffer[];
}
interface Written {
  readonly items: readonly WrittenItem[];
  readonly references: readonly (readonly [type: string, from: number, to: readonly number[]])[];
}

/** A HEIF file whose items have the ids 1, 2, …; the first is the primary one. */
function writeHeif({ items, references }: Written): Buffer {
  const ftyp = box('ftyp', 'heic', u32(0), 'mif1heic');
  const metaAt = (dataAt: number): Buffer => {
    let at = dataAt;
    const places = items.map(({ data }, index) => {
      const place = Buffer.concat([u16(index + 1), u16(0), u16(1), u32(at), u32(data.length)]);
      at += data.length;
      return place;
    });
    const entries = items.map(({ type }, index) =>
      box('infe', [2, 0, 0, 0], u16(index + 1), u16(0), type, [0]),
    );
    let count = 0;
    const associations = items.map(({ properties }, index) =>
      Buffer.concat([u16(index + 1), Buffer.from([properties.length, ...properties.map(() => ++count)])]),
    );
    return fullBox(
      'meta',
      fullBox('hdlr', u32(0), 'pict', Buffer.alloc(13)),
      fullBox('pitm', u16(1)),
      fullBox('iloc', [0x44, 0], u16(items.length), ...places),
      fullBox('iinf', u16(items.length), ...entries),
      fullBox(
        'iref',
        ...references.map(([type, from, to]) => box(type, u16(from), u16(to.length), ...to.map(u16))),
      ),
      box(
        'iprp',
        box('ipco', ...items.flatMap(({ properties }) => properties)),
        fullBox('ipma', u32(items.length), ...associations),
      ),
    );
  };
  const dataAt = ftyp.length + metaAt(0).length + 8;
  return Buffer.concat([ftyp, metaAt(dataAt), box('mdat', ...items.map(({ data }) => data))]);
}

async function walked(bytes: Buffer): Promise<{ hash: string; orientation: number; complete: boolean }> {
  const hash = createHash('sha256');
  const { pictured, complete, orientation } = await walkHeif(
    rangesOfBlock(bytes),
    hash,
    createMetadataBlocks(),
  );
  return { hash: pictured ? hash.digest('hex') : 'nothing', orientation, complete };
}

const hvcC = (value: number): Buffer => box('hvcC', [1, value]);
const ispe = (width: number): Buffer => fullBox('ispe', u32(width), u32(64));
const alphaName = fullBox('auxC', 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0');
const depthName = fullBox('auxC', 'urn:mpeg:hevc:2015:auxid:2\0');
const item = (type: string, data: string, ...properties: Buffer[]): WrittenItem => ({
  type,
  data: Buffer.from(data),
  properties,
});

/** A grid of two tiles with a thumbnail, an alpha plane and a depth map. */
const GRID: Written = {
  items: [
    item('grid', 'layout', ispe(128)),
    item('hvc1', 'left tile', hvcC(1), ispe(64)),
    item('hvc1', 'right tile', hvcC(1), ispe(64)),
    item('hvc1', 'thumbnail', hvcC(2), ispe(16)),
    item('hvc1', 'alpha plane', hvcC(3), ispe(128), alphaName),
    item('hvc1', 'depth map', hvcC(4), ispe(128), depthName),
  ],
  references: [
    ['dimg', 1, [2, 3]],
    ['thmb', 4, [1]],
    ['auxl', 5, [1]],
    ['auxl', 6, [1]],
  ],
};
const changedItem = (index: number, change: Partial<WrittenItem>): Written => ({
  ...GRID,
  items: GRID.items.map((one, at) => (at === index ? { ...one, ...change } : one)),
});

test('the primary item, its tiles and its alpha count; thumbnail, depth map, colour and rotation do not', async () => {
  const usual = await walked(writeHeif(GRID));
  const isSame = async (written: Written): Promise<boolean> =>
    (await walked(writeHeif(written))).hash === usual.hash;
  const data = Buffer.from('another');
  const primary = GRID.items[0]?.properties ?? [];
  expect({
    usual: { ...usual, hash: usual.hash.length },
    layout: await isSame(changedItem(0, { data })),
    left: await isSame(changedItem(1, { data })),
    right: await isSame(changedItem(2, { data })),
    codec: await isSame(changedItem(1, { properties: [hvcC(9), ispe(64)] })),
    alpha: await isSame(changedItem(4, { data })),
    order: await isSame({ ...GRID, references: [['dimg', 1, [3, 2]], ...GRID.references.slice(1)] }),
    thumbnail: await isSame(changedItem(3, { data })),
    depth: await isSame(changedItem(5, { data })),
    colour: await isSame(changedItem(0, { properties: [...primary, box('colr', 'prof', 'profile')] })),
    rotation: await isSame(changedItem(0, { properties: [...primary, box('irot', [3])] })),
    exif: await isSame({ ...GRID, items: [...GRID.items, item('Exif', 'about the picture')] }),
  }).toEqual({
    usual: { hash: 64, orientation: 1, complete: true },
    layout: false,
    left: false,
    right: false,
    codec: false,
    alpha: false,
    order: false,
    thumbnail: true,
    depth: true,
    colour: true,
    rotation: true,
    exif: true,
  });
});

const read = async (...properties: Buffer[]): Promise<number> => {
  const one: Written = { items: [item('hvc1', 'data', ispe(64), ...properties)], references: [] };
  return (await walked(writeHeif(one))).orientation;
};
const turn = (quarters: number): Buffer => box('irot', [quarters]);
const mirror = (axis: number): Buffer => box('imir', [axis]);

test('rotation and mirroring read as EXIF’s eight orientations', async () => {
  expect([
    await read(),
    await read(mirror(1)),
    await read(turn(2)),
    await read(mirror(0)),
    await read(turn(1), mirror(0)),
    await read(turn(3)),
    await read(turn(3), mirror(0)),
    await read(turn(1)),
  ]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('every byte of an AVIF’s coded data counts; a cut one is not complete', async () => {
  const bytes = await readFile(
    fileURLToPath(new URL('../../fixtures/picture-hash/plain.avif', import.meta.url)),
  );
  const usual = await walked(bytes);
  const same: number[] = [];
  for (let at = bytes.indexOf('mdat') + 4; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    if ((await walked(changed)).hash === usual.hash) same.push(at);
  }
  const cut = await walked(bytes.subarray(0, -20));
  expect({ same, complete: cut.complete, another: cut.hash !== usual.hash }).toEqual({
    same: [],
    complete: false,
    another: true,
  });
});

test('no bytes make it fail', async () => {
  const bytes = writeHeif(GRID);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 8 }),
      fc.integer({ min: 1, max: bytes.length }),
      async (changes, length) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        expect((await walked(changed.subarray(0, length))).hash).toMatch(/^(nothing|[0-9a-f]{64})$/);
      },
    ),
    { numRuns: 300 },
  );
});
