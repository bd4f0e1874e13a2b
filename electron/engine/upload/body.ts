/**
 * The body of a POST of inputs as one stream of JSON with the pictures as base64, made while it is sent. Its length is
 * known before the first byte, from the open files themselves.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { StreamedBody } from '../clarifai/transport.ts';
import type { SentConcept, SentGeo } from '../clarifai/wire-sent.ts';

/** One input of the body. */
export interface BodyEntry {
  readonly inputId: string;
  /** The picture: a path, opened here, or an open file, which stays the caller's. */
  readonly file: string | FileHandle;
  /** Size of the picture as the ledger knows it. */
  readonly bytes: number;
  readonly concepts: readonly SentConcept[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly geo?: SentGeo;
  readonly datasetIds?: readonly string[];
}

/** A file has another size than the ledger says, or changed while it was read. The request did not go out whole. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';
  readonly inputId: string;
  constructor(inputId: string, what: string) {
    super(`The picture of input ${inputId} changed on its way: ${what}.`);
    this.inputId = inputId;
  }
}

/** A file cannot be opened or read; the cause is the system's error. No request went out whole. */
export class FileUnreadableError extends Error {
  override readonly name = 'FileUnreadableError';
  readonly inputId: string;
  constructor(inputId: string, cause: unknown) {
    super(`The picture of input ${inputId} cannot be read: ${String(cause)}`, { cause });
    this.inputId = inputId;
  }
}

/** A body whose files are open. */
export interface InputsBody extends StreamedBody {
  /** The whole body, byte by byte the same each time. Throws FileChangedError or FileUnreadableError. */
  stream(): AsyncIterable<Uint8Array>;
  /** Closes the files that were opened here. */
  close(): Promise<void>;
}

const HEAD = '{"inputs":[';
const TAIL = ']}';
/** Read at a time: a multiple of 3, so that base64 pieces join without padding. */
const READ_BYTES = 3 * 72 * 1024;
/** Encoded at a time: strings from 128 KiB on live outside the young heap, which measured four times slower. */
const ENCODE_BYTES = 72 * 1024;
/**
 * Chunks in turn. Fresh memory for each would pile up to the whole body before it is collected. Node's `fetch` holds at
 * most a chunk and the socket's 64 KB beyond what it has written; whoever collects chunks has to copy them.
 */
const CHUNK_COUNT = 4;

/** Bytes of the body around the entries, without the commas between them. */
export const BODY_FRAME_BYTES = HEAD.length + TAIL.length;

/** Exact size of one entry in the body; each entry but the first costs one byte more for its comma. */
export function bodyBytesOf(entry: Omit<BodyEntry, 'file'>): number {
  const { before, after } = textAround(entry);
  return Buffer.byteLength(before) + base64Bytes(entry.bytes) + Buffer.byteLength(after);
}

/** The JSON of one input as it stands in the body, with these words in the place of the base64. */
export function inputJson(entry: Omit<BodyEntry, 'file' | 'bytes'>, words: string): string {
  const { before, after } = textAround(entry);
  return before + JSON.stringify(words).slice(1, -1) + after;
}

/**
 * Opens the files of 1 to 128 entries and makes their body.
 *
 * @throws FileUnreadableError or FileChangedError naming the entry; then nothing stays open
 * @throws RangeError for none or too many entries
 */
export async function createInputsBody(entries: readonly BodyEntry[]): Promise<InputsBody> {
  if (entries.length < 1 || entries.length > BATCH_INPUT_LIMIT) {
    throw new RangeError(`Expected 1 to ${String(BATCH_INPUT_LIMIT)} inputs, got ${String(entries.length)}.`);
  }
  const opened = await Promise.allSettled(entries.map(openEntry));
  const parts = opened.filter((part) => part.status === 'fulfilled').map((part) => part.value);
  const close = async (): Promise<void> => {
    await Promise.all(parts.filter(({ own }) => own).map(({ file }) => file.close()));
  };
  const refused = opened.find((part) => part.status === 'rejected');
  if (refused !== undefined) {
    await close();
    throw refused.reason;
  }
  const commas = entries.length - 1;
  const contentLength = entries.reduce(
    (total, entry) => total + bodyBytesOf(entry),
    BODY_FRAME_BYTES + commas,
  );
  return { contentLength, stream: () => bodyStream(parts), close };
}

interface OpenEntry {
  readonly entry: BodyEntry;
  readonly file: FileHandle;
  readonly own: boolean;
  readonly mtimeMs: number;
}

async function openEntry(entry: BodyEntry): Promise<OpenEntry> {
  const own = typeof entry.file === 'string';
  const file = await named(entry, async () =>
    typeof entry.file === 'string' ? open(entry.file, 'r') : entry.file,
  );
  try {
    const { size, mtimeMs } = await named(entry, () => file.stat());
    if (size !== entry.bytes) {
      throw new FileChangedError(entry.inputId, `${String(size)} bytes instead of ${String(entry.bytes)}`);
    }
    return { entry, file, own, mtimeMs };
  } catch (error) {
    if (own) await file.close();
    throw error;
  }
}

async function* bodyStream(parts: readonly OpenEntry[]): AsyncGenerator<Uint8Array> {
  const encode = createEncoder();
  let text = HEAD;
  let last: OpenEntry | null = null;
  for await (const { part, buffer, bytes } of readAhead(piecesOf(parts))) {
    if (part !== last) {
      const closing = last === null ? '' : `${textAround(last.entry).after},`;
      yield Buffer.from(text + closing + textAround(part.entry).before);
      text = '';
      last = part;
    }
    yield encode(buffer, bytes);
  }
  const closing = last === null ? '' : textAround(last.entry).after;
  yield Buffer.from(text + closing + TAIL);
}

/** A stretch of one file. */
interface Piece {
  readonly part: OpenEntry;
  readonly at: number;
  readonly bytes: number;
}

function piecesOf(parts: readonly OpenEntry[]): readonly Piece[] {
  return parts.flatMap((part) => {
    const count = Math.max(1, Math.ceil(part.entry.bytes / READ_BYTES));
    return Array.from({ length: count }, (_, index) => {
      const at = index * READ_BYTES;
      return { part, at, bytes: Math.min(READ_BYTES, part.entry.bytes - at) };
    });
  });
}

/** Reads the pieces in order, the next one while the one before is being sent. A buffer is good until the next. */
async function* readAhead(pieces: readonly Piece[]): AsyncGenerator<Piece & { readonly buffer: Buffer }> {
  const buffers = [Buffer.allocUnsafeSlow(READ_BYTES), Buffer.allocUnsafeSlow(READ_BYTES)] as const;
  // Settled at once, so that a failed read that nobody waits for any more (an abort) is no unhandled rejection.
  const start = (index: number) => {
    const piece = pieces[index];
    const buffer = buffers[index % 2 === 0 ? 0 : 1];
    return Promise.allSettled(piece === undefined ? [] : [readPiece(piece, buffer)]);
  };
  let ahead = start(0);
  for (let index = 0; index < pieces.length; index += 1) {
    const [read] = await ahead;
    if (read?.status === 'rejected') throw read.reason;
    ahead = start(index + 1);
    if (read !== undefined) yield read.value;
  }
}

/** Reads a piece; the last one of a file counts only when the file has proved unchanged. */
async function readPiece(piece: Piece, buffer: Buffer): Promise<Piece & { readonly buffer: Buffer }> {
  const { part, at, bytes } = piece;
  await readFully(part, buffer, bytes, at);
  if (at + bytes === part.entry.bytes) await checkUnchanged(part);
  return { ...piece, buffer };
}

/** Makes a function that encodes the first bytes of a buffer as base64 into the next of the chunks in turn. */
function createEncoder(): (from: Buffer, bytes: number) => Buffer {
  const chunks: Buffer[] = [];
  let turn = 0;
  return (from, bytes) => {
    const chunk = (chunks[turn] ??= Buffer.allocUnsafeSlow(base64Bytes(READ_BYTES)));
    turn = (turn + 1) % CHUNK_COUNT;
    let filled = 0;
    for (let at = 0; at < bytes; at += ENCODE_BYTES) {
      filled += chunk.write(
        from.toString('base64', at, Math.min(bytes, at + ENCODE_BYTES)),
        filled,
        'latin1',
      );
    }
    return chunk.subarray(0, filled);
  };
}

async function checkUnchanged({ entry, file, mtimeMs }: OpenEntry): Promise<void> {
  const now = await named(entry, () => file.stat());
  if (now.size !== entry.bytes || now.mtimeMs !== mtimeMs) {
    throw new FileChangedError(entry.inputId, 'it was written while it was sent');
  }
}

async function readFully(part: OpenEntry, buffer: Buffer, wanted: number, at: number): Promise<void> {
  const { entry, file } = part;
  for (let filled = 0; filled < wanted;) {
    const { bytesRead } = await named(entry, () => file.read(buffer, filled, wanted - filled, at + filled));
    if (bytesRead === 0) throw new FileChangedError(entry.inputId, 'it ended early');
    filled += bytesRead;
  }
}

/** Runs a file operation; its error names the entry. */
async function named<T>(entry: BodyEntry, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new FileUnreadableError(entry.inputId, error);
  }
}

function base64Bytes(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** The JSON of an entry before and after its base64; the base64 itself needs no escapes. */
function textAround(entry: Omit<BodyEntry, 'file' | 'bytes'>): { before: string; after: string } {
  const { concepts, metadata, geo, datasetIds } = entry;
  const rest = {
    ...(concepts.length === 0 ? {} : { concepts }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(geo === undefined ? {} : { geo }),
  };
  const more = JSON.stringify(rest).slice(1, -1);
  const datasets = datasetIds === undefined ? '' : `,"dataset_ids":${JSON.stringify(datasetIds)}`;
  return {
    before: `{"id":${JSON.stringify(entry.inputId)},"data":{"image":{"base64":"`,
    after: `"}${more === '' ? '' : `,${more}`}}${datasets}}`,
  };
}
