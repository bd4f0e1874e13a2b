/**
 * Building blocks for reading the service's JSON by proto3 rules: absent and null mean the default, status codes come
 * as number or name, 64-bit counters as number or string, times as RFC 3339.
 */
import { z } from 'zod';
import { codeNumber } from './status-codes.ts';

/** A status of a request, an input or an annotation. `code` is 0 when the service gave none that we know. */
export interface WireStatus {
  readonly code: number;
  readonly description: string;
  readonly details: string;
  /** The service's id of the request, for its support; empty when absent. */
  readonly reqId: string;
}

/** Text; absent is empty. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A counter or a size; absent is 0. */
export const counter = z
  .union([z.number(), z.string().regex(/^-?\d+$/)])
  .nullish()
  .transform((value) => Number(value ?? 0));

/** A float; absent is 0. */
export const float = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

/** A boolean; absent is false. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** A time as UTC ms; null when absent or not a time. */
export const time = z
  .string()
  .nullish()
  .transform((value) => {
    const ms = Date.parse(value ?? '');
    return Number.isNaN(ms) ? null : ms;
  });

/** An array; absent is empty. */
export function listOf<T extends z.ZodType>(element: T) {
  return z
    .array(element)
    .nullish()
    .transform((value) => value ?? []);
}

/** A message that may be absent; absent is null. */
export function maybe<T extends z.ZodType>(message: T) {
  return message.nullish().transform((value) => value ?? null);
}

const rawStatus = z.object({
  code: z.union([z.number().int(), z.string()]).nullish(),
  description: text,
  details: text,
  req_id: text,
});

function readStatus(raw: z.output<typeof rawStatus>): WireStatus {
  const code = codeNumber(raw.code ?? 0);
  // An unknown name has no number to be kept as, so it is kept in the words.
  const description = code === null ? `${String(raw.code)}: ${raw.description}` : raw.description;
  return { code: code ?? 0, description, details: raw.details, reqId: raw.req_id };
}

/** The status of an input or annotation; absent is code 0. */
export const statusSchema = rawStatus
  .nullish()
  .transform((raw) => readStatus(raw ?? { code: 0, description: '', details: '', req_id: '' }));

/** What makes a JSON answer the service's own: a `status` with a `code`. */
export const envelopeSchema = z.object({
  status: rawStatus.extend({ code: z.union([z.number().int(), z.string()]) }).transform(readStatus),
});
