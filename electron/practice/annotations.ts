/** Annotations: 1 to 128 in a call, one region each, only on inputs that are indexed. */
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Account, Call } from './account.ts';
import { readPage, requireCount } from './paging.ts';
import type { AnnotationRow } from './annotation-rows.ts';
import { patchData, readAction, type PatchAction } from './inputs.ts';
import { withoutEmpty } from './patch.ts';
import { keepData, newId } from './post-inputs.ts';
import { regionsProblem } from './regions.ts';
import { dataJson } from './render.ts';
import {
  listReply,
  ok,
  parseStatusCode,
  Refusal,
  statusOf,
  timestamp,
  type JsonObject,
  type Outcome,
  type Reply,
} from './reply.ts';
import { IDS, parseWire, PATCH_ANNOTATIONS, POST_ANNOTATIONS, type WireAnnotation } from './wire.ts';

const INVALID = 24155;
const SUCCESS = 24150;

/** `Annotation`. */
const annotationJson = (account: Account, row: AnnotationRow): JsonObject => {
  const data = dataJson(account, JSON.parse(row.data) as JsonObject);
  return {
    id: row.id,
    input_id: row.input_id,
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(row.annotation_info === null
      ? {}
      : { annotation_info: JSON.parse(row.annotation_info) as JsonObject }),
    ...(row.user_id === null ? {} : { user_id: row.user_id, worker: { user: { id: row.user_id } } }),
    ...(row.model_version_id === null ? {} : { model_version_id: row.model_version_id }),
    ...(row.task_id === null ? {} : { task_id: row.task_id }),
    status: statusOf(row.status),
    created_at: timestamp(row.created_at),
    modified_at: timestamp(row.modified_at),
    trusted: true,
    ...(row.input_level === 1 ? { input_level: true } : {}),
  };
};

const failed = (annotation: WireAnnotation, code: number, details: string): Outcome => ({
  failed: true,
  json: {
    ...(annotation.id === undefined ? {} : { id: annotation.id }),
    ...(annotation.input_id === undefined ? {} : { input_id: annotation.input_id }),
    status: statusOf(code, details),
  },
});

const done = (account: Account, inputId: string, id: string): Outcome => {
  const row = account.annotations.get(inputId, id);
  if (row === undefined) throw new Error(`Annotation ${id} was not stored`);
  return { failed: false, json: annotationJson(account, row) };
};

const statusIn = (annotation: WireAnnotation, byDefault: number): number =>
  annotation.status?.code === undefined ? byDefault : parseStatusCode(annotation.status.code);

const takeAnnotation = (account: Account, annotation: WireAnnotation, now: number): Outcome => {
  const inputId = annotation.input_id ?? '';
  const input = account.inputs.get(inputId);
  if (input === undefined || input.deleting_at !== null) {
    return failed(annotation, 30102, `Input ${inputId} does not exist`);
  }
  if (input.status !== 30000) return failed(annotation, INVALID, `Input ${inputId} is not indexed`);
  const problem = regionsProblem(annotation.data);
  if (problem !== null) return failed(annotation, INVALID, problem);
  const id = annotation.id === undefined || annotation.id === '' ? newId() : annotation.id;
  if (account.annotations.get(inputId, id) !== undefined) {
    return failed(annotation, 40010, `Annotation ${id} exists already`);
  }
  const { model_version_id: model = null, workflow_version_id: workflow = null, user_id: user } = annotation;
  const worker = user === 'me' ? undefined : user;
  account.annotations.insert({
    id,
    input_id: inputId,
    input_level: 0,
    data: JSON.stringify(withoutEmpty(keepData(account, annotation.data, now))),
    status: statusIn(annotation, SUCCESS),
    user_id: model === null && workflow === null ? (worker ?? account.userId) : null,
    model_version_id: model,
    workflow_version_id: workflow,
    task_id: annotation.task_id ?? null,
    annotation_info:
      annotation.annotation_info === undefined ? null : JSON.stringify(annotation.annotation_info),
    created_at: now,
    modified_at: now,
  });
  return done(account, inputId, id);
};

/** `POST /annotations`. */
export const postAnnotations = (account: Account, { body }: Call): Reply => {
  const annotations = parseWire(POST_ANNOTATIONS, body).annotations ?? [];
  requireCount('annotations', annotations.length, BATCH_INPUT_LIMIT);
  const now = account.now();
  const outcomes = account.db.transaction(() =>
    annotations.map((annotation) => takeAnnotation(account, annotation, now)),
  )();
  return listReply('annotations', outcomes, 'All annotations successfully added');
};

/** Ids have to come with an input id each, in the same order. */
const pairUp = (ids: readonly string[], inputIds: readonly string[]): [string, string][] => {
  if (ids.length > 0 && ids.length !== inputIds.length) {
    throw new Refusal(400, 11100, 'ids and input_ids have to be of the same number and order');
  }
  return ids.map((id, at) => [inputIds[at] ?? '', id]);
};

