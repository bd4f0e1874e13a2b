/** Calls about failures: by cause, photo by photo, and what the owner has done about them. */
import { z } from 'zod';
import { skipAct } from '../edits/skip-edits.ts';
import type { EngineParts } from '../engine-parts.ts';
import { csvPart } from '../failures/failures-csv.ts';
import { groupsOf, idsOf, leftOutOf, rowsOf, skippedAt } from '../failures/failure-list.ts';
import { meantBy, retryEverywhere, retryFailures, takeInLeftOut } from '../failures/retry-failures.ts';
import { answerAct } from './edit-answers.ts';
import { parseInWords } from './in-words.ts';
import type { Remote } from '#shared/calls.ts';
import { HARMLESS_WAYS, RETRY_WAYS, type FailureCalls } from '#shared/failures.ts';

const destinationId = z.int();
const MOST_IDS = 1_000_000;
const ids = z.array(z.int()).max(MOST_IDS);
const page = z.strictObject({
  destinationId,
  cause: z.string().min(1),
  from: z.int().nonnegative(),
  count: z.int().min(1).max(500),
});
const which = z.union([
  z.strictObject({ photoIds: ids, fileIds: ids }),
  z.strictObject({ cause: z.string().min(1) }),
  z.strictObject({ all: z.literal(true) }),
]);

/** One schema per call; each has to fit the contract's type. */
const FAILURE_SCHEMAS = {
  failureGroups: z.strictObject({ destinationId }),
  failurePhotos: page,
  failureIds: page.extend({ count: z.int().min(1).max(MOST_IDS) }),
  retryFailures: z.strictObject({ destinationId, which, way: z.enum(RETRY_WAYS) }),
  retryEverywhere: z.strictObject({ cause: z.string().min(1).nullable(), way: z.enum(HARMLESS_WAYS) }),
  takeInLeftOut: z.strictObject({ destinationId }),
  skipFailures: z.strictObject({ destinationId, which }),
  failuresCsv: z.strictObject({ destinationId, from: z.int().nonnegative() }),
} as const satisfies Record<keyof FailureCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createFailureCalls(parts: EngineParts): Remote<FailureCalls> {
  const { ledger, changes, host } = parts;
  return {
    failureGroups: async (argument) => {
      const asked = parseInWords(FAILURE_SCHEMAS.failureGroups, argument);
      const asOf = changes.asOf();
      const skipped = skippedAt(ledger, asked.destinationId);
      return { groups: groupsOf(ledger, asked.destinationId), skipped, leftOut: leftOutOf(skipped), asOf };
    },
    failurePhotos: async (argument) => {
      const asked = parseInWords(FAILURE_SCHEMAS.failurePhotos, argument);
      const asOf = changes.asOf();
      return { ...rowsOf(ledger, asked), asOf };
    },
    failureIds: async (argument) => {
      const asked = parseInWords(FAILURE_SCHEMAS.failureIds, argument);
      const asOf = changes.asOf();
      return { ...idsOf(ledger, asked), asOf };
    },
    retryFailures: async (argument) =>
      retryFailures(parts, parseInWords(FAILURE_SCHEMAS.retryFailures, argument)),
    retryEverywhere: async (argument) =>
      retryEverywhere(parts, parseInWords(FAILURE_SCHEMAS.retryEverywhere, argument)),
    takeInLeftOut: async (argument) =>
      takeInLeftOut(parts, parseInWords(FAILURE_SCHEMAS.takeInLeftOut, argument).destinationId),
    skipFailures: async (argument) => {
      const order = parseInWords(FAILURE_SCHEMAS.skipFailures, argument);
      const meant = meantBy(ledger, order.destinationId, order.which);
      const { fileCount, ...done } = skipAct(ledger, {
        destinationId: order.destinationId,
        ...meant,
        at: host.clock.now(),
      });
      return { ...answerAct(parts, done, order.destinationId), fileCount };
    },
    failuresCsv: async (argument) => {
      const asked = parseInWords(FAILURE_SCHEMAS.failuresCsv, argument);
      return csvPart(ledger, { ...asked, dataFolder: host.dataFolder });
    },
  };
}
