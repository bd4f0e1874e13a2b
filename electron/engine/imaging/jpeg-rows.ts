/**
 * How much of a damaged JPEG is there. The decoder fills what is missing with grey and does not say from where on, so
 * the entropy-coded data is walked here: a row of pixels counts as decoded when every scan reaches it without
 * contradiction. In a progressive file that is the strict reading: rows that only have their coarse scans do not count.
 */
import { createBitReader, ScanBroken, type BitReader, type HuffmanTable } from './jpeg-bits.ts';
import { createBlockWalker, type BlockWalker } from './jpeg-blocks.ts';
import { readFrame, readScan, readTables, type Frame, type Scan } from './jpeg-frame.ts';

export interface DecodedRows {
  /** Rows that decode, of all rows, 0 to 1. */
  readonly share: number;
  /** False when the end-of-image marker is missing: the file is cut off. */
  readonly ended: boolean;
}

/**
 * Picture data left over behind the last block of a scan, in bytes, from which on the scan must have slipped somewhere
 * unseen, so that none of its rows can be trusted. Padding of some cameras stays below.
 */
const SLIPPED_BYTES = 1024;

const MARKER = { start: 0xd8, end: 0xd9, tables: 0xc4, restartInterval: 0xdd, scan: 0xda } as const;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;

interface Walk {
  readonly bytes: Uint8Array;
  readonly frame: Frame;
  readonly scan: Scan;
  /** MCUs between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** One flag per row of MCUs. */
  readonly broken: Uint8Array;
}

interface Grid {
  readonly across: number;
  readonly total: number;
  /** Row of MCUs of the frame that unit `index` of the scan belongs to. */
  rowOf(index: number): number;
  walk(walker: BlockWalker, index: number): void;
}

/** The units that a scan counts: MCUs when interleaved, blocks when it holds one component. */
function gridOf({ frame, scan }: Walk): Grid {
  const [only, ...more] = scan.parts;
  if (only !== undefined && more.length === 0) {
    const { ownAcross, ownDown, blocksAcross, vertical } = only.component;
    return {
      across: ownAcross,
      total: ownAcross * ownDown,
      rowOf: (index) => Math.floor(Math.floor(index / ownAcross) / vertical),
      walk: (walker, index) => {
        walker.walk(only, Math.floor(index / ownAcross) * blocksAcross + (index % ownAcross));
      },
    };
  }
  return {
    across: frame.across,
    total: frame.across * frame.down,
    rowOf: (index) => Math.floor(index / frame.across),
    walk: (walker, index) => {
      const row = Math.floor(index / frame.across);
      const column = index % frame.across;
      for (const part of scan.parts) {
        const { horizontal, vertical, blocksAcross } = part.component;
        for (let block = 0; block < horizontal * vertical; block++) {
          const down = row * vertical + Math.floor(block / horizontal);
          walker.walk(part, down * blocksAcross + column * horizontal + (block % horizontal));
        }
      }
    },
  };
}

/** Walks units `from` to `to`; the first that could not be walked, or `to`. */
function walkUnits(grid: Grid, walker: BlockWalker, from: number, to: number): number {
  let index = from;
  try {
    for (; index < to; index++) {
      grid.walk(walker, index);
    }
  } catch (error) {
    if (!(error instanceof ScanBroken)) {
      throw error;
    }
  }
  return index;
}

function breakRows({ broken }: Walk, grid: Grid, from: number, to: number): void {
  if (from < to) {
    broken.fill(1, grid.rowOf(from), grid.rowOf(to - 1) + 1);
  }
}

