/** Boxes of ISO base media files (ISO/IEC 14496-12) and the item tables of HEIF (23008-12), read tolerantly. */
import type { Ranges } from './ranges.ts';

/** Most bytes of a `meta` box. */
const META_BYTES_LIMIT = 32 * 1024 * 1024;
const TOP_BOXES_LIMIT = 1024;
const TABLE_LIMIT = 65_536;

export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

export interface Item {
  readonly id: number;
  readonly type: string;
  readonly contentType: string;
}
export interface Place {
  /** 0: in the file, 1: in the `idat` box, 2: in another item. */
  readonly method: number;
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
}
export interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

export interface HeifMeta {
  readonly primary: number;
  readonly items: ReadonlyMap<number, Item>;
  readonly places: ReadonlyMap<number, Place>;
  readonly references: readonly Reference[];
  /** Properties of each item, in the order of their association. */
  readonly properties: ReadonlyMap<number, readonly Box[]>;
  readonly idat: Buffer;
}

/** Finds and reads the file's `meta` box; null when there is none that can be used. */
export async function readHeifMeta(ranges: Ranges): Promise<HeifMeta | null> {
  let at = 0;
  for (let count = 0; count < TOP_BOXES_LIMIT; count++) {
    const head = await ranges.read(at, 16);
    if (head.length < 8) return null;
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    const wide = short === 1 && head.length === 16;
    const size = short === 0 ? ranges.size - at : wide ? Number(head.readBigUInt64BE(8)) : short;
    const header = wide ? 16 : 8;
    if (size < header) return null;
    if (type === 'meta') {
      if (size > META_BYTES_LIMIT) return null;
      return metaOf(await ranges.read(at + header, size - header));
    }
    at += size;
  }
  return null;
}

function metaOf(body: Buffer): HeifMeta | null {
  const boxes = boxesIn(body.subarray(4));
  const find = (type: string): Buffer => boxes.find((box) => box.type === type)?.body ?? Buffer.alloc(0);
  const pitm = createCursor(find('pitm'));
  const version = pitm.take(4) >>> 24;
  const primary = pitm.take(version === 0 ? 2 : 4);
  if (pitm.isBroken()) return null;
  return {
    primary,
    items: itemsOf(find('iinf')),
    places: placesOf(find('iloc')),
    references: referencesOf(find('iref')),
    properties: propertiesOf(find('iprp')),
    idat: find('idat'),
  };
}

function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && boxes.length < TABLE_LIMIT) {
    const short = bytes.readUInt32BE(at);
    const wide = short === 1 && at + 16 <= bytes.length;
    const size = short === 0 ? bytes.length - at : wide ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const header = wide ? 16 : 8;
    if (size < header) break;
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      body: bytes.subarray(at + header, at + size),
    });
    at += size;
  }
  return boxes;
}

/** Reads big-endian numbers one after another; past the end they are 0 and the cursor is broken. */
interface Cursor {
  take(bytes: number): number;
  isBroken(): boolean;
  rest(): Buffer;
}

function createCursor(bytes: Buffer): Cursor {
  let at = 0;
  let broken = false;
  return {
    take: (size) => {
      if (at + size > bytes.length) broken = true;
      if (broken || size === 0) return 0;
      const value = size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
      at += size;
      return value;
    },
    isBroken: () => broken,
    rest: () => bytes.subarray(at),
  };
}

function itemsOf(iinf: Buffer): ReadonlyMap<number, Item> {
  const items = new Map<number, Item>();
  const head = createCursor(iinf);
  const version = head.take(4) >>> 24;
  head.take(version === 0 ? 2 : 4);
  for (const { type, body } of boxesIn(head.rest())) {
    const entry = createCursor(body);
    const entryVersion = entry.take(4) >>> 24;
    if (type !== 'infe' || entryVersion < 2) continue;
    const id = entry.take(entryVersion === 2 ? 2 : 4);
    entry.take(2);
    const rest = entry.rest();
    if (entry.isBroken() || rest.length < 4) continue;
    const [, contentType = ''] = rest.toString('latin1', 4).split('\0');
    items.set(id, { id, type: rest.toString('latin1', 0, 4), contentType });
  }
  return items;
}

function placesOf(iloc: Buffer): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  const cursor = createCursor(iloc);
  const version = cursor.take(4) >>> 24;
  const sizes = cursor.take(2);
  const [offsetSize, lengthSize, baseSize] = [(sizes >> 12) & 15, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  if ([offsetSize, lengthSize, baseSize, indexSize].some((size) => ![0, 4, 8].includes(size))) return places;
  const count = cursor.take(version < 2 ? 2 : 4);
  for (let index = 0; index < count && !cursor.isBroken() && places.size < TABLE_LIMIT; index++) {
    const id = cursor.take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : cursor.take(2) & 15;
    cursor.take(2);
    const base = cursor.take(baseSize);
    const extents: { offset: number; length: number }[] = [];
    const extentCount = cursor.take(2);
    for (let extent = 0; extent < extentCount && !cursor.isBroken(); extent++) {
      cursor.take(indexSize);
      const offset = base + cursor.take(offsetSize);
      extents.push({ offset, length: lengthSize === 0 ? Infinity : cursor.take(lengthSize) });
    }
    if (!cursor.isBroken()) places.set(id, { method, extents });
  }
  return places;
}

function referencesOf(iref: Buffer): Reference[] {
  const head = createCursor(iref);
  const idSize = head.take(4) >>> 24 === 0 ? 2 : 4;
  return boxesIn(head.rest()).map(({ type, body }) => {
    const cursor = createCursor(body);
    const from = cursor.take(idSize);
    const count = cursor.take(2);
    const to: number[] = [];
    for (let index = 0; index < count && !cursor.isBroken(); index++) to.push(cursor.take(idSize));
    return { type, from, to: cursor.isBroken() ? [] : to };
  });
}

function propertiesOf(iprp: Buffer): ReadonlyMap<number, readonly Box[]> {
  const properties = new Map<number, Box[]>();
  const boxes = boxesIn(iprp);
  const known = boxesIn(boxes.find(({ type }) => type === 'ipco')?.body ?? Buffer.alloc(0));
  for (const { type, body } of boxes) {
    if (type !== 'ipma') continue;
    const cursor = createCursor(body);
    const head = cursor.take(4);
    const idSize = head >>> 24 < 1 ? 2 : 4;
    const wide = (head & 1) === 1;
    const count = cursor.take(4);
    for (let entry = 0; entry < count && !cursor.isBroken(); entry++) {
      const id = cursor.take(idSize);
      const associations = cursor.take(1);
      const own = properties.get(id) ?? [];
      properties.set(id, own);
      for (let index = 0; index < associations; index++) {
        const number = wide ? cursor.take(2) & 0x7fff : cursor.take(1) & 0x7f;
        const property = known[number - 1];
        if (property !== undefined) own.push(property);
      }
    }
  }
  return properties;
}
