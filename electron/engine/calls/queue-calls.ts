/** Calls about the queue of one destination. */
import { z } from 'zod';
import type { DestinationLine } from '../destination-line.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { Destination } from '../ledger/destinations.ts';
import { planOf, queueOf } from '../queue.ts';
import { explainHold } from '../explain.ts';
import { OrderError } from './order-error.ts';
import type { Remote } from '#shared/calls.ts';
import type { QueueCalls } from '#shared/queue.ts';

/** What each of the calls takes. */
const which = z.strictObject({ destinationId: z.int() });

/** Makes these calls over a running engine. */
export function createQueueCalls(parts: EngineParts): Remote<QueueCalls> {
  const { ledger, changes } = parts;

  function destinationIn(argument: unknown): Destination {
    const destination = ledger.destinations.byId(which.parse(argument).destinationId);
    if (destination === undefined)
      throw new OrderError('This account is not known here. Choose another one.');
    return destination;
  }

  async function lineIn(argument: unknown): Promise<DestinationLine> {
    const line = await parts.lineOf(destinationIn(argument));
    if (line === null) throw new OrderError('Nothing is sent now: Tagalong was started only to look.');
    return line;
  }

  return {
    queue: async (argument) => queueOf(parts, destinationIn(argument)),
    plan: async (argument) => {
      const line = await lineIn(argument);
      const asOf = changes.asOf();
      return { asOf, ...planOf(parts, line, await line.uploader.plan()) };
    },
    askAhead: async (argument) => {
      const line = await lineIn(argument);
      const { askedCount, foundCount, isWhole } = await line.uploader.askAhead();
      const hold = ledger.holds.of(line.destination.id).find(({ kind }) => kind !== 'paused');
      const words = hold === undefined ? 'It was interrupted. Ask again.' : explainHold(hold).sentence;
      return { askedCount, foundCount, problem: isWhole ? null : words };
    },
  };
}
