import { open } from 'node:fs/promises';

/** Enough for the boxes before the coded picture; a grid of tiles needs some kilobytes. */
const HEAD_BYTES = 65_536;

/**
 * Whether an AVIF turns or mirrors itself (`irot`, `imir`; ISO/IEC 23008-12, 6.5.10 and 6.5.12). The decoder has then
 * applied that already, and the EXIF orientation, which writers repeat beside it, must not be applied again.
 */
export async function turnsItself(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const properties = head.indexOf('ipco', 0, 'latin1');
  if (properties < 4) {
    return false;
  }
  const box = head.subarray(properties, properties - 4 + head.readUInt32BE(properties - 4));
  return box.includes('irot', 0, 'latin1') || box.includes('imir', 0, 'latin1');
}
