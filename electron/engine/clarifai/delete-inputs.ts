/** The only way to delete inputs. Lint keeps it for the account alone: uploading cannot reach it. */
import type { CallOptions, Caller } from './caller.ts';
import type { Outcome } from './errors.ts';
import { checkCount } from './inputs.ts';
import { emptyReply } from './wire.ts';

/**
 * Asks the service to delete 1 to 128 inputs with their annotations. It does so later: an input is gone when
 * `getInput` or `listInputsByIds` no longer finds it.
 */
export function deleteInputs(
  { call }: Caller,
  ids: readonly string[],
  options?: CallOptions,
): Promise<Outcome<object>> {
  checkCount(ids.length, 'ids');
  if (ids.includes('')) throw new RangeError('An input id to delete is empty.');
  return call({ ...options, method: 'DELETE', path: 'inputs', body: { ids }, reply: emptyReply });
}
