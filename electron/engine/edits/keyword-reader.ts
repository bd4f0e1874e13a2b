/** Questions about keywords that would keep a tag key waiting: each is answered on a thread of its own. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { KeywordAnswers, KeywordQuestion, KeywordReply } from './keyword-questions.ts';

export interface KeywordReader {
  /**
   * Answers from the ledger as it is when it is asked.
   *
   * @throws Error with a sentence for people when a keyword file cannot be read, or the thread ended
   */
  ask<Kind extends KeywordQuestion['kind']>(
    question: KeywordQuestion & { readonly kind: Kind },
  ): Promise<KeywordAnswers[Kind]>;
  /** Ends what is being read; who asked is refused. */
  stop(): Promise<void>;
}

/** The entry beside this file: `.ts` among the sources, `.js` where the program was built. */
const ENTRY = new URL(`./keyword-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** Starts nothing before a question; `ledgerPath` is absolute. */
export function createKeywordReader(ledgerPath: string): KeywordReader {
  const threads = new Set<Worker>();

  async function read(question: KeywordQuestion): Promise<unknown> {
    const thread = new Worker(ENTRY, { workerData: { ledgerPath, question }, execArgv: [] });
    threads.add(thread);
    try {
      const reply = await new Promise<KeywordReply>((resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', reject);
        thread.once('exit', () => {
          reject(new Error('The reading of keywords was ended before it was done. Try it again.'));
        });
      });
      if (!reply.ok) throw new Error(reply.message);
      return reply.value;
    } finally {
      threads.delete(thread);
    }
  }

  return {
    ask: async <Kind extends KeywordQuestion['kind']>(question: KeywordQuestion & { readonly kind: Kind }) =>
      (await read(question)) as KeywordAnswers[Kind],
    async stop() {
      await Promise.all([...threads].map(async (thread) => thread.terminate()));
    },
  };
}
