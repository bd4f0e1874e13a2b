/**
 * What Tagalong reads from the service. Unknown keys are ignored; what is read leaves here in camelCase with times in
 * UTC ms. What it sends is in wire-sent.ts.
 */
import { z } from 'zod';
import { counter, flag, float, listOf, maybe, statusSchema, text, time } from './wire-fields.ts';

const conceptSchema = z
  .object({ id: text, name: text, value: float })
  .transform((raw) => ({ id: raw.id, name: raw.name === '' ? raw.id : raw.name, value: raw.value }));

/** A concept as the service shows it; `value` is 1 present, 0 absent, or a model's confidence between them. */
export type WireConcept = z.output<typeof conceptSchema>;

const imageSchema = z
  .object({
    url: text,
    base64: text,
    hosted: maybe(z.object({ prefix: text, suffix: text, sizes: listOf(z.string()) })),
    image_info: maybe(z.object({ width: counter, height: counter, format: text })),
  })
  .transform((raw) => ({ url: raw.url, base64: raw.base64, hosted: raw.hosted, info: raw.image_info }));

const geoSchema = z
  .object({ geo_point: z.object({ longitude: float, latitude: float }).nullish() })
  .nullish()
  .transform((raw) => raw?.geo_point ?? null);

const pointSchema = z.object({ row: float, col: float });

const regionInfoSchema = z
  .object({
    bounding_box: z
      .object({ top_row: float, left_col: float, bottom_row: float, right_col: float })
      .nullish(),
    polygon: z.object({ points: listOf(pointSchema) }).nullish(),
    point: pointSchema.nullish(),
    mask: z.object({ image: imageSchema.nullish() }).nullish(),
  })
  .nullish()
  .transform((raw) => ({
    box: raw?.bounding_box
      ? {
          top: raw.bounding_box.top_row,
          left: raw.bounding_box.left_col,
          bottom: raw.bounding_box.bottom_row,
          right: raw.bounding_box.right_col,
        }
      : null,
    polygon: raw?.polygon?.points ?? null,
    point: raw?.point ?? null,
    mask: raw?.mask?.image ?? null,
  }));

/** A region; coordinates are fractions of the picture, rows from the top and columns from the left. */
const regionSchema = z
  .object({
    id: text,
    region_info: regionInfoSchema,
    data: z.object({ concepts: listOf(conceptSchema) }).nullish(),
    value: float,
  })
  .transform((raw) => ({
    id: raw.id,
    ...raw.region_info,
    concepts: raw.data?.concepts ?? [],
    value: raw.value,
  }));

const dataSchema = z
  .object({
    image: maybe(imageSchema),
    concepts: listOf(conceptSchema),
    metadata: z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((value) => value ?? {}),
    geo: geoSchema,
    regions: listOf(regionSchema),
  })
  .nullish()
  .transform((raw) => raw ?? { image: null, concepts: [], metadata: {}, geo: null, regions: [] });

/** One input. */
const inputSchema = z
  .object({
    id: text,
    data: dataSchema,
    status: statusSchema,
    created_at: time,
    modified_at: time,
    dataset_ids: listOf(z.string()),
  })
  .transform((raw) => ({
    id: raw.id,
    ...raw.data,
    status: raw.status,
    createdAt: raw.created_at,
    modifiedAt: raw.modified_at,
    datasetIds: raw.dataset_ids,
  }));
export type WireInput = z.output<typeof inputSchema>;

/** One annotation. `inputLevel` marks the one that came with the input. */
const annotationSchema = z
  .object({
    id: text,
    input_id: text,
    data: dataSchema,
    status: statusSchema,
    created_at: time,
    modified_at: time,
    input_level: flag,
  })
  .transform((raw) => ({
    id: raw.id,
    inputId: raw.input_id,
    ...raw.data,
    status: raw.status,
    createdAt: raw.created_at,
    modifiedAt: raw.modified_at,
    inputLevel: raw.input_level,
  }));
export type WireAnnotation = z.output<typeof annotationSchema>;

/** Counters of the whole app, other writers included. */
const countsSchema = z
  .object({
    processed: counter,
    to_process: counter,
    errors: counter,
    processing: counter,
    reindexed: counter,
    to_reindex: counter,
    reindex_errors: counter,
    reindexing: counter,
  })
  .transform((raw) => ({
    processed: raw.processed,
    toProcess: raw.to_process,
    errors: raw.errors,
    processing: raw.processing,
    reindexed: raw.reindexed,
    toReindex: raw.to_reindex,
    reindexErrors: raw.reindex_errors,
    reindexing: raw.reindexing,
  }));
export type WireInputCounts = z.output<typeof countsSchema>;

/** A job that sums up the inputs posted under its id. */
const addJobSchema = z
  .object({
    id: text,
    status: statusSchema,
    progress: z
      .object({
        pending_count: counter,
        in_progress_count: counter,
        success_count: counter,
        failed_count: counter,
      })
      .nullish(),
  })
  .transform((raw) => ({
    id: raw.id,
    status: raw.status,
    pendingCount: raw.progress?.pending_count ?? 0,
    inProgressCount: raw.progress?.in_progress_count ?? 0,
    successCount: raw.progress?.success_count ?? 0,
    failedCount: raw.progress?.failed_count ?? 0,
  }));
export type WireAddJob = z.output<typeof addJobSchema>;

export const inputsReply = z.object({ inputs: listOf(inputSchema) });
export const inputReply = z.object({ input: maybe(inputSchema) });
export const countsReply = z.object({ counts: maybe(countsSchema) });
export const addJobReply = z
  .object({ inputs_add_job: maybe(addJobSchema) })
  .transform((raw) => ({ job: raw.inputs_add_job }));
export const conceptsReply = z.object({ concepts: listOf(conceptSchema) });
export const conceptReply = z.object({ concept: maybe(conceptSchema) });
export const annotationsReply = z.object({ annotations: listOf(annotationSchema) });
export const annotationReply = z.object({ annotation: maybe(annotationSchema) });
/** An answer of which only the status is read. */
export const emptyReply = z.object({}).transform(() => ({}));
