/** What the practice account answers: status objects, whole replies, and the JSON that grpc-gateway would make of them. */
import { STATUS_WORDS } from './status-words.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** `clarifai.api.status.Status`, as far as it is filled here. */
export interface Status extends JsonObject {
  code: number;
  description: string;
  details?: string;
}

/** A whole reply. `raw` replaces the JSON body (hosted images, fault bodies). */
export interface Reply {
  readonly http: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: Buffer | string;
}

/** A request that is refused as a whole. Thrown by whatever notices, answered by the server. */
export class Refusal extends Error {
  readonly http: number;
  readonly status: Status;
  constructor(http: number, code: number, details: string) {
    super(details);
    this.http = http;
    this.status = statusOf(code, details);
  }
}

/** A status with the service's words for `code`. */
export const statusOf = (code: number, details?: string | null): Status => ({
  code,
  description: STATUS_WORDS[code]?.[1] ?? 'Unknown status',
  ...(details === undefined || details === null ? {} : { details }),
});

/** 200 + 10000 with the given fields. */
export const ok = (fields: JsonObject = {}, details?: string): Reply => ({
  http: 200,
  body: { status: statusOf(10000, details), ...fields },
});

/** Codes with which one item of a list counts as failed. */
export interface Outcome {
  readonly failed: boolean;
  readonly json: JsonObject;
}

/**
 * The reply to a list whose items succeed or fail on their own: 200 + 10000, 207 + 10010 (some failed), 400 + 10020
 * (all failed).
 */
export const listReply = (
  field: string,
  outcomes: readonly Outcome[],
  details: string,
  more: JsonObject = {},
): Reply => {
  const failed = outcomes.filter((outcome) => outcome.failed).length;
  const items = outcomes.map((outcome) => outcome.json);
  if (failed === 0) return ok({ [field]: items, ...more }, details);
  const all = failed === outcomes.length;
  const said = `${failed} of ${outcomes.length} failed; each carries its own status`;
  return {
    http: all ? 400 : 207,
    body: { status: statusOf(all ? 10020 : 10010, said), [field]: items, ...more },
  };
};

/** RFC 3339 in UTC. */
export const timestamp = (at: number): string => new Date(at).toISOString();

/** Reads a status code given as a number, a number in a string, or an enum name. */
export const parseStatusCode = (value: string | number): number => {
  if (typeof value === 'number') return value;
  if (/^\d+$/.test(value)) return Number(value);
  const known = Object.entries(STATUS_WORDS).find(([, words]) => words[0] === value);
  if (known === undefined) throw new Refusal(400, 11100, `Unknown status code ${value}`);
  return Number(known[0]);
};
