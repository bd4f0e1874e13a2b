/** Writes BMP files of the kinds that programs write, from RGB pixels. */
export interface RgbPixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface BmpKind {
  readonly bitCount: 1 | 4 | 8 | 16 | 24 | 32;
  readonly topDown?: boolean;
  /** OS/2 1.x header of 12 bytes. */
  readonly os2?: boolean;
  readonly packed?: boolean;
  /** 5-6-5 for 16 bits; RGBA with alpha in a V4 header for 32. */
  readonly masked?: boolean;
  /** Bytes between the header and the pixels. */
  readonly gap?: number;
}

type Colour = readonly [number, number, number];

function colourAt({ pixels, width }: RgbPixels, x: number, y: number): Colour {
  const at = (y * width + x) * 3;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

function paletteOf(image: RgbPixels): Colour[] {
  const found = new Map<string, Colour>();
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const colour = colourAt(image, x, y);
      found.set(colour.join(), colour);
    }
  }
  return [...found.values()];
}

function scaled(sample: number, most: number): number {
  return Math.round((sample * most) / 255);
}

function storedRow(image: RgbPixels, kind: BmpKind, palette: readonly Colour[], y: number): Buffer {
  const row = Buffer.alloc(Math.ceil((image.width * kind.bitCount) / 32) * 4);
  const names = palette.map((colour) => colour.join());
  for (let x = 0; x < image.width; x++) {
    const [red, green, blue] = colourAt(image, x, y);
    if (kind.bitCount <= 8) {
      const bit = x * kind.bitCount;
      const index = names.indexOf([red, green, blue].join());
      row[bit >> 3] = (row[bit >> 3] ?? 0) | (index << (8 - kind.bitCount - (bit & 7)));
    } else if (kind.bitCount === 16) {
      const value = kind.masked
        ? (scaled(red, 31) << 11) | (scaled(green, 63) << 5) | scaled(blue, 31)
        : (scaled(red, 31) << 10) | (scaled(green, 31) << 5) | scaled(blue, 31);
      row.writeUInt16LE(value, x * 2);
    } else if (kind.bitCount === 32 && kind.masked) {
      row.set([red, green, blue, 255], x * 4);
    } else {
      // The fourth byte of a plain 32-bit BMP means nothing and is usually 0.
      row.set([blue, green, red], x * (kind.bitCount / 8));
    }
  }
  return row;
}

/** Run-length codes a row of indexes: runs where two are equal, an absolute stretch for the rest, a skip at the end. */
function packedRow(indexes: readonly number[], four: boolean): number[] {
  const out: number[] = [];
  let at = 0;
  while (at < indexes.length) {
    const index = indexes[at] ?? 0;
    let run = 1;
    while (run < 255 && indexes[at + run] === index) {
      run++;
    }
    if (run === 1 && at + 3 <= indexes.length) {
      const stretch = indexes.slice(at, at + 3);
      const bytes = four ? [((stretch[0] ?? 0) << 4) | (stretch[1] ?? 0), (stretch[2] ?? 0) << 4] : stretch;
      out.push(0, 3, ...bytes, ...(bytes.length % 2 === 1 ? [0] : []));
      at += 3;
    } else {
      out.push(run, four ? (index << 4) | index : index);
      at += run;
    }
  }
  return [...out, 0, 0];
}

function pixelBytes(image: RgbPixels, kind: BmpKind, palette: readonly Colour[]): Buffer {
  const rows = Array.from({ length: image.height }, (_, row) =>
    kind.topDown ? row : image.height - 1 - row,
  );
  if (!kind.packed) {
    return Buffer.concat(rows.map((y) => storedRow(image, kind, palette, y)));
  }
  const names = palette.map((colour) => colour.join());
  const codes = rows.flatMap((y) =>
    packedRow(
      Array.from({ length: image.width }, (_, x) => names.indexOf(colourAt(image, x, y).join())),
      kind.bitCount === 4,
    ),
  );
  return Buffer.from([...codes, 0, 1]);
}

export function writeBmp(image: RgbPixels, kind: BmpKind): Buffer {
  const palette = kind.bitCount <= 8 ? paletteOf(image) : [];
  const entries = kind.os2 && kind.bitCount <= 8 ? 1 << kind.bitCount : palette.length;
  const headerSize = kind.os2 ? 12 : kind.masked && kind.bitCount === 32 ? 108 : 40;
  const masks = kind.masked && kind.bitCount === 16 ? 12 : 0;
  const pixels = pixelBytes(image, kind, palette);
  const colourBytes = kind.os2 ? 3 : 4;
  const pixelsAt = 14 + headerSize + masks + entries * colourBytes + (kind.gap ?? 0);
  const head = Buffer.alloc(pixelsAt);
  head.write('BM', 'latin1');
  head.writeUInt32LE(pixelsAt + pixels.length, 2);
  head.writeUInt32LE(pixelsAt, 10);
  head.writeUInt32LE(headerSize, 14);
  if (kind.os2) {
    head.writeUInt16LE(image.width, 18);
    head.writeUInt16LE(image.height, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt16LE(kind.bitCount, 24);
  } else {
    head.writeInt32LE(image.width, 18);
    head.writeInt32LE(kind.topDown ? -image.height : image.height, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(kind.bitCount, 28);
    head.writeUInt32LE(kind.masked ? 3 : kind.packed ? (kind.bitCount === 8 ? 1 : 2) : 0, 30);
    head.writeUInt32LE(palette.length, 46);
  }
  if (kind.masked) {
    const fields = kind.bitCount === 16 ? [0xf800, 0x07e0, 0x001f] : [0xff, 0xff00, 0xff0000, 0xff000000];
    for (const [index, field] of fields.entries()) {
      head.writeUInt32LE(field, 54 + index * 4);
    }
  }
  for (const [index, [red, green, blue]] of palette.entries()) {
    head.set([blue, green, red], 14 + headerSize + index * colourBytes);
  }
  return Buffer.concat([head, pixels]);
}
