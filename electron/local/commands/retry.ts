/** `tagalong retry`: tries failed photos again, here or in the running owner. */
import { FAILURES } from '#shared/problems.ts';
import type { IngestProgress } from '#shared/engine-api.ts';
import { dataFolderOf } from '../../host/data-folder.ts';
import { withEngine } from '../engine-access.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export interface RetryOptions {
  readonly cause?: string;
  readonly asItIs?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
}

const POLL_MS = 150;

/** Tries again, follows until it is final if no other Tagalong runs, and says how many. Returns the exit code. */
export async function runRetry(options: RetryOptions, terminal: Terminal): Promise<number> {
  const { cause = null } = options;
  if (cause !== null && !Object.hasOwn(FAILURES, cause)) {
    throw new UsageError(`There is no cause "${cause}". Causes: ${Object.keys(FAILURES).join(', ')}.`);
  }
  return withEngine(dataFolderOf(options.dataDir), { watches: false }, async (access) => {
    const retried = await access.api.retry({ cause, asItIs: options.asItIs === true });
    terminal.say(`${retried.retried} tried again, ${retried.left} left as they are.`);
    if (retried.left > 0) {
      terminal.say('Those would fail the same way again; name their cause with --cause to try all the same.');
    }
    const stillFailed = access.isOwner ? await settle(access.api, terminal) : null;
    if (options.json === true) terminal.print(JSON.stringify({ ...retried, stillFailed }));
    return stillFailed === null || stillFailed === 0 ? EXIT.ok : EXIT.someFailed;
  });
}

/** Follows every run of the engine until nothing is open. Returns how many photos are failed then. */
async function settle(api: EngineApi, terminal: Terminal): Promise<number> {
  const line = createProgressLine(terminal.err);
  try {
    for (;;) {
      const progress: IngestProgress = await api.overallProgress({});
      line.show(progress, Date.now());
      if (progress.state !== 'working' || terminal.interrupted.aborted) return progress.counts.failed;
      await terminal.pause(POLL_MS);
    }
  } finally {
    line.end();
  }
}
