/** A small HTTP server on 127.0.0.1 whose answers are a function of the test. */
import { once } from 'node:events';
import http from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { listen } from '../support/listen.ts';

export interface TestServer {
  readonly url: string;
  /** Requests whose headers arrived, in order. */
  readonly seen: Seen[];
  stop(): Promise<void>;
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Monotonic ms. */
  readonly at: number;
  /** Set when the whole body is there. */
  body?: Buffer;
  /** Set when the connection ended before the body did. */
  cutAt?: number;
}

export type Answering = (request: http.IncomingMessage, response: http.ServerResponse, seen: Seen) => void;

/** Starts it. `answer` gets each request as its headers arrive and may read the body with `whole`. */
export async function startTestServer(answer: Answering): Promise<TestServer> {
  const seen: Seen[] = [];
  const latest = new WeakMap<Socket, { request: http.IncomingMessage; entry: Seen }>();
  const server = http.createServer((request, response) => {
    const entry: Seen = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      at: performance.now(),
    };
    seen.push(entry);
    // A client that goes away is what several tests are about; they look at `cutAt`.
    request.on('error', () => undefined);
    latest.set(request.socket, { request, entry });
    answer(request, response, entry);
  });
  server.on('connection', (socket) => {
    socket.once('close', () => {
      const { request, entry } = latest.get(socket) ?? {};
      if (entry !== undefined && request?.complete === false) entry.cutAt = performance.now();
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with JSON after the whole body has arrived. */
export function jsonAnswer(json: unknown, http_ = 200, headers: http.OutgoingHttpHeaders = {}): Answering {
  return (request, response, seen) => {
    void buffer(request).then(
      (body) => {
        seen.body = body;
        response.writeHead(http_, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(json));
      },
      () => response.destroy(),
    );
  };
}

/** Resolves when `condition` holds; it is looked at on every turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setImmediate(done));
}
