/** TIFF variants that libtiff's build in sharp does not read (old-style JPEG and the like), by way of utif2. */
import utif, { type IFD } from 'utif2';
import type { RawPixels } from './bmp.ts';

function numbersOf(directory: IFD, tag: number): readonly number[] {
  const value = directory[`t${tag}`];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

/** The first page: stored size, and whether its strips or tiles reach beyond the end of the file. */
export interface TiffPage {
  readonly directory: IFD;
  readonly width: number;
  readonly height: number;
  readonly cutOff: boolean;
}

/** Reads the first directory; null when there is none that holds a picture. */
export function readTiffPage(file: Buffer): TiffPage | null {
  const [directory] = utif.decode(file);
  const width = directory === undefined ? 0 : (numbersOf(directory, 256)[0] ?? 0);
  const height = directory === undefined ? 0 : (numbersOf(directory, 257)[0] ?? 0);
  if (directory === undefined || width <= 0 || height <= 0) {
    return null;
  }
  const starts = [...numbersOf(directory, 273), ...numbersOf(directory, 324)];
  const lengths = [...numbersOf(directory, 279), ...numbersOf(directory, 325)];
  const cutOff = starts.some((start, index) => start + (lengths[index] ?? 0) > file.length);
  return { directory, width, height, cutOff };
}

/** Decodes that page; throws when utif2 cannot. */
export function decodeTiffPage(file: Buffer, { directory }: TiffPage): RawPixels {
  utif.decodeImage(file, directory);
  const { width, height, data } = directory;
  if (data === undefined || data.length === 0) {
    throw new Error('The TIFF compression is not read.');
  }
  return { pixels: utif.toRGBA8(directory), width, height, channels: 4 };
}
