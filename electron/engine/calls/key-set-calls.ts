/** Calls about key sets. */
import { z } from 'zod';
import { keySetsOf, saveKeySets } from '../edits/key-set-edits.ts';
import type { EngineParts } from '../engine-parts.ts';
import { answerAct } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import type { TaggingCalls } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

type KeySetCalls = Pick<TaggingCalls, 'keySets' | 'saveKeySets'>;

const keySet = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1, 'A key set needs a name.').max(100),
  bindings: z.array(z.strictObject({ key: z.string().min(1), conceptId: z.int(), name: z.string() })),
});

/** One schema per call. */
export const KEY_SET_SCHEMAS = {
  keySets: z.strictObject({}),
  saveKeySets: z.strictObject({
    sets: z.array(keySet).max(200),
    activeId: z.string().nullable(),
    label: z.string().max(200),
  }),
} as const satisfies Record<keyof KeySetCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createKeySetCalls(parts: EngineParts): Remote<KeySetCalls> {
  const { ledger, changes, host } = parts;
  return {
    keySets: async (argument) => {
      parseInWords(KEY_SET_SCHEMAS.keySets, argument);
      return { ...keySetsOf(ledger), asOf: changes.asOf() };
    },
    saveKeySets: async (argument) => {
      const wanted = parseInWords(KEY_SET_SCHEMAS.saveKeySets, argument);
      return answerAct(parts, saveKeySets(ledger, { ...wanted, at: host.clock.now() }), null);
    },
  };
}
