/** The end of the log file, for diagnostics. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_FILE } from '../log.ts';

/** So much of the file is looked at, at most. */
const TAIL_BYTES = 256_000;

/** The last lines, oldest first; none when there is no log. The first one may be cut. */
export function logTail(dataFolder: string, lineCount: number): readonly string[] {
  const path = join(dataFolder, LOG_FILE);
  if (!existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    return lines.filter((line) => line !== '').slice(-lineCount);
  } finally {
    closeSync(file);
  }
}