/** `GET /annotations`: oldest first, those of users only unless asked otherwise. */
export const listAnnotations = (account: Account, { query }: Call): Reply => {
  const { page, perPage } = readPage(query);
  const inputIds = query.getAll('input_ids');
  const pairs = pairUp(query.getAll('ids'), inputIds);
  const taskId = query.get('task_id');
  const rows = account.annotations.list({
    pairs,
    inputIds: pairs.length > 0 ? [] : inputIds,
    userIds: query.getAll('user_ids').map((id) => (id === 'me' ? account.userId : id)),
    modelVersionIds: query.getAll('model_version_ids'),
    workflowVersionIds: query.getAll('workflow_version_ids'),
    statuses: [...query.getAll('statuses.code'), ...query.getAll('statuses')].map(parseStatusCode),
    taskId: taskId === '' ? null : taskId,
    all: query.get('list_all_annotations') === 'true',
    limit: perPage,
    offset: (page - 1) * perPage,
  });
  return ok({ annotations: rows.map((row) => annotationJson(account, row)) });
};

const existing = (account: Account, { params }: Call): AnnotationRow => {
  const row = account.annotations.get(params['input_id'] ?? '', params['annotation_id'] ?? '');
  if (row === undefined) throw new Refusal(404, 11101, 'The annotation does not exist');
  return row;
};

/** `GET /inputs/{input_id}/annotations/{annotation_id}`. */
export const getAnnotation = (account: Account, call: Call): Reply =>
  ok({ annotation: annotationJson(account, existing(account, call)) });

const writePatched = (
  account: Account,
  row: AnnotationRow,
  data: string,
  annotation: WireAnnotation,
  now: number,
): void => {
  const info = annotation.annotation_info;
  account.annotations.update(
    {
      ...row,
      data: row.input_level === 1 ? '{}' : data,
      status: statusIn(annotation, row.status),
      annotation_info: info === undefined ? row.annotation_info : JSON.stringify(info),
    },
    now,
  );
  const input = row.input_level === 1 ? account.inputs.get(row.input_id) : undefined;
  if (input !== undefined) account.inputs.setData(input.seq, data, now);
};

const patchAnnotation = (
  account: Account,
  annotation: WireAnnotation,
  action: PatchAction,
  deleteIfEmpty: boolean,
): Outcome => {
  const { input_id: inputId = '', id = '' } = annotation;
  const row = account.annotations.get(inputId, id);
  if (row === undefined)
    return failed(annotation, INVALID, `Annotation ${id} of input ${inputId} does not exist`);
  const problem = regionsProblem(annotation.data);
  if (problem !== null) return failed(annotation, INVALID, problem);
  const replaces = action === 'overwrite' && annotation.data !== undefined && row.input_level === 0;
  const old = replaces ? {} : (JSON.parse(row.data) as JsonObject);
  const data = patchData(account, old, annotation.data, action);
  if (Array.isArray(data['regions']) && data['regions'].length > 1) {
    return failed(annotation, INVALID, 'An annotation may have one region at most');
  }
  const json = JSON.stringify(data);
  if (deleteIfEmpty && action === 'remove' && json === '{}' && row.input_level === 0) {
    account.annotations.remove(row.seq);
    return { failed: false, json: { id, input_id: inputId, status: statusOf(SUCCESS) } };
  }
  writePatched(account, row, json, annotation, account.now());
  return done(account, inputId, id);
};

/** `PATCH /annotations`: overwrite replaces the whole data; an input-level annotation changes its input. */
export const patchAnnotations = (account: Account, { body }: Call): Reply => {
  const request = parseWire(PATCH_ANNOTATIONS, body);
  const annotations = request.annotations ?? [];
  requireCount('annotations', annotations.length, BATCH_INPUT_LIMIT);
  const action = readAction(request.action);
  const outcomes = account.db.transaction(() =>
    annotations.map((one) => patchAnnotation(account, one, action, request.delete_if_empty_data === true)),
  )();
  return listReply('annotations', outcomes, 'All annotations successfully patched');
};

const refuseInputLevel = (row: AnnotationRow): void => {
  if (row.input_level === 1) {
    throw new Refusal(400, INVALID, 'An input-level annotation is deleted with its input only');
  }
};

/** `DELETE /inputs/{input_id}/annotations/{annotation_id}`. */
export const deleteAnnotation = (account: Account, call: Call): Reply => {
  const row = existing(account, call);
  refuseInputLevel(row);
  account.annotations.remove(row.seq);
  return ok();
};

/** `DELETE /annotations`: pairs of ids, or everything but the input-level ones of the given inputs. */
export const deleteAnnotations = (account: Account, { body }: Call): Reply => {
  const { ids = [], input_ids: inputIds = [] } = parseWire(IDS, body);
  requireCount('input_ids', inputIds.length, BATCH_INPUT_LIMIT);
  const pairs = pairUp(ids, inputIds);
  account.db.transaction(() => {
    if (pairs.length === 0) for (const inputId of inputIds) account.annotations.removeOfInput(inputId);
    for (const [inputId, id] of pairs) {
      const row = account.annotations.get(inputId, id);
      if (row === undefined) continue;
      refuseInputLevel(row);
      account.annotations.remove(row.seq);
    }
  })();
  return ok();
};
