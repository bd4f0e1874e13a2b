/** Which ready photos make the next batch, and whether it leaves now. Pure. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';

/** A photo that could go; in the order in which they are to leave. */
export interface FillCandidate {
  readonly photoId: number;
  /** About what it adds to the body. */
  readonly bodyBytes: number;
  /** Largest number of photos in a batch that has it: one that was in lost connections travels with few others. */
  readonly mostTogether: number;
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

/** A batch as it would be taken. */
export interface PlannedBatch {
  readonly photoIds: readonly number[];
  /** About. */
  readonly bodyBytes: number;
  /** It ends where it does because of its bytes: another budget would end it elsewhere. */
  readonly isBudgetFull: boolean;
}

/** Body bytes of an entry besides its picture, for the guess before its concepts and metadata are read. */
const ENTRY_BYTES = 200;

/** About what a picture of `bytes` adds to a body. */
export function guessBodyBytes(bytes: number): number {
  return Math.ceil(bytes / 3) * 4 + ENTRY_BYTES;
}

/** Takes neighbours from the front until a limit is reached. One that is larger than the budget goes by itself. */
export function fillBatch(candidates: readonly FillCandidate[], moment: FillMoment): Filled {
  const { photoIds, isFull } = takeBatch(candidates, 0, moment.budgetBytes);
  return { reason: reasonOf(photoIds, isFull, moment), photoIds };
}

/** The batches that candidates make when all of them are ready, each as {@link fillBatch} takes it. */
export function splitIntoBatches(
  candidates: readonly FillCandidate[],
  budgetBytes: number,
): readonly PlannedBatch[] {
  const batches: PlannedBatch[] = [];
  for (let from = 0; from < candidates.length;) {
    const { photoIds, bodyBytes, isBudgetFull } = takeBatch(candidates, from, budgetBytes);
    batches.push({ photoIds, bodyBytes, isBudgetFull });
    from += photoIds.length;
  }
  return batches;
}

function takeBatch(
  candidates: readonly FillCandidate[],
  from: number,
  budgetBytes: number,
): PlannedBatch & { readonly isFull: boolean } {
  const photoIds: number[] = [];
  let bodyBytes = 0;
  let most = BATCH_INPUT_LIMIT;
  let isFull = false;
  let isBudgetFull = false;
  for (let index = from; index < candidates.length && !isFull; index += 1) {
    const candidate = candidates[index];
    if (candidate === undefined) break;
    const isFirst = photoIds.length === 0;
    const mostWithIt = Math.min(most, candidate.mostTogether);
    const fitsBudget = bodyBytes + candidate.bodyBytes <= budgetBytes;
    isFull = !isFirst && !(fitsBudget && photoIds.length < mostWithIt);
    isBudgetFull ||= !isFirst && !fitsBudget;
    if (isFull) break;
    most = mostWithIt;
    photoIds.push(candidate.photoId);
    bodyBytes += candidate.bodyBytes;
    isBudgetFull ||= bodyBytes >= budgetBytes;
    isFull = bodyBytes >= budgetBytes || photoIds.length >= most;
  }
  return { photoIds, bodyBytes, isBudgetFull, isFull };
}

function reasonOf(photoIds: readonly number[], isFull: boolean, moment: FillMoment): Filled['reason'] {
  if (photoIds.length === 0) return 'wait';
  if (isFull) return 'full';
  if (moment.ending && !moment.moreToCome) return 'ending';
  return moment.quietMs >= moment.idleMs ? 'idle' : 'wait';
}
