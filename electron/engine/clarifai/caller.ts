/**
 * One call to the service: token, limiter, exchange, verdict, parsing. Only this folder's calls and the account (for
 * deletes) hold a `Caller`; everything else holds a `Client`, which has no way to delete.
 */
import type { z } from 'zod';
import type { Outcome } from './errors.ts';
import type { Limiter } from './limiter.ts';
import { read } from './reading.ts';
import { createTransport } from './transport.ts';
import type { Answer, StreamedBody, TransportOptions } from './transport.ts';

export interface CallerOptions {
  /** Base URL as `https://api.clarifai.com`, without `/v2`. */
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  /**
   * Gives the personal access token, asked for each request so that a new one counts at once; or says why there is
   * none that may be used.
   */
  readonly pat: () => Promise<string | { readonly unusable: string }>;
  readonly fetch: typeof fetch;
  /** Shared by all callers with the same base URL and token. */
  readonly limiter: Limiter;
  /** UTC ms. */
  readonly clock: { now(): number };
  /** Default `tagalong`. */
  readonly userAgent?: string;
  readonly transport?: Omit<TransportOptions, 'fetch'>;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Call<S extends z.ZodType> extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path under the app, each segment already encoded: `inputs`, `inputs/stream`. */
  readonly path: string;
  /** Repeated keys in the given order. */
  readonly query?: readonly (readonly [string, string | number])[];
  /** Plain data, sent as JSON, or a stream of JSON. */
  readonly body?: object | StreamedBody;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** What is read from the answer besides its status. */
  readonly reply: S;
  /** True for calls about one thing by its id. */
  readonly aboutOne?: boolean;
}

export interface Caller {
  readonly call: <S extends z.ZodType>(call: Call<S>) => Promise<Outcome<z.output<S>>>;
}

/**
 * Makes a caller.
 *
 * @throws when the base URL is not a plain http or https URL, or an id is empty
 */
export function createCaller(options: CallerOptions): Caller {
  const root = appRoot(options);
  const exchange = createTransport({ ...options.transport, fetch: options.fetch });

  async function call<S extends z.ZodType>(call: Call<S>): Promise<Outcome<z.output<S>>> {
    const { signal } = call;
    const pat = await options.pat();
    if (typeof pat !== 'string' || !/^[\x21-\x7e]+$/.test(pat)) {
      const details = wrongWith(pat);
      return { kind: 'problem', problem: { kind: 'token-rejected', maybeStored: false, details } };
    }
    const start = await options.limiter.acquire(signal);
    const answer = await exchange({
      url: `${root}/${call.path}${queryOf(call.query)}`,
      method: call.method,
      headers: {
        authorization: `Key ${pat}`,
        accept: 'application/json',
        'user-agent': options.userAgent ?? 'tagalong',
      },
      ...(call.body === undefined ? {} : { body: bodyOf(call.body) }),
      signal,
      onBytes: call.onBytes,
    });
    const outcome = answer.kind === 'problem' ? answer : read(answer, call, options.clock.now());
    tellLimiter(options.limiter, start, outcome);
    return mayEcho(answer, pat) ? withoutToken(outcome, pat) : outcome;
  }

  return { call };
}

/** The segment of a path for an id. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}

function appRoot({ apiBase, userId, appId }: CallerOptions): string {
  const url = URL.parse(apiBase);
  const plain =
    url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!plain || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error('The base URL must be like https://api.clarifai.com: http or https, no user, no query.');
  }
  if (userId === '' || appId === '') throw new Error('A destination needs a user id and an app id.');
  return `${url.href.replace(/\/+$/, '')}/v2/users/${segment(userId)}/apps/${segment(appId)}`;
}

function wrongWith(pat: string | { readonly unusable: string }): string {
  if (typeof pat !== 'string') return pat.unusable;
  return pat === '' ? 'There is no token.' : 'The token has characters that no token has.';
}

function queryOf(query: Call<z.ZodType>['query']): string {
  if (query === undefined || query.length === 0) return '';
  return `?${query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}

function bodyOf(body: object): string | StreamedBody {
  return 'contentLength' in body ? (body as StreamedBody) : JSON.stringify(body);
}

function tellLimiter(limiter: Limiter, start: { startedAt: number }, outcome: Outcome<unknown>): void {
  if (outcome.kind === 'reply') {
    limiter.replied(start, { throttled: false });
    return;
  }
  const { kind, http, retryAfterMs: after } = outcome.problem;
  if (http === undefined) return;
  limiter.replied(start, {
    throttled: kind === 'throttled',
    ...(after === undefined ? {} : { retryAfterMs: after }),
  });
}

/** A server or a proxy may echo the request's headers in its words, also in those about a single input. */
function mayEcho(answer: Answer | { readonly kind: 'problem' }, pat: string): boolean {
  return (
    !('text' in answer) || answer.text.includes(pat) || [...answer.headers.values()].join().includes(pat)
  );
}

function withoutToken<Value>(value: Value, pat: string): Value {
  if (typeof value === 'string') return value.replaceAll(pat, '[token]') as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutToken(one, pat)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, withoutToken(part, pat)]),
  ) as Value;
}
