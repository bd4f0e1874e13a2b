/** Calls about keyword files and the keywords that photos' files carry. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { conceptName } from './concept-calls.ts';
import { notYet } from './not-yet.ts';
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
    rules: z.array(z.strictObject({ keyword: z.string(), mode: z.enum(KEYWORD_MODES), conceptName })),
  }),
} as const satisfies Record<keyof KeywordCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createKeywordCalls(parts: EngineParts): Remote<KeywordCalls> {
  return notYet(parts, KEYWORD_SCHEMAS);
}
