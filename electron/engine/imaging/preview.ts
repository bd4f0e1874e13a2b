import type { Decoded, PreviewJob } from '../workers/jobs.ts';
import { decodePicture } from './decode.ts';
import { PREVIEW_SIZE } from '#shared/thumbnail-names.ts';
import { writeWhole } from './write-whole.ts';

/** Somebody is waiting for a preview: effort 1 is made in two thirds of the default's time. */
const WEBP = { quality: 82, effort: 1 } as const;

/** Makes the loupe's preview: WebP, upright sRGB on white, long edge 2048. Throws `DiskFullError`. */
export async function makePreview(request: PreviewJob): Promise<Decoded<{ readonly bytes: number }>> {
  const made = await decodePicture(request, async (picture) => ({
    webp: await picture.scaled(PREVIEW_SIZE).webp(WEBP).toBuffer(),
  }));
  if (made.kind === 'problem') {
    return made;
  }
  const { webp, ...rest } = made;
  await writeWhole(request.target, webp, { durable: false });
  return { ...rest, bytes: webp.length };
}
