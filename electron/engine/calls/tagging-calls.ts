/** Calls about tags, concepts and their keys. */
import { z } from 'zod';
import { editLineOf, redoNext, undoNext } from '../edits/acts.ts';
import { suggestionsFor } from '../edits/keyword-rules.ts';
import { tagAct } from '../edits/tag-edits.ts';
import type { EngineParts } from '../engine-parts.ts';
import { followFolders } from '../folder-following.ts';
import { createConceptCalls, CONCEPT_SCHEMAS, conceptName } from './concept-calls.ts';
import { answerAct, photosOf } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import { createKeySetCalls, KEY_SET_SCHEMAS } from './key-set-calls.ts';
import { createKeywordCalls, KEYWORD_SCHEMAS } from './keyword-calls.ts';
import { SHEET_QUERY } from './sheet-calls.ts';
import type { TaggingCalls, TagTarget } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

/** Photos that an act is about. */
export const tagTarget = z.union([
  z.strictObject({ photoIds: z.array(z.int()).max(1_000_000), suggested: z.string().optional() }),
  z.strictObject({ query: SHEET_QUERY, suggested: z.string().optional() }),
]);
const wish = z.strictObject({
  concept: z.union([z.strictObject({ conceptId: z.int() }), z.strictObject({ name: conceptName })]),
  value: z.literal([0, 1]).nullable(),
});
const where = z.strictObject({ destinationId: z.int() });

/** One schema per call; each has to fit the contract's type. */
export const TAGGING_SCHEMAS = {
  tag: z.strictObject({ target: tagTarget, wishes: z.array(wish).max(200), destinationId: z.int() }),
  undo: where,
  redo: where,
  editLine: z.strictObject({}),
  commonTags: z.strictObject({ target: tagTarget }),
  ...CONCEPT_SCHEMAS,
  ...KEY_SET_SCHEMAS,
  ...KEYWORD_SCHEMAS,
} as const satisfies Record<keyof TaggingCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createTaggingCalls(parts: EngineParts): Remote<TaggingCalls> {
  const { ledger, changes, host } = parts;
  const byName = new Intl.Collator('en', { numeric: true });
  return {
    tag: async (argument) => {
      const { target: which, wishes, destinationId } = parseInWords(TAGGING_SCHEMAS.tag, argument);
      const photoIds = await photosOf(parts, which as TagTarget);
      return answerAct(parts, tagAct(ledger, { photoIds, wishes, at: host.clock.now() }), destinationId);
    },
    undo: async (argument) => {
      const { destinationId } = parseInWords(TAGGING_SCHEMAS.undo, argument);
      const done = undoNext(ledger, host.clock.now());
      if (done === null) return null;
      await followFolders(parts, done);
      return answerAct(parts, done, destinationId);
    },
    redo: async (argument) => {
      const { destinationId } = parseInWords(TAGGING_SCHEMAS.redo, argument);
      const done = redoNext(ledger, host.clock.now());
      if (done === null) return null;
      await followFolders(parts, done);
      return answerAct(parts, done, destinationId);
    },
    editLine: async (argument) => {
      parseInWords(TAGGING_SCHEMAS.editLine, argument);
      return { ...editLineOf(ledger), asOf: changes.asOf() };
    },
    commonTags: async (argument) => {
      const { target: which } = parseInWords(TAGGING_SCHEMAS.commonTags, argument);
      const photoIds = await photosOf(parts, which as TagTarget);
      const concepts = ledger.tags.commonOf(photoIds).sort((a, b) => byName.compare(a.name, b.name));
      const suggestions = suggestionsFor(ledger, photoIds);
      return { photoCount: photoIds.length, concepts, suggestions, asOf: changes.asOf() };
    },
    ...createConceptCalls(parts),
    ...createKeySetCalls(parts),
    ...createKeywordCalls(parts),
  };
}
