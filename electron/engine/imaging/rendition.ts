import { IMAGE_BYTES_LIMIT } from '#shared/limits.ts';
import type { Decoded, RenditionJob } from '../workers/jobs.ts';
import { decodePicture } from './decode.ts';
import { problem } from './open-file.ts';
import { RENDITION_LONG_EDGE, RENDITION_QUALITY } from './rendition-recipe.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Makes the copy for sending: JPEG, upright sRGB on white, no metadata. Flushed to the disk before it gets its name,
 * since the ledger will trust that name after a power cut. Throws `DiskFullError`.
 */
export async function makeRendition(request: RenditionJob): Promise<Decoded<{ readonly bytes: number }>> {
  const made = await decodePicture(request, async (picture) => ({
    jpeg: await picture.scaled(RENDITION_LONG_EDGE).jpeg({ quality: RENDITION_QUALITY }).toBuffer(),
  }));
  if (made.kind === 'problem') {
    return made;
  }
  const { jpeg, ...rest } = made;
  if (jpeg.length >= IMAGE_BYTES_LIMIT) {
    return problem('too-large', `Even the copy of 2048 pixels has ${jpeg.length} bytes.`);
  }
  await writeWhole(request.target, jpeg, { durable: true });
  return { ...rest, bytes: jpeg.length };
}
