/** Walks the coefficients of one JPEG block without keeping them: only where the data ends matters (T.81, annex G). */
import { ScanBroken, type BitReader, type HuffmanTable } from './jpeg-bits.ts';
import type { Component, Scan, ScanPart } from './jpeg-frame.ts';

/** Walks one block of the scan at hand; throws `ScanBroken`. Block runs are kept until `restart`. */
export interface BlockWalker {
  walk(part: ScanPart, block: number): void;
  restart(): void;
}

function isNonZero(component: Component, block: number, index: number): boolean {
  const word = component.nonZero?.[block * 2 + (index >> 5)] ?? 0;
  return ((word >>> (index & 31)) & 1) === 1;
}

function markNonZero(component: Component, block: number, index: number): void {
  if (index > 63) {
    throw new ScanBroken('A block has more than 64 coefficients.');
  }
  if (component.nonZero !== null) {
    const word = block * 2 + (index >> 5);
    component.nonZero[word] = (component.nonZero[word] ?? 0) | (1 << (index & 31));
  }
}

function skipDifference(reader: BitReader, table: HuffmanTable): void {
  const size = reader.symbol(table);
  if (size > 15) {
    throw new ScanBroken('A DC difference is out of range.');
  }
  reader.bits(size);
}

function walkSequential(reader: BitReader, part: ScanPart): void {
  skipDifference(reader, part.dc);
  for (let index = 1; index < 64; index++) {
    const symbol = reader.symbol(part.ac);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) {
        return;
      }
      index += 15;
      continue;
    }
    index += symbol >> 4;
    if (index > 63) {
      throw new ScanBroken('A block has more than 64 coefficients.');
    }
    reader.bits(size);
  }
}

/** A walker for one scan. */
export function createBlockWalker(reader: BitReader, progressive: boolean, scan: Scan): BlockWalker {
  let blocksToSkip = 0;

  const endOfBand = (run: number): void => {
    blocksToSkip = (1 << run) + reader.bits(run) - 1;
  };
  const walkFirst = ({ component, ac }: ScanPart, block: number): void => {
    if (blocksToSkip > 0) {
      blocksToSkip--;
      return;
    }
    for (let index = scan.first; index <= scan.last; index++) {
      const symbol = reader.symbol(ac);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0) {
        if (run < 15) {
          endOfBand(run);
          return;
        }
        index += 15;
      } else {
        index += run;
        markNonZero(component, block, index);
        reader.bits(size);
      }
    }
  };
  /** Corrects known coefficients from `index` on, passing `zeros` unknown ones; where it stopped. */
  const correct = (component: Component, block: number, index: number, zeros: number): number => {
    let left = zeros;
    for (let at = index; at <= scan.last; at++) {
      if (isNonZero(component, block, at)) {
        reader.bits(1);
      } else if (--left < 0) {
        return at;
      }
    }
    return scan.last + 1;
  };
  const walkRefined = ({ component, ac }: ScanPart, block: number): void => {
    if (blocksToSkip > 0) {
      correct(component, block, scan.first, 64);
      blocksToSkip--;
      return;
    }
    let index = scan.first;
    while (index <= scan.last) {
      const symbol = reader.symbol(ac);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0 && run < 15) {
        endOfBand(run);
        correct(component, block, index, 64);
        return;
      }
      if (size > 0) {
        reader.bits(1);
      }
      index = correct(component, block, index, run);
      if (size > 0) {
        markNonZero(component, block, index);
      }
      index++;
    }
  };
  return {
    walk(part, block) {
      if (!progressive) {
        walkSequential(reader, part);
      } else if (scan.first > 0) {
        (scan.before === 0 ? walkFirst : walkRefined)(part, block);
      } else if (scan.before === 0) {
        skipDifference(reader, part.dc);
      } else {
        reader.bits(1);
      }
    },
    restart() {
      blocksToSkip = 0;
    },
  };
}
