/** Test pictures that are made on the spot, and a way to look at what came out. */
import sharp, { type Sharp } from 'sharp';
import type { Orientation } from '#shared/photo.ts';

export type Rgb = readonly [number, number, number];

/** Upright size of the quadrant picture. */
export const WIDTH = 120;
export const HEIGHT = 80;

/** Colours of the upright picture: top left, top right, bottom left, bottom right. */
export const QUADRANTS: readonly Rgb[] = [
  [200, 30, 30],
  [30, 170, 40],
  [40, 60, 190],
  [220, 210, 60],
];

function uprightColour(x: number, y: number): Rgb {
  const index = (y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1);
  return QUADRANTS[index] ?? [0, 0, 0];
}

/** Where a stored pixel lies in the upright picture; EXIF 2.32 words each orientation by its 0th row and column. */
const UPRIGHT_OF: Readonly<Record<Orientation, (x: number, y: number) => readonly [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y) => [WIDTH - 1 - x, y],
  3: (x, y) => [WIDTH - 1 - x, HEIGHT - 1 - y],
  4: (x, y) => [x, HEIGHT - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [WIDTH - 1 - y, x],
  7: (x, y) => [WIDTH - 1 - y, HEIGHT - 1 - x],
  8: (x, y) => [y, HEIGHT - 1 - x],
};

/** The quadrant picture as it is stored with an orientation: pixels that are upright once turned by it. */
export function storedQuadrants(orientation: Orientation): { pixels: Buffer; width: number; height: number } {
  const [width, height] = orientation >= 5 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(uprightColour(...UPRIGHT_OF[orientation](x, y)), (y * width + x) * 3);
    }
  }
  return { pixels, width, height };
}

/** The same as a pipeline. */
export function quadrants(orientation: Orientation = 1): Sharp {
  const { pixels, width, height } = storedQuadrants(orientation);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** The four quadrants' middle colours of a picture file, as read by sharp alone, and its size. */
export async function seen(file: string): Promise<{ width: number; height: number; colours: Rgb[] }> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): Rgb => {
    const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [data[offset] ?? -1, data[offset + 1] ?? -1, data[offset + 2] ?? -1];
  };
  return {
    width: info.width,
    height: info.height,
    colours: [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)],
  };
}

/** The largest difference of any sample between two lists of colours. */
export function farthest(left: readonly Rgb[], right: readonly Rgb[]): number {
  return Math.max(
    ...left.flatMap((colour, index) =>
      colour.map((sample, channel) => Math.abs(sample - (right[index]?.[channel] ?? 999))),
    ),
  );
}

/** A picture with detail everywhere (so that every row costs bytes), the same for the same size. */
export function detailed(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 12_345;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    pixels[index] = ((index / 3) % width) / 8 + (state >> 24);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
