/** Calls about concepts: finding, making, renaming, merging. */
import { z } from 'zod';
import { createConcept, mergeConcepts, renameConcept } from '../edits/concept-acts.ts';
import { byUse, draftOf, keptName, matchesOf, useOf } from '../edits/concept-search.ts';
import type { EngineParts } from '../engine-parts.ts';
import { answerAct, wakeLines } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import type { ConceptUse, TaggingCalls } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

/** A name as it comes in. */
export const conceptName = z
  .string()
  .trim()
  .min(1, 'A concept needs a name.')
  .max(200, 'A concept has at most 200 characters.');

type ConceptCalls = Pick<
  TaggingCalls,
  'concepts' | 'usedConcepts' | 'createConcept' | 'renameConcept' | 'mergeConcepts'
>;

/** One schema per call. */
export const CONCEPT_SCHEMAS = {
  concepts: z.strictObject({ text: z.string().max(500), limit: z.int().min(1).max(1000) }),
  usedConcepts: z.strictObject({ limit: z.int().min(1).max(200) }),
  createConcept: z.strictObject({ name: conceptName }),
  renameConcept: z.strictObject({ conceptId: z.int(), name: conceptName }),
  mergeConcepts: z.strictObject({ fromId: z.int(), intoId: z.int() }),
} as const satisfies Record<keyof ConceptCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createConceptCalls(parts: EngineParts): Remote<ConceptCalls> {
  const { ledger, changes, host } = parts;

  function useByName(name: string): ConceptUse {
    const known = ledger.concepts.byName(name);
    const concept = known === undefined ? undefined : ledger.conceptList.byId(known.id);
    if (concept === undefined) throw new Error('That concept is not in the ledger. Choose it anew.');
    return useOf(concept);
  }

  return {
    concepts: async (argument) => {
      const { text, limit } = parseInWords(CONCEPT_SCHEMAS.concepts, argument);
      const all = [...ledger.conceptList.all()];
      const name = keptName(text);
      const known = name === '' ? undefined : ledger.concepts.byName(name);
      const exact = known === undefined ? undefined : ledger.conceptList.byId(known.id);
      return {
        matches: matchesOf(all, text, limit).map(useOf),
        exact: exact === undefined ? null : useOf(exact),
        draft: name === '' || exact !== undefined ? null : draftOf(all, name),
        asOf: changes.asOf(),
      };
    },
    usedConcepts: async (argument) => {
      const { limit } = parseInWords(CONCEPT_SCHEMAS.usedConcepts, argument);
      const used = [...ledger.conceptList.all()].filter(
        ({ lastUsedAt, presentCount, absentCount }) => lastUsedAt !== null || presentCount + absentCount > 0,
      );
      const recent = used
        .filter(({ lastUsedAt }) => lastUsedAt !== null)
        .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) || byUse(a, b));
      const frequent = used.filter((concept) => concept.presentCount + concept.absentCount > 0).sort(byUse);
      return {
        recent: recent.slice(0, limit).map(useOf),
        frequent: frequent.slice(0, limit).map(useOf),
        asOf: changes.asOf(),
      };
    },
    createConcept: async (argument) => {
      const { name } = parseInWords(CONCEPT_SCHEMAS.createConcept, argument);
      wakeLines(parts, createConcept(ledger, { name, at: host.clock.now() }));
      return useByName(keptName(name));
    },
    renameConcept: async (argument) => {
      const which = parseInWords(CONCEPT_SCHEMAS.renameConcept, argument);
      return answerAct(parts, renameConcept(ledger, { ...which, at: host.clock.now() }), null);
    },
    mergeConcepts: async (argument) => {
      const which = parseInWords(CONCEPT_SCHEMAS.mergeConcepts, argument);
      return answerAct(parts, mergeConcepts(ledger, { ...which, at: host.clock.now() }), null);
    },
  };
}
