/**
 * The engine's line to the reader of sheets: a thread of its own, which is started by the first question, and anew by
 * the next one after it died.
 */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { Answered, AnswerMessage, Answers, AskMessage, Moment, Question } from './questions.ts';

/** Questions to the reader. */
export interface ReaderLine {
  /**
   * Asks at a moment of the ledger.
   *
   * @throws SheetsError when the reader ended, or could not read
   */
  ask<Kind extends Question['kind']>(
    question: Question & { readonly kind: Kind },
    moment: Moment,
  ): Promise<Answered<Answers[Kind]>>;
  /** Ends the reader; questions that wait get their answers first. */
  stop(): Promise<void>;
}

/** A question about a sheet got no answer. */
export class SheetsError extends Error {
  override readonly name = 'SheetsError';
}

interface Waiting {
  resolve(answer: Answered<unknown>): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly ended: Promise<void>;
  readonly waiting: Map<number, Waiting>;
}

/** The entry beside this file: `.ts` among the sources, `.js` where the program was built. */
const ENTRY = new URL(`./reader-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** Starts nothing before the first question. `ledgerPath` is absolute. */
export function createReaderLine(ledgerPath: string, log: Log): ReaderLine {
  let thread: Thread | null = null;
  let lastId = 0;
  let isStopped = false;

  function start(): Thread {
    const worker = new Worker(ENTRY, { workerData: { ledgerPath }, execArgv: [] });
    const waiting = new Map<number, Waiting>();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const started: Thread = { worker, ended, waiting };
    let trouble = 'it ended by itself';
    worker.on('message', (message: AnswerMessage) => {
      const question = waiting.get(message.id);
      waiting.delete(message.id);
      if (waiting.size === 0) worker.unref();
      if (message.ok) question?.resolve(message);
      else
        question?.reject(new SheetsError(`The sheet could not be read from the ledger: ${message.message}`));
    });
    worker.on('error', (error) => {
      trouble = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', () => {
      if (thread === started) thread = null;
      if (!isStopped) log.error('sheet-reader-ended', { trouble });
      const reason = isStopped
        ? 'The engine is being stopped; the sheet was not read any more.'
        : `What reads the sheets stopped (${trouble}). Ask again: it is started anew.`;
      for (const question of waiting.values()) question.reject(new SheetsError(reason));
      waiting.clear();
    });
    return started;
  }

  return {
    async ask<Kind extends Question['kind']>(question: Question & { readonly kind: Kind }, moment: Moment) {
      if (isStopped) throw new SheetsError('The engine is being stopped; no sheet is read any more.');
      thread ??= start();
      const { worker, waiting } = thread;
      lastId += 1;
      const id = lastId;
      const answer = new Promise<Answered<unknown>>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      );
      worker.ref();
      worker.postMessage({ id, question, moment } satisfies AskMessage);
      return (await answer) as Answered<Answers[Kind]>;
    },
    async stop() {
      isStopped = true;
      if (thread === null) return;
      const { worker, ended } = thread;
      worker.ref();
      worker.postMessage('stop');
      await ended;
    },
  };
}
