/** `tagalong retry`: tries failed photos again, here or in the running owner. */
import { FAILURES } from '#shared/problems.ts';
import type { IngestProgress } from '#shared/engine-api.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { withEngine } from '../engine-access.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type { RetryWay } from '#shared/failures.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { retryLines } from '../retry-words.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export interface RetryOptions {
  readonly cause?: string;
  readonly asItIs?: boolean;
  readonly smallerCopy?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
}

const POLL_MS = 150;

/** Tries again, says what became of it, and follows until it is final if no other Tagalong runs. Returns the exit code. */
export async function runRetry(options: RetryOptions, terminal: Terminal): Promise<number> {
  const { cause = null } = options;
  if (cause !== null && !Object.hasOwn(FAILURES, cause)) {
    throw new UsageError(`There is no cause "${cause}". Causes: ${Object.keys(FAILURES).join(', ')}.`);
  }
  return withEngine(dataFolderOf(options.dataDir), { watches: false }, async (access) => {
    const { asOf: _, ...done } = await access.api.retryEverywhere({ cause, way: wayOf(options) });
    for (const line of retryLines(done)) terminal.say(line);
    const stillFailed = access.isOwner ? await settle(access.api, terminal) : null;
    if (options.json === true) terminal.print(JSON.stringify({ ...done, stillFailed }));
    return stillFailed === null || stillFailed === 0 ? EXIT.ok : EXIT.someFailed;
  });
}

function wayOf({ asItIs, smallerCopy }: RetryOptions): Exclude<RetryWay, 'remove-there'> {
  if (asItIs === true) return 'as-it-is';
  return smallerCopy === true ? 'smaller-copy' : 'again';
}

/** Follows the engine until nothing is open. Returns how many photos, and files that are none, are failed then. */
async function settle(api: EngineApi, terminal: Terminal): Promise<number> {
  const line = createProgressLine(terminal.err);
  try {
    for (;;) {
      const progress: IngestProgress = await api.overallProgress({});
      line.show(progress, Date.now());
      if (progress.state !== 'working' || terminal.interrupted.aborted) break;
      await terminal.pause(POLL_MS);
    }
  } finally {
    line.end();
  }
  return (await api.failures({})).length;
}
