/** What a retry does with one failed photo. Pure: what is known comes in, the decision goes out. */
import type { LeftReason, RetryWay } from '#shared/failures.ts';
import type { FailureCause } from '#shared/problems.ts';

/** What is known of a failed photo. */
export interface FailedFacts {
  readonly cause: FailureCause;
  /** Whether a file of a folder that goes there holds it. */
  readonly hasFile: boolean;
  /** Whether its thumbnails stand: then it need not be decoded again. */
  readonly isDecoded: boolean;
  /** What would go now. */
  readonly sends: 'file' | 'copy';
  /** Which bytes failed; `both`: it cannot even be decoded, so that there can be no copy. */
  readonly refused: 'file' | 'copy' | 'both';
}

/** `queue`: to the service. `read`: from the disk first. `remove`: taken away there before. */
export type RetryStep =
  | { readonly kind: 'queue' | 'read' | 'remove'; readonly as: 'before' | 'file' | 'copy' }
  | { readonly kind: 'left'; readonly why: LeftReason };

const left = (why: LeftReason): RetryStep => ({ kind: 'left', why });

/** Decides. What would fail the same way stays: the same bytes decode no better, and are no smaller. */
export function stepFor(facts: FailedFacts, way: RetryWay): RetryStep {
  const { cause, hasFile, isDecoded } = facts;
  if (!hasFile) return left('gone');
  if (cause === 'indexing-failed') {
    return way === 'remove-there' ? { kind: 'remove', as: 'before' } : left('still-there');
  }
  if (cause === 'incomplete') {
    return way === 'as-it-is' ? { kind: 'queue', as: 'file' } : left('unchanged');
  }
  if (cause === 'cannot-decode') return left('unchanged');
  if (cause === 'too-large' || cause === 'format-not-accepted') return stepForSize(facts, way);
  return { kind: isDecoded ? 'queue' : 'read', as: 'before' };
}

function stepForSize({ sends, refused }: FailedFacts, way: RetryWay): RetryStep {
  if (refused === 'both') return left('unchanged');
  if (way === 'smaller-copy' && refused === 'file') return { kind: 'queue', as: 'copy' };
  return sends === refused ? left('unchanged') : { kind: 'queue', as: 'before' };
}
