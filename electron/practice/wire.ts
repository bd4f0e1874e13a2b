/**
 * What requests may look like. Unknown fields pass; the quirks of the official JavaScript client are taken
 * (`"id": null`, boolean values, concepts given as strings, explicit nulls).
 */
import { z } from 'zod';
import { Refusal, type JsonObject } from './reply.ts';

/** A field that may be absent or null. */
const maybe = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
const number = z.union([z.number(), z.boolean().transform(Number)]);

/** A concept on an input or a region: a missing value means 1. */
const taggedConcept = z
  .union([
    z.string().transform((id) => ({ id, name: undefined, value: undefined })),
    z.looseObject({ id: maybe(z.string()), name: maybe(z.string()), value: maybe(number) }),
  ])
  .transform((concept) => ({
    id: concept.id ?? concept.name ?? '',
    ...(concept.name === undefined ? {} : { name: concept.name }),
    value: concept.value ?? 1,
  }));

const list = <T extends z.ZodType>(schema: T) => maybe(z.array(schema));
const json = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  {
    error: 'Expected an object',
  },
);

const image = z.looseObject({
  url: maybe(z.string()),
  base64: maybe(z.string()),
  allow_duplicate_url: maybe(z.boolean()),
});

/** `region_info` stays as it came; its coordinates are judged in annotations. */
const region = z.looseObject({
  id: maybe(z.string()),
  region_info: maybe(json),
  data: maybe(z.looseObject({ concepts: list(taggedConcept) })),
});

const data = z.looseObject({
  image: maybe(image),
  concepts: list(taggedConcept),
  metadata: maybe(json),
  geo: maybe(json),
  regions: list(region),
});

const input = z.looseObject({
  id: maybe(z.string()),
  data: maybe(data),
  dataset_ids: list(z.string()),
});
export type WireInput = z.infer<typeof input>;
export type WireData = z.infer<typeof data>;

const annotation = z.looseObject({
  id: maybe(z.string()),
  input_id: maybe(z.string()),
  data: maybe(data),
  user_id: maybe(z.string()),
  model_version_id: maybe(z.string()),
  workflow_version_id: maybe(z.string()),
  task_id: maybe(z.string()),
  annotation_info: maybe(json),
  status: maybe(z.looseObject({ code: maybe(z.union([z.number(), z.string()])) })),
});
export type WireAnnotation = z.infer<typeof annotation>;

export const POST_INPUTS = z.looseObject({
  inputs: list(input),
  inputs_add_job_id: maybe(z.string()),
  input_id_conflict_resolution: maybe(z.union([z.number(), z.string()])),
});
export const PATCH_INPUTS = z.looseObject({ inputs: list(input), action: maybe(z.string()) });
export const IDS = z.looseObject({ ids: list(z.string()), input_ids: list(z.string()) });
export const POST_ANNOTATIONS = z.looseObject({ annotations: list(annotation) });
export const PATCH_ANNOTATIONS = z.looseObject({
  annotations: list(annotation),
  action: maybe(z.string()),
  delete_if_empty_data: maybe(z.boolean()),
});
const concept = z.looseObject({
  id: maybe(z.string()),
  name: maybe(z.string()),
  definition: maybe(z.string()),
});
export const POST_CONCEPTS = z.looseObject({ concepts: list(concept), action: maybe(z.string()) });
export const SEARCH_CONCEPTS = z.looseObject({
  concept_query: maybe(z.looseObject({ name: maybe(z.string()) })),
  pagination: maybe(z.looseObject({ page: maybe(z.number()), per_page: maybe(z.number()) })),
});

/** Parses a body; what does not fit its message refuses the whole request (400, 11100). */
export const parseWire = <T extends z.ZodType>(schema: T, body: unknown): z.output<T> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal(400, 11100, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong type'}`);
};
