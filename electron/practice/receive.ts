/** Receives the body of a POST of inputs: images are decoded, judged, hashed and written while the rest arrives. */
import { randomUUID } from 'node:crypto';
import { webcrypto } from 'node:crypto';
import { IMAGE_BYTES_LIMIT } from '#shared/limits.ts';
import type { ArrivedImage } from './account.ts';
import { createImageStrings, type ImageString } from './image-strings.ts';
import { checkImage } from './images.ts';
import type { Packs, PackWriter } from './packs.ts';

/** While more image bytes than this wait to be judged and written, nothing more is read. */
const HELD_BYTES_LIMIT = 32_000_000;

const sha256Of = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');

const judge = async ({ bytes, valid }: ImageString, pack: PackWriter): Promise<ArrivedImage> => {
  const verdict = valid
    ? await checkImage(bytes)
    : ({ kind: 'refused', code: 30300, details: 'The image is not valid base64' } as const);
  if (verdict.kind === 'refused' || bytes === null) return { verdict, stored: null, sha256: null };
  const [stored, sha256] = await Promise.all([pack.write(bytes), sha256Of(bytes)]);
  return { verdict, stored, sha256 };
};

/**
 * Reads the body to its end. Resolves with the JSON text, in which tokens stand for the images; after a rejection no
 * write is under way any more, so that the pack can be given up.
 */
export const receiveImages = async (
  chunks: AsyncIterable<Buffer>,
  pack: PackWriter,
): Promise<{ readonly text: string; readonly images: ReadonlyMap<string, ArrivedImage> }> => {
  const token = randomUUID();
  const images = new Map<string, ArrivedImage>();
  const pending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let heldBytes = 0;

  const take = async (image: ImageString, index: number): Promise<void> => {
    const size = image.bytes?.length ?? 0;
    heldBytes += size;
    try {
      images.set(`${token}${index}`, await judge(image, pack));
    } catch (error) {
      failures.push(error);
    }
    heldBytes -= size;
  };
  const strings = createImageStrings(token, IMAGE_BYTES_LIMIT, (image, index) => {
    const taking = take(image, index).finally(() => pending.delete(taking));
    pending.add(taking);
  });

  try {
    for await (const chunk of chunks) {
      strings.push(chunk);
      if (heldBytes > HELD_BYTES_LIMIT) await Promise.all(pending);
    }
  } finally {
    await Promise.all(pending);
  }
  if (failures.length > 0) throw failures[0];
  return { text: strings.skeleton(), images };
};

/** Puts the bytes back where a token stands inside regions (masks), which are stored as they came. */
export const restoreMasks = async (
  value: unknown,
  images: ReadonlyMap<string, ArrivedImage>,
  packs: Packs,
): Promise<void> => {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Record<string, unknown>;
  for (const [key, child] of Object.entries(node)) {
    const stored = typeof child === 'string' ? images.get(child)?.stored : null;
    if (stored === null || stored === undefined) await restoreMasks(child, images, packs);
    else node[key] = (await packs.read(stored)).toString('base64');
  }
};
