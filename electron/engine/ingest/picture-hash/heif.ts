/** AVIF and HEIC: the coded items of the primary image. */
import type { Hash } from 'node:crypto';
import type { Orientation } from '#shared/photo.ts';
import { readHeifMeta, type HeifMeta, type Item } from './heif-boxes.ts';
import { BLOCK_BYTES_LIMIT, type MetadataBlocks } from './metadata-blocks.ts';
import { feedRange, rangesOfBlock, type Ranges } from './ranges.ts';
import type { Walked } from './version-1.ts';

const ITEMS_LIMIT = 65_536;
/** Properties without which an item does not decode to the same pixels: codec headers, dimensions, crop, depth. */
const HASHED_PROPERTIES: ReadonlySet<string> = new Set([
  'av1C',
  'hvcC',
  'vvcC',
  'avcC',
  'j2kH',
  'jpgC',
  'uncC',
  'cmpd',
  'ispe',
  'clap',
  'a1op',
  'lsel',
]);
/** The two names of an alpha plane (HEIF's own and HEVC's older one). */
const ALPHA_NAMES = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1'];

/** EXIF's orientation for `irot` (quarter turns counter-clockwise) and `imir` (0 top and bottom, 1 left and right, none). */
const ORIENTATIONS: readonly (readonly [none: Orientation, axis0: Orientation, axis1: Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
];

/** What stands in the file's item tables beside the picture. */
export interface HeifWalked extends Walked {
  /** Of `irot` and `imir`, which decoders obey; EXIF's own says nothing in this family. */
  readonly orientation: Orientation;
}

/** Hashes the primary image. `pictured` is false when there is none or its place cannot be told. */
export async function walkHeif(ranges: Ranges, hash: Hash, metadata: MetadataBlocks): Promise<HeifWalked> {
  const nothing: HeifWalked = { pictured: false, complete: false, orientation: 1 };
  const meta = await readHeifMeta(ranges);
  if (meta === null) return nothing;
  const chosen = itemsOf(meta);
  const orientation = orientationOf(meta);
  metadata.size ??= sizeOf(meta);
  await collectMetadata(ranges, meta, metadata);
  const ownBytes = chosen.map((item) => bytesOf(ranges, meta, item.id));
  const there = ownBytes.reduce((sum, bytes) => sum + (bytes?.there ?? 0), 0);
  // Extents that overlap without end are a trap, not a picture.
  if (chosen.length === 0 || ownBytes.includes(null) || there === 0 || there > ranges.size * 2) {
    return { ...nothing, orientation };
  }
  let complete = true;
  for (const item of chosen) complete = (await hashItem(ranges, meta, item, hash)) && complete;
  return { pictured: true, complete, orientation };
}

/** The primary item, what it is made of, and alpha planes of these, in a fixed order. */
function itemsOf(meta: HeifMeta): Item[] {
  const below = new Map<number, number[]>();
  const put = (above: number, ids: readonly number[]): void => {
    const known = below.get(above) ?? [];
    below.set(above, known);
    for (const id of ids) known.push(id);
  };
  for (const { type, from, to } of meta.references) if (type === 'dimg') put(from, to);
  for (const { type, from, to } of meta.references) {
    if (type === 'auxl' && isAlpha(meta, from)) for (const id of to) put(id, [from]);
  }
  const chosen: Item[] = [];
  const seen = new Set<number>();
  const pending = [meta.primary];
  while (pending.length > 0 && chosen.length < ITEMS_LIMIT) {
    const id = pending.pop() ?? 0;
    const item = meta.items.get(id);
    if (item === undefined || seen.has(id)) continue;
    seen.add(id);
    chosen.push(item);
    for (const part of (below.get(id) ?? []).toReversed()) pending.push(part);
  }
  return chosen;
}

const isAlpha = (meta: HeifMeta, id: number): boolean =>
  (meta.properties.get(id) ?? []).some(
    ({ type, body }) =>
      type === 'auxC' && ALPHA_NAMES.includes(body.toString('latin1', 4).split('\0')[0] ?? ''),
  );

/** An item's bytes: where, how many it should have, how many there are; null when the place cannot be told. */
function bytesOf(
  ranges: Ranges,
  meta: HeifMeta,
  id: number,
): { source: Ranges; extents: { offset: number; length: number }[]; length: number; there: number } | null {
  const place = meta.places.get(id);
  if (place === undefined || place.method > 1) return null;
  const source = place.method === 1 ? rangesOfBlock(meta.idat) : ranges;
  const extents = place.extents.map(({ offset, length }) => ({
    offset,
    // A length of 0 or none means "to the end" (14496-12, 8.11.3).
    length: length === 0 || length === Infinity ? Math.max(0, source.size - offset) : length,
  }));
  const length = extents.reduce((sum, extent) => sum + extent.length, 0);
  const there = extents.reduce(
    (sum, extent) => sum + Math.max(0, Math.min(extent.length, source.size - extent.offset)),
    0,
  );
  return { source, extents, length, there };
}

async function hashItem(ranges: Ranges, meta: HeifMeta, item: Item, hash: Hash): Promise<boolean> {
  const bytes = bytesOf(ranges, meta, item.id);
  if (bytes === null) return false;
  hash.update(`item ${item.type}\n`);
  for (const { type, body } of meta.properties.get(item.id) ?? []) {
    if (HASHED_PROPERTIES.has(type)) hash.update(`property ${type} ${body.length}\n`).update(body);
  }
  hash.update(`data ${bytes.length}\n`);
  let complete = true;
  for (const extent of bytes.extents) {
    complete = (await feedRange(bytes.source, extent, (part) => hash.update(part))) && complete;
  }
  return complete;
}

function orientationOf(meta: HeifMeta): Orientation {
  const own = meta.properties.get(meta.primary) ?? [];
  const turn = (own.find(({ type }) => type === 'irot')?.body[0] ?? 0) & 3;
  const mirror = own.find(({ type }) => type === 'imir')?.body[0];
  return ORIENTATIONS[turn]?.[mirror === undefined ? 0 : (mirror & 1) === 0 ? 1 : 2] ?? 1;
}

function sizeOf(meta: HeifMeta): { width: number; height: number } | null {
  const body = meta.properties.get(meta.primary)?.find(({ type }) => type === 'ispe')?.body;
  if (body === undefined || body.length < 12) return null;
  return { width: body.readUInt32BE(4), height: body.readUInt32BE(8) };
}

async function collectMetadata(ranges: Ranges, meta: HeifMeta, metadata: MetadataBlocks): Promise<void> {
  for (const item of meta.items.values()) {
    const isXmp = item.type === 'mime' && item.contentType === 'application/rdf+xml';
    if (item.type !== 'Exif' && !isXmp) continue;
    const bytes = bytesOf(ranges, meta, item.id);
    if (bytes === null || bytes.there > BLOCK_BYTES_LIMIT || !metadata.hasRoom(bytes.there)) continue;
    const parts: Buffer[] = [];
    for (const extent of bytes.extents) await feedRange(bytes.source, extent, (part) => parts.push(part));
    const block = Buffer.concat(parts);
    if (isXmp) metadata.add('xmp', block);
    // Four bytes say how far behind them the TIFF header is (23008-12, annex A).
    else if (block.length > 8) metadata.add('exif', block.subarray(4 + block.readUInt32BE(0)));
  }
}
