/**
 * Sheets as the engine's calls ask for them: questions go to a reader on a thread of its own, which is started by the
 * first one, and anew by the next one after it died.
 */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Changes } from '../changes.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { createSheetMarks } from '../ledger/sheet-marks.ts';
import type { Log } from '../log.ts';
import type { Answered, AnswerMessage, Answers, AskMessage, Question } from './questions.ts';
import type { SheetQuery } from '#shared/sheet.ts';

/** What sheets are read with. */
export interface SheetsParts {
  readonly ledger: Ledger;
  /** Absolute path of the ledger file. */
  readonly ledgerPath: string;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Sheets {
  /**
   * Asks the reader.
   *
   * @throws SheetsError when the reader ended, or could not read
   */
  ask<Kind extends Question['kind']>(
    question: Question & { readonly kind: Kind },
  ): Promise<{ readonly value: Answers[Kind]; readonly asOf: number }>;
  /** All photos that a sheet shows as the ledger is now, in its order: for acts on a whole sheet. */
  idsOf(query: SheetQuery): Promise<readonly number[]>;
  /** Ends the reader; questions that wait are rejected. */
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

/** Starts nothing before the first question. */
export function createSheets({ ledger, ledgerPath, changes, clock, log }: SheetsParts): Sheets {
  const marks = createSheetMarks(ledger.db);
  let thread: Thread | null = null;
  let lastId = 0;
  let isStopped = false;
  let newer: Timer | null = null;

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

  /** Answers were of a moment that is past: whoever shows them has to ask again once the reader may look. */
  function tellWhenNewer(inMs: number): void {
    if (newer !== null || isStopped) return;
    newer = clock.setTimer(() => {
      newer = null;
      changes.note('photos');
    }, Math.ceil(inMs));
  }

  async function ask(question: Question): Promise<Answered<unknown>> {
    if (isStopped) throw new SheetsError('The engine is being stopped; no sheet is read any more.');
    thread ??= start();
    const { worker, waiting } = thread;
    lastId += 1;
    const id = lastId;
    const moment = { asOf: changes.asOf(), marks: marks.read() };
    const answer = new Promise<Answered<unknown>>((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.ref();
    worker.postMessage({ id, question, moment } satisfies AskMessage);
    const answered = await answer;
    if (answered.newerInMs !== null) tellWhenNewer(answered.newerInMs);
    return answered;
  }

  return {
    ask: async <Kind extends Question['kind']>(question: Question & { readonly kind: Kind }) => {
      const { value, asOf } = await ask(question);
      return { value: value as Answers[Kind], asOf };
    },
    idsOf: async (query) => Array.from((await ask({ kind: 'all-ids', query })).value as Int32Array),
    async stop() {
      isStopped = true;
      newer?.cancel();
      if (thread === null) return;
      const { worker, ended } = thread;
      worker.ref();
      worker.postMessage('stop');
      await ended;
    },
  };
}
