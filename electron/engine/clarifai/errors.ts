/**
 * How a request went. A call to the service returns an outcome and throws only for a bug, for an abort by the
 * caller's own signal, and for an error of the caller's own body stream.
 */
import type { HoldKind } from '#shared/problems.ts';
import type { WireStatus } from './wire-fields.ts';

/** Why a request as a whole brought nothing to read. */
export const REQUEST_PROBLEM_KINDS = [
  /** The service could not be reached; no byte of the request left. */
  'offline',
  /** The connection was lost after bytes were sent: the outcome is unknown unless `maybeStored` is false. */
  'cut',
  /** No byte went up or came down for too long. */
  'timeout',
  /** Fewer requests, please. */
  'throttled',
  'token-rejected',
  'not-permitted',
  'over-quota',
  'maintenance',
  /** Split the batch. */
  'too-large',
  /** Refused without a word about single inputs: split the batch to find the guilty one. */
  'refused-whole',
  'server-error',
  /** Something else answered: a captive portal, a proxy, another server. */
  'not-the-service',
  /** The one thing that was asked for does not exist. Calls that get one thing return null instead. */
  'missing',
  /** An answer of the service that Tagalong does not understand. */
  'unknown',
] as const;
export type RequestProblemKind = (typeof REQUEST_PROBLEM_KINDS)[number];

/** A request that failed as a whole, in plain data. The token is never in it. */
export interface RequestProblem {
  readonly kind: RequestProblemKind;
  /** Whether the service may have acted on the request all the same: ask before sending again. */
  readonly maybeStored: boolean;
  /** How long the service asks to wait, at most one hour. */
  readonly retryAfterMs?: number;
  /** HTTP status; absent when no answer came. */
  readonly http?: number;
  /** The service's status code; absent when the answer had none. */
  readonly code?: number;
  readonly description?: string;
  /** The service's or the system's own words. */
  readonly details?: string;
  readonly reqId?: string;
}

/** An answer of the service that is to be read: all went well, or the inputs say each for themselves. */
export type Reply<T> = T & {
  readonly kind: 'reply';
  readonly http: number;
  readonly status: WireStatus;
};

export type Outcome<T> = Reply<T> | { readonly kind: 'problem'; readonly problem: RequestProblem };

/**
 * The hold that a problem puts on its destination at once; null for those that first count against the batch
 * (try again, split, or ask what arrived).
 */
export const HOLD_OF_PROBLEM: Readonly<Record<RequestProblemKind, HoldKind | null>> = {
  offline: 'offline',
  cut: null,
  timeout: null,
  throttled: 'throttled',
  'token-rejected': 'token-rejected',
  'not-permitted': 'not-permitted',
  'over-quota': 'over-quota',
  maintenance: 'service-down',
  'too-large': null,
  'refused-whole': null,
  'server-error': null,
  'not-the-service': 'offline',
  missing: null,
  unknown: null,
};
