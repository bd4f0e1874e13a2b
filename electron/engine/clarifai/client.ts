/** Everything that uploading may ask of the service. It cannot delete; that is in delete-inputs.ts and annotations.ts. */
import { createCaller } from './caller.ts';
import type { Caller, CallerOptions } from './caller.ts';
import { conceptCalls } from './concepts.ts';
import type { ConceptCalls } from './concepts.ts';
import { inputCalls } from './inputs.ts';
import type { InputCalls } from './inputs.ts';

/** Calls to one destination. Each is one request: nothing is tried again here. */
export type Client = InputCalls & ConceptCalls;

export type ClientOptions = CallerOptions;

/** Makes a client of its own. */
export function createClient(options: ClientOptions): Client {
  return clientOver(createCaller(options));
}

/** Makes a client over a caller that is shared with annotation calls or deletes. */
export function clientOver(caller: Caller): Client {
  return { ...inputCalls(caller), ...conceptCalls(caller) };
}
