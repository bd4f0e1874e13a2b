/** Writes small TIFF files in every layout the format allows, which no ordinary encoder does. */

export interface Field {
  readonly tag: number;
  readonly type: 'byte' | 'ascii' | 'short' | 'long' | 'rational';
  readonly values: readonly number[];
}

export interface WrittenDirectory {
  readonly fields: readonly Field[];
  readonly strips: readonly Buffer[];
  readonly below?: readonly WrittenDirectory[];
}

export interface Layout {
  readonly order: 'II' | 'MM';
  readonly isBig: boolean;
  /** Bytes of nothing before each block, so that every offset differs. */
  readonly padding: number;
}

const SIZES = { byte: 1, ascii: 1, short: 2, long: 4, rational: 8, long8: 8 } as const;
const TYPES = { ascii: 2, byte: 1, short: 3, long: 4, rational: 5, long8: 16 } as const;
type FieldType = keyof typeof SIZES;
interface Row {
  readonly tag: number;
  readonly type: FieldType;
  readonly values: readonly number[];
}

/** A file of the directories, as a chain. */
export function writeTiff(chain: readonly WrittenDirectory[], layout: Layout): Buffer {
  const { isBig } = layout;
  const blocks: Buffer[] = [];
  let length = isBig ? 16 : 8;
  const put = (bytes: Buffer): number => {
    const gap = layout.padding + ((length + layout.padding) % 2);
    blocks.push(Buffer.alloc(gap, 0xaa), bytes);
    const at = length + gap;
    length = at + bytes.length;
    return at;
  };
  const write = (directory: WrittenDirectory, next: number): number => {
    const offset: FieldType = isBig ? 'long8' : 'long';
    const places = directory.strips.map(put);
    const below = (directory.below ?? []).map((inner) => write(inner, 0));
    const rows: Row[] = [...directory.fields];
    if (places.length > 0) {
      rows.push({ tag: 273, type: offset, values: places });
      rows.push({ tag: 279, type: 'long', values: directory.strips.map((strip) => strip.length) });
    }
    if (below.length > 0) rows.push({ tag: 330, type: offset, values: below });
    return put(table(rows, next, { layout, put }));
  };
  let next = 0;
  for (const directory of chain.toReversed()) next = write(directory, next);
  return Buffer.concat([header(layout, next), ...blocks]);
}

function header({ order, isBig }: Layout, first: number): Buffer {
  const numbers = isBig
    ? [encode(2, 43, order), encode(2, 8, order), encode(2, 0, order), encode(8, first, order)]
    : [encode(2, 42, order), encode(4, first, order)];
  return Buffer.concat([Buffer.from(order, 'latin1'), ...numbers]);
}

function table(
  rows: readonly Row[],
  next: number,
  { layout, put }: { readonly layout: Layout; readonly put: (bytes: Buffer) => number },
): Buffer {
  const { order, isBig } = layout;
  const pointer = isBig ? 8 : 4;
  const entries = rows
    .toSorted((a, b) => a.tag - b.tag)
    .map(({ tag, type, values }) => {
      const size = type === 'rational' ? 4 : SIZES[type];
      const bytes = Buffer.concat(values.map((value) => encode(size, value, order)));
      const count = type === 'rational' ? values.length / 2 : values.length;
      const field =
        bytes.length <= pointer
          ? Buffer.concat([bytes, Buffer.alloc(pointer - bytes.length)])
          : encode(pointer, put(bytes), order);
      return Buffer.concat([
        encode(2, tag, order),
        encode(2, TYPES[type], order),
        encode(pointer, count, order),
        field,
      ]);
    });
  return Buffer.concat([
    encode(isBig ? 8 : 2, entries.length, order),
    ...entries,
    encode(pointer, next, order),
  ]);
}

function encode(size: number, value: number, order: 'II' | 'MM'): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 8) {
    if (order === 'II') bytes.writeBigUInt64LE(BigInt(value));
    else bytes.writeBigUInt64BE(BigInt(value));
  } else if (order === 'II') bytes.writeUIntLE(value, 0, size);
  else bytes.writeUIntBE(value, 0, size);
  return bytes;
}
