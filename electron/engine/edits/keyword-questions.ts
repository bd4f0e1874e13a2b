/** What is asked about keywords that takes long to answer: everything that files carry, and whole keyword files. */
import type { Ledger } from '../ledger/ledger.ts';
import { newNamesIn, planKeywordFile, type KeywordText } from './keyword-edits.ts';
import { mappingOf } from './keyword-rules.ts';
import type { KeywordFilePlan, KeywordMapping } from '#shared/tagging.ts';

/** A question about keywords. */
export type KeywordQuestion =
  | { readonly kind: 'mapping' }
  | { readonly kind: 'plan'; readonly file: KeywordText }
  | { readonly kind: 'new-names'; readonly file: KeywordText };

/** The answer to each kind of question. */
export interface KeywordAnswers {
  readonly mapping: Omit<KeywordMapping, 'asOf'>;
  readonly plan: KeywordFilePlan;
  readonly 'new-names': readonly string[];
}

/** What a thread says in the end. */
export type KeywordReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * Answers from a ledger, which may be open for reading only.
 *
 * @throws KeywordFileError when a keyword file cannot be read
 */
export function answerAboutKeywords(
  ledger: Ledger,
  question: KeywordQuestion,
): KeywordAnswers[KeywordQuestion['kind']] {
  switch (question.kind) {
    case 'mapping':
      return mappingOf(ledger);
    case 'plan':
      return planKeywordFile(ledger, question.file);
    default:
      return newNamesIn(ledger, question.file);
  }
}
