/**
 * The lines between pages and the engine: WebSockets that prove with their first message that they know the key, and
 * then carry calls, answers and events.
 */
import type { RawData, WebSocket } from 'ws';
import { serveCalls, type Port } from '#shared/calls.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import { isSameSecret } from './secrets.ts';

/** Time for the first message, in ms. */
const KEY_MS = 5000;
/** The answer to a wrong key comes the later the more of them there were, up to this, in ms. */
const LONGEST_DELAY_MS = 4000;
/** Lines that have not shown the key yet, at most. */
const STRANGER_LIMIT = 32;
/** Bytes that may wait for a page that does not read. */
const UNREAD_BYTES = 64_000_000;
/** Calls of one line that are being answered, at most. */
const CALL_LIMIT = 5000;
/** A line that is silent so long is asked whether it is there, in ms. */
const PING_MS = 30_000;
const KEY_MESSAGE_BYTES = 1000;

/** Codes of RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;
const POLICY = 1008;
/** The page's sign that it needs another key; of the range that is for applications. */
const WRONG_KEY = 4401;

export interface LinesOptions {
  readonly key: string;
  readonly token: string;
  readonly calls: object;
  /** Calls back after changes; returns how to stop it. */
  readonly listen: (listener: (event: ChangedEvent) => void) => () => void;
  /** A line was refused or cut, in a word. */
  readonly onRefused: (why: string) => void;
  /** Longest wait for the key, in ms. Default 5 s. */
  readonly keyMs?: number;
  /** Default 64 MB. */
  readonly unreadBytes?: number;
}

/** The lines of a server. */
export interface Lines {
  /** Whether another line may come before those that are there have shown the key. */
  hasRoom(): boolean;
  take(socket: WebSocket): void;
  /** Pages that are connected now. */
  count(): number;
  /** Ends all that are there. */
  stop(): void;
}

/** Starts with no line. */
export function createLines(options: LinesOptions): Lines {
  const strangers = new Set<WebSocket>();
  const friends = new Set<WebSocket>();
  let wrongKeys = 0;

  function refuse(socket: WebSocket, why: string, code = POLICY): void {
    options.onRefused(why);
    socket.close(code);
    // One that does not answer the close is cut.
    setTimeout(() => socket.terminate(), 1000).unref();
  }

  function admit(socket: WebSocket): void {
    strangers.delete(socket);
    friends.add(socket);
    socket.send(JSON.stringify({ token: options.token }));
    const port = portOf(socket, options, (why) => refuse(socket, why));
    const serving = serveCalls(port, options.calls, () => refuse(socket, 'no-call'));
    const stopListening = options.listen((event) => serving.tell(event));
    const stopPings = keepAsking(socket);
    socket.once('close', () => {
      friends.delete(socket);
      stopListening();
      stopPings();
    });
  }

  function take(socket: WebSocket): void {
    strangers.add(socket);
    // What is wrong with a frame (too long, not masked, no UTF-8) closes the line by itself.
    socket.on('error', ({ message }) => options.onRefused(`bad-frame: ${message}`));
    socket.once('close', () => strangers.delete(socket));
    const timer = setTimeout(() => refuse(socket, 'no-key'), options.keyMs ?? KEY_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.once('message', (raw, isBinary) => {
      clearTimeout(timer);
      if (!isBinary && knowsKey(raw, options.key)) {
        admit(socket);
        return;
      }
      wrongKeys += 1;
      setTimeout(
        () => refuse(socket, 'wrong-key', WRONG_KEY),
        Math.min(LONGEST_DELAY_MS, 50 * 2 ** Math.min(wrongKeys, 10)),
      );
    });
  }

  return {
    hasRoom: () => strangers.size < STRANGER_LIMIT,
    take,
    count: () => friends.size,
    stop() {
      for (const socket of [...strangers, ...friends]) {
        socket.close(GOING_AWAY);
        setTimeout(() => socket.terminate(), 200).unref();
      }
    },
  };
}

function knowsKey(raw: RawData, key: string): boolean {
  const text = textOf(raw);
  if (text.length > KEY_MESSAGE_BYTES) return false;
  const message = jsonIn(text);
  if (typeof message !== 'object' || message === null || !('key' in message)) return false;
  return typeof message.key === 'string' && isSameSecret(message.key, key);
}

/** A line as calls use it. `onBad` hears of messages that are none and of a page that does not read. */
function portOf(
  socket: WebSocket,
  { unreadBytes = UNREAD_BYTES }: Pick<LinesOptions, 'unreadBytes'>,
  onBad: (why: string) => void,
): Port {
  let openCalls = 0;
  const end = (why: string): void => {
    onBad(why);
    socket.terminate();
  };
  return {
    post(message) {
      if (typeof message === 'object' && message !== null && 'id' in message) openCalls -= 1;
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(message));
      if (socket.bufferedAmount > unreadBytes) end('does-not-read');
    },
    onMessage(listener) {
      socket.on('message', (raw, isBinary) => {
        if (socket.readyState !== socket.OPEN) return;
        const message = isBinary ? undefined : jsonIn(textOf(raw));
        if (message === undefined) {
          onBad('no-json');
          return;
        }
        openCalls += 1;
        if (openCalls > CALL_LIMIT) end('too-many-calls');
        else listener(message);
      });
    },
    onClose: (listener) => void socket.once('close', listener),
  };
}

/** Asks a line now and then whether its page is there, and cuts it when it is not. */
function keepAsking(socket: WebSocket): () => void {
  let isThere = true;
  socket.on('pong', () => (isThere = true));
  const timer = setInterval(() => {
    if (!isThere) socket.terminate();
    isThere = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}

function textOf(raw: RawData): string {
  if (Array.isArray(raw)) return Buffer.concat(raw).toString('utf8');
  return Buffer.isBuffer(raw) ? raw.toString('utf8') : Buffer.from(raw).toString('utf8');
}

/** What a text says; undefined when it is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
