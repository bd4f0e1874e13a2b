/** Removes inputs that the service has and could not index, so that their photos can be sent again. */
import type { Caller } from '../clarifai/caller.ts';
import type { Client } from '../clarifai/client.ts';
import { deleteInputs } from '../clarifai/delete-inputs.ts';
import type { Outcome, Reply, RequestProblem } from '../clarifai/errors.ts';
import { judgeInput } from '../clarifai/status.ts';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';

/** How often the service is asked whether an input is gone, and how long it waits in between, in ms. */
const ASK_LIMIT = 20;
const PAUSE_MS = 250;

export interface RemovalParts {
  readonly caller: Caller;
  readonly client: Pick<Client, 'listInputsByIds'>;
  /** Asked before each request, and told how it went. */
  readonly gate: {
    isOpen(): boolean;
    failed(problem: RequestProblem): void;
    succeeded(): void;
  };
  readonly clock: { setTimer(run: () => void, ms: number): unknown };
}

export interface Removal {
  /**
   * Removes those inputs that failed there. Answers with the ids that the service has not (any more) or has in a better
   * state: their photos can be queued. The others are there still, or the service could not be asked.
   */
  removeFailed(inputIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Makes the removal of a destination. What is not failed there is never deleted. */
export function createRemoval({ caller, client, gate, clock }: RemovalParts): Removal {
  async function ask<T>(request: () => Promise<Outcome<T>>): Promise<Reply<T> | null> {
    if (!gate.isOpen()) return null;
    const outcome = await request();
    if (outcome.kind === 'problem') {
      gate.failed(outcome.problem);
      return null;
    }
    gate.succeeded();
    return outcome;
  }

  /** Those that are there and failed; null when the service could not be asked. */
  async function failedAmong(ids: readonly string[]): Promise<string[] | null> {
    const reply = await ask(() => client.listInputsByIds(ids));
    if (reply === null) return null;
    return reply.inputs
      .filter(({ id, status }) => ids.includes(id) && judgeInput(status, 'listing') === 'failed-there')
      .map(({ id }) => id);
  }

  async function removeSome(ids: readonly string[]): Promise<readonly string[]> {
    const failed = await failedAmong(ids);
    if (failed === null) return [];
    if (failed.length > 0 && (await ask(() => deleteInputs(caller, failed))) === null) return [];
    // The service deletes later than it says so.
    let left: readonly string[] = failed;
    for (let time = 0; left.length > 0 && time < ASK_LIMIT; time += 1) {
      await new Promise<void>((resolve) => void clock.setTimer(resolve, PAUSE_MS));
      left = (await failedAmong(left)) ?? left;
      if (!gate.isOpen()) break;
    }
    const there = new Set(left);
    return ids.filter((id) => !there.has(id));
  }

  return {
    async removeFailed(inputIds) {
      const free = new Set<string>();
      for (let from = 0; from < inputIds.length; from += BATCH_INPUT_LIMIT) {
        const some = await removeSome(inputIds.slice(from, from + BATCH_INPUT_LIMIT));
        for (const id of some) free.add(id);
      }
      return free;
    },
  };
}
