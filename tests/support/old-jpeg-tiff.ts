/** Wraps a JPEG as TIFF 6.0 "old-style" JPEG (compression 6, JPEGInterchangeFormat), as early scanners wrote it. */
export function writeOldJpegTiff(jpeg: Buffer, width: number, height: number): Buffer {
  const pixelsAt = 8 + 2 + 11 * 12 + 4 + 6;
  const bitsAt = pixelsAt - 6;
  const SHORT = 3;
  const LONG = 4;
  const entries: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, bitsAt],
    [259, SHORT, 1, 6],
    [262, SHORT, 1, 6],
    [273, LONG, 1, pixelsAt],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, jpeg.length],
    [513, LONG, 1, pixelsAt],
    [514, LONG, 1, jpeg.length],
  ];
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  }
  for (let sample = 0; sample < 3; sample++) {
    head.writeUInt16LE(8, bitsAt + sample * 2);
  }
  return Buffer.concat([head, jpeg]);
}
