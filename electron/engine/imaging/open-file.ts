import { open, readFile } from 'node:fs/promises';
import type { FailureCause } from '#shared/problems.ts';

/** Why a picture could not be made, as the answer of an image job. */
export interface Problem {
  readonly kind: 'problem';
  readonly cause: FailureCause;
  readonly detail: string;
}

export function problem(cause: FailureCause, detail: string): Problem {
  return { kind: 'problem', cause, detail };
}

/** Longest detail that is kept, in characters. */
const WORDS_LIMIT = 300;

/** Words of an error for a problem's detail, on one line; decoders repeat themselves, so each sentence once. */
export function wordsOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const sentences = new Set(lines.map((line) => line.trim()).filter((line) => line !== ''));
  return [...sentences].join('; ').slice(0, WORDS_LIMIT);
}

/** The problem behind a failed open or read. */
function fileProblem(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const gone = code === 'ENOENT' || code === 'ENOTDIR';
  return problem(gone ? 'file-gone' : 'file-unreadable', wordsOf(error));
}

/** Null when there is a file with bytes in it that may be read. */
export async function checkFile(path: string): Promise<Problem | null> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const one = await file.read(Buffer.alloc(1), 0, 1, 0);
    return one.bytesRead === 0 ? problem('file-empty', `${path} has ${size} bytes.`) : null;
  } catch (error) {
    return fileProblem(error);
  }
}

/** Reads a whole file; a problem instead when the disk refuses. */
export async function readWhole(path: string): Promise<Buffer | Problem> {
  try {
    return await readFile(path);
  } catch (error) {
    return fileProblem(error);
  }
}
