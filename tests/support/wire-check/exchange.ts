/** The list of exchanges that a recording proxy keeps, and what the wire check says about each. */
import zlib from 'node:zlib';
import type { HttpHead } from './http-reader.ts';
import type { WireProblem } from './problem.ts';
import { checkRequest, checkResponse, checkText } from './wire-check.ts';

/** One request and its reply. Times are UTC ms. */
export interface Exchange {
  /** From 0, in the order of the requests. */
  readonly number: number;
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  /** Lower-case names; the token in `authorization` is left out. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBytes: number;
  /** The JSON body with long strings shortened; undefined when there is none, or it is no JSON or not whole. */
  readonly request: unknown;
  /** HTTP status; null when no reply began. */
  readonly http: number | null;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBytes: number;
  /** As `request`. */
  readonly reply: unknown;
  /** The beginning of a reply that is no JSON, or null. */
  readonly replyText: string | null;
  readonly startedAt: number;
  readonly requestEndedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** Who closed the connection before the exchange was whole; null when it is whole or under way. */
  readonly cut: 'client' | 'target' | null;
}

/** A problem and the exchange it was found in. */
export interface ExchangeProblem extends WireProblem {
  /** The exchange's number. */
  readonly exchange: number;
  readonly side: 'request' | 'reply';
  /** Method, path and HTTP status, such as `POST /v2/inputs 200`. */
  readonly call: string;
}

/** What is judged. */
export interface JudgeOptions {
  /** Default true. */
  readonly judgeRequests?: boolean;
  /** Default true. */
  readonly judgeResponses?: boolean;
  /** Let null stand for "not set". Default false. */
  readonly allowNull?: boolean;
}

/** An exchange under way, as a connection tells it. */
export interface OpenExchange {
  readonly method: string;
  requestBytes(bytes: Buffer): void;
  requestEnd(): void;
  reply(head: HttpHead): void;
  replyBytes(bytes: Buffer): void;
  replyEnd(): void;
  cut(side: 'client' | 'target'): void;
}

/** All exchanges of one proxy. */
export interface ExchangeLog {
  open(head: HttpHead): OpenExchange;
  exchanges(): Exchange[];
  problems(): ExchangeProblem[];
}

