/** Reading, changing and deleting inputs. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Account, Call } from './account.ts';
import { readPage, requireCount } from './paging.ts';
import type { InputRow } from './input-rows.ts';
import { mergeTrees, overwriteParts, removeFromTree, withoutEmpty } from './patch.ts';
import { keepData } from './post-inputs.ts';
import { inputJson } from './render.ts';
import {
  listReply,
  ok,
  parseStatusCode,
  Refusal,
  statusOf,
  type JsonObject,
  type Outcome,
  type Reply,
} from './reply.ts';
import { IDS, parseWire, PATCH_INPUTS, type WireData } from './wire.ts';

const STREAM_PER_PAGE = 20;

/** The actions of a PATCH. */
export type PatchAction = 'merge' | 'remove' | 'overwrite';

/** Reads the action; anything else refuses the request. */
export const readAction = (action: string | undefined): PatchAction => {
  if (action === 'merge' || action === 'remove' || action === 'overwrite') return action;
  throw new Refusal(400, 11100, `The action has to be merge, remove or overwrite, not ${action ?? 'empty'}`);
};

const existing = (account: Account, id: string): InputRow => {
  const row = account.inputs.get(id);
  if (row === undefined) throw new Refusal(404, 11101, `Input ${id} does not exist`);
  return row;
};

/** `GET /inputs`: a page, oldest first; `ids` that do not exist are left out. */
export const listInputs = (account: Account, { query }: Call): Reply => {
  const { page, perPage } = readPage(query);
  const ids = query.getAll('ids');
  if (ids.length > 0) requireCount('ids', ids.length, BATCH_INPUT_LIMIT);
  const code = query.get('status.code');
  const rows = account.inputs.list(ids, code === null ? null : parseStatusCode(code), page, perPage);
  return ok({ inputs: rows.map((row) => inputJson(account, row)) });
};

/** `GET /inputs/stream`: the page behind `last_id`. */
export const streamInputs = (account: Account, { query }: Call): Reply => {
  const lastId = query.get('last_id');
  const rows = account.inputs.stream({
    lastId: lastId === '' ? null : lastId,
    descending: query.get('descending') === 'true',
    orderById: query.get('order_by_id') === 'true',
    perPage: readPage(query, STREAM_PER_PAGE).perPage,
  });
  if (rows === null) throw new Refusal(404, 11101, `Input ${lastId ?? ''} (last_id) does not exist`);
  return ok({ inputs: rows.map((row) => inputJson(account, row)) });
};

/** `GET /inputs/{input_id}`. */
export const getInput = (account: Account, { params }: Call): Reply =>
  ok({ input: inputJson(account, existing(account, params['input_id'] ?? '')) });

/** `GET /inputs/status`: counters over the whole app. */
export const countInputs = (account: Account): Reply => {
  const counts = { processed: 0, to_process: 0, errors: 0, processing: 0 };
  for (const { status, count } of account.inputs.counts()) {
    if (status === 30000) counts.processed += count;
    else if (status === 30001) counts.to_process += count;
    else if (status === 30003) counts.processing += count;
    else counts.errors += count;
  }
  return ok({ counts: { ...counts, reindexed: 0, to_reindex: 0, reindex_errors: 0, reindexing: 0 } });
};

/** What a patch leaves of the stored data; the image itself is never touched. */
export const patchData = (
  account: Account,
  old: JsonObject,
  patch: WireData | undefined,
  action: PatchAction,
): JsonObject => {
  if (action === 'remove') return withoutEmpty(removeFromTree(old, (patch ?? {}) as JsonObject));
  const parts = keepData(account, patch, account.now());
  return withoutEmpty(action === 'merge' ? mergeTrees(old, parts) : overwriteParts(old, parts));
};

/** `PATCH /inputs`: found by id; an unknown one fails alone. */
export const patchInputs = (account: Account, { body }: Call): Reply => {
  const { inputs = [], action: given } = parseWire(PATCH_INPUTS, body);
  requireCount('inputs', inputs.length, BATCH_INPUT_LIMIT);
  const action = readAction(given);
  const outcomes = account.db.transaction((): Outcome[] =>
    inputs.map(({ id = '', data }) => {
      const row = account.inputs.get(id);
      if (row === undefined || row.deleting_at !== null) {
        return { failed: true, json: { id, status: statusOf(30102, `Input ${id} does not exist`) } };
      }
      const patched = patchData(account, JSON.parse(row.data) as JsonObject, data, action);
      account.inputs.setData(row.seq, JSON.stringify(patched), account.now());
      return { failed: false, json: inputJson(account, existing(account, id)) };
    }),
  )();
  return listReply('inputs', outcomes, 'All inputs successfully patched');
};

const startDeletion = (account: Account, ids: readonly string[]): void => {
  const at = account.now() + account.deletionMs;
  account.db.transaction(() => {
    for (const id of ids) account.inputs.setDeleting(id, at);
  })();
  account.indexing.wake();
};

/** `DELETE /inputs/{input_id}`: carried out a moment later. */
export const deleteInput = (account: Account, { params }: Call): Reply => {
  const { id } = existing(account, params['input_id'] ?? '');
  startDeletion(account, [id]);
  return ok();
};

/** `DELETE /inputs` with `ids`: 128 at most; unknown ones are passed over. There is no delete of all. */
export const deleteInputs = (account: Account, { body }: Call): Reply => {
  const ids = parseWire(IDS, body).ids ?? [];
  requireCount('ids', ids.length, BATCH_INPUT_LIMIT);
  startDeletion(account, ids);
  return ok();
};
