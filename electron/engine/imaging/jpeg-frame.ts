/** A JPEG's header segments: frame, tables, scans (ITU-T T.81, annex B). */
import { huffmanTable, type HuffmanTable } from './jpeg-bits.ts';

export interface Component {
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
  /** Blocks in a row and in a column, padded to whole MCUs. */
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Blocks that hold picture, as a scan of this component alone walks them. */
  readonly ownAcross: number;
  readonly ownDown: number;
  /** Bits below which each coefficient is still unknown; 0 is complete, -1 not sent yet. */
  readonly precision: Int8Array;
  /** Progressive only: one bit per coefficient that is not zero, two words per block. */
  readonly nonZero: Uint32Array | null;
}

export interface Frame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
  /** Height of one row of MCUs in pixels; MCUs across and down. */
  readonly rowHeight: number;
  readonly across: number;
  readonly down: number;
}

export interface ScanPart {
  readonly component: Component;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
}

export interface Scan {
  readonly parts: readonly ScanPart[];
  /** First and last coefficient, and the bits known before and after (Ss, Se, Ah, Al). */
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

const NO_TABLE: HuffmanTable = new Uint16Array(65_536);

/** Reads a SOF0, SOF1 or SOF2 segment (without marker and length); null when it makes no sense. */
export function readFrame(segment: Uint8Array, progressive: boolean): Frame | null {
  const height = ((segment[1] ?? 0) << 8) | (segment[2] ?? 0);
  const width = ((segment[3] ?? 0) << 8) | (segment[4] ?? 0);
  const count = segment[5] ?? 0;
  if (segment[0] !== 8 || height === 0 || width === 0 || count === 0 || count > 4) {
    return null;
  }
  const stated = Array.from({ length: count }, (_, index) => ({
    id: segment[6 + index * 3] ?? 0,
    horizontal: (segment[7 + index * 3] ?? 0) >> 4,
    vertical: (segment[7 + index * 3] ?? 0) & 15,
  }));
  if (
    stated.some((one) => one.horizontal < 1 || one.horizontal > 4 || one.vertical < 1 || one.vertical > 4)
  ) {
    return null;
  }
  const most = {
    horizontal: Math.max(...stated.map((one) => one.horizontal)),
    vertical: Math.max(...stated.map((one) => one.vertical)),
  };
  const across = Math.ceil(width / (8 * most.horizontal));
  const down = Math.ceil(height / (8 * most.vertical));
  return {
    progressive,
    width,
    height,
    rowHeight: 8 * most.vertical,
    across,
    down,
    components: stated.map((one) => ({
      ...one,
      blocksAcross: across * one.horizontal,
      blocksDown: down * one.vertical,
      ownAcross: Math.ceil(Math.ceil((width * one.horizontal) / most.horizontal) / 8),
      ownDown: Math.ceil(Math.ceil((height * one.vertical) / most.vertical) / 8),
      precision: new Int8Array(64).fill(-1),
      nonZero: progressive ? new Uint32Array(across * one.horizontal * down * one.vertical * 2) : null,
    })),
  };
}

/** Adds a DHT segment's tables to `tables`: DC under 0 to 3, AC under 16 to 19. */
export function readTables(segment: Uint8Array, tables: Map<number, HuffmanTable>): void {
  let at = 0;
  while (at + 17 <= segment.length) {
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables.set(segment[at] ?? 0, huffmanTable(counts, segment.subarray(at + 17, at + 17 + total)));
    at += 17 + total;
  }
}

/** Reads a SOS segment; null when it names a component that the frame has not. */
export function readScan(
  segment: Uint8Array,
  frame: Frame,
  tables: ReadonlyMap<number, HuffmanTable>,
): Scan | null {
  const count = segment[0] ?? 0;
  const parts: ScanPart[] = [];
  for (let index = 0; index < count; index++) {
    const component = frame.components.find((one) => one.id === segment[1 + index * 2]);
    const selectors = segment[2 + index * 2] ?? 0;
    if (component === undefined) {
      return null;
    }
    parts.push({
      component,
      dc: tables.get(selectors >> 4) ?? NO_TABLE,
      ac: tables.get(16 + (selectors & 15)) ?? NO_TABLE,
    });
  }
  const [first = 0, last = 63, bits = 0] = segment.subarray(1 + count * 2);
  const scan = frame.progressive
    ? { parts, first, last, before: bits >> 4, after: bits & 15 }
    : { parts, first: 0, last: 63, before: 0, after: 0 };
  return count === 0 || scan.last > 63 || scan.first > scan.last ? null : scan;
}
