/** Calls about keyword files and the keywords that photos' files carry. */
import { z } from 'zod';
import { importKeywords, saveKeywordMapping } from '../edits/keyword-edits.ts';
import type { EngineParts } from '../engine-parts.ts';
import { conceptName } from './concept-calls.ts';
import { answerAct } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import { KEYWORD_MODES, type TaggingCalls } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

type KeywordCalls = Pick<
  TaggingCalls,
  'readKeywordFile' | 'importKeywordFile' | 'keywordMapping' | 'saveKeywordMapping'
>;

/** A keyword file of a large agency has 2 MB. */
const keywordFile = z.strictObject({
  text: z.string().max(20_000_000, 'A keyword file has at most 20 MB.'),
  takes: z.enum(['leaves', 'all-levels']),
});

/** One schema per call. */
export const KEYWORD_SCHEMAS = {
  readKeywordFile: keywordFile,
  importKeywordFile: keywordFile,
  keywordMapping: z.strictObject({}),
  saveKeywordMapping: z.strictObject({
    defaultMode: z.enum(KEYWORD_MODES),
    rules: z.array(z.strictObject({ keyword: z.string().min(1), mode: z.enum(KEYWORD_MODES), conceptName })),
  }),
} as const satisfies Record<keyof KeywordCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createKeywordCalls(parts: EngineParts): Remote<KeywordCalls> {
  const { ledger, changes, host, keywords } = parts;
  return {
    readKeywordFile: async (argument) =>
      keywords.ask({ kind: 'plan', file: parseInWords(KEYWORD_SCHEMAS.readKeywordFile, argument) }),
    importKeywordFile: async (argument) => {
      const file = parseInWords(KEYWORD_SCHEMAS.importKeywordFile, argument);
      const newNames = await keywords.ask({ kind: 'new-names', file });
      return answerAct(parts, importKeywords(ledger, newNames, host.clock.now()), null);
    },
    keywordMapping: async (argument) => {
      parseInWords(KEYWORD_SCHEMAS.keywordMapping, argument);
      // Read first: the answer shows at least what was there then.
      const asOf = changes.asOf();
      return { ...(await keywords.ask({ kind: 'mapping' })), asOf };
    },
    saveKeywordMapping: async (argument) => {
      const wanted = parseInWords(KEYWORD_SCHEMAS.saveKeywordMapping, argument);
      return answerAct(parts, saveKeywordMapping(ledger, { ...wanted, at: host.clock.now() }), null);
    },
  };
}
