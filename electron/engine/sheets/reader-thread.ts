/** The thread of the reader: slow reads of the ledger happen here, never on the engine's thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../ledger/database.ts';
import type { AnswerMessage, AskMessage } from './questions.ts';
import { createReader } from './reader.ts';

const port = parentPort;
if (port === null) throw new Error('The reader of sheets runs as a thread of the engine.');
const { ledgerPath } = workerData as { readonly ledgerPath: string };
const db = openDatabase(ledgerPath, { readonly: true });
const reader = createReader(db, () => performance.now());

port.on('message', (message: AskMessage | 'stop') => {
  if (message === 'stop') {
    db.close();
    port.close();
    return;
  }
  port.postMessage(answerTo(message));
});

function answerTo({ id, question, moment }: AskMessage): AnswerMessage {
  try {
    return { id, ok: true, ...reader.answer(question, moment) };
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
