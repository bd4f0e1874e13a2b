/** What one file is: its hashes, its type by its bytes, and the capture facts it states. */
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { constants, open, type FileHandle } from 'node:fs/promises';
import type { CaptureFacts } from '#shared/capture.ts';
import type { PhotoFormat } from '#shared/photo.ts';
import type { Identified } from '../workers/jobs.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import { captureFacts } from './capture.ts';
import { createByteStream } from './picture-hash/byte-stream.ts';
import { walkHeif } from './picture-hash/heif.ts';
import { createMetadataBlocks, type MetadataBlocks } from './picture-hash/metadata-blocks.ts';
import { rangesOfFile, type Ranges } from './picture-hash/ranges.ts';
import { readTiffStructure, walkTiff } from './picture-hash/tiff.ts';
import { startPictureHash } from './picture-hash/version-1.ts';
import { extensionOf, formatOfTiff, isNamedLikePhoto, sniff, SNIFF_BYTES, type Sniffed } from './sniff.ts';
import { STREAM_WALKS } from './stream-walks.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Where a bitmap's header says how long the file should be. */
const BITMAP_LENGTH_AT = 2;

/**
 * Reads one file. Every byte is read once, in chunks of 1 MB; TIFF, AVIF and HEIC, whose structure points around,
 * have their picture data read once more through the same handle. Never throws on what a file contains or on what the
 * system answers; rejects with the signal's reason when stopped.
 */
