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
   * Asks; `momentNow` tells how the ledger stands when its turn has come.
   *
   * @throws SheetsError when the reader ended, or could not read
   */
  ask<Kind extends Question['kind']>(
    question: Question & { readonly kind: Kind },
    momentNow: () => Moment,
  ): Promise<Answered<Answers[Kind]>>;
  /** Ends the reader; questions that wait get their answers first. */
  stop(): Promise<void>;
}

/** A question about a sheet got no answer. */
export class SheetsError extends Error {
  override readonly name = 'SheetsError';
}

interface Waiting {
  readonly question: Question;
  readonly momentNow: () => Moment;
  resolve(answer: Answered<unknown>): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly ended: Promise<void>;
  /** In the order in which they came; the one that is being answered, too. */
  readonly waiting: Map<number, Waiting>;
  asked: number | null;
}

/** The entry beside this file: `.ts` among the sources, `.js` where the program was built. */
const ENTRY = new URL(`./reader-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** One question at a time: counts of facets wait for the sheets that somebody looks at. */
function askNext(thread: Thread): void {
  if (thread.asked !== null) return;
  const waiting = [...thread.waiting];
  const next = waiting.find(([, { question }]) => question.kind !== 'facet') ?? waiting[0];
  if (next === undefined) return;
  const [id, { question, momentNow }] = next;
  thread.asked = id;
  thread.worker.postMessage({ id, question, moment: momentNow() } satisfies AskMessage);
}

/** Starts nothing before the first question. `ledgerPath` is absolute. */
export function createReaderLine(ledgerPath: string, log: Log): ReaderLine {
  let thread: Thread | null = null;
  let lastId = 0;
  let isStopped = false;

  function start(): Thread {
    const worker = new Worker(ENTRY, { workerData: { ledgerPath }, execArgv: [] });
    const waiting = new Map<number, Waiting>();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    const started: Thread = { worker, ended, waiting, asked: null };
    let trouble = 'it ended by itself';
    worker.on('message', (message: AnswerMessage) => {
      const question = waiting.get(message.id);
      waiting.delete(message.id);
      started.asked = null;
      if (waiting.size > 0) askNext(started);
      else if (isStopped) worker.postMessage('stop');
      else worker.unref();
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
    async ask<Kind extends Question['kind']>(
      question: Question & { readonly kind: Kind },
      momentNow: () => Moment,
    ) {
      if (isStopped) throw new SheetsError('The engine is being stopped; no sheet is read any more.');
      thread ??= start();
      const { worker, waiting } = thread;
      lastId += 1;
      const id = lastId;
      const answer = new Promise<Answered<unknown>>((resolve, reject) =>
        waiting.set(id, { question, momentNow, resolve, reject }),
      );
      worker.ref();
      askNext(thread);
      return (await answer) as Answered<Answers[Kind]>;
    },
    async stop() {
      isStopped = true;
      if (thread === null) return;
      const { worker, ended, waiting } = thread;
      worker.ref();
      if (waiting.size === 0) worker.postMessage('stop');
      await ended;
    },
  };
}
