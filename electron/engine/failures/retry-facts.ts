/** What is known of a failed photo when it is decided whether trying again can help. */
import type { StoredFacts } from '../ledger/failures.ts';
import type { FailedFacts } from './retry-plan.ts';
import type { FailureCause } from '#shared/problems.ts';

/** In the words of the decision. */
export function factsOf(stored: StoredFacts): FailedFacts {
  const isFile = stored.sendAsItIs === 1 || (stored.sends === 'original' && stored.sendSmall === 0);
  const isDecoded = stored.isDecoded === 1;
  return {
    cause: stored.cause as FailureCause,
    hasFile: stored.fileBytes !== null,
    isDecoded,
    sends: isFile ? 'file' : 'copy',
    refused: isDecoded ? refusedOf(stored) : 'both',
  };
}

/** Which bytes failed: a file that cannot fit is kept back without a word; what was sent tells by its size. */
function refusedOf({ isWordless, lastSentBytes, fileBytes }: StoredFacts): 'file' | 'copy' {
  return isWordless === 1 || lastSentBytes === fileBytes ? 'file' : 'copy';
}
