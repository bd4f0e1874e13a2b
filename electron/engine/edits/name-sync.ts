/** Brings new names of concepts to the service: their ids stay, so that nothing else has to travel. */
import type { Client } from '../clarifai/client.ts';
import type { RequestProblem } from '../clarifai/errors.ts';
import type { DueName } from '../ledger/concepts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';

/** What {@link createNameSync} works with. */
export interface NameSyncParts {
  readonly ledger: Ledger;
  readonly destinationId: number;
  readonly client: Client;
  readonly log: Log;
}

export interface NameSync {
  /** Whether the service has yet to be told a name that it did not refuse. */
  isDue(): boolean;
  /** Sends names until none is due; or why it cannot go on. */
  send(signal: AbortSignal): Promise<RequestProblem | null>;
}

/** Makes it for one destination. A name that the service refuses is tried again at the next start, or when it changes. */
export function createNameSync({ ledger, destinationId, client, log }: NameSyncParts): NameSync {
  const refused = new Map<number, string>();

  function due(): DueName[] {
    return ledger.concepts
      .namesDue(destinationId, BATCH_INPUT_LIMIT + refused.size)
      .filter(({ conceptId, name }) => refused.get(conceptId) !== name)
      .slice(0, BATCH_INPUT_LIMIT);
  }

  async function sendSome(names: readonly DueName[], signal: AbortSignal): Promise<RequestProblem | null> {
    const concepts = names.map(({ remoteId, name }) => ({ id: remoteId, name }));
    const patched = await client.patchConcepts(concepts, { signal });
    if (patched.kind === 'reply') {
      ledger.transaction(() => {
        for (const { conceptId, name } of names) ledger.concepts.told(conceptId, destinationId, name);
      });
      return null;
    }
    const { problem } = patched;
    if (problem.kind !== 'refused-whole' && problem.kind !== 'too-large') return problem;
    const [first, ...others] = names;
    if (first === undefined) return null;
    if (others.length === 0) {
      refused.set(first.conceptId, first.name);
      log.warn('concept-name-refused', { conceptId: first.conceptId, code: problem.code });
      return null;
    }
    // One of them is not to the service's liking: each is tried by itself.
    for (const name of names) {
      const trouble = await sendSome([name], signal);
      if (trouble !== null) return trouble;
    }
    return null;
  }

  return {
    isDue: () => due().length > 0,
    async send(signal) {
      for (let names = due(); names.length > 0 && !signal.aborted; names = due()) {
        const problem = await sendSome(names, signal);
        if (problem !== null) return problem;
      }
      return null;
    },
  };
}
