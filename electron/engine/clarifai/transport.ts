/**
 * One HTTP exchange over `fetch`, without any meaning: redirects are not followed, silence ends it, bytes are counted
 * as they leave, the answer is read up to a bound.
 */
import { connectionProblem } from './connection-problem.ts';
import type { RequestProblem } from './errors.ts';

/** A body that is made while it is sent; it can be made again for another attempt. */
export interface StreamedBody {
  /** Exact length of the stream in bytes, sent as Content-Length. */
  readonly contentLength: number;
  stream(): AsyncIterable<Uint8Array>;
}

/** Defaults of the transport's limits. */
export const DEFAULT_STALL_MS = 60_000;
export const DEFAULT_ANSWER_MS = 120_000;
/** The service's own bound for answers (https://docs.clarifai.com/resources/api-overview/api-outputs). */
export const REPLY_BYTES_LIMIT = 128 * 1024 * 1024;

export interface Exchange {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
  /** Ends the exchange; the call then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many more bytes of the body were handed to the connection. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

export interface TransportOptions {
  readonly fetch: typeof fetch;
  /** Longest time without a byte up or down while either flows; default 60 s. */
  readonly stallMs?: number;
  /** Longest wait for an answer after the last byte was handed over, which is before it has arrived; default 120 s. */
  readonly answerMs?: number;
  /** Largest answer in bytes; default 128 MiB. */
  readonly replyBytesLimit?: number;
}

/** An answer whose body is read to its end. */
export interface Answer {
  readonly kind: 'answer';
  readonly http: number;
  readonly headers: Headers;
  readonly text: string;
  /** Whether the whole body had been handed over when the answer was complete. */
  readonly wholeSent: boolean;
}

export type TransportOutcome = Answer | { readonly kind: 'problem'; readonly problem: RequestProblem };

export type Transport = (exchange: Exchange) => Promise<TransportOutcome>;

/** Makes the function that does exchanges. */
export function createTransport(options: TransportOptions): Transport {
  const limits = {
    stallMs: options.stallMs ?? DEFAULT_STALL_MS,
    answerMs: options.answerMs ?? DEFAULT_ANSWER_MS,
    replyBytesLimit: options.replyBytesLimit ?? REPLY_BYTES_LIMIT,
  };
  return (exchange) => runExchange(options.fetch, limits, exchange);
}

/** Thrown into the exchange by the watch. */
class StalledError extends Error {
  override readonly name = 'StalledError';
}

async function runExchange(
  fetchIt: typeof fetch,
  limits: Required<Omit<TransportOptions, 'fetch'>>,
  exchange: Exchange,
): Promise<TransportOutcome> {
  exchange.signal?.throwIfAborted();
  const stop = new AbortController();
  const watch = startWatch((error) => stop.abort(error));
  const signal = exchange.signal ? AbortSignal.any([exchange.signal, stop.signal]) : stop.signal;
  const sending = sendingOf(exchange, (whole) => watch.moved(whole ? limits.answerMs : limits.stallMs));
  watch.moved(sending.whole() ? limits.answerMs : limits.stallMs);
  try {
    const response = await fetchIt(exchange.url, {
      method: exchange.method,
      headers: { ...exchange.headers, ...sending.headers },
      redirect: 'manual',
      signal,
      ...sending.init,
    });
    watch.moved(limits.stallMs);
    const text = await readText(response, limits.replyBytesLimit, () => watch.moved(limits.stallMs));
    if (text === null) return tooLong(response.status, limits.replyBytesLimit, exchange.method !== 'GET');
    return {
      kind: 'answer',
      http: response.status,
      headers: response.headers,
      text,
      wholeSent: sending.whole(),
    };
  } catch (error) {
    exchange.signal?.throwIfAborted();
    sending.throwOwnError();
    const stalled = stop.signal.reason instanceof StalledError ? stop.signal.reason : null;
    return {
      kind: 'problem',
      problem: connectionProblem(stalled === null ? error : null, {
        stalledFor: stalled?.message ?? '',
        maybeStored: exchange.method !== 'GET' && sending.whole(),
      }),
    };
  } finally {
    watch.stop();
    stop.abort();
  }
}

/** Calls `onStall` when `moved` was not called for as long as its last call allowed. */
function startWatch(onStall: (error: StalledError) => void) {
  let deadline = Infinity;
  let allowedMs = 0;
  let timer: NodeJS.Timeout | null = null;
  function check(): void {
    const left = deadline - performance.now();
    if (left > 0) timer = setTimeout(check, Math.ceil(left));
    else onStall(new StalledError(`no byte moved for ${String(Math.round(allowedMs / 1000))} s`));
  }
  return {
    moved(ms: number): void {
      allowedMs = ms;
      const before = deadline;
      deadline = performance.now() + ms;
      // A running timer that fires early looks again; only a nearer deadline needs a new one.
      if (timer !== null && deadline >= before) return;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(check, ms);
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly init: Pick<RequestInit, 'body' | 'duplex'>;
  /** Whether every byte of the body was handed over; true when there is none. */
  whole(): boolean;
  /** Throws the error of the caller's own stream, if that was what ended the exchange. */
  throwOwnError(): void;
}

/** Prepares the body; `onMove` is told whether the whole body is out each time bytes leave. */
function sendingOf(exchange: Exchange, onMove: (whole: boolean) => void): Sending {
  const { body, onBytes } = exchange;
  if (body === undefined || typeof body === 'string') {
    return {
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      init: body === undefined ? {} : { body },
      whole: () => true,
      throwOwnError: () => undefined,
    };
  }
  const { contentLength } = body;
  let sent = 0;
  const own: { error?: unknown } = {};
  async function* counted(source: StreamedBody): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source.stream()) {
        // Counted before it is handed over, so that "not whole" is certain.
        sent += chunk.byteLength;
        if (sent > contentLength)
          throw new Error(`The body is longer than its ${String(contentLength)} bytes.`);
        onMove(sent === contentLength);
        onBytes?.(chunk.byteLength);
        yield chunk;
      }
    } catch (error) {
      own.error = error;
      throw error;
    }
    if (sent < contentLength) {
      own.error = new Error(`The body ended after ${String(sent)} of ${String(contentLength)} bytes.`);
      throw own.error;
    }
  }
  return {
    headers: { 'content-type': 'application/json', 'content-length': String(contentLength) },
    init: { body: ReadableStream.from(counted(body)), duplex: 'half' },
    whole: () => sent === contentLength,
    throwOwnError: () => {
      if ('error' in own) throw own.error;
    },
  };
}

/** The answer's text, or null when it is longer than the bound. */
async function readText(response: Response, limit: number, onMove: () => void): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    onMove();
    bytes += chunk.byteLength;
    if (bytes > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLong(http: number, limit: number, maybeStored: boolean): TransportOutcome {
  const details = `The answer is longer than ${String(limit)} bytes.`;
  return { kind: 'problem', problem: { kind: 'unknown', http, details, maybeStored } };
}
