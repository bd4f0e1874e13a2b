import { readKnownRows } from '../ledger/known-rows.ts';
import { knownFromRows } from './known-files.ts';
import { createFilter } from './path-filter.ts';
import { walk } from './walk.ts';
import type { WalkPart, WalkSummary } from './walk-types.ts';

/** A walk as plain data, for a worker process: it reads by itself what the ledger knows of the folder. */
export interface WalkJob {
  readonly kind: 'walk';
  /** Absolute path of the ledger file, opened for reading only. */
  readonly ledgerPath: string;
  readonly folderId: number;
  /** Absolute path of the watched folder. */
  readonly root: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Absolute paths of all other watched folders. */
  readonly nestedRoots: readonly string[];
  /** Only this path, relative to the root; null for all. */
  readonly subtree: string | null;
  /** The root's device when it was last reached; null when it never was. */
  readonly expectedDevice: number | null;
  readonly trustsBlocks: boolean;
}

/** Does the walk; differences are sent as parts while it goes. */
export async function runWalk(
  job: WalkJob,
  context: { readonly signal: AbortSignal; readonly part: (part: WalkPart) => void },
): Promise<WalkSummary> {
  const known = knownFromRows(readKnownRows(job.ledgerPath, job.folderId, job.subtree));
  return walk(
    {
      root: job.root,
      filter: createFilter({ include: job.include, exclude: job.exclude }),
      nestedRoots: job.nestedRoots,
      ...(job.subtree === null ? {} : { subtree: job.subtree }),
      ...(job.expectedDevice === null ? {} : { expectedDevice: job.expectedDevice }),
      trustsBlocks: job.trustsBlocks,
      signal: context.signal,
    },
    known,
    context.part,
  );
}
