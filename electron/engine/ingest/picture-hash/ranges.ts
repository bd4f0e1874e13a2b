/** Reading at any place of a file or a block, for formats whose structure points around. */
import type { FileHandle } from 'node:fs/promises';

export interface Ranges {
  /** Bytes there are. */
  readonly size: number;
  /** A copy of the bytes from `offset` on, fewer when the end comes first, none for an offset that is no place. */
  read(offset: number, length: number): Promise<Buffer>;
}

const WINDOW_BYTES = 256 * 1024;
/** Bytes that one step of `feedRange` reads. */
const STEP_BYTES = 1024 * 1024;

const isPlace = (offset: number, size: number): boolean =>
  Number.isSafeInteger(offset) && offset >= 0 && offset < size;

/** The ranges of a block in memory. */
export function rangesOfBlock(block: Buffer): Ranges {
  return {
    size: block.length,
    read: (offset, length) =>
      Promise.resolve(
        isPlace(offset, block.length)
          ? Buffer.from(block.subarray(offset, offset + length))
          : Buffer.alloc(0),
      ),
  };
}

/** The ranges of an open file of `size` bytes; small reads near each other cost one system call. */
export function rangesOfFile(handle: FileHandle, size: number, signal: AbortSignal): Ranges {
  let window: Buffer = Buffer.alloc(0);
  let start = 0;
  const load = async (offset: number, length: number): Promise<Buffer> => {
    signal.throwIfAborted();
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };
  return {
    size,
    read: async (offset, wanted) => {
      if (!isPlace(offset, size)) return Buffer.alloc(0);
      const length = Math.min(wanted, size - offset);
      if (length > WINDOW_BYTES) return await load(offset, length);
      if (offset < start || offset + length > start + window.length) {
        window = await load(offset, Math.min(WINDOW_BYTES, size - offset));
        start = offset;
      }
      return Buffer.from(window.subarray(offset - start, offset - start + length));
    },
  };
}

/** Runs a range through `sink` in steps; false when the end came first. */
export async function feedRange(
  ranges: Ranges,
  { offset, length }: { readonly offset: number; readonly length: number },
  sink: (bytes: Buffer) => void,
): Promise<boolean> {
  let done = 0;
  while (done < length) {
    const bytes = await ranges.read(offset + done, Math.min(STEP_BYTES, length - done));
    if (bytes.length === 0) return false;
    sink(bytes);
    done += bytes.length;
  }
  return true;
}
