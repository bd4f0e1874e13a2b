/** Which ready photos make the next batch, and whether it leaves now. Pure. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';

/** A photo that could go; in the order in which they are to leave. */
export interface FillCandidate {
  readonly photoId: number;
  /** About what it adds to the body. */
  readonly bodyBytes: number;
  /** It has been in lost connections before, so it travels by itself. */
  readonly alone: boolean;
}

export interface FillMoment {
  readonly budgetBytes: number;
  /** Since the last photo became ready. */
  readonly quietMs: number;
  readonly idleMs: number;
  /** No more photos will come. */
  readonly ending: boolean;
  /** Photos are being checked or made ready at this moment, or could be. */
  readonly moreToCome: boolean;
}

export interface Filled {
  /** `full`, `idle` and `ending` say why the batch leaves; with `wait` it stays open for more. */
  readonly reason: 'full' | 'idle' | 'ending' | 'wait';
  readonly photoIds: readonly number[];
}

/** Body bytes of an entry besides its picture, for the guess before its concepts and metadata are read. */
const ENTRY_BYTES = 200;

/** About what a picture of `bytes` adds to a body. */
export function guessBodyBytes(bytes: number): number {
  return Math.ceil(bytes / 3) * 4 + ENTRY_BYTES;
}

/** Takes neighbours from the front until a limit is reached. One that is larger than the budget goes by itself. */
export function fillBatch(candidates: readonly FillCandidate[], moment: FillMoment): Filled {
  const photoIds: number[] = [];
  let bodyBytes = 0;
  let isFull = false;
  for (const candidate of candidates) {
    const isFirst = photoIds.length === 0;
    const fits = bodyBytes + candidate.bodyBytes <= moment.budgetBytes && !candidate.alone;
    isFull = !isFirst && !fits;
    if (isFull) break;
    photoIds.push(candidate.photoId);
    bodyBytes += candidate.bodyBytes;
    isFull = candidate.alone || bodyBytes >= moment.budgetBytes || photoIds.length === BATCH_INPUT_LIMIT;
    if (isFull) break;
  }
  return { reason: reasonOf(photoIds, isFull, moment), photoIds };
}

function reasonOf(photoIds: readonly number[], isFull: boolean, moment: FillMoment): Filled['reason'] {
  if (photoIds.length === 0) return 'wait';
  if (isFull) return 'full';
  if (moment.ending && !moment.moreToCome) return 'ending';
  return moment.quietMs >= moment.idleMs ? 'idle' : 'wait';
}
