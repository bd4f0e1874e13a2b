/** Calls about the queue of one destination. */
import { z } from 'zod';
import type { DestinationLine } from '../destination-line.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { Destination } from '../ledger/destinations.ts';
import { planOf, queueOf } from '../queue.ts';
import { explainHold } from '../explain.ts';
import { OrderError } from './order-error.ts';
import type { Remote } from '#shared/calls.ts';
import type { Plan, QueueCalls } from '#shared/queue.ts';

/** What each of the calls takes. */
const which = z.strictObject({ destinationId: z.int() });

interface PlanInTheMaking {
  readonly asOf: number;
  readonly made: Promise<Plan>;
  next: Promise<Plan> | null;
}

/** Makes these calls over a running engine. */
export function createQueueCalls(parts: EngineParts): Remote<QueueCalls> {
  const { ledger, changes } = parts;
  const plans = new Map<number, PlanInTheMaking>();

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

  /** One at a time. Who asks after something changed gets one that shows it: the next, together with all who wait. */
  function plan(line: DestinationLine): Promise<Plan> {
    const running = plans.get(line.destination.id);
    if (running === undefined) return beginPlan(line);
    if (running.asOf === changes.asOf()) return running.made;
    const again = (): Promise<Plan> => plan(line);
    running.next ??= running.made.then(again, again);
    return running.next;
  }

  function beginPlan(line: DestinationLine): Promise<Plan> {
    const { id } = line.destination;
    const asOf = changes.asOf();
    const made = planOf(parts, line)
      .then((planned) => ({ asOf, ...planned }))
      .finally(() => plans.delete(id));
    plans.set(id, { asOf, made, next: null });
    return made;
  }

  return {
    queue: async (argument) => queueOf(parts, destinationIn(argument)),
    plan: async (argument) => plan(await lineIn(argument)),
    askAhead: async (argument) => {
      const line = await lineIn(argument);
      const { askedCount, foundCount, isWhole } = await line.uploader.askAhead();
      const hold = ledger.holds.of(line.destination.id).find(({ kind }) => kind !== 'paused');
      const words = hold === undefined ? 'It was interrupted. Ask again.' : explainHold(hold).sentence;
      return { askedCount, foundCount, problem: isWhole ? null : words };
    },
  };
}
