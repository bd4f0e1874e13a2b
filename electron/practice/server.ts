/** The practice account as a server: opens the store, listens on loopback, answers, ends in order. */
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { removeAddress, writeAddress } from './address.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccount } from './open-account.ts';
import { Cut, readText } from './body.ts';
import { control } from './control.ts';
import { exchange, type ExchangeParts } from './exchange.ts';
import { createFaults, ofKind, type FaultRule } from './faults.ts';
import { checkPat, createRateLimit } from './gate.ts';
import { Refusal, statusOf, type Reply } from './reply.ts';
import { drain, send } from './send.ts';
import { findRoute } from './routes.ts';
import { createStats, momentNow } from './stats.ts';

/** How a practice account is started. */
export interface PracticeServerOptions {
  /** Its own folder; made when missing. */
  readonly dataDir: string;
  /** 0 (default): a free port. */
  readonly port?: number;
  /** Default `practice`. */
  readonly userId?: string;
  /** Default `photos`. */
  readonly appId?: string;
  /** File with the PAT; default `pat` in the data folder. Made, with a random PAT, when missing. */
  readonly patFile?: string;
  /** Default false: 15 requests/s. */
  readonly unlimitedRate?: boolean;
  /** From POST to 30000, ms; default 150. */
  readonly indexingMs?: number;
  /** From DELETE to 404, ms; default 100. */
  readonly deletionMs?: number;
  /** `header`: images are not decoded while indexing. Default `decode`. */
  readonly indexing?: 'decode' | 'header';
  readonly faults?: readonly FaultRule[];
  /** Told about errors of the account itself; default: written to stderr. */
  readonly onProblem?: (error: unknown) => void;
}

/** A running practice account. */
export interface PracticeServer {
  /** `http://127.0.0.1:PORT`, without `/v2`. */
  readonly apiBase: string;
  readonly userId: string;
  readonly appId: string;
  readonly pat: string;
  /** Ends within about a second; running requests get half of it to finish. */
  stop(): Promise<void>;
}

const GRACE_MS = 500;
const sendHosted = async (
  { account, pat }: ExchangeParts,
  request: IncomingMessage,
  sha256: string,
): Promise<Reply> => {
  checkPat(request.headers, pat, []);
  const { pack, offset, bytes, format } = account.inputs.bySha256(sha256) ?? {};
  if (typeof pack !== 'string' || typeof offset !== 'number' || typeof bytes !== 'number') {
    throw new Refusal(404, 11101, 'There is no such image');
  }
  const raw = await account.packs.read({ pack, offset, bytes });
  return { http: 200, body: {}, headers: { 'Content-Type': `image/${format ?? 'jpeg'}` }, raw };
};

const createAnswering = (parts: ExchangeParts, onProblem: (error: unknown) => void) => {
  const { faults, stats } = parts;
  const answerControl = async (
    request: IncomingMessage,
    response: ServerResponse,
    route: string,
  ): Promise<void> => {
    const body = await readText(request as AsyncIterable<Buffer>);
    const key = request.headers['x-practice-control'];
    const { http, json } = control(parts, request.method ?? '', route, key, body);
    response.writeHead(http, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
  };
  /** The reply to whatever went wrong; null: no reply at all. */
  const replyToError = (error: unknown, request: IncomingMessage): Reply | null => {
    if (error instanceof Refusal) return { http: error.http, body: { status: error.status } };
    if (error instanceof Cut || request.socket.destroyed) return null;
    onProblem(error);
    return { http: 500, body: { status: statusOf(99009, (error as Error).message) } };
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = momentNow();
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname.startsWith('/practice/')) return answerControl(request, response, pathname);
    const method = request.method ?? 'GET';
    const hosted = /^\/data\/orig\/([0-9a-f]{64})$/.exec(pathname)?.[1];
    const route = findRoute(method, pathname);
    const meter = stats.open(route.label, at);
    response.once('close', meter.end);
    const fired = faults.atHeaders(method, route.path);
    const incoming = { request, route, query, method, at, received: meter.received, fired };
    try {
      const reply = await (hosted === undefined
        ? exchange(parts, incoming)
        : sendHosted(parts, request, hosted));
      await send(response, reply, ofKind(fired, 'slow-link')[0]?.rule.bytesPerSecond ?? null);
    } catch (error) {
      const reply = replyToError(error, request);
      if (reply === null) request.socket.destroy();
      else {
        drain(request, meter.received);
        await send(response, reply, null);
      }
    }
    return undefined;
  };
};

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Starts a practice account in this process. Rejects when its folder belongs to another one, or the port is taken. */
export const startPracticeServer = async (options: PracticeServerOptions): Promise<PracticeServer> => {
  const { dataDir, userId = 'practice', appId = 'photos' } = options;
  const onProblem = options.onProblem ?? ((error: unknown) => console.error('Practice account:', error));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  let apiBase = '';
  const { account, pat, close } = await openAccount({
    dataDir,
    patFile: options.patFile ?? path.join(dataDir, 'pat'),
    userId,
    appId,
    indexingMs: options.indexingMs ?? 150,
    deletionMs: options.deletionMs ?? 100,
    indexing: options.indexing ?? 'decode',
    apiBase: () => apiBase,
    onProblem,
  });
  const answer = createAnswering(
    {
      account,
      pat,
      faults: createFaults(options.faults),
      stats: createStats(),
      rateLimit: options.unlimitedRate === true ? null : createRateLimit(),
    },
    onProblem,
  );
  const running = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    const one = answer(request, response)
      .catch(onProblem)
      .finally(() => running.delete(one));
    running.add(one);
  });
  try {
    apiBase = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  } catch (error) {
    await close();
    throw error;
  }
  const address = { apiBase, userId, appId, pat };
  writeAddress(dataDir, address);
  return {
    ...address,
    stop: async () => {
      removeAddress(dataDir);
      server.close();
      server.closeIdleConnections();
      await Promise.race([Promise.all(running), sleep(GRACE_MS)]);
      server.closeAllConnections();
      await close();
    },
  };
};
