/** Calls about tags, concepts and their keys. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { notYet } from './not-yet.ts';
import { SHEET_QUERY } from './sheet-calls.ts';
import { KEYWORD_MODES, type TaggingCalls } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

const nothing = z.strictObject({});
const name = z
  .string()
  .trim()
  .min(1, 'A concept needs a name.')
  .max(200, 'A concept has at most 200 characters.');
const target = z.union([
  z.strictObject({ photoIds: z.array(z.int()).max(1_000_000) }),
  z.strictObject({ query: SHEET_QUERY }),
]);
const wish = z.strictObject({
  concept: z.union([z.strictObject({ conceptId: z.int() }), z.strictObject({ name })]),
  value: z.literal([0, 1]).nullable(),
});
const keySet = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1, 'A key set needs a name.').max(100),
  bindings: z.array(z.strictObject({ key: z.string().min(1), conceptId: z.int(), name: z.string() })),
});
/** A keyword file of a large agency has 2 MB. */
const keywordFile = z.strictObject({
  text: z.string().max(20_000_000, 'A keyword file has at most 20 MB.'),
  takes: z.enum(['leaves', 'all-levels']),
});
const where = z.strictObject({ destinationId: z.int() });

/** One schema per call; each has to fit the contract's type. */
export const TAGGING_SCHEMAS = {
  tag: z.strictObject({ target, wishes: z.array(wish).max(200), destinationId: z.int() }),
  undo: where,
  redo: where,
  editLine: nothing,
  commonTags: z.strictObject({ target }),
  concepts: z.strictObject({ text: z.string().max(500), limit: z.int().min(1).max(1000) }),
  usedConcepts: z.strictObject({ limit: z.int().min(1).max(200) }),
  createConcept: z.strictObject({ name }),
  renameConcept: z.strictObject({ conceptId: z.int(), name }),
  mergeConcepts: z.strictObject({ fromId: z.int(), intoId: z.int() }),
  keySets: nothing,
  saveKeySets: z.strictObject({
    sets: z.array(keySet).max(200),
    activeId: z.string().nullable(),
    label: z.string().max(200),
  }),
  readKeywordFile: keywordFile,
  importKeywordFile: keywordFile,
  keywordMapping: nothing,
  saveKeywordMapping: z.strictObject({
    defaultMode: z.enum(KEYWORD_MODES),
    rules: z.array(z.strictObject({ keyword: z.string(), mode: z.enum(KEYWORD_MODES), conceptName: name })),
  }),
} as const satisfies Record<keyof TaggingCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createTaggingCalls(parts: EngineParts): Remote<TaggingCalls> {
  return notYet(parts, TAGGING_SCHEMAS);
}