/** Bodies up to this size are judged at once, so that nothing waits for `problems()`; larger ones after the reply. */
const JUDGED_AT_ONCE_BYTES = 1_000_000;
const LONGEST_STRING_KEPT = 1_000;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An empty list. */
export function createExchanges(options: JudgeOptions): ExchangeLog {
  const kept: Writable<Exchange>[] = [];
  const problems: ExchangeProblem[] = [];
  const waiting = new Set<() => void>();

  function judgeWaiting(): void {
    for (const judge of waiting) judge();
  }

  /** Parses both bodies and judges them; called once, when the exchange is whole or cut. */
  function close(exchange: Writable<Exchange>, sent: readonly Buffer[], received: readonly Buffer[]): void {
    const { method, path, query, http } = exchange;
    const call = `${method} ${path} ${http ?? 'without a reply'}`;
    const report = (side: 'request' | 'reply', found: readonly WireProblem[]): void => {
      for (const problem of found) problems.push({ exchange: exchange.number, side, call, ...problem });
    };
    const isOurs = path.startsWith('/v2/');
    if (exchange.requestEndedAt !== null) {
      const body = parse(sent, undefined);
      exchange.request = shorten(body.json);
      if (isOurs && options.judgeRequests !== false) {
        report('request', body.problems);
        report('request', typeProblems(exchange));
        if (!body.isText) report('request', checkRequest({ method, path, query, body: body.json }, options));
      }
    }
    const reply = parse(received, exchange.replyHeaders['content-encoding']);
    if (reply.isText) exchange.replyText = shortened(reply.text);
    else exchange.reply = shorten(reply.json);
    if (isOurs && options.judgeResponses !== false && http !== null && reply.json !== undefined) {
      report('reply', reply.problems);
      report('reply', checkResponse({ method, path, http, body: reply.json }, options));
    }
  }

  function open(head: HttpHead): OpenExchange {
    const [method, target] = head.start;
    const mark = target.indexOf('?');
    const exchange: Writable<Exchange> = {
      number: kept.length,
      method,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? '' : target.slice(mark + 1),
      requestHeaders: keptHeaders(head),
      requestBytes: 0,
      request: undefined,
      http: null,
      replyHeaders: {},
      replyBytes: 0,
      reply: undefined,
      replyText: null,
      startedAt: Date.now(),
      requestEndedAt: null,
      answeredAt: null,
      endedAt: null,
      cut: null,
    };
    kept.push(exchange);
    const sent: Buffer[] = [];
    const received: Buffer[] = [];
    let replied = false;

    function end(): void {
      exchange.endedAt = Date.now();
      const judge = (): void => {
        waiting.delete(judge);
        close(exchange, sent, replied ? received : []);
        sent.length = 0;
        received.length = 0;
      };
      waiting.add(judge);
      if (exchange.requestBytes + exchange.replyBytes <= JUDGED_AT_ONCE_BYTES) judge();
      else setImmediate(judgeWaiting);
    }

    return {
      method,
      requestBytes(bytes) {
        exchange.requestBytes += bytes.length;
        sent.push(bytes);
      },
      requestEnd() {
        exchange.requestEndedAt = Date.now();
        if (replied) end();
      },
      reply(replyHead) {
        exchange.http = Number(replyHead.start[1]);
        exchange.replyHeaders = keptHeaders(replyHead);
        exchange.answeredAt = Date.now();
      },
      replyBytes(bytes) {
        exchange.replyBytes += bytes.length;
        received.push(bytes);
      },
      replyEnd() {
        replied = true;
        if (exchange.requestEndedAt !== null) end();
      },
      cut(side) {
        if (exchange.endedAt !== null) return;
        exchange.cut = side;
        end();
      },
    };
  }

  return {
    open,
    exchanges() {
      judgeWaiting();
      return kept.map((exchange) => ({ ...exchange }));
    },
    problems() {
      judgeWaiting();
      return [...problems];
    },
  };
}

interface Parsed {
  /** Undefined for an empty body and for one that is no JSON. */
  readonly json: unknown;
  readonly text: string;
  /** True when there is a body that is no JSON. */
  readonly isText: boolean;
  readonly problems: readonly WireProblem[];
}

function parse(pieces: readonly Buffer[], encoding: string | undefined): Parsed {
  const raw = Buffer.concat(pieces);
  if (raw.length === 0) return { json: undefined, text: '', isText: false, problems: [] };
  let text: string | undefined;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decompress(raw, encoding));
    const json: unknown = JSON.parse(text);
    return { json, text, isText: false, problems: checkText(text) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const problem = `no JSON in UTF-8: ${error.message.slice(0, 200)}`;
    return {
      json: undefined,
      text: text ?? raw.toString('latin1'),
      isText: true,
      problems: [{ where: 'body', problem }],
    };
  }
}

function decompress(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return zlib.gunzipSync(bytes);
  if (encoding === 'deflate') return zlib.inflateSync(bytes);
  return encoding === 'br' ? zlib.brotliDecompressSync(bytes) : bytes;
}

function typeProblems(exchange: Exchange): WireProblem[] {
  const type = exchange.requestHeaders['content-type'] ?? 'no type';
  if (exchange.requestBytes === 0 || /^application\/json(;|$)/.test(type)) return [];
  return [{ where: 'headers.content-type', problem: `${type} where application/json is expected` }];
}

function keptHeaders(head: HttpHead): Record<string, string> {
  return Object.fromEntries(
    [...head.headers].map(([name, value]) =>
      name === 'authorization' ? [name, value.replace(/(?<=\s).*/, '…')] : [name, value],
    ),
  );
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
}

/** The beginning of a long string; a copy, since a slice would keep the whole in memory. */
function shortened(text: string): string {
  if (text.length <= LONGEST_STRING_KEPT) return text;
  const beginning = Buffer.from(text.slice(0, 60)).toString();
  return `${beginning}… (${text.length} characters)`;
}
