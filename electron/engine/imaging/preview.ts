import type { Decoded, PreviewJob } from '../workers/jobs.ts';
import { decodePicture } from './decode.ts';
import { PREVIEW_SIZE } from '#shared/thumbnail-names.ts';
import { writeWhole } from './write-whole.ts';

/** Somebody is waiting for a preview: effort 1 is made in two thirds of the default's time. */
const WEBP = { quality: 82, effort: 1 } as const;
/** At 100 % artefacts show, and tens of megapixels take a second even so. */
const WHOLE_WEBP = { quality: 90, effort: 0 } as const;

/** Makes the loupe's preview: WebP, upright sRGB on white, never enlarged. Throws `DiskFullError`. */
export async function makePreview(request: PreviewJob): Promise<Decoded<{ readonly bytes: number }>> {
  const { size = PREVIEW_SIZE } = request;
  const made = await decodePicture(request, async (picture) => ({
    webp: await picture
      .scaled(size)
      .webp(size === PREVIEW_SIZE ? WEBP : WHOLE_WEBP)
      .toBuffer(),
  }));
  if (made.kind === 'problem') {
    return made;
  }
  const { webp, ...rest } = made;
  await writeWhole(request.target, webp, { durable: false });
  return { ...rest, bytes: webp.length };
}
