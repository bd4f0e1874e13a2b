/** Calls about inputs: add, list, get, count, patch. There is no delete here. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import { segment } from './caller.ts';
import type { CallOptions, Caller } from './caller.ts';
import type { Outcome } from './errors.ts';
import type { StreamedBody } from './transport.ts';
import { addJobReply, countsReply, inputReply, inputsReply } from './wire.ts';
import type { WireAddJob, WireInput, WireInputCounts } from './wire.ts';
import type { PatchAction, SentInputPatch } from './wire-sent.ts';

/** Several inputs, each with its own status; match them by id. */
export type InputsOutcome = Outcome<{ readonly inputs: readonly WireInput[] }>;

export interface InputCalls {
  /** Adds at most 128 inputs; the body is made by `upload/body`. `onBytes` hears how many more bytes left. */
  postInputs(
    body: StreamedBody,
    options?: CallOptions & { readonly onBytes?: (bytes: number) => void },
  ): Promise<InputsOutcome>;
  /** Asks for 1 to 128 inputs by id. Those that do not exist are absent; the order is the service's. */
  listInputsByIds(ids: readonly string[], options?: CallOptions): Promise<InputsOutcome>;
  /** One page by number, from 1. Pages shift while inputs come and go: `streamInputs` is for walking all of them. */
  listInputs(page: InputsPage, options?: CallOptions): Promise<InputsOutcome>;
  /** One page after `lastId`, oldest first unless `descending`; an empty page is the end. */
  streamInputs(page: InputsStreamPage, options?: CallOptions): Promise<InputsOutcome>;
  /** One input; null when the service has none with this id. */
  getInput(id: string, options?: CallOptions): Promise<Outcome<{ readonly input: WireInput | null }>>;
  /** Counters of the whole app. */
  inputCounts(options?: CallOptions): Promise<Outcome<{ readonly counts: WireInputCounts | null }>>;
  /** Changes 1 to 128 inputs in one way. */
  patchInputs(
    patch: { readonly inputs: readonly SentInputPatch[]; readonly action: PatchAction },
    options?: CallOptions,
  ): Promise<InputsOutcome>;
  /** Progress of the inputs posted under one job id; null when there is no such job. */
  getInputsAddJob(id: string, options?: CallOptions): Promise<Outcome<{ readonly job: WireAddJob | null }>>;
}

export interface InputsPage {
  readonly page: number;
  /** 1 to 1000. */
  readonly perPage: number;
  /** Only inputs with this status, 30000 for the indexed ones. */
  readonly statusCode?: number;
}

export interface InputsStreamPage {
  /** 1 to 1000. */
  readonly perPage: number;
  /** The last id of the page before; absent for the first. */
  readonly lastId?: string;
  readonly descending?: boolean;
}

/** Makes the calls about inputs. */
export function inputCalls({ call }: Caller): InputCalls {
  return {
    postInputs: (body, options) =>
      call({ ...options, method: 'POST', path: 'inputs', body, reply: inputsReply }),

    listInputsByIds: (ids, options) => {
      checkCount(ids.length, 'ids');
      const query = [...ids.map((id) => ['ids', id] as const), ['per_page', ids.length] as const];
      return call({
        ...options,
        method: 'GET',
        path: 'inputs',
        query: [...query, ['page', 1]],
        reply: inputsReply,
      });
    },

    listInputs: ({ page, perPage, statusCode }, options) =>
      call({
        ...options,
        method: 'GET',
        path: 'inputs',
        query: [
          ['page', page],
          ['per_page', perPage],
          ...(statusCode === undefined ? [] : [['status.code', statusCode] as const]),
        ],
        reply: inputsReply,
      }),

    streamInputs: ({ perPage, lastId, descending }, options) =>
      call({
        ...options,
        method: 'GET',
        path: 'inputs/stream',
        query: [
          ['per_page', perPage],
          ...(lastId === undefined ? [] : [['last_id', lastId] as const]),
          ...(descending === true ? [['descending', 'true'] as const] : []),
        ],
        reply: inputsReply,
      }),

    getInput: async (id, options) => {
      const path = `inputs/${segment(id)}`;
      return orNull(await call({ ...options, method: 'GET', path, reply: inputReply, aboutOne: true }), {
        input: null,
      });
    },

    inputCounts: (options) => call({ ...options, method: 'GET', path: 'inputs/status', reply: countsReply }),

    patchInputs: ({ inputs, action }, options) => {
      checkCount(inputs.length, 'inputs');
      return call({
        ...options,
        method: 'PATCH',
        path: 'inputs',
        body: { inputs, action },
        reply: inputsReply,
      });
    },

    getInputsAddJob: async (id, options) => {
      const path = `inputs/jobs/add/${segment(id)}`;
      const reply = addJobReply;
      return orNull(await call({ ...options, method: 'GET', path, reply, aboutOne: true }), { job: null });
    },
  };
}

/** Turns "does not exist" into a reply with null: for the one who asks, that is an answer. */
export function orNull<T extends object, N extends object>(outcome: Outcome<T>, none: N): Outcome<T | N> {
  if (outcome.kind === 'reply' || outcome.problem.kind !== 'missing') return outcome;
  const { http = 404, code = 0, description = '', details = '', reqId = '' } = outcome.problem;
  return { ...none, kind: 'reply', http, status: { code, description, details, reqId } };
}

/** @throws unless there are 1 to 128: more is refused as a whole, none may mean "all". */
export function checkCount(count: number, what: string): void {
  if (count < 1 || count > BATCH_INPUT_LIMIT) {
    throw new RangeError(
      `Expected 1 to ${String(BATCH_INPUT_LIMIT)} ${what} in one call, got ${String(count)}.`,
    );
  }
}
