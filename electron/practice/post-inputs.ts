/** `POST /inputs`: each input is taken or refused on its own. */
import { randomBytes } from 'node:crypto';
import { BATCH_INPUT_LIMIT } from '#shared/limits.ts';
import type { Account, ArrivedImage, Call } from './account.ts';
import { requireCount } from './paging.ts';
import { ofKind, picksInput, type FiredRules } from './faults.ts';
import type { NewInput } from './input-rows.ts';
import { jobJson } from './jobs.ts';
import { withoutEmpty } from './patch.ts';
import { inputJson } from './render.ts';
import {
  listReply,
  Refusal,
  statusOf,
  type Json,
  type JsonObject,
  type Outcome,
  type Reply,
} from './reply.ts';
import { parseWire, POST_INPUTS, type WireData, type WireInput } from './wire.ts';

/** Why one input is refused. */
interface Refused {
  readonly code: number;
  readonly details: string;
}
const isRefused = (value: Source | Refused): value is Refused => 'code' in value;
const refuse = (code: number, details: string): Refused => ({ code, details });

/** 32 hex digits, as the service makes them. */
export const newId = (): string => randomBytes(16).toString('hex');

/** Ids that end in "-1" to "-9", then a random end. */
const suffixed = (account: Account, id: string): string => {
  for (let n = 1; n <= 9; n += 1) {
    if (account.inputs.get(`${id}-${n}`) === undefined) return `${id}-${n}`;
  }
  return `${id}-${randomBytes(4).toString('hex')}`;
};

type Source = Pick<NewInput, 'url' | 'pack' | 'offset' | 'bytes' | 'sha256' | 'format' | 'width' | 'height'>;
const NO_SOURCE: Source = {
  url: null,
  pack: null,
  offset: null,
  bytes: null,
  sha256: null,
  format: null,
  width: null,
  height: null,
};

const fromImage = ({ verdict, stored, sha256 }: ArrivedImage): Source | Refused => {
  if (verdict.kind === 'refused') return refuse(verdict.code, verdict.details);
  const { format, width, height } = verdict;
  return { ...NO_SOURCE, ...stored, sha256, format, width, height };
};

const fromUrl = (account: Account, url: string, allowDuplicate: boolean): Source | Refused => {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (!['http:', 'https:', 's3:', 'gs:'].includes(scheme))
    return refuse(30106, `Input has an invalid URL: ${url}`);
  if (!allowDuplicate && account.inputs.hasUrl(url)) return refuse(30100, 'Input has a duplicate URL.');
  return { ...NO_SOURCE, url };
};

const sourceOf = (account: Account, data: WireData | undefined, call: Call): Source | Refused => {
  const image = data?.image;
  if (image === undefined) return refuse(30104, 'Input has no image; the practice account takes images only');
  if (image.base64 !== undefined) {
    const arrived = call.images.get(image.base64);
    return arrived === undefined ? refuse(30104, 'The image has no bytes') : fromImage(arrived);
  }
  if (image.url !== undefined) return fromUrl(account, image.url, image.allow_duplicate_url === true);
  return refuse(30104, 'The image has neither a url nor base64');
};

/** Says what is wrong with a geo point, or null. */
const geoProblem = (geo: JsonObject | undefined): string | null => {
  const point = geo?.['geo_point'] as { longitude?: Json; latitude?: Json } | null | undefined;
  if (point === null || point === undefined) return null;
  const { longitude = 0, latitude = 0 } = point;
  if (typeof longitude !== 'number' || Math.abs(longitude) > 180)
    return 'Longitude has to be within -180 and 180';
  if (typeof latitude !== 'number' || Math.abs(latitude) > 90) return 'Latitude has to be within -90 and 90';
  return null;
};

/** The parts of `data` that are kept, with concepts reduced to id and value; concepts that are new are made. */
export const keepData = (account: Account, data: WireData | undefined, now: number): JsonObject => {
  const tags = (concepts: WireData['concepts']): Json[] | undefined =>
    concepts?.map(({ id, value, ...rest }) => {
      account.concepts.ensure(id, rest.name, now);
      return { id, value };
    });
  const regions = data?.regions?.map((region): JsonObject => {
    const concepts = tags(region.data?.concepts);
    return {
      id: region.id ?? newId(),
      ...(region.region_info === undefined ? {} : { region_info: region.region_info }),
      ...(region.data === undefined ? {} : { data: concepts === undefined ? {} : { concepts } }),
    };
  });
  return {
    ...(data?.concepts === undefined ? {} : { concepts: tags(data.concepts) }),
    ...(data?.metadata === undefined ? {} : { metadata: data.metadata }),
    ...(data?.geo === undefined ? {} : { geo: data.geo }),
    ...(regions === undefined ? {} : { regions }),
  };
};