export async function identify(
  path: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<Identified> {
  signal.throwIfAborted();
  let handle: FileHandle | null = null;
  try {
    // Not blocking: opening a pipe that nobody writes to would wait for ever.
    handle = await open(path, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    return await identifyOpen(path, handle, signal);
  } catch (error) {
    const answer = answerTo(error);
    if (answer === null) throw error;
    return answer;
  } finally {
    await handle?.close();
  }
}

async function identifyOpen(path: string, handle: FileHandle, signal: AbortSignal): Promise<Identified> {
  const before = await handle.stat();
  if (!before.isFile()) return { kind: 'not-a-photo' };
  const isNamed = isNamedLikePhoto(path);
  if (before.size === 0) {
    return isNamed
      ? { kind: 'problem', cause: 'file-empty', detail: 'The file has 0 bytes.' }
      : { kind: 'not-a-photo' };
  }
  const ranges = rangesOfFile(handle, before.size, signal);
  const head = await ranges.read(0, SNIFF_BYTES);
  const sniffed = sniff(head);
  if (sniffed === null && !isNamed) return { kind: 'not-a-photo' };

  const metadata = createMetadataBlocks();
  const stream = startStream(sniffed, metadata);
  const fileHash = createHash('sha256');
  const chunkBytes = Math.min(CHUNK_BYTES, before.size);
  const length = await readThrough(handle, { signal, chunkBytes }, (chunk) => {
    fileHash.update(chunk);
    stream?.push(chunk);
  });
  const streamed = stream?.finish() ?? null;
  const opened = { path, head, ranges, size: before.size };
  const found = streamed ?? (await walkRanges(opened, sniffed, metadata));
  const after = await handle.stat();
  if (length !== before.size || !isSame(before, after)) return { kind: 'changed' };
  const whole = fileHash.digest('hex');
  return {
    kind: 'photo',
    stamp: stampOf(after),
    fileHash: whole,
    pictureHash: found.pictureHash ?? whole,
    format: found.format,
    facts: found.facts ?? (await captureFacts({ metadata })),
    complete: found.complete,
  };
}

/** Runs the whole file through `sink`, reading one chunk ahead; returns how many bytes there were. */
async function readThrough(
  handle: FileHandle,
  { signal, chunkBytes }: { readonly signal: AbortSignal; readonly chunkBytes: number },
  sink: (chunk: Buffer) => void,
): Promise<number> {
  const buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
  const read = async (turn: number, position: number): Promise<Buffer> => {
    const buffer = buffers[turn % 2 === 0 ? 0 : 1];
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position);
    return buffer.subarray(0, bytesRead);
  };
  let position = 0;
  let chunk = await read(0, 0);
  for (let turn = 1; chunk.length > 0; turn++) {
    signal.throwIfAborted();
    position += chunk.length;
    const next = read(turn, position);
    sink(chunk);
    chunk = await next;
  }
  return position;
}

interface Found {
  readonly format: PhotoFormat;
  /** Null: the file hash stands in. */
  readonly pictureHash: string | null;
  readonly complete: boolean;
  /** Null: the facts are in the collected blocks. */
  readonly facts: CaptureFacts | null;
}

/** Starts hashing a family that can be told while streaming; null for the others. */
function startStream(
  sniffed: Sniffed | null,
  metadata: MetadataBlocks,
): { push(chunk: Buffer): void; finish(): Found } | null {
  if (sniffed !== 'jpeg' && sniffed !== 'png' && sniffed !== 'webp' && sniffed !== 'gif') return null;
  const bytes = createByteStream();
  const hash = startPictureHash(sniffed);
  const steps = STREAM_WALKS[sniffed](bytes, hash, metadata);
  let step = steps.next();
  return {
    push: (chunk) => {
      if (step.done === true) return;
      bytes.push(chunk);
      step = steps.next();
    },
    finish: () => {
      bytes.end();
      while (step.done !== true) step = steps.next();
      const { pictured, complete } = step.value;
      return { format: sniffed, pictureHash: pictured ? hash.digest('hex') : null, complete, facts: null };
    },
  };
}

interface Opened {
  readonly path: string;
  readonly head: Buffer;
  readonly ranges: Ranges;
  readonly size: number;
}

/** The formats that need to look around in the file, and those without structure. */
async function walkRanges(opened: Opened, sniffed: Sniffed | null, metadata: MetadataBlocks): Promise<Found> {
  const { head, ranges, size } = opened;
  if (sniffed === 'avif' || sniffed === 'heic') {
    const hash = startPictureHash('heif');
    const { pictured, complete, orientation } = await walkHeif(ranges, hash, metadata);
    const facts = await captureFacts({ metadata, orientation });
    return { format: sniffed, pictureHash: pictured ? hash.digest('hex') : null, complete, facts };
  }
  if (sniffed === 'tiff-container' || sniffed === 'raw') {
    return await walkContainer(opened, sniffed, metadata);
  }
  if (sniffed === 'bmp') {
    metadata.size = bitmapSize(head);
    const complete = head.readUInt32LE(BITMAP_LENGTH_AT) <= size;
    return { format: 'bmp', pictureHash: null, complete, facts: null };
  }
  return { format: sniffed ?? 'unknown', pictureHash: null, complete: true, facts: null };
}

async function walkContainer(opened: Opened, sniffed: Sniffed, metadata: MetadataBlocks): Promise<Found> {
  const { path, ranges } = opened;
  const structure = await readTiffStructure(ranges);
  const nature = structure ?? { isDng: false, hasSensorData: false };
  const format = sniffed === 'raw' ? 'raw' : formatOfTiff(nature, extensionOf(path));
  // Camera RAW is only ever hashed whole: programs keep their keywords beside it, and its insides are the maker's.
  if (structure === null || format === 'raw') {
    const facts = await captureFacts({ metadata, tiff: ranges });
    return { format, pictureHash: null, complete: true, facts };
  }
  const hash = startPictureHash('tiff');
  const { pictured, complete } = await walkTiff(structure, hash, metadata);
  const facts = await captureFacts({ metadata, tiff: ranges });
  return { format, pictureHash: pictured ? hash.digest('hex') : null, complete, facts };
}

function bitmapSize(head: Buffer): { width: number; height: number } {
  return head.readUInt32LE(14) === 12
    ? { width: head.readUInt16LE(18), height: head.readUInt16LE(20) }
    : { width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)) };
}

const stampOf = (stats: Stats): FileStamp => ({
  size: stats.size,
  mtimeMs: stats.mtimeMs,
  ctimeMs: stats.ctimeMs,
  inode: stats.ino,
});

const isSame = (a: Stats, b: Stats): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;

/** What a system error says about the file; null when the error is none of the system's. */
function answerTo(error: unknown): Identified | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'problem', cause: 'file-gone', detail: error.message };
    case 'ENXIO':
    case 'EISDIR':
      return { kind: 'not-a-photo' };
    default:
      return { kind: 'problem', cause: 'file-unreadable', detail: error.message };
  }
}
