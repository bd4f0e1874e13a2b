/**
 * The local web host's server: the built page, thumbnails, and lines to the engine. Made for one person on one
 * machine: a random key opens it, a new one at each start unless its owner keeps it, and everything that does not
 * plainly come from our own page is refused.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { ChangedEvent } from '#shared/changes.ts';
import type { Log } from '../../engine/log.ts';
import { openPageFile, openThumbnail, type ServedFile } from '../../host/served-files.ts';
import { createLines, type LinesOptions } from './lines.ts';
import { isOurHost, isOurOrigin, plainPathOf, securityHeaders } from './request-rules.ts';
import { isSameSecret, newSecret } from './secrets.ts';
import { createTickets, KEY_HEADER, type Tickets } from './tickets.ts';

/** Largest message of a page: a keyword file has up to 20 MB. */
const MESSAGE_BYTES = 32 * 1024 * 1024;

export interface LocalServerOptions {
  readonly dataFolder: string;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly listenOn?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** What opens it. Default: a new one. */
  readonly key?: string;
  /** Host names besides those of this machine for itself, under which the page may be asked for. */
  readonly allowedHosts?: readonly string[];
  /** The calls that pages may make; `thumbnailBase` is what a thumbnail's name is put behind. */
  readonly calls: (thumbnailBase: string) => object;
  readonly listen: (listener: (event: ChangedEvent) => void) => () => void;
  readonly log: Log;
  /** Limits of lines, for tests. */
  readonly limits?: Pick<LinesOptions, 'keyMs' | 'unreadBytes'>;
}

export interface LocalServer {
  /** Where the page is, with the key in the fragment. */
  readonly address: string;
  readonly port: number;
  /** Pages that are connected now. */
  pageCount(): number;
  /** Ends all lines; pages open new ones, and ask for everything again. */
  reconnectPages(): void;
  stop(): Promise<void>;
}

/**
 * Starts to listen.
 *
 * @throws Error that says what is wrong with port or address
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { log, listenOn = '127.0.0.1' } = options;
  const key = options.key ?? newSecret();
  const token = newSecret();
  const tickets = createTickets();
  const refused = (why: string): void => log.warn('local.refused', { why });
  const lines = createLines({
    ...options.limits,
    key,
    token,
    calls: options.calls(`/thumbnails/${token}/`),
    listen: options.listen,
    onRefused: refused,
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, (request, response) => {
    const asked = { request, response, allowed: allowed() };
    void answer(asked, { ...options, key, token, tickets }).then(
      (why) => {
        if (why !== null) refused(why);
      },
      (error: unknown) => {
        log.error('local.failed', { kind: error instanceof Error ? error.name : typeof error });
        response.destroy();
      },
    );
  });
  const allowed = () => ({ port: portOf(server.address()), names: options.allowedHosts ?? [] });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const why = lines.hasRoom() ? whyNoLine(request, allowed()) : 'too-many-strangers';
    if (why === null) {
      sockets.handleUpgrade(request, socket, head, (line) => lines.take(line));
      return;
    }
    refused(why);
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  // What is no HTTP at all.
  server.on('clientError', (_error, socket) => {
    refused('no-http');
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(inWords(error, options.port ?? 0, listenOn)));
    server.listen(options.port ?? 0, listenOn, resolve);
  });
  const { port } = allowed();
  const name = options.allowedHosts?.[0] ?? '127.0.0.1';
  return {
    address: `http://${name}:${port}/#key=${key}`,
    port,
    pageCount: () => lines.count(),
    reconnectPages: () => lines.stop(),
    async stop() {
      lines.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), 500);
      await closed;
      clearTimeout(timer);
    },
  };
}

function inWords(error: Error, port: number, listenOn: string): Error {
  switch ('code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} is taken by another program. Name another one, or none for a free one.`);
    case 'EACCES':
      return new Error(`Port ${port} is not open to you. Name one from 1024 on, or none for a free one.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${listenOn} is no address of this machine. Leave --listen out, or name another one.`);
    default:
      return error;
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly allowed: Parameters<typeof isOurHost>[1];
}

function whyNoLine({ headers, url }: IncomingMessage, allowed: Asked['allowed']): string | null {
  if (!isOurHost(headers.host, allowed)) return 'foreign-host';
  if (!isOurOrigin(headers.origin, headers.host)) return 'foreign-origin';
  return url === '/engine' ? null : 'no-such-line';
}

/** What is given out, and for which secrets. */
interface Served extends Pick<LocalServerOptions, 'dataFolder' | 'pageFolder'> {
  readonly key: string;
  readonly token: string;
  readonly tickets: Tickets;
}

/** Answers a request; what it was refused for, or null. */
async function answer({ request, response, allowed }: Asked, options: Served): Promise<string | null> {
  const { headers, method, url } = request;
  if (!isOurHost(headers.host, allowed)) return end(response, 403, 'foreign-host');
  for (const [name, value] of Object.entries(securityHeaders(headers.host))) response.setHeader(name, value);
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, 'method');
  const segments = plainPathOf(url);
  if (segments === null) return end(response, 404, 'odd-path');
  switch (segments[0]) {
    case 'thumbnails':
      return sendThumbnail(response, segments.slice(1), method, options);
    case 'ticket':
      return sendTicket(response, headers[KEY_HEADER], options);
    case 'open':
      return letIn(response, segments[1] ?? '', options);
    default:
  }
  const file = await openPageFile(options.pageFolder, segments);
  return file === null ? end(response, 404, 'no-such-file') : send(response, file, method);
}

async function sendThumbnail(
  response: ServerResponse,
  [token, name, ...rest]: readonly string[],
  method: string,
  options: Served,
): Promise<string | null> {
  if (token === undefined || name === undefined || rest.length > 0 || !isSameSecret(token, options.token)) {
    return end(response, 404, 'thumbnail-without-token');
  }
  const file = await openThumbnail(join(options.dataFolder, 'thumbnails'), name);
  if (file !== null) return send(response, file, method);
  // A thumbnail that is not made yet is no attack.
  end(response, 404, 'missing');
  return null;
}

function sendTicket(
  response: ServerResponse,
  given: string | readonly string[] | undefined,
  { key, tickets }: Served,
): string | null {
  if (typeof given !== 'string' || !isSameSecret(given, key)) return end(response, 404, 'ticket-without-key');
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
  response.end(tickets.issue());
  return null;
}

function letIn(response: ServerResponse, ticket: string, { key, tickets }: Served): string | null {
  if (!tickets.take(ticket)) return end(response, 404, 'used-ticket');
  response.writeHead(303, { location: `/#key=${key}`, 'cache-control': 'no-store', 'content-length': 0 });
  response.end();
  return null;
}

function end(response: ServerResponse, status: number, why: string): string {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-length': 0 });
  response.end();
  return why;
}

async function send(response: ServerResponse, file: ServedFile, method: string): Promise<null> {
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.bytes,
    'cache-control': file.cacheControl,
  });
  if (method === 'HEAD') {
    await file.handle.close();
    response.end();
    return null;
  }
  try {
    await pipeline(file.handle.createReadStream({ end: Math.max(0, file.bytes - 1) }), response);
  } catch (error) {
    // The page has gone before the end.
    if (!response.destroyed) throw error;
  }
  return null;
}
