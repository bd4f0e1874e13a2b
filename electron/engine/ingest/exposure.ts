/** Reads how a picture was taken, when somebody looks: as far into the file as its EXIF block. */
import { createHash } from 'node:crypto';
import { constants, open, type FileHandle } from 'node:fs/promises';
import { readExposure } from './exposure-exif.ts';
import { createByteStream } from './picture-hash/byte-stream.ts';
import { walkHeif } from './picture-hash/heif.ts';
import { createMetadataBlocks } from './picture-hash/metadata-blocks.ts';
import { rangesOfBlock, rangesOfFile, type Ranges } from './picture-hash/ranges.ts';
import { sniff, SNIFF_BYTES } from './sniff.ts';
import { STREAM_WALKS } from './stream-walks.ts';
import { EXPOSURE_NAMES, type ExposureFacts } from '#shared/sheet.ts';

const CHUNK_BYTES = 256 * 1024;
const NOTHING: ExposureFacts = { lines: [] };

/**
 * The facts in the order of the panel; none when the file is gone, is no picture or states nothing. Rejects with the
 * system's error when the file is there and cannot be read.
 */
export async function exposureOf(
  path: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<ExposureFacts> {
  let handle: FileHandle | null = null;
  try {
    // Not blocking: opening a pipe that nobody writes to would wait for ever.
    handle = await open(path, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    const stats = await handle.stat();
    return stats.isFile() ? await exposureIn(handle, stats.size, signal) : NOTHING;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return NOTHING;
    }
    throw error;
  } finally {
    await handle?.close();
  }
}

async function exposureIn(handle: FileHandle, size: number, signal: AbortSignal): Promise<ExposureFacts> {
  const ranges = rangesOfFile(handle, size, signal);
  for (const block of await exifBlocks(handle, ranges, signal)) {
    const facts = await readExposure(block);
    if (facts === null) continue;
    return {
      lines: EXPOSURE_NAMES.flatMap((name) => {
        const value = facts[name] ?? null;
        return value === null ? [] : [{ name, value }];
      }),
    };
  }
  return NOTHING;
}

async function exifBlocks(handle: FileHandle, ranges: Ranges, signal: AbortSignal): Promise<Ranges[]> {
  const sniffed = sniff(await ranges.read(0, SNIFF_BYTES));
  const metadata = createMetadataBlocks();
  if (sniffed === 'tiff-container' || sniffed === 'raw') return [ranges];
  if (sniffed === 'avif' || sniffed === 'heic') await walkHeif(ranges, createHash('sha256'), metadata);
  if (sniffed === 'jpeg' || sniffed === 'png' || sniffed === 'webp' || sniffed === 'gif') {
    const bytes = createByteStream();
    const steps = STREAM_WALKS[sniffed](bytes, createHash('sha256'), metadata);
    let step = steps.next();
    for (let at = 0; step.done !== true && metadata.blocks.exif.length === 0; at += CHUNK_BYTES) {
      signal.throwIfAborted();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0) bytes.end();
      else bytes.push(buffer.subarray(0, bytesRead));
      step = steps.next();
    }
  }
  return metadata.blocks.exif.map(rangesOfBlock);
}
