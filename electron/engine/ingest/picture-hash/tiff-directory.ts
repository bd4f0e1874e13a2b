/**
 * Reads directories of TIFF 6.0, BigTIFF and the RAW formats built on them (EXIF blocks included). Whatever the
 * bytes are, it returns what is there and never throws on them.
 */
import type { Ranges } from './ranges.ts';

/** 42 TIFF, 43 BigTIFF, `RO` and `RS` Olympus, 0x55 Panasonic. */
const MAGICS: ReadonlySet<number> = new Set([42, 43, 0x4f52, 0x5352, 0x55]);
const ENTRIES_LIMIT = 4096;
/** Most bytes of one value, and of one that is read as numbers. */
const VALUE_BYTES_LIMIT = 16 * 1024 * 1024;
const NUMBERS_BYTES_LIMIT = 4 * 1024 * 1024;

export interface Tiff {
  readonly ranges: Ranges;
  readonly little: boolean;
  readonly big: boolean;
  /** Offset of the first directory. */
  readonly first: number;
}

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the value is. */
  readonly at: number;
}

export interface Directory {
  readonly offset: number;
  readonly entries: ReadonlyMap<number, Entry>;
  /** Offset of the next directory of the chain, 0 at its end. */
  readonly next: number;
}

/** A value: integers and floats as numbers, rationals as [numerator, denominator]. */
export type TiffNumber = number | readonly [number, number];

const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** Reads the header; null when the block is no TIFF. */
export async function openTiff(ranges: Ranges): Promise<Tiff | null> {
  const head = await ranges.read(0, 16);
  const order = head.toString('latin1', 0, 2);
  if (head.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const little = order === 'II';
  const magic = little ? head.readUInt16LE(2) : head.readUInt16BE(2);
  if (!MAGICS.has(magic)) return null;
  const big = magic === 43;
  if (big && head.length < 16) return null;
  return { ranges, little, big, first: unsigned(head, big ? 8 : 4, big ? 8 : 4, little) };
}

/** Reads one directory; null when there is none at `offset`. */
export async function readDirectory(tiff: Tiff, offset: number): Promise<Directory | null> {
  const { little, big, ranges } = tiff;
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const pointerBytes = big ? 8 : 4;
  const head = await ranges.read(offset, countBytes);
  if (offset < 8 || head.length < countBytes) return null;
  const count = unsigned(head, 0, countBytes, little);
  if (count === 0 || count > ENTRIES_LIMIT) return null;
  const start = offset + countBytes;
  const table = await ranges.read(start, count * entryBytes + pointerBytes);
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count && (index + 1) * entryBytes <= table.length; index++) {
    const at = index * entryBytes;
    const tag = unsigned(table, at, 2, little);
    const type = unsigned(table, at + 2, 2, little);
    const values = unsigned(table, at + 4, pointerBytes, little);
    const inline = (TYPE_BYTES[type] ?? 0) * values <= pointerBytes;
    const field = at + 4 + pointerBytes;
    const place = inline ? start + field : unsigned(table, field, pointerBytes, little);
    if (!entries.has(tag)) entries.set(tag, { tag, type, count: values, at: place });
  }
  const nextAt = count * entryBytes;
  const whole = table.length >= nextAt + pointerBytes;
  return { offset, entries, next: whole ? unsigned(table, nextAt, pointerBytes, little) : 0 };
}

/** The value's bytes as they are; null when they are not all there, too many, or of no known type. */
export async function readBytes(tiff: Tiff, entry: Entry | undefined): Promise<Buffer | null> {
  if (entry === undefined) return null;
  const length = (TYPE_BYTES[entry.type] ?? 0) * entry.count;
  if (length === 0 || length > VALUE_BYTES_LIMIT) return null;
  const bytes = await tiff.ranges.read(entry.at, length);
  return bytes.length === length ? bytes : null;
}

/** The value's numbers; null as for `readBytes`. */
export async function readNumbers(tiff: Tiff, entry: Entry | undefined): Promise<TiffNumber[] | null> {
  const bytes = await readBytes(tiff, entry);
  if (bytes === null || entry === undefined || bytes.length > NUMBERS_BYTES_LIMIT) return null;
  const size = TYPE_BYTES[entry.type] ?? 1;
  const numbers: TiffNumber[] = [];
  for (let at = 0; at + size <= bytes.length; at += size)
    numbers.push(numberAt(bytes, at, entry.type, tiff.little));
  return numbers;
}

/** The value's first number when it is an integer; null otherwise. */
export async function readInteger(tiff: Tiff, entry: Entry | undefined): Promise<number | null> {
  const first = (await readNumbers(tiff, entry))?.[0];
  return typeof first === 'number' && Number.isInteger(first) ? first : null;
}

function numberAt(bytes: Buffer, at: number, type: number, little: boolean): TiffNumber {
  switch (type) {
    case 5:
      return [unsigned(bytes, at, 4, little), unsigned(bytes, at + 4, 4, little)];
    case 6:
      return bytes.readInt8(at);
    case 8:
      return little ? bytes.readInt16LE(at) : bytes.readInt16BE(at);
    case 9:
      return little ? bytes.readInt32LE(at) : bytes.readInt32BE(at);
    case 10:
      return little
        ? [bytes.readInt32LE(at), bytes.readInt32LE(at + 4)]
        : [bytes.readInt32BE(at), bytes.readInt32BE(at + 4)];
    case 11:
      return little ? bytes.readFloatLE(at) : bytes.readFloatBE(at);
    case 12:
      return little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);
    case 17:
      return Number(little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at));
    default:
      return unsigned(bytes, at, TYPE_BYTES[type] ?? 1, little);
  }
}

function unsigned(bytes: Buffer, at: number, size: number, little: boolean): number {
  if (size === 1) return bytes.readUInt8(at);
  if (size === 2) return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  if (size === 4) return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}
