/** What would keep the engine waiting: copying, checking, exporting and measuring happen on threads of their own. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CareAnswers, CareReply, CareTask } from './tasks.ts';

export interface CareThreads {
  /** @throws Error with a sentence for people */
  ask<Kind extends CareTask['kind']>(task: CareTask & { readonly kind: Kind }): Promise<CareAnswers[Kind]>;
  /** Ends what is being done; what was not finished has no name yet. Who asked is refused. */
  stop(): Promise<void>;
}

/** The entry beside this file: `.ts` among the sources, `.js` where the program was built. */
const ENTRY = new URL(`./care-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** Starts nothing before it is asked. */
export function createCareThreads(): CareThreads {
  const threads = new Set<Worker>();

  async function run(task: CareTask): Promise<unknown> {
    const thread = new Worker(ENTRY, { workerData: task, execArgv: [] });
    threads.add(thread);
    try {
      const reply = await new Promise<CareReply>((resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', reject);
        thread.once('exit', () => {
          reject(new Error('Tagalong ended before this was done. Nothing was changed; try it again.'));
        });
      });
      if (!reply.ok) throw new Error(reply.message);
      return reply.value;
    } finally {
      threads.delete(thread);
    }
  }

  return {
    ask: async <Kind extends CareTask['kind']>(task: CareTask & { readonly kind: Kind }) =>
      (await run(task)) as CareAnswers[Kind],
    async stop() {
      await Promise.all([...threads].map(async (thread) => thread.terminate()));
    },
  };
}
