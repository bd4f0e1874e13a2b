/**
 * Follows one direction of an HTTP/1.1 connection from a copy of its bytes: where messages begin and end, their heads
 * and bodies. It only watches; nothing it does can change what travels.
 */

/** What a side sent is no HTTP/1.1. */
export class NotHttpError extends Error {}

/** The head of a message. */
export interface HttpHead {
  /** The first line's three parts: method, target, version, or version, status, reason. */
  readonly start: readonly [string, string, string];
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: ReadonlyMap<string, string>;
}

/** What a reader calls while it follows a connection. */
export interface HttpEvents {
  onHead(head: HttpHead): void;
  onBody(bytes: Buffer): void;
  /** The message is whole. Not called for one that the connection's end cuts. */
  onEnd(): void;
  /** How the body ends, by the head; asked after `onHead`. */
  framing(head: HttpHead): Framing;
}

/** How a body ends: at once, after so many bytes, after the last chunk, with the connection; `opaque`: no HTTP any more. */
export type Framing = 'none' | { readonly bytes: number } | 'chunked' | 'until-close' | 'opaque';

/** One direction of a connection. */
export interface HttpReader {
  push(bytes: Buffer): void;
  /** The sender closed its side. */
  close(): void;
}

type State =
  | { readonly kind: 'head' | 'chunk-size' | 'chunk-end' | 'trailer' | 'until-close' | 'opaque' }
  | { readonly kind: 'body' | 'chunk'; left: number };

/** Follows one direction. `push` throws a NotHttpError on bytes that are no HTTP/1.1. */
export function followHttp(events: HttpEvents): HttpReader {
  let state: State = { kind: 'head' };
  let rest: Buffer = Buffer.alloc(0);

  function finish(): void {
    state = { kind: 'head' };
    events.onEnd();
  }

  function begin(head: HttpHead): void {
    events.onHead(head);
    const framing = events.framing(head);
    if (framing === 'none') finish();
    else if (framing === 'chunked') state = { kind: 'chunk-size' };
    else if (framing === 'until-close' || framing === 'opaque') state = { kind: framing };
    else if (framing.bytes === 0) finish();
    else state = { kind: 'body', left: framing.bytes };
  }

  /** Takes what `end` closes off from the bytes at hand; undefined when it is not all there yet. */
  function takeUntil(end: string): string | undefined {
    const at = rest.indexOf(end);
    if (at < 0) return undefined;
    const text = rest.toString('latin1', 0, at);
    rest = rest.subarray(at + end.length);
    return text;
  }

  /** Gives away the next piece of a body whose length is known. */
  function passBody(counted: { readonly kind: 'body' | 'chunk'; left: number }): void {
    const piece = rest.subarray(0, counted.left);
    rest = rest.subarray(piece.length);
    counted.left -= piece.length;
    events.onBody(piece);
    if (counted.left > 0) return;
    if (counted.kind === 'body') finish();
    else state = { kind: 'chunk-end' };
  }

  /** What follows a line of the chunked form. */
  function passLine(kind: 'chunk-size' | 'chunk-end' | 'trailer', line: string): void {
    if (kind === 'chunk-end') {
      state = { kind: 'chunk-size' };
    } else if (kind === 'trailer') {
      if (line === '') finish();
    } else {
      const size = Number.parseInt(line, 16);
      if (Number.isNaN(size)) throw new NotHttpError(`"${line.slice(0, 80)}" is no chunk size.`);
      state = size === 0 ? { kind: 'trailer' } : { kind: 'chunk', left: size };
    }
  }

  /** One step; false when more bytes are needed. */
  function step(): boolean {
    if (rest.length === 0) return false;
    if (state.kind === 'opaque' || state.kind === 'until-close') {
      if (state.kind === 'until-close') events.onBody(rest);
      rest = Buffer.alloc(0);
      return false;
    }
    if (state.kind === 'body' || state.kind === 'chunk') {
      passBody(state);
      return true;
    }
    const text = takeUntil(state.kind === 'head' ? '\r\n\r\n' : '\r\n');
    if (text === undefined) return false;
    if (state.kind === 'head') begin(parseHead(text));
    else passLine(state.kind, text);
    return true;
  }

  return {
    push(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      while (step());
    },
    close() {
      if (state.kind === 'until-close') finish();
    },
  };
}

/** How a request's body ends. */
export function requestFraming(head: HttpHead): Framing {
  return declaredFraming(head) ?? 'none';
}

/** How a reply's body ends, given the request's method. */
export function replyFraming(head: HttpHead, method: string): Framing {
  const http = Number(head.start[1]);
  if (http === 101) return 'opaque';
  if (http < 200 || http === 204 || http === 304 || method === 'HEAD') return 'none';
  return declaredFraming(head) ?? 'until-close';
}

function declaredFraming(head: HttpHead): Framing | undefined {
  if (/\bchunked\b/i.test(head.headers.get('transfer-encoding') ?? '')) return 'chunked';
  const length = head.headers.get('content-length');
  return length === undefined ? undefined : { bytes: Number(length) };
}

function parseHead(text: string): HttpHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [, one, two, three] = /^(\S+) (\S+) ?(.*)$/.exec(first) ?? [];
  if (one === undefined || two === undefined)
    throw new NotHttpError(`"${first.slice(0, 80)}" is no start of an HTTP message.`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const before = headers.get(name);
    const value = line.slice(colon + 1).trim();
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { start: [one, two, three ?? ''], headers };
}
