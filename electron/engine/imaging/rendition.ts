import { DEFAULT_RECIPE } from '#shared/folders.ts';
import { IMAGE_BYTES_LIMIT } from '#shared/limits.ts';
import type { Decoded, RenditionJob } from '../workers/jobs.ts';
import { decodePicture } from './decode.ts';
import { problem } from './open-file.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Makes the copy for sending: JPEG, upright sRGB on white, no metadata. Flushed to the disk before it gets its name,
 * since the ledger will trust that name after a power cut. Throws `DiskFullError`.
 */
export async function makeRendition(request: RenditionJob): Promise<Decoded<{ readonly bytes: number }>> {
  const { longEdge, quality } = request.recipe ?? DEFAULT_RECIPE;
  const made = await decodePicture(request, async (picture) => ({
    jpeg: await picture.scaled(longEdge).jpeg({ quality }).toBuffer(),
  }));
  if (made.kind === 'problem') {
    return made;
  }
  const { jpeg, ...rest } = made;
  if (jpeg.length >= IMAGE_BYTES_LIMIT) {
    return problem('too-large', `Even the copy of ${longEdge} pixels has ${jpeg.length} bytes.`);
  }
  await writeWhole(request.target, jpeg, { durable: true });
  return { ...rest, bytes: jpeg.length };
}
