/** Counts what became of failures that are tried again. */
import { LEFT_REASONS, type LeftReason, type RetryDone } from '#shared/failures.ts';

/** The numbers of a retry. */
export type Counted = Pick<RetryDone, 'queuedCount' | 'readAgainCount' | 'left'>;
export type RetryTally = ReturnType<typeof createRetryTally>;

/** Begins at nothing. */
export function createRetryTally() {
  let queuedCount = 0;
  let readAgainCount = 0;
  const left = new Map<LeftReason, number>();
  function leave(why: LeftReason, count = 1): void {
    if (count > 0) left.set(why, (left.get(why) ?? 0) + count);
  }
  return {
    queue: (count = 1): void => void (queuedCount += count),
    readAgain: (count = 1): void => void (readAgainCount += count),
    leave,
    hasLeft: (...reasons: readonly LeftReason[]): boolean => reasons.some((why) => left.has(why)),
    /** Adds what another retry counted. */
    add(other: Omit<Counted, 'left'> & Partial<Counted>): void {
      queuedCount += other.queuedCount;
      readAgainCount += other.readAgainCount;
      for (const { why, count } of other.left ?? []) leave(why, count);
    },
    done: (): Counted => ({
      queuedCount,
      readAgainCount,
      left: LEFT_REASONS.flatMap((why) => {
        const count = left.get(why);
        return count === undefined ? [] : [{ why, count }];
      }),
    }),
  };
}
