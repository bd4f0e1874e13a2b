/** Subject of the rescan benchmark: the walk alone, as a worker does it. Arguments: ledger, folder's id, root. */
import { runWalk } from '../../electron/engine/ingest/walk-job.ts';
import { answerQuestions } from './measure.ts';

/** One walk. */
export interface WalkAnswer {
  readonly ms: number;
  readonly seenCount: number;
  readonly changedCount: number;
}

const [ledgerPath = '', folderText = '', root = ''] = process.argv.slice(2);

async function walkOnce(): Promise<WalkAnswer> {
  const start = performance.now();
  const summary = await runWalk(
    {
      kind: 'walk',
      ledgerPath,
      folderId: Number(folderText),
      root,
      include: [],
      exclude: [],
      nestedRoots: [],
      subtree: null,
      expectedDevice: null,
      trustsBlocks: true,
    },
    { signal: new AbortController().signal, part: () => undefined },
  );
  if (summary.kind !== 'walked') throw new Error(`The walk ended as ${summary.kind}.`);
  return {
    ms: performance.now() - start,
    seenCount: summary.seenCount,
    changedCount: summary.changedCount,
  };
}

if (process.send === undefined) await walkOnce();
else answerQuestions(() => walkOnce());