/** Walks one scan from `start` on, notes broken rows, and returns the offset of the marker behind it. */
function walkScan(walk: Walk, start: number): number {
  const grid = gridOf(walk);
  const reader: BitReader = createBitReader(walk.bytes, start);
  const walker = createBlockWalker(reader, walk.frame.progressive, walk.scan);
  const step = walk.restartInterval > 0 ? walk.restartInterval : grid.total;
  let index = 0;
  let restarts = 0;
  for (;;) {
    const until = Math.min(grid.total, index + step);
    const reached = walkUnits(grid, walker, index, until);
    breakRows(walk, grid, reached, until);
    const { offset, unreadBytes } = reader.nextMarker();
    const code = walk.bytes[offset + 1] ?? 0;
    if (unreadBytes > SLIPPED_BYTES && reached === until) {
      breakRows(walk, grid, index, until);
    }
    if (!isRestart(code) || walk.restartInterval === 0) {
      breakRows(walk, grid, until, grid.total);
      return offset;
    }
    const missed = (code - 0xd0 - restarts + 8) % 8;
    const next = Math.min(grid.total, until + missed * step);
    breakRows(walk, grid, until, next);
    if (next >= grid.total) {
      return offset + 2;
    }
    index = next;
    restarts = (restarts + missed + 1) % 8;
    reader.moveTo(offset + 2);
    walker.restart();
  }
}

function goodShare(frame: Frame, broken: Uint8Array): number {
  let rows = 0;
  for (let row = 0; row < frame.down; row++) {
    if (broken[row] === 0) {
      rows += Math.min(frame.rowHeight, frame.height - row * frame.rowHeight);
    }
  }
  return rows / frame.height;
}

/** Which coefficients this scan completed, or brought nearer. */
function notePrecision(scan: Scan): void {
  for (const { component } of scan.parts) {
    component.precision.fill(scan.after, scan.first, scan.last + 1);
  }
}

interface Headers {
  readonly tables: Map<number, HuffmanTable>;
  frame: Frame | null;
  broken: Uint8Array;
  restartInterval: number;
}

/** Takes in one segment; false when the file is of a kind that is not walked (arithmetic coding, 12 bits …). */
function takeSegment(headers: Headers, code: number, segment: Uint8Array): boolean {
  if (code === MARKER.tables) {
    readTables(segment, headers.tables);
  } else if (code === MARKER.restartInterval) {
    headers.restartInterval = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0);
  } else if (code >= 0xc0 && code <= 0xcf && code !== 0xc8 && code !== 0xcc) {
    headers.frame = code <= 0xc2 ? readFrame(segment, code === 0xc2) : null;
    headers.broken = new Uint8Array(headers.frame?.down ?? 0);
    return headers.frame !== null;
  }
  return true;
}

/** Measures a JPEG file's bytes; null when they cannot be measured: no JPEG at all, or of a rare kind. */
export function measureDecodedRows(bytes: Uint8Array): DecodedRows | null {
  const headers: Headers = {
    tables: new Map(),
    frame: null,
    broken: new Uint8Array(0),
    restartInterval: 0,
  };
  if (bytes[0] !== 0xff || bytes[1] !== MARKER.start) {
    return null;
  }
  let at = 2;
  let ended = false;
  while (at + 4 <= bytes.length || bytes[at + 1] === MARKER.end) {
    const code = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || code === 0xff || code === 0 || isRestart(code)) {
      if (headers.frame === null && bytes[at] !== 0xff) {
        return null;
      }
      at++;
      continue;
    }
    if (code === MARKER.end) {
      ended = true;
      break;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (code !== MARKER.scan) {
      if (!takeSegment(headers, code, segment)) {
        return null;
      }
      continue;
    }
    const { frame, broken, restartInterval, tables } = headers;
    const scan = frame === null ? null : readScan(segment, frame, tables);
    if (frame === null || scan === null) {
      return null;
    }
    at = walkScan({ bytes, frame, scan, restartInterval, broken }, at);
    notePrecision(scan);
  }
  const { frame, broken } = headers;
  if (frame === null) {
    return ended ? null : { share: 0, ended };
  }
  const missing = frame.components.some(({ precision }) =>
    precision.some((bits) => (ended ? bits < 0 : bits !== 0)),
  );
  return { share: missing ? 0 : goodShare(frame, broken), ended };
}
