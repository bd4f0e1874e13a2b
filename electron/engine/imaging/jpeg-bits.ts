/** Reads the entropy-coded bits of a JPEG scan, up to the next marker. */

/** Thrown when the scan's data ends (at a marker or the end of the file) or states something impossible. */
export class ScanBroken extends Error {
  override readonly name = 'ScanBroken';
}

/** A Huffman table as a look-up by the next 16 bits: code length in the high byte, symbol in the low; 0 is no code. */
export type HuffmanTable = Uint16Array;

/** Builds the look-up from a DHT segment's 16 counts and the symbols behind them. */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let count = counts[length - 1] ?? 0; count > 0; count--) {
      const start = code << (16 - length);
      table.fill((length << 8) | (symbols[next] ?? 0), start, start + (1 << (16 - length)));
      code++;
      next++;
    }
    code <<= 1;
  }
  return table;
}

export interface BitReader {
  /** Next Huffman symbol; throws `ScanBroken`. */
  symbol(table: HuffmanTable): number;
  /** Next `count` bits (0 to 16) as a number; throws `ScanBroken`. */
  bits(count: number): number;
  /**
   * Forgets the bits at hand and looks for the next marker: its offset (or the end of the file), and how many whole
   * bytes of picture data were left unread before it.
   */
  nextMarker(): { readonly offset: number; readonly unreadBytes: number };
  /** Goes on reading at an offset. */
  moveTo(offset: number): void;
}

/** A reader over a whole file's bytes, starting at `start`. */
export function createBitReader(bytes: Uint8Array, start: number): BitReader {
  let position = start;
  let held = 0;
  let heldCount = 0;

  const fill = (): void => {
    while (heldCount <= 16 && position < bytes.length) {
      const byte = bytes[position] ?? 0;
      if (byte === 0xff) {
        if (bytes[position + 1] !== 0) {
          return;
        }
        position++;
      }
      position++;
      held = ((held << 8) | byte) & 0xff_ffff;
      heldCount += 8;
    }
  };
  const take = (count: number): void => {
    if (count > heldCount) {
      throw new ScanBroken('The data ends inside the picture.');
    }
    heldCount -= count;
    held &= (1 << heldCount) - 1;
  };
  return {
    symbol(table) {
      fill();
      const peek = heldCount >= 16 ? held >>> (heldCount - 16) : held << (16 - heldCount);
      const entry = table[peek & 0xffff] ?? 0;
      if (entry === 0) {
        throw new ScanBroken('A code is not in the Huffman table.');
      }
      take(entry >>> 8);
      return entry & 0xff;
    },
    bits(count) {
      fill();
      const value = heldCount >= count ? held >>> (heldCount - count) : 0;
      take(count);
      return value;
    },
    nextMarker() {
      const unread = position - (heldCount >> 3);
      held = 0;
      heldCount = 0;
      while (position < bytes.length) {
        const next = bytes[position + 1] ?? 0;
        if (bytes[position] === 0xff && next !== 0 && next !== 0xff) {
          break;
        }
        position++;
      }
      return { offset: position, unreadBytes: position - unread };
    },
    moveTo(offset) {
      position = offset;
      held = 0;
      heldCount = 0;
    },
  };
}
