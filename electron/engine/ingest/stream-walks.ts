/** The families of formats whose structure is walked while the file streams by. */
import type { Hash } from 'node:crypto';
import type { ByteStream, Steps } from './picture-hash/byte-stream.ts';
import { walkGif } from './picture-hash/gif.ts';
import { walkJpeg } from './picture-hash/jpeg.ts';
import type { MetadataBlocks } from './picture-hash/metadata-blocks.ts';
import { walkPng } from './picture-hash/png.ts';
import type { PictureFamily, Walked } from './picture-hash/version-1.ts';
import { walkWebp } from './picture-hash/webp.ts';

type StreamWalk = (bytes: ByteStream, hash: Hash, metadata: MetadataBlocks) => Steps<Walked>;

/** Each hashes the picture data and collects the metadata's blocks. */
export const STREAM_WALKS = {
  jpeg: walkJpeg,
  png: walkPng,
  webp: walkWebp,
  gif: walkGif,
} as const satisfies Partial<Record<PictureFamily, StreamWalk>>;