const faultOf = (fired: FiredRules, id: string): Refused | null => {
  for (const armed of ofKind(fired, 'per-input')) {
    if (picksInput(armed, id))
      return refuse(armed.rule.code, armed.rule.details ?? 'Refused by a fault rule');
  }
  return null;
};

/** When and how indexing ends, as the fault rules want it. */
const planOf = (account: Account, fired: FiredRules, id: string, now: number) => {
  const slow = ofKind(fired, 'slow-indexing').find((armed) => picksInput(armed, id));
  const never = ofKind(fired, 'never-index').some((armed) => picksInput(armed, id));
  const failure = ofKind(fired, 'indexing-failure').find((armed) => picksInput(armed, id));
  const delayMs = slow?.rule.ms ?? account.indexingMs;
  return {
    due_at: never ? null : now + Math.floor(delayMs / 2),
    planned_code: failure === undefined ? null : (failure.rule.code ?? 30002),
    planned_details: failure?.rule.details ?? null,
  };
};

interface Batch {
  readonly call: Call;
  readonly jobId: string | null;
  readonly suffixIds: boolean;
  readonly now: number;
}

const takeInput = (account: Account, input: WireInput, given: string, batch: Batch): string | Refused => {
  const { call, now } = batch;
  const fault = faultOf(call.fired, given);
  if (fault !== null) return fault;
  if (given.includes('/')) return refuse(30104, 'An input id must not contain /');
  const taken = account.inputs.get(given) !== undefined;
  if (taken && !batch.suffixIds) return refuse(30100, 'Input has a duplicate ID.');
  const source = sourceOf(account, input.data, call);
  if (isRefused(source)) return source;
  const geo = geoProblem(input.data?.geo);
  if (geo !== null) return refuse(30104, geo);
  const concepts = [input.data, ...(input.data?.regions ?? []).map((region) => region.data)].flatMap(
    (data) => data?.concepts ?? [],
  );
  if (concepts.some((concept) => concept.id === '')) return refuse(30104, 'A concept has no id');
  const id = taken ? suffixed(account, given) : given;
  account.inputs.insert({
    id,
    status: 30001,
    details: null,
    ...source,
    data: JSON.stringify(withoutEmpty(keepData(account, input.data, now))),
    dataset_ids: (input.dataset_ids ?? []).length === 0 ? null : JSON.stringify(input.dataset_ids),
    job_id: batch.jobId,
    created_at: now,
    modified_at: now,
    ...planOf(account, call.fired, id, now),
  });
  account.annotations.insertInputLevel(id, account.userId, now);
  return id;
};

const outcomeOf = (account: Account, input: WireInput, given: string, result: string | Refused): Outcome => {
  if (typeof result === 'string') {
    const row = account.inputs.get(result);
    if (row === undefined) throw new Error(`Input ${result} was not stored`);
    return { failed: false, json: inputJson(account, row) };
  }
  const url = input.data?.image?.url;
  return {
    failed: true,
    json: {
      id: given,
      ...(url === undefined ? {} : { data: { image: { url } } }),
      status: statusOf(result.code, result.details),
    },
  };
};

const refuseOverQuota = (fired: FiredRules, wanted: number): void => {
  for (const armed of ofKind(fired, 'quota')) {
    if (armed.count + wanted > armed.rule.after) {
      throw new Refusal(
        armed.rule.http ?? 403,
        armed.rule.code ?? 11004,
        'The account has reached its limit of inputs',
      );
    }
    armed.count += wanted;
  }
};

/** Takes a batch; all rows and concepts are in one transaction, durable before the reply. */
export const postInputs = (account: Account, call: Call): Reply => {
  const request = parseWire(POST_INPUTS, call.body);
  const inputs = request.inputs ?? [];
  requireCount('inputs', inputs.length, BATCH_INPUT_LIMIT);
  refuseOverQuota(call.fired, inputs.length);
  const jobId =
    request.inputs_add_job_id === undefined || request.inputs_add_job_id === ''
      ? null
      : request.inputs_add_job_id;
  const resolution = request.input_id_conflict_resolution;
  const batch = { call, jobId, suffixIds: resolution === 2 || resolution === 'SUFFIX', now: account.now() };
  const outcomes = account.db.transaction((): Outcome[] => {
    const settled = inputs.map((input) => {
      const given = input.id === undefined || input.id === '' ? newId() : input.id;
      return outcomeOf(account, input, given, takeInput(account, input, given, batch));
    });
    if (jobId !== null)
      account.jobs.add(jobId, settled.filter((outcome) => outcome.failed).length, batch.now);
    return settled;
  })();
  account.indexing.wake();
  const job = jobId === null ? {} : { inputs_add_job: jobJson(account, jobId) };
  return listReply('inputs', outcomes, 'All inputs successfully added', job);
};
