/** A thread that answers one question about keywords over a connection of its own, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { openLedger } from '../ledger/ledger.ts';
import { answerAboutKeywords, type KeywordQuestion, type KeywordReply } from './keyword-questions.ts';

const { ledgerPath, question } = workerData as {
  readonly ledgerPath: string;
  readonly question: KeywordQuestion;
};

function reply(): KeywordReply {
  try {
    const ledger = openLedger(ledgerPath, { readonly: true });
    try {
      return { ok: true, value: answerAboutKeywords(ledger, question) };
    } finally {
      ledger.close();
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(reply());
